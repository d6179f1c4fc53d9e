"""The story `overshoot`: a rate so large that every step jumps across the minimum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis.stability import Analysis
from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, short
from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from gdcore.sentences.reason_words import CANNOT_SETTLE
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.requirements import StoryError, one_rate, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import EXPLAINED, Telling
from scenes.storyboard.views.curve import minima_of
from scenes.storyboard.views.zoom import Zoom, zoom_of
from scenes.text import Arithmetic, Rich, Speech, short_arithmetic

from .words import OvershootWords, is_limit, shown_singly

_PER_DECADE = 160  # samples of the curve on either side of the middle, beyond the first view
_WITHIN = 601  # and within it
_FAR, _OUTERMOST = (
    2.0,
    0.9,
)  # of the first distance, and of the farthest: a run that ends so far away leads away
_MANIFOLD = 20.0  # times the smallest: losses that differ more have a logarithmic axis
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


@dataclass(frozen=True, kw_only=True, eq=False)
class OvershootStory(Story):
    """Everything the scene draws. Arrays by trajectory row: steps, w, loss, slope, crossed, crossings, charted (n,).

    `crossed[k]`: the step to row k jumped across the minimum; `crossings[k]` counts those up to row k.
    `curve_x`, `curve_y` sample the objective about the middle of the zoom, evenly within the first view and beyond it
    in the logarithm of the distance. `factor` is what every step multiplies the distance by (None where the curvature
    changes), `limit` the rate below which that is less than 1, `beyond` the step that leaves the machine's numbers.
    `charted` is what the chart of the losses shows, on the `scale`. `spelled` are the steps that are explained, `written`
    by the row they lead to all that are shown singly, and the last. `alone`: no other minimum is known.
    `rests` are the rows at which the view rests, `edges` the ends of the domain, where it has any.
    """

    parameter: Node
    objective: Node  # the right-hand side of J
    rate: float
    steps: NDArray[np.int64]
    w: FloatArray
    loss: FloatArray
    slope: FloatArray
    crossed: NDArray[np.bool_]
    crossings: NDArray[np.int64]
    curve_x: FloatArray
    curve_y: FloatArray
    minimum: tuple[float, float] | None
    zoom: Zoom
    factor: float | None
    limit: float | None
    trend: Trend | None
    beyond: int | None
    charted: FloatArray
    scale: Charted
    spelled: tuple[Arithmetic, ...]
    written: Mapping[int, Arithmetic]
    alone: bool
    rests: tuple[int, ...]
    edges: tuple[float, ...]

    @property
    def shown(self) -> int:
        """The last row that is told by itself, before the rest pass at once."""
        return shown_singly(len(self.w) - 1)

    @property
    def logarithmic(self) -> bool:
        """Are the losses charted on a logarithmic axis?"""
        return self.scale is not Charted.PLAIN


def tell(study: Study, scene: SceneSpec) -> OvershootStory:
    """The story of one run that jumps across a minimum again and again."""
    problem = study.problem
    name, trajectory = the_run(study, scene)
    rate = one_rate(study, scene, name)
    crossed, crossings = _crossings(trajectory)
    if not crossings[-1]:
        raise StoryError(scene.name, *_why_no_overshoot(name, rate, trajectory, problem))
    w, loss, slope = trajectory.parameters[:, 0], trajectory.loss, trajectory.gradient[:, 0]
    minimum = _minimum(problem, w)
    centre, floor = minimum or (float(w[:2].mean()), float(loss.min()))
    wanted = scene.ranges.get(problem.parameters[0])
    reach = max(abs(wanted[0] - centre), abs(wanted[1] - centre)) if wanted else None
    zoom = zoom_of(w, loss, centre, min(floor, float(loss.min())), reach=reach)
    analysis = study.analyses[name]
    factor = _factor(rate, analysis)
    x, y = _samples(problem, zoom)
    charted, scale = _charted(loss, minimum)
    last = len(w) - 1
    story = OvershootStory(
        kind="overshoot",
        name=scene.name,
        title=study.speech.words(scene.title) if scene.title else _title(study.speech, trajectory, factor),
        speech=study.speech,
        runs=(name,),
        parameter=study.speech.name(problem.parameters[0]),
        objective=study.speech.lettered(problem.notation),
        rate=rate,
        steps=trajectory.step,
        w=w,
        loss=loss,
        slope=slope,
        crossed=crossed,
        crossings=crossings,
        curve_x=x,
        curve_y=y,
        minimum=minimum,
        zoom=zoom,
        factor=factor,
        limit=analysis.rate_limit if factor is not None else None,
        trend=_trend(trajectory, factor, zoom.centre),
        beyond=trajectory.nonfinite_step if trajectory.exit is None else None,
        charted=charted,
        scale=scale,
        spelled=tuple(
            short_arithmetic(float(w[k]), rate, float(slope[k]), float(w[k + 1]))
            for k in range(min(EXPLAINED, last))
        ),
        written={
            k + 1: short_arithmetic(float(w[k]), rate, float(slope[k]), float(w[k + 1]))
            for k in sorted({*range(shown_singly(last)), last - 1})
        },
        alone=len(minima_of(problem)) <= 1,
        rests=tuple(sorted({*range(shown_singly(last) + 1), last})),
        edges=_edges(problem),
    )
    telling = Telling.of(study, scene, trajectory)
    OvershootWords(story, study, telling).tell()
    return story.told(telling.told())


def _why_no_overshoot(
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


def _crossings(trajectory: Trajectory) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which rows were reached by a jump across the minimum, and how many jumps there were up to each row."""
    crossed = np.zeros(len(trajectory.step), dtype=np.bool_)
    crossings = np.zeros(len(trajectory.step), dtype=np.int64)
    for event in trajectory.events:
        if event.kind == "overshoot":
            crossed |= (event.step <= trajectory.step) & (trajectory.step <= event.last)
            crossings += np.clip(trajectory.step - event.step + 1, 0, event.count)
    return crossed, crossings


def _minimum(problem: Problem, w: FloatArray) -> tuple[float, float] | None:
    """The known minimum that the first jump crosses, else the one nearest to the start."""
    known = minima_of(problem)[:, 0]
    if not len(known):
        return None
    between = known[(known - w[0]) * (known - w[1]) <= 0]
    candidates = between if len(between) else known
    best = float(candidates[np.argmin(np.abs(candidates - w[0]))])
    return best, float(problem.value(np.array([best])))


def _factor(rate: float, analysis: Analysis) -> float | None:
    """|1 − αλ|, by which every step multiplies the distance to the minimum of a parabola.

    From w_(k+1) − w* = (1 − αλ)(w_k − w*).
    """
    if analysis.local or analysis.largest_curvature is None:
        return None
    return abs(1.0 - rate * analysis.largest_curvature)


def _trend(trajectory: Trajectory, factor: float | None, centre: float) -> Trend | None:
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


def _charted(loss: FloatArray, minimum: tuple[float, float] | None) -> tuple[FloatArray, Charted]:
    """What the chart of the losses shows: heights above the minimum where none lies below, else the losses."""
    if minimum is not None and minimum[1] <= float(loss.min()):
        heights = loss - minimum[1]
        if float(heights[0]) > 0:
            return heights, Charted.ABOVE
    if float(loss.min()) > 0 and float(loss.max()) > _MANIFOLD * float(loss.min()):
        return loss, Charted.ITSELF
    return loss, Charted.PLAIN


def _edges(problem: Problem) -> tuple[float, ...]:
    """The finite ends of the domain."""
    domain = getattr(problem, "domain", None)
    return tuple(float(end) for end in domain[0] if np.isfinite(end)) if domain else ()


def _samples(problem: Problem, zoom: Zoom) -> tuple[FloatArray, FloatArray]:
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


def _title(speech: Speech, trajectory: Trajectory, factor: float | None) -> Rich:
    stays = trajectory.outcome is not Outcome.DIVERGED and (factor is None or factor < 1)
    return speech.say("overshoot.title-stays" if stays else "overshoot.title-leaves")
