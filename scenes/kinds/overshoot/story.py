"""The story `overshoot`: a rate so large that every step jumps across the minimum."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis.stability import Analysis
from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, name_node, short
from gdcore.problems import Problem
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.requirements import StoryError, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import EXPLAINED, SHOWN, Telling
from scenes.storyboard.views.curve import minima_of
from scenes.storyboard.views.zoom import Zoom, zoom_of
from scenes.text import Format, Rich, Speech, arithmetic, format_of, join, number, words

_PER_DECADE = 72  # samples of the curve on either side of the minimum
_LONGEST = 120  # characters of a caption
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
    crossed, crossings = _crossings(trajectory)
    if not crossings[-1]:
        raise StoryError(scene.name, *_why_no_overshoot(name, trajectory, problem.parameters[0]))
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
    factor = _factor(trajectory, analysis)
    x, y = _samples(problem, zoom)
    first = slice(0, EXPLAINED + 8)
    story = OvershootStory(
        kind="overshoot",
        name=scene.name,
        title=words(scene.title) if scene.title else _title(study.speech, trajectory, factor),
        speech=study.speech,
        beats=(),
        runs=(name,),
        parameter=name_node(problem.parameters[0]),
        objective=problem.notation,
        rate=trajectory.rate,
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
    _Words(story, trajectory, analysis, telling).tell()
    return story.told(telling.told())


def _why_no_overshoot(name: str, trajectory: Trajectory, parameter: str) -> tuple[str, str, str]:
    """What was found of a run that jumps across nothing, what the kind shows, and the mend."""
    allowed = "the kind 'overshoot' shows a run that jumps across a minimum"
    if trajectory.gradient[0, 0] == 0:
        at = f"{parameter} = {short(float(trajectory.parameters[0, 0]))}"
        return f"run '{name}' starts at rest: the slope at {at} is 0", allowed, "choose another start"
    rate = short(trajectory.rate)
    mend = "choose a larger rate, or use the kind 'tangent' instead"
    return f"run '{name}' (rate {rate}) never jumps across a minimum", allowed, mend


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


def _factor(trajectory: Trajectory, analysis: Analysis) -> float | None:
    """|1 − αλ|, by which every step multiplies the distance to the minimum of a parabola.

    From w_(k+1) − w* = (1 − αλ)(w_k − w*).
    """
    if analysis.local or analysis.largest_curvature is None:
        return None
    return abs(1.0 - trajectory.rate * analysis.largest_curvature)


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


# The words


def _title(speech: Speech, trajectory: Trajectory, factor: float | None) -> Rich:
    stays = trajectory.outcome is not Outcome.DIVERGED and (factor is None or factor < 1)
    return speech.say("overshoot.title-stays") if stays else speech.say("overshoot.title-leaves")


@dataclass(frozen=True)
class _Words:
    """Writes the beats of a story whose drawing is known."""

    story: OvershootStory
    trajectory: Trajectory
    analysis: Analysis
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    def tell(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        p, w, last = story.parameter, story.w, len(story.w) - 1
        rate = number(story.rate)
        telling.beat(
            "curve",
            say("overshoot.curve-minimum", p=p, rate=rate, minimum=number(story.minimum[0]))
            if story.minimum
            else say("overshoot.curve", p=p, rate=rate),
            motion=1.4,
            chapter=say("chapter.objective"),
        )
        start = say("overshoot.start", p=p, w=number(w[0]), loss=number(story.loss[0]))
        telling.beat("start", start, chapter=say("chapter.start"))
        for k in range(min(EXPLAINED, last)):
            chapter = say("chapter.jumps") if k == 0 else None
            text = self._seen(self._step(k), k, k + 1)
            telling.beat(f"step-{k + 1}", text, motion=2.0 if k else 2.4, row=k + 1, chapter=chapter)
        shown = min(SHOWN, last)
        if shown > EXPLAINED:
            text = self._seen(self._jumps(shown), min(EXPLAINED, last), shown)
            telling.beat("more-steps", text, motion=0.7 * (shown - EXPLAINED), row=shown)
        if last > shown:
            levels = story.zoom.levels
            motion = float(min(10.0, 3.0 + 1.2 * (levels[-1] - levels[shown])))
            telling.beat("sweep", self._sweep(shown, last), motion=motion, row=last)
        telling.beat("end", self._end(), motion=0.8, row=last, chapter=say("chapter.end"))
        if story.factor is not None:
            telling.beat("factor", self._why(story.factor), motion=0.8, row=last, chapter=say("chapter.why"))

    def _step(self, k: int) -> Rich:
        story, say, w = self.story, self.speech.say, self.story.w
        total = arithmetic(w[k], story.rate, story.slope[k], w[k + 1]).sum
        lead = say("overshoot.first-step", sum=total) if k == 0 else say("overshoot.step", sum=total)
        if story.minimum is None or (w[k] - story.minimum[0]) * (w[k + 1] - story.minimum[0]) >= 0:
            to_right = w[k + 1] > w[k]
            return join([lead, say("overshoot.to-right") if to_right else say("overshoot.to-left")])
        before, after = abs(w[k] - story.minimum[0]), abs(w[k + 1] - story.minimum[0])
        if np.isclose(before, after, rtol=1e-9):
            return join([lead, say("overshoot.as-far")])
        return join([lead, say("overshoot.farther") if after > before else say("overshoot.nearer")])

    def _jumps(self, shown: int) -> Rich:
        story, say = self.story, self.speech.say
        count, steps = int(story.crossings[shown]), int(story.steps[shown])
        text = (
            say("overshoot.all-jump", count=count)
            if count == steps
            else say("overshoot.some-jump", count=count, steps=steps)
        )
        if story.factor is None:
            return text
        if np.isclose(story.factor, 1.0, rtol=1e-9):
            return join([text, say("overshoot.equally-long")])
        return join([text, say("overshoot.factor", factor=number(story.factor, 4))])

    def _seen(self, text: Rich, before: int, after: int) -> Rich:
        """A caption, with a word on the zoom where it is used for the first time."""
        levels = self.story.zoom.levels
        if not levels[before] == 0 < levels[after]:
            return text
        clauses = (self.speech.say("overshoot.view-point"), self.speech.say("overshoot.view"))
        longer = (join([text, clause]) for clause in clauses)
        return next((each for each in longer if self._fits(each)), text)

    def _fits(self, text: Rich) -> bool:
        """Is a caption short enough for two lines?"""
        return len(self.speech.text(text)) <= _LONGEST

    def _sweep(self, shown: int, last: int) -> Rich:
        say, levels, step = self.speech.say, self.story.zoom.levels, int(self.story.steps[last])
        if levels[last] > levels[shown] > 0:
            return say("overshoot.sweep-on", step=step)
        if levels[last] > levels[shown]:
            return say("overshoot.sweep-out", step=step)
        return say("sweep.remaining", step=step)

    def _end(self) -> Rich:
        story, say, lost = self.story, self.speech.say, self.trajectory.nonfinite_step
        if lost is not None:
            if self.trajectory.exit is not None:
                return say("overshoot.end-domain", step=lost)
            return say("overshoot.end-numbers", step=lost, largest=number(sys.float_info.max, 3))
        steps, jumps = self.trajectory.steps, int(story.crossings[-1])
        p, w, loss = story.parameter, number(story.w[-1]), number(story.loss[-1])
        if self.trajectory.outcome is Outcome.DIVERGED and story.loss[0] > 0:
            times = number(story.loss[-1] / story.loss[0], 4)
            return say("overshoot.end-times", steps=steps, jumps=jumps, p=p, w=w, loss=loss, times=times)
        return say("overshoot.end", steps=steps, jumps=jumps, p=p, w=w, loss=loss)

    def _why(self, factor: float) -> Rich:
        """What every step does to the distance, from the curvature and the rate."""
        assert self.analysis.largest_curvature is not None
        say, curvature, size = self.speech.say, number(self.analysis.largest_curvature), number(factor)
        if np.isclose(factor, 1.0, rtol=1e-9):
            return say("overshoot.why-limit", curvature=curvature, factor=size)
        if factor < 1:
            return say("overshoot.why-rests", curvature=curvature, factor=size)
        text = say("overshoot.why-leaves", curvature=curvature, factor=size)
        if self.analysis.rate_limit is None:
            return text
        longer = join([text, say("overshoot.below", limit=number(self.analysis.rate_limit))])
        return longer if self._fits(longer) else text
