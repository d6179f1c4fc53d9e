"""Why a run ended as it did: one sentence with the numbers and the advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.analysis import best_rate, curvature, rate_limit, regime
from gdcore.arrays import FloatArray
from gdcore.errors import GdError
from gdcore.notation import short
from gdcore.outcome import Outcome
from gdcore.problems.protocol import Problem
from gdcore.progress import Progress
from gdcore.stopping import StopRules

# Without a gradient rule a run has converged when |∇J| <= RELATIVE_SLOPE · max(1, |∇J at the start|).
RELATIVE_SLOPE = 1e-6


@dataclass(frozen=True, slots=True)
class Break:
    """The first step that is not finite or outside the domain, and what was found there."""

    step: int
    x: Sequence[float]
    loss: float
    left_domain: bool


@dataclass(frozen=True, slots=True)
class End:
    """Everything about the last moment of a run."""

    problem: Problem
    is_gradient_descent: bool  # the plain one, for which 2/λ_max is the limit
    rate: float
    start: FloatArray
    final: FloatArray
    progress: Progress
    rules: StopRules
    broken: Break | None
    fired: str | None


def decide(end: End) -> tuple[Outcome, str]:
    """The outcome, asked for in the order diverged, converged, stopped early, step limit; and the reason."""
    if end.broken is not None:
        tell = _left_domain if end.broken.left_domain else _broke
        return Outcome.DIVERGED, tell(end, end.broken)
    risen = end.progress.rose_to_the_end()
    if risen is not None:
        return Outcome.DIVERGED, _rose(end, risen)
    enough = _enough(end)
    if end.progress.slope <= enough:
        return Outcome.CONVERGED, _converged(end, enough)
    if end.fired is not None:
        return (
            Outcome.STOPPED_EARLY,
            f"After {_steps(end.progress.step)} {end.fired}: the run stopped itself.",
        )
    return Outcome.STEP_LIMIT, _step_limit(end, enough)


def _enough(end: End) -> float:
    """The slope that counts as zero."""
    if end.rules.gradient is not None:
        return end.rules.gradient
    return RELATIVE_SLOPE * max(1.0, end.progress.first_slope)


def _broke(end: End, broken: Break) -> str:
    values = ", ".join(
        f"{name} = {short(x)}" for name, x in zip(end.problem.parameters, broken.x, strict=True)
    )
    # A formula can say which part of it has no value here.
    outside: Callable[[Sequence[float]], str | None] | None = getattr(end.problem, "outside", None)
    if outside is not None and np.isfinite(broken.x).all():
        part = outside(broken.x)
        if part is not None:
            return f"The run left the domain at step {broken.step}: {part} has no value at {values}; {_smaller_rate(end)}."
    what = f"J = {short(broken.loss)} at {values}" if np.isfinite(broken.x).all() else values
    if broken.loss == -np.inf:
        return f"Step {broken.step} is not finite ({what}): the loss falls without end, there is no minimum this way."
    return f"Step {broken.step} is not finite ({what}): {_smaller_rate(end)}."


def _left_domain(end: End, broken: Break) -> str:
    for name, x, (low, high) in zip(end.problem.parameters, broken.x, end.problem.domain or (), strict=True):
        if not low <= x <= high:
            return (
                f"The run left the domain at step {broken.step}: {name} = {short(x)} is not in "
                f"[{short(low)}, {short(high)}]; {_smaller_rate(end)}, or widen the domain."
            )
    raise AssertionError("the point lies in the domain")


def _rose(end: End, risen: int) -> str:
    progress = end.progress
    return (
        f"The loss rose in each of the last {_steps(risen)}, to {short(progress.loss)} from "
        f"{short(progress.first_loss)} at the start: {_smaller_rate(end)}."
    )


def _smaller_rate(end: End) -> str:
    """Advice against a rate that is too large, with the limit if there is one to name."""
    eigenvalues = _curvature_at_start(end)
    limit = None if eigenvalues is None else rate_limit(eigenvalues)
    if limit is None or limit >= end.rate:
        return f"the rate {short(end.rate)} is too large here, choose a smaller one"
    where = "" if end.problem.is_quadratic else " where it starts"
    return f"the rate {short(end.rate)} is above the limit {short(limit)}{where}, choose a smaller one"


def _curvature_at_start(end: End) -> FloatArray | None:
    """The eigenvalues at the start, if they say what the rate does.

    At the start, not at the end: far out, where a run leaves the numbers, the curvature says nothing.
    """
    if not end.is_gradient_descent:
        return None
    try:
        return curvature(end.problem, end.start)
    except GdError:
        return None


def _converged(end: End, enough: float) -> str:
    sentence = (
        f"After {_steps(end.progress.step)} the slope is {short(end.progress.slope)}, "
        f"at most {short(enough)}, so the point rests"
    )
    try:
        eigenvalues = curvature(end.problem, end.final)
    except GdError:
        return sentence + "."
    if eigenvalues[0] < -1e-6 * max(1.0, float(np.abs(eigenvalues).max())):
        kind = "a hilltop" if eigenvalues[-1] < 0 or eigenvalues.size == 1 else "a saddle"
        return sentence + f" on {kind}, not at a minimum: start a little beside it."
    return sentence + "."


def _step_limit(end: End, enough: float) -> str:
    progress = end.progress
    if progress.step == 0:
        return "No step was asked for: give one or more steps."
    done = "The one step is done" if progress.step == 1 else f"All {progress.step} steps are done"
    if progress.moved is not None and progress.moved <= 1e-15 * max(1.0, float(np.abs(end.final).max())):
        return (
            f"{done} and the last one moved by only {short(progress.moved)} although the slope is "
            f"{short(progress.slope)}: choose a rate far above {short(end.rate)}."
        )
    return f"{done} and the slope is still {short(progress.slope)}, above {short(enough)}: {_more(end)}."


def _more(end: End) -> str:
    """Advice for a run that was on its way."""
    eigenvalues = _curvature_at_start(end) if end.problem.is_quadratic else None
    best = None if eigenvalues is None else best_rate(eigenvalues)
    if eigenvalues is None or best is None:
        return "give it more steps or another rate"
    if regime(end.rate, float(eigenvalues[-1])) == "edge":
        return f"the rate {short(end.rate)} is the limit itself, where the point jumps to and fro, choose a smaller one"
    if abs(end.rate - best) < 0.05 * best:
        return "give it more steps, the rate is near the best fixed one"
    return f"give it more steps, or a rate nearer to {short(best)}, the best fixed one"


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"
