"""What a learning rate does, in words: the verdict on a run, and the axis of rates with its regimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis import Analysis, Regime
from gdcore.descent import point_beyond
from gdcore.outcome import Outcome
from gdcore.problems import FormulaProblem, Problem, inside
from gdcore.trajectory import Trajectory

from ..lecture.model import RunSpec
from ..theme import Role
from .line import minima_of
from .numbers import math_number

FloatArray = NDArray[np.float64]

# Upper ends of the regimes as multiples of 1/λ_max; diverge has none.
BOUNDS: tuple[tuple[Regime, float], ...] = (("crawl", 0.1), ("smooth", 1.0), ("zig-zag", 2.0))
ROLES: dict[Regime, Role] = {
    "crawl": Role.AXIS,
    "smooth": Role.GOOD,
    "zig-zag": Role.GOOD,
    "edge": Role.TROUBLE,
    "diverge": Role.TROUBLE,
}
_WORDS: dict[Regime, str] = {
    "crawl": "crawls",
    "smooth": "smooth",
    "zig-zag": "zig-zags",
    "edge": "jumps to and fro",
    "diverge": "jumps about",
}
_ARRIVED = 0.01  # of the first gap to the minimum: a run that is nearer has arrived
_NEAR = 0.95  # of the limit: from here on a rate is said to be close to it


@dataclass(frozen=True)
class Verdict:
    """How a run ended, as templates for `say`: `word`, then `detail` with the number.

    `gap` says instead how far a run that has not arrived is above the minimum; it takes more room. `sign` is drawn before it (None: no regime is known), both in the colour of `role`.
    """

    word: str
    detail: str
    sign: Regime | None
    role: Role
    gap: str | None = None

    @property
    def text(self) -> str:
        return self.gap or f"{self.word} {self.detail}"


@dataclass(frozen=True)
class Strip:
    """An axis of rates from `low` to `high`, logarithmic with `log`.

    `bands` (regime, from, to) and `limit` = 2/λ_max come from the curvature λ_max, or are empty and None where
    it is unknown or not positive. `local`: the curvature holds near the end of the best run only;
    `steepest`: across other directions it is smaller.
    """

    low: float
    high: float
    log: bool
    bands: tuple[tuple[Regime, float, float], ...]
    curvature: float | None
    limit: float | None
    local: bool
    steepest: bool


def for_rule(analysis: Analysis, run: RunSpec) -> Analysis:
    """The analysis as far as it holds for a run's update rule: the regimes are those of plain gradient descent."""
    plain = run.optimizer == "gd" and run.order == "simultaneous" and run.batch_size is None
    if plain and not run.schedule:
        return analysis
    return replace(
        analysis, largest_curvature=None, rate_limit=None, best_rate=None, condition_number=None, regime=None
    )


def verdict(trajectory: Trajectory, analysis: Analysis, problem: Problem) -> Verdict:
    """The verdict on a run, from its outcome, its regime and how far it ended above the minimum."""
    if trajectory.outcome is Outcome.DIVERGED:
        return Verdict(*_left(trajectory, problem), "diverge", Role.TROUBLE)
    regime = analysis.regime
    rest = trajectory.outcome is Outcome.CONVERGED
    if regime is None:
        word = "at rest" if rest else "on its way"
    else:
        word = _WORDS[regime] + (", then at rest" if rest and regime != "diverge" else "")
    gap, first = _gaps(trajectory, problem)
    arrived = gap <= _ARRIVED * first or (rest and regime is not None)
    if regime in ("edge", "diverge"):
        role = Role.TROUBLE
    else:  # a run that crawls is slow even where it has come near
        role = Role.GOOD if arrived and (rest or regime != "crawl") else Role.INK
    still = None
    if role is Role.INK and np.isfinite(gap) and gap > 0 and len(minima_of(problem)) == 1:
        still = f"{word}, still ${math_number(gap, 4)}$ above the minimum"
    return Verdict(f"{word}:", f"$J = {math_number(trajectory.final_loss, 6)}$", regime, role, still)


def _gaps(trajectory: Trajectory, problem: Problem) -> tuple[float, float]:
    """How far the loss is above the minimum at the end and at the start; of several minima the one nearest to the end.

    Without a known minimum the first is infinite.
    """
    minima = minima_of(problem)
    if not len(minima):
        return np.inf, 0.0
    nearest = minima[np.argmin(np.linalg.norm(minima - trajectory.final, axis=1))]
    floor = float(problem.value(nearest))
    return trajectory.final_loss - floor, float(trajectory.loss[0]) - floor


def _left(trajectory: Trajectory, problem: Problem) -> tuple[str, str]:
    steps = trajectory.steps
    if trajectory.nonfinite_step is not None:
        where = "the domain" if left_domain(trajectory, problem) else "the numbers"
        return "leaves", f"{where} at step {trajectory.nonfinite_step}"
    first, last = float(trajectory.loss[0]), trajectory.final_loss
    if first > 0 and np.isfinite(last / first):
        return "leaves:", f"loss $times {math_number(last / first, 3)}$ after {steps} steps"
    return "leaves:", f"$J = {math_number(last, 4)}$ after {steps} steps"


def left_domain(trajectory: Trajectory, problem: Problem) -> bool:
    """Did the run end where J is not defined, or not declared to be, and not at the edge of the machine's numbers?"""
    beyond = point_beyond(trajectory, problem)
    if beyond is None or not np.isfinite(beyond).all():
        return False
    if problem.domain is not None and not inside(problem.domain, beyond.tolist()):
        return True
    return isinstance(problem, FormulaProblem) and problem.outside(beyond) is not None


def strip_of(
    rates: Sequence[float], trajectories: Sequence[Trajectory], analyses: Sequence[Analysis]
) -> Strip:
    """The axis that holds the rates and the limit; logarithmic when the rates span more than a decade.

    Where the curvature changes, that at the end of the best run counts.
    """
    positive = [rate for rate in rates if rate > 0] or [1.0]
    best = _best(trajectories, analyses)
    peak = analyses[best].largest_curvature if best is not None else None
    limit = analyses[best].rate_limit if best is not None else None
    marks = [*positive, *([limit] if limit else [])]
    log = max(positive) > 10 * min(positive)
    if log:
        low, high = min(marks), max(marks)
        air = (high / low) ** 0.12
        low, high = low / air, high * air
    else:
        low, high = 0.0, max(marks) * 1.18
    if best is None or peak is None or limit is None:
        return Strip(low, high, log, (), None, None, local=False, steepest=False)
    edges = [low, *(factor / peak for _, factor in BOUNDS), high]
    edges[3] = limit
    names: list[Regime] = [name for name, _ in BOUNDS] + ["diverge"]
    cut = np.clip(edges, low, high).tolist()
    bands = tuple((n, a, b) for n, a, b in zip(names, cut[:-1], cut[1:], strict=True) if b > a)
    eigenvalues = analyses[best].eigenvalues
    steepest = eigenvalues is not None and bool(eigenvalues.min() < peak * (1 - 1e-9))
    return Strip(low, high, log, bands, peak, limit, analyses[best].local, steepest)


def _best(trajectories: Sequence[Trajectory], analyses: Sequence[Analysis]) -> int | None:
    """The run whose curvature counts: the lowest of those that stayed and end in a valley.

    On a quadratic it is the same everywhere, so that any run will do.
    """
    usable = [
        i
        for i, (run, found) in enumerate(zip(trajectories, analyses, strict=True))
        if found.rate_limit is not None and (not found.local or run.outcome is not Outcome.DIVERGED)
    ]
    return min(usable, key=lambda i: trajectories[i].final_loss, default=None)


def near_limit(trajectory: Trajectory, limit: float | None) -> bool:
    """Is the rate at most 5 % below the limit, and does the loss yet fall at every single step?"""
    if limit is None or not _NEAR * limit <= trajectory.rate < limit or len(trajectory.loss) < 2:
        return False
    rises = any(event.kind == "loss increase" for event in trajectory.events)
    return not rises and bool(np.all(np.diff(trajectory.loss) < 0))
