"""What is found of a run that jumps across a minimum, before it is told."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis.stability import Analysis
from gdcore.base.arrays import FloatArray
from gdcore.notation import short
from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.reason_words import CANNOT_SETTLE
from scenes.storyboard.views.curve import minima_of
from scenes.storyboard.views.zoom import Zoom

_PER_DECADE = 160  # samples of the curve on either side of the middle, beyond the first view
_WITHIN = 601  # and within it
_FAR, _OUTERMOST = (
    2.0,
    0.9,
)  # of the first distance, and of the farthest: a run that ends so far away leads away
_MANIFOLD = 20.0  # times the smallest: losses that differ more have a logarithmic axis
_SAME = 1e-9
_FINEST = -2.5  # log10 of the smallest distance that is sampled, in halves of the first view


class Charted(Enum):
    """What is charted of the loss: its height above the minimum or itself, on a logarithmic axis; or itself on a plain one."""

    ABOVE = "above"
    ITSELF = "itself"
    PLAIN = "plain"


class Trend(Enum):
    """What becomes of the point: it is led away, it settles down, or neither."""

    GROWS = "grows"
    SHRINKS = "shrinks"
    STAYS = "stays"


def why_no_overshoot(
    name: str, rate: float, trajectory: Trajectory, problem: Problem
) -> tuple[str, str, str]:
    """What was found of a run that jumps across nothing, what the kind shows, and the mend."""
    allowed = "the kind 'overshoot' shows a run that jumps across a minimum"
    if trajectory.gradient[0, 0] == 0:
        at = f"{problem.parameters[0]} = {short(float(trajectory.parameters[0, 0]))}"
        return f"run '{name}' starts at rest: the slope at {at} is 0", allowed, "choose another start"
    larger = "choose a larger rate, or " if len(minima_of(problem)) else ""
    mend = f"{larger}use the kind 'tangent' instead"
    return f"run '{name}' (rate {short(rate)}) never jumps across a minimum", allowed, mend


def crossings_of(trajectory: Trajectory) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which rows were reached by a jump across the minimum, and how many jumps there were up to each row."""
    crossed = np.zeros(len(trajectory.step), dtype=np.bool_)
    crossings = np.zeros(len(trajectory.step), dtype=np.int64)
    for event in trajectory.events:
        if event.kind == "overshoot":
            crossed |= (event.step <= trajectory.step) & (trajectory.step <= event.last)
            crossings += np.clip(trajectory.step - event.step + 1, 0, event.count)
    return crossed, crossings


def minimum_of(problem: Problem, w: FloatArray) -> tuple[float, float] | None:
    """The known minimum that the first jump crosses, else the one nearest to the start."""
    known = minima_of(problem)[:, 0]
    if not len(known):
        return None
    between = known[(known - w[0]) * (known - w[1]) <= 0]
    candidates = between if len(between) else known
    best = float(candidates[np.argmin(np.abs(candidates - w[0]))])
    return best, float(problem.value(np.array([best])))


def factor_of(rate: float, analysis: Analysis) -> float | None:
    """|1 − αλ|, by which every step multiplies the distance to the minimum of a parabola.

    From w_(k+1) − w* = (1 − αλ)(w_k − w*).
    """
    if analysis.local or analysis.largest_curvature is None:
        return None
    return abs(1.0 - rate * analysis.largest_curvature)


def trend_of(trajectory: Trajectory, factor: float | None, centre: float) -> Trend | None:
    """On a parabola as the factor says; elsewhere as the core says how it ended; None where it may go either way."""
    if factor is not None:
        if is_limit(factor):
            return Trend.STAYS
        return Trend.GROWS if factor > 1 else Trend.SHRINKS
    if trajectory.outcome is Outcome.DIVERGED:
        return Trend.GROWS
    if trajectory.rest.at_rest or trajectory.outcome is Outcome.CONVERGED:
        return Trend.SHRINKS
    away = np.abs(trajectory.parameters[:, 0] - centre)
    if away[-1] > _FAR * away[0] and away[-1] >= _OUTERMOST * away.max():
        return Trend.GROWS
    return Trend.STAYS if any(clause.key in CANNOT_SETTLE for clause in trajectory.reasons) else None


def charted_of(loss: FloatArray, minimum: tuple[float, float] | None) -> tuple[FloatArray, Charted]:
    """What the chart of the losses shows: heights above the minimum where none lies below, else the losses."""
    if minimum is not None and minimum[1] <= float(loss.min()):
        heights = loss - minimum[1]
        if float(heights[0]) > 0:
            return heights, Charted.ABOVE
    if float(loss.min()) > 0 and float(loss.max()) > _MANIFOLD * float(loss.min()):
        return loss, Charted.ITSELF
    return loss, Charted.PLAIN


def edges_of(problem: Problem) -> tuple[float, ...]:
    """The finite ends of the domain."""
    domain = getattr(problem, "domain", None)
    return tuple(float(end) for end in domain[0] if np.isfinite(end)) if domain else ()


def samples_of(problem: Problem, zoom: Zoom) -> tuple[FloatArray, FloatArray]:
    """The objective at places (n,) about the middle, as far as the widest view goes."""
    first = zoom.view(0).half
    top = (float(zoom.widths[-1] - zoom.widths[0])) / np.log(10) + 0.02
    top = max(0.02, min(top, 307.9 - float(np.log10(first))))
    beyond = first * 10.0 ** np.linspace(0, top, max(2, int(top * _PER_DECADE)))
    fine = first * 10.0 ** np.linspace(_FINEST, 0, 60)
    distance = np.unique(np.concatenate([first * np.linspace(0, 1, _WITHIN)[1:], fine, beyond]))
    x = np.concatenate([zoom.centre - distance[::-1], [zoom.centre], zoom.centre + distance])
    with np.errstate(all="ignore"):
        y = np.asarray(problem.value(x[:, None]), dtype=np.float64)
    domain = getattr(problem, "domain", None)
    inside = np.isfinite(y)
    if domain:
        inside &= (domain[0][0] <= x) & (x <= domain[0][1])
    return x[inside], y[inside]


def is_limit(factor: float | None) -> bool:
    """Does a step keep the distance, but for rounding?"""
    return factor is not None and bool(np.isclose(factor, 1.0, rtol=1e-9))


def compared(before: float, after: float) -> int:
    """The sign of the change from one size to another; 0 where it is only rounding."""
    if abs(after - before) <= _SAME * max(before, after):
        return 0
    return 1 if after > before else -1
