"""What the curvature says about a run: how large a rate may be, and what a given one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray, frozen
from gdcore.base.errors import GdError
from gdcore.base.scaled import eigen
from gdcore.problems.protocol import Problem, Spectral
from gdcore.run.events import Event, EventFinder
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory

__all__ = [
    "Analysis",
    "Event",
    "Regime",
    "analyse",
    "best_rate",
    "condition_number",
    "curvature",
    "find_events",
    "rate_limit",
    "regime",
    "thin",
]

Regime: TypeAlias = Literal["crawl", "smooth", "zig-zag", "edge", "diverge", "depends"]
"""``depends``: the rate is below one of the two limits and above the other, so it depends on the place."""

# The curvature along a path is looked at in so many places.
_PLACES = 200


@dataclass(frozen=True)
class Analysis:
    """The curvature where a run ended, and what follows for plain gradient descent.

    ``eigenvalues`` of the Hessian, ascending (d,), or None when it is not finite there. ``local``: the Hessian is
    another elsewhere, so all of this but ``path_limit`` holds near the end of the run only. ``rate_limit`` is 2/λ_max
    at the end; ``rest_limit`` the same of a run that did not diverge, and None of one that did, for it rests nowhere;
    ``path_limit`` is 2/λ_max at the steepest place that the run passed, of up to 200 rows (of a run
    that diverged, of those no higher than its start). Where the Hessian is the
    same everywhere the three are equal. Quantities that do not exist are None; so is the regime of a run with another
    optimizer, with a schedule, or on batches.
    """

    eigenvalues: FloatArray | None
    largest_curvature: float | None
    rate_limit: float | None
    best_rate: float | None
    condition_number: float | None
    regime: Regime | None
    local: bool
    path_limit: float | None = None
    rest_limit: float | None = None


def curvature(problem: Problem, x: ArrayLike) -> FloatArray:
    """The eigenvalues of the Hessian at one point x (d,), ascending, shape (d,).

    Those that are 0 but for rounding are 0. Raises GdError when the Hessian is not finite there, and for a
    formula whose second derivatives are too long to be worked out.
    """
    if isinstance(problem, Spectral):
        return frozen(problem.eigenvalues(x))
    try:
        matrix = np.asarray(problem.hessian(x), dtype=np.float64)
    except GdError:
        raise
    except Exception as error:
        # A problem of somebody else's need not have second derivatives; how it says so is its own affair.
        raise GdError(f"the problem has no second derivatives ({error})", mend="give it a hessian") from error
    if not np.isfinite(matrix).all():
        raise GdError(f"the curvature is not finite at {np.asarray(x).tolist()}", mend="choose another point")
    return frozen(eigen(matrix)[0])


def rate_limit(eigenvalues: Sequence[float] | FloatArray) -> float | None:
    """2/λ_max of ``eigenvalues`` (d,): above this rate gradient descent on a quadratic moves away. None when λ_max <= 0.

    Nocedal and Wright, Numerical Optimization (2nd ed., 2006), section 3.3. From x_k - x* = (I - rate·H)^k (x_0 - x*), which shrinks when |1 - rate·λ| < 1 for every λ > 0.
    """
    largest = float(np.max(eigenvalues))
    return _finite(2.0 / largest) if largest > 0 else None


def best_rate(eigenvalues: Sequence[float] | FloatArray) -> float | None:
    """2/(λ_min + λ_max) of ``eigenvalues`` (d,): the fixed rate with the fastest decrease, (κ-1)/(κ+1) a step.

    Polyak, Introduction to Optimization (1987), section 1.4. None when λ_min <= 0.
    """
    smallest, largest = float(np.min(eigenvalues)), float(np.max(eigenvalues))
    return _finite(2.0 / (smallest + largest)) if smallest > 0 else None


def condition_number(eigenvalues: Sequence[float] | FloatArray) -> float | None:
    """κ = λ_max/λ_min of ``eigenvalues`` (d,): how much longer than wide the valley is, squared. None when λ_min <= 0."""
    smallest, largest = float(np.min(eigenvalues)), float(np.max(eigenvalues))
    return _finite(largest / smallest) if smallest > 0 else None


def regime(rate: float, largest_curvature: float | None) -> Regime | None:
    """What gradient descent does along the steepest direction, by s = rate·λ_max.

    s < 0.1 crawl, s <= 1 smooth, s < 2 zig-zag, s = 2 (to 1e-12) edge, s > 2 diverge; None when λ_max <= 0.
    """
    if largest_curvature is None or not largest_curvature > 0:
        return None
    s = rate * largest_curvature
    if abs(s - 2) <= 1e-12:
        return "edge"
    if s > 2:
        return "diverge"
    if s > 1:
        return "zig-zag"
    return "smooth" if s >= 0.1 else "crawl"


def analyse(trajectory: Trajectory, problem: Problem) -> Analysis:
    """The analysis at the last finite point of a run (anywhere, on a quadratic), and of the steepest place it passed."""
    local = not problem.is_quadratic
    steepest = _steepest(trajectory, problem) if local else None
    path_limit = None if steepest is None else rate_limit([steepest])
    eigenvalues: FloatArray | None
    try:
        eigenvalues = curvature(problem, trajectory.final)
    except GdError:
        eigenvalues = None
    if eigenvalues is None or not np.isfinite(eigenvalues[-1]):
        return Analysis(None, None, None, None, None, None, local, path_limit)
    largest = float(eigenvalues[-1])
    limit = rate_limit(eigenvalues)
    rests = trajectory.outcome is not Outcome.DIVERGED
    word = None
    if trajectory.plain:
        word = _regime_of(trajectory, largest, steepest) if local else regime(trajectory.rate, largest)
    return Analysis(
        eigenvalues=eigenvalues,
        largest_curvature=largest,
        rate_limit=limit,
        best_rate=best_rate(eigenvalues),
        condition_number=condition_number(eigenvalues),
        regime=word,
        local=local,
        path_limit=path_limit if local else limit,
        rest_limit=limit if rests or not local else None,
    )


def _steepest(trajectory: Trajectory, problem: Problem) -> float | None:
    """The largest curvature in up to 200 rows of the path; None where there is none."""
    rows = np.arange(len(trajectory))
    if trajectory.outcome is Outcome.DIVERGED:
        # Where it flew off to says nothing about the rate: only what lies no higher than the start.
        rows = rows[trajectory.loss <= trajectory.loss[0]]
    rows = rows[np.unique(np.linspace(0, len(rows) - 1, _PLACES).round().astype(int))]
    try:
        with np.errstate(all="ignore"):
            matrices = np.asarray(problem.hessian(trajectory.parameters[rows]), dtype=np.float64)
    except Exception:
        return None  # no second derivatives
    matrices = matrices[np.isfinite(matrices).all((-2, -1))]
    if not len(matrices):
        return None
    sizes = np.abs(matrices).max((-2, -1), keepdims=True)
    sizes[sizes == 0] = 1.0
    with np.errstate(over="ignore"):
        largest = float((np.linalg.eigvalsh(matrices / sizes)[:, -1] * sizes[:, 0, 0]).max())
    return largest if np.isfinite(largest) else None


def _regime_of(trajectory: Trajectory, at_end: float, steepest: float | None) -> Regime | None:
    """The word for a plain run where the curvature varies: by the steeper place below both limits, else as it went."""
    bends = max(at_end, 0.0 if steepest is None else steepest)
    steep = regime(trajectory.rate, bends)
    if steep is None:
        return None
    left, arrived = trajectory.outcome is Outcome.DIVERGED, trajectory.outcome is Outcome.CONVERGED
    if steep not in ("edge", "diverge"):
        # It left although the rate is below what was seen of the limits: by another way than overshooting.
        return "depends" if left else steep
    if left:
        return "diverge"
    flattest = at_end if at_end > 0 else bends
    above_both = regime(trajectory.rate, flattest) == "diverge"
    return "diverge" if above_both and not arrived else "depends"


def find_events(trajectory: Trajectory) -> tuple[Event, ...]:
    """The events of a run of which every step is kept.

    A thinned run has them in ``trajectory.events``, found while it ran. Raises GdError for one.
    """
    if trajectory.is_thinned:
        raise GdError(
            f"this run keeps {len(trajectory)} of {trajectory.steps + 1} rows, and events need neighbouring ones",
            mend="read trajectory.events, found while it ran",
        )
    finder = EventFinder(trajectory.parameters_names)
    for step, (x, loss, gradient) in enumerate(
        zip(
            trajectory.parameters.tolist(),
            trajectory.loss.tolist(),
            trajectory.gradient.tolist(),
            strict=True,
        )
    ):
        finder.see(step, x, loss, gradient)
    return finder.events(trajectory.outcome is Outcome.DIVERGED, trajectory.nonfinite_step)


def thin(steps: int) -> IntArray:
    """Which of the steps 0 … ``steps`` a film and a table show: 0-10, then 25, 40, … (every 15th), and the last.

    Rising, shape (n,). Raises GdError for a negative number of steps.
    """
    if steps < 0:
        raise GdError(f"steps is {steps}", "it must be 0 or more", "write for example 1")
    first = np.arange(min(steps, 10) + 1)
    later = np.arange(25, steps + 1, 15)
    return np.unique(np.concatenate([first, later, [steps]])).astype(np.int64)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
