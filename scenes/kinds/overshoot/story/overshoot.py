"""The story `overshoot`: a rate so large that every step jumps across the minimum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis.stability import Analysis
from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, short
from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.requirements import StoryError, one_rate, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import EXPLAINED, SHOWN, Telling
from scenes.storyboard.views.curve import minima_of
from scenes.storyboard.views.zoom import Zoom, zoom_of
from scenes.text import Format, Rich, Speech, format_of

from .words import OvershootWords

_PER_DECADE = 72  # samples of the curve on either side of the minimum
_FINEST = -2.5  # log10 of the smallest distance from the minimum that is sampled, in first views


@dataclass(frozen=True, kw_only=True, eq=False)
class OvershootStory(Story):
    """Everything the scene draws. Arrays by trajectory row: steps, w, loss, slope, crossed, crossings (n,).

    `crossed[k]`: the step to row k jumped across the minimum; `crossings[k]` counts those up to row k.
    `curve_x`, `curve_y` sample the objective evenly on every scale about the middle of the zoom.
    `factor` is what every step multiplies the distance by (None where the curvature changes), `beyond`
    the step that leaves the machine's numbers, `shift` what is added to the loss so that it has a logarithm.
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
    beyond: int | None
    shift: float
    w_format: Format
    loss_format: Format
    slope_format: Format


def tell(study: Study, scene: SceneSpec) -> OvershootStory:
    """The story of one run that jumps across a minimum again and again."""
    problem = study.problem
    name, trajectory = the_run(study, scene)
    rate = one_rate(study, scene, name)
    crossed, crossings = _crossings(trajectory)
    if not crossings[-1]:
        raise StoryError(scene.name, *_why_no_overshoot(name, rate, trajectory, problem))
    w, loss = trajectory.parameters[:, 0], trajectory.loss
    minimum = _minimum(problem, w)
    centre, floor = minimum or (float(w[:2].mean()), float(loss.min()))
    wanted = scene.ranges.get(problem.parameters[0])
    reach = max(abs(wanted[0] - centre), abs(wanted[1] - centre)) if wanted else None
    zoom = zoom_of(
        w,
        loss,
        centre,
        min(floor, float(loss.min())),
        reach=reach,
        still=EXPLAINED,
        pauses=(*range(EXPLAINED + 1), SHOWN, len(w) - 1),
    )
    beyond = trajectory.nonfinite_step if trajectory.exit is None else None
    analysis = study.analyses[name]
    factor = _factor(rate, analysis)
    x, y = _samples(problem, zoom)
    first = slice(0, EXPLAINED + 8)
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
        slope=trajectory.gradient[:, 0],
        crossed=crossed,
        crossings=crossings,
        curve_x=x,
        curve_y=y,
        minimum=minimum,
        zoom=zoom,
        factor=factor,
        beyond=beyond,
        shift=_shift(loss, floor),
        w_format=format_of(w[first]),
        loss_format=format_of(loss[first]),
        slope_format=format_of(trajectory.gradient[first, 0]),
    )
    telling = Telling.of(study, scene, trajectory)
    OvershootWords(story, trajectory, analysis, telling).tell()
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


def _shift(loss: FloatArray, floor: float) -> float:
    """0 where every loss has a logarithm, else what lifts them above zero."""
    if float(loss.min()) > 0:
        return 0.0
    return -min(floor, float(loss.min()))


def _samples(problem: Problem, zoom: Zoom) -> tuple[FloatArray, FloatArray]:
    """The objective at places (n,) about the middle, evenly spaced in the logarithm of the distance."""
    top = min(float(zoom.levels[-1]) + 0.1, 307.5 - float(np.log10(zoom.reach)))
    distance = zoom.reach * 10.0 ** np.linspace(_FINEST, top, max(2, int((top - _FINEST) * _PER_DECADE)))
    x = np.concatenate([zoom.centre - distance[::-1], [zoom.centre], zoom.centre + distance])
    y = np.asarray(problem.value(x[:, None]), dtype=np.float64)
    domain = getattr(problem, "domain", None)
    inside = np.isfinite(y)
    if domain:
        inside &= (domain[0][0] <= x) & (x <= domain[0][1])
    return x[inside], y[inside]


def _title(speech: Speech, trajectory: Trajectory, factor: float | None) -> Rich:
    stays = trajectory.outcome is not Outcome.DIVERGED and (factor is None or factor < 1)
    return speech.say("overshoot.title-stays" if stays else "overshoot.title-leaves")
