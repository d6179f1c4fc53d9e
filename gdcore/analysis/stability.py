"""What the curvature says about a run: how large a rate may be, and what the given one does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray, lengths
from gdcore.base.errors import GdError
from gdcore.base.rates import common_rate
from gdcore.problems.curvature import Regime, best_rate, condition_number, curvature, rate_limit, regime
from gdcore.problems.minima import is_pointed
from gdcore.problems.protocol import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory

# The curvature along a path is looked at in so many places.
_PLACES = 200


@dataclass(frozen=True)
class Analysis:
    """The curvature where a run ended, and what follows for plain gradient descent.

    ``eigenvalues`` of the Hessian, ascending (d,), or None when it is not finite there. ``local``: the Hessian is
    another elsewhere, so all of this but ``path_limit`` and ``rest_limit`` holds near the end of the run only.
    ``rate_limit`` is 2/λ_max at the end; ``rest_limit`` that where the run rests: at the nearest known minimum while it
    still lies before the run, else at the end, and None of a run that diverged, for it rests nowhere; ``path_limit`` is
    2/λ_max at the steepest place of the way, of up to 200 rows (of a run that diverged, of those no higher than its
    start) and of the minimum that still lies before it. Where the Hessian is the same everywhere the three are equal.
    Quantities that do not exist are None; so is the regime of a run with another optimizer, with a schedule, or on
    batches; and so is all where the minimum nearest to the end comes to a point, for there no rate is below the limit.

    Of a run with a rate for each parameter all is said in the scale in which its rate is 1 (see
    :mod:`gdcore.base.rates`): the eigenvalues are those of R^½ H R^½, and a limit is what all rates may be multiplied by.
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


def analyse(trajectory: Trajectory, problem: Problem) -> Analysis:
    """The analysis at the last finite point of a run (anywhere, on a quadratic), and of the steepest place it passed."""
    local = not problem.is_quadratic
    nearest = _nearest_minimum(trajectory, problem) if local else None
    if nearest is not None and is_pointed(problem, nearest, trajectory.start):
        return Analysis(None, None, None, None, None, None, local)
    ahead = None if nearest is None else _curvature_ahead(trajectory, problem, nearest)
    rows = _steepest_row(trajectory, problem) if local else None
    steepest = rows if ahead is None else max(rows or 0.0, ahead)
    path_limit = None if steepest is None else rate_limit([steepest])
    eigenvalues: FloatArray | None
    rate, sizes = common_rate(trajectory.rate)
    try:
        eigenvalues = curvature(problem, trajectory.final, sizes)
    except GdError:
        eigenvalues = None
    if eigenvalues is None or not np.isfinite(eigenvalues[-1]):
        return Analysis(None, None, None, None, None, None, local, path_limit)
    largest = float(eigenvalues[-1])
    limit = rate_limit(eigenvalues)
    rests = trajectory.outcome is not Outcome.DIVERGED
    word = None
    if trajectory.plain:
        word = _regime_of(trajectory, largest, steepest) if local else regime(rate, largest)
    return Analysis(
        eigenvalues=eigenvalues,
        largest_curvature=largest,
        rate_limit=limit,
        best_rate=best_rate(eigenvalues),
        condition_number=condition_number(eigenvalues),
        regime=word,
        local=local,
        path_limit=path_limit if local else limit,
        rest_limit=rate_limit([ahead]) if ahead is not None else limit if rests or not local else None,
    )


def _nearest_minimum(trajectory: Trajectory, problem: Problem) -> FloatArray | None:
    """Of the known minima the one (d,) that is nearest to the end."""
    return min(
        problem.minima(),
        key=lambda point: float(lengths(point - trajectory.final)),
        default=None,
    )


def _curvature_ahead(trajectory: Trajectory, problem: Problem, nearest: FloatArray) -> float | None:
    """λ_max at the ``nearest`` minimum (d,) of a run that has not come to rest; None where the run cannot come to it.

    That is: of a run that left, and where the minimum is higher than the point.
    """
    if trajectory.outcome in (Outcome.DIVERGED, Outcome.CONVERGED):
        return None
    try:
        there = curvature(problem, nearest, common_rate(trajectory.rate)[1])
    except GdError:
        return None
    if rate_limit(there) is None or float(problem.value(nearest)) > trajectory.final_loss:
        return None
    return float(there[-1])


def _steepest_row(trajectory: Trajectory, problem: Problem) -> float | None:
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
    sizes = common_rate(trajectory.rate)[1]
    if sizes is not None:
        matrices = matrices * np.outer(sizes, sizes)
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
    rate = common_rate(trajectory.rate)[0]
    steep = regime(rate, bends)
    if steep is None:
        return None
    left, arrived = trajectory.outcome is Outcome.DIVERGED, trajectory.outcome is Outcome.CONVERGED
    if steep not in ("edge", "diverge"):
        # It left although the rate is below what was seen of the limits: by another way than overshooting.
        return "depends" if left else steep
    if left:
        return "diverge"
    flattest = at_end if at_end > 0 else bends
    above_both = regime(rate, flattest) == "diverge"
    return "diverge" if above_both and not arrived else "depends"
