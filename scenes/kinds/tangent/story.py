"""The story `tangent`: one parameter; the slope of the tangent says which way is down and how far to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, short
from gdcore.run.trajectory import Trajectory
from scenes.layout.ticks import nice_step
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.facts import in_a_sentence, losses_shown, slopes_shown
from scenes.storyboard.places import place_reached
from scenes.storyboard.requirements import StoryError, one_rate, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import EXPLAINED, FLAT, SHOWN, Telling
from scenes.storyboard.views.curve import Curve, curve_of
from scenes.storyboard.views.terrain import may_fall_for_ever, rows_in_view
from scenes.text import (
    Arithmetic,
    Format,
    Multiplied,
    Rich,
    arithmetic,
    format_of,
    join,
    multiplied,
    number,
)

_FARTHEST = 1e9  # times the view's width


@dataclass(frozen=True, kw_only=True, eq=False)
class TangentStory(Story):
    """Everything the scene draws. Arrays are indexed by trajectory row."""

    parameter: Node
    objective: Node  # the right-hand side of J
    rate: float
    steps: NDArray[np.int64]
    w: FloatArray
    loss: FloatArray
    slope: FloatArray
    curve: Curve
    spans: FloatArray  # the slope triangle's run at each row that is explained
    triangles: tuple[Multiplied, ...]  # of each: slope · run = rise, in numbers
    spelled: tuple[Arithmetic, ...]  # the steps that are explained, in numbers
    w_format: Format
    loss_format: Format
    slope_format: Format
    step_format: Format
    derivative: bool


def tell(study: Study, scene: SceneSpec) -> TangentStory:
    """The story of one run on an objective of one parameter."""
    problem = study.problem
    name, trajectory = the_run(study, scene)
    w = trajectory.parameters[:, 0]
    loss, slope = losses_shown(problem, trajectory), slopes_shown(problem, trajectory)[:, 0]
    rate = one_rate(study, scene, name)
    p = study.speech.name(problem.parameters[0])
    last = len(w) - 1
    curve = curve_of(
        problem,
        w[: rows_in_view(loss, may_fall_for_ever(trajectory))],
        x_range=scene.ranges.get(problem.parameters[0]),
        y_range=scene.ranges.get("J"),
    )
    _check_reach(scene, name, trajectory, curve)
    spans = np.zeros(min(EXPLAINED, last) + 1)
    for k in range(len(spans)):  # the first triangle's run is kept as long as it fits: then rises compare
        spans[k] = triangle_run(curve, loss[k], slope[k], wanted=spans[0] or 1.0)
    # Told one after the other are the first steps and the end; what passes in a sweep need not be told apart.
    told = np.unique(np.r_[np.arange(min(SHOWN, last) + 1), last])
    seen = slice(0, SHOWN + 1)
    story = TangentStory(
        kind="tangent",
        name=scene.name,
        title=study.speech.words(scene.title) if scene.title else study.speech.say("tangent.title"),
        speech=study.speech,
        runs=(name,),
        parameter=p,
        objective=study.speech.lettered(problem.notation),
        rate=rate,
        steps=trajectory.step,
        w=w,
        loss=loss,
        slope=slope,
        curve=curve,
        spans=spans,
        triangles=tuple(multiplied(slope[k], spans[k]) for k in range(len(spans))),
        spelled=tuple(arithmetic(w[k], rate, slope[k], w[k + 1]) for k in range(min(EXPLAINED, last))),
        w_format=format_of(w[told], neighbours=w[seen]),
        loss_format=format_of(loss[told], neighbours=loss[seen]),
        slope_format=format_of(slope[told], neighbours=slope[seen]),
        step_format=format_of(rate * slope[told], neighbours=rate * slope[seen]),
        derivative=bool(scene.options.get("derivative")),
    )
    telling = Telling.of(study, scene, trajectory)
    return _told(story, study, telling, bool(scene.options.get("predict")))


def _check_reach(scene: SceneSpec, name: str, trajectory: Trajectory, curve: Curve) -> None:
    """Raise StoryError for a run that goes so far that this view cannot tell its points from one another."""
    w = trajectory.parameters[:, 0]
    gone = np.flatnonzero(np.abs(w - w[0]) > _FARTHEST * (curve.x_range[1] - curve.x_range[0]))
    if not len(gone):
        return
    jumps = any(event.kind == "overshoot" for event in trajectory.events)
    step, at = int(trajectory.step[gone[0]]), short(float(w[gone[0]]))
    raise StoryError(
        scene.name,
        f"run '{name}' leaves: after {step} steps {trajectory.parameters_names[0]} = {at}",
        "the kind 'tangent' shows a run in one view",
        "choose a smaller rate or fewer steps"
        + (", or use the kind 'overshoot' instead, whose view zooms out" if jumps else ""),
    )


def triangle_run(curve: Curve, loss: float, slope: float, wanted: float = 1.0) -> float:
    """The run of the slope triangle: the wanted one where it fits the view well, else a round number that does."""
    span = curve.x_range[1] - curve.x_range[0]
    longest = 0.3 * span
    if slope:  # the triangle hangs below the point and must not leave the view
        low, high = curve.y_range
        longest = min(longest, (loss - low - 0.04 * (high - low)) / abs(slope))
    if 0.05 * span <= wanted <= longest:
        return wanted
    if longest <= 0:
        return 0.0
    step = nice_step(longest, 1)
    return step if step <= longest * 1.0001 else step / 2


def _told(story: TangentStory, study: Study, telling: Telling, predict: bool) -> TangentStory:
    """The story with its beats."""
    say = story.speech.say
    p, w = story.parameter, story.w
    telling.beat("curve", say("tangent.curve", p=p), motion=1.4, chapter=say("chapter.objective"))
    telling.beat(
        "start",
        say("tangent.start", p=p, w=number(w[0]), loss=number(story.loss[0])),
        chapter=say("chapter.start"),
    )
    if story.slope[0] == 0:
        telling.beat(
            "slope", say("tangent.flat", p=p, w=number(w[0])), motion=1.2, chapter=say("chapter.slope")
        )
        rule = say("tangent.flat-rule", w=number(w[0]), rate=number(story.rate))
        telling.beat("rule", rule, chapter=say("chapter.rule"))
    else:
        telling.beat("slope", _first_slope(story), motion=1.6, chapter=say("chapter.slope"))
        rule = say("tangent.rule-left" if story.slope[0] > 0 else "tangent.rule-right", p=p)
        telling.beat("rule", rule, motion=1.0, chapter=say("chapter.rule"))
        if predict:
            asked = say("tangent.predict", rate=number(story.rate))
            telling.beat("predict", asked, motion=0.6, chapter=say("chapter.guess"))
        for k in range(len(story.spelled)):
            chapter = say("chapter.steps") if k == 0 else None
            telling.beat(
                f"step-{k + 1}", _step(story, k), motion=1.6 if k else 2.0, row=k + 1, chapter=chapter
            )
        _remaining(story, telling)
    last = len(w) - 1
    telling.beat("end", _end(story, study), motion=0.8, row=last, chapter=say("chapter.end"))
    return story.told(telling.told())


def _first_slope(story: TangentStory) -> Rich:
    say, p, w = story.speech.say, story.parameter, number(story.w[0])
    slope, run = float(story.slope[0]), float(story.spans[0])
    triangle = multiplied(abs(slope), run)
    m, rise, over = story.triangles[0].left, triangle.product, triangle.right
    if not run:
        return say("tangent.rises-steeply" if slope > 0 else "tangent.falls-steeply", p=p, w=w, slope=m)
    return say("tangent.rises" if slope > 0 else "tangent.falls", p=p, w=w, slope=m, rise=rise, over=over)


def _step(story: TangentStory, k: int) -> Rich:
    say, p, slope = story.speech.say, story.parameter, story.slope
    size, total = number(abs(story.rate * slope[k]), 4), story.spelled[k].sum
    if k == 0:
        return say(
            "tangent.first-step-left" if slope[0] > 0 else "tangent.first-step-right", sum=total, size=size
        )
    # The picture moves on to the new point, so the slope that made the step is told in the past.
    w, m = story.spelled[k].old, story.spelled[k].slope
    return say(
        "tangent.shorter-step" if abs(slope[k]) < abs(slope[k - 1]) else "tangent.next-step",
        p=p,
        w=w,
        slope=m,
        sum=total,
        size=size,
    )


def _remaining(story: TangentStory, telling: Telling) -> None:
    speech, say = story.speech, story.speech.say
    last = len(story.w) - 1
    shown = min(SHOWN, last)
    sizes = np.abs(story.rate * story.slope)
    if shown > EXPLAINED:
        shrinking = bool(np.all(np.diff(sizes[: shown + 1]) < 0))
        a, b, c = (number(size, 3) for size in sizes[:3])
        telling.beat(
            "more-steps",
            say("tangent.shrinking", rate=number(story.rate), a=a, b=b, c=c)
            if shrinking
            else say("tangent.more", steps=speech.count("step", shown), rate=number(story.rate)),
            motion=min(5.0, 0.5 * (shown - EXPLAINED)),
            row=shown,
        )
    if last > shown:
        telling.beat("sweep", say("sweep.remaining", step=last), motion=2.0, row=last, pause=False)


def _end(story: TangentStory, study: Study) -> Rich:
    """Where the run is at its end, over what kind of place, and whether anything still moves."""
    speech, say, p = story.speech, story.speech.say, story.parameter
    last, slope = len(story.w) - 1, abs(float(story.slope[-1]))
    steps, w = speech.count("step", int(story.steps[-1])), in_a_sentence(story.w_format(float(story.w[-1])))
    if story.slope[0] == 0:
        where = say("tangent.stays", steps=steps, p=p, w=w)
    else:
        where = say("tangent.where", steps=steps, p=p, w=w, slope=number(float(story.slope[-1]), 3))
    place = place_reached(
        study, story.run, flat=slope <= FLAT * float(np.abs(story.slope).max()) and last > 0, shown=[w]
    )
    return join([where, place])
