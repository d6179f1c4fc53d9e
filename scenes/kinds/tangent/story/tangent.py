"""The story `tangent`: one parameter; the slope of the tangent says which way is down and how far to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, short
from gdcore.run.trajectory import Trajectory
from scenes.layout.ticks import nice_step
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.facts import losses_shown, slopes_shown
from scenes.storyboard.requirements import StoryError, one_rate, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import EXPLAINED, SHOWN, Telling
from scenes.storyboard.views.curve import Curve, curve_of
from scenes.storyboard.views.terrain import may_fall_for_ever, rows_in_view
from scenes.text import Arithmetic, Format, Multiplied, format_of, multiplied, short_arithmetic

from .words import TangentWords

_FARTHEST = 1e9  # times the view's width
_LONGEST = 0.3  # of the view's width, the run of a slope triangle
_SEEN = 0.01  # of the view's height: a rise that is less is not seen


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
    written: Mapping[
        int, Arithmetic
    ]  # by the row they lead to: all steps that are shown singly, and the last
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
        even=False,
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
        spelled=tuple(short_arithmetic(w[k], rate, slope[k], w[k + 1]) for k in range(min(EXPLAINED, last))),
        written={
            k + 1: short_arithmetic(w[k], rate, slope[k], w[k + 1])
            for k in [*range(min(SHOWN, last)), last - 1]
        },
        w_format=format_of(w[told], neighbours=w[seen]),
        loss_format=format_of(loss[told], neighbours=loss[seen]),
        slope_format=format_of(slope[told], neighbours=slope[seen]),
        step_format=format_of(rate * slope[told], neighbours=rate * slope[seen]),
        derivative=bool(scene.options.get("derivative")),
    )
    telling = Telling.of(study, scene, trajectory)
    TangentWords(story, study, telling).tell()
    return story.told(telling.told())


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
    """The run of the slope triangle: the wanted one where it fits the view well, else a round number that does.

    0 where none is seen: where the rise of the longest that fits is too small a part of the view's height.
    """
    span = curve.x_range[1] - curve.x_range[0]
    low, high = curve.y_range
    longest = _LONGEST * span
    if slope:  # the triangle hangs below the point and must not leave the view
        longest = min(longest, (loss - low - 0.04 * (high - low)) / abs(slope))
    if longest <= 0 or longest * abs(slope) < _SEEN * (high - low):
        return 0.0
    if 0.05 * span <= wanted <= longest:
        return wanted
    step = nice_step(longest, 1)
    return step if step <= longest * 1.0001 else step / 2
