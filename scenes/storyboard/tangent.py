"""The story `tangent`: one parameter; the slope of the tangent says which way is down and how far to go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..layout.ticks import nice_step
from ..lecture.model import SceneSpec
from ..lecture.study import Study
from .line import Curve, curve_of, minima_of
from .names import typst_name
from .numbers import counted, math_number, text_number
from .plane import rows_in_view
from .requirements import one_parameter, the_run
from .story import Story
from .telling import Telling

FloatArray = NDArray[np.float64]

EXPLAINED = 3  # steps told one by one
SHOWN = 10  # steps shown singly; what follows passes in one sweep


@dataclass(frozen=True, kw_only=True, eq=False)
class TangentStory(Story):
    """Everything the scene draws. Arrays are indexed by trajectory row;"""

    run: str
    parameter: str  # Typst
    objective: str  # Typst, the right-hand side of J
    rate: float
    steps: NDArray[np.int64]
    w: FloatArray
    loss: FloatArray
    slope: FloatArray
    curve: Curve
    runs: FloatArray  # the slope triangle's run at each row that is explained
    derivative: bool


def tell(study: Study, scene: SceneSpec) -> TangentStory:
    """The story of one run on an objective of one parameter."""
    problem = one_parameter(study, scene)
    name, trajectory = the_run(study, scene)
    w = trajectory.parameters[:, 0]
    loss, slope = trajectory.loss, trajectory.gradient[:, 0]
    rate = study.lecture.runs[name].rate
    p = typst_name(problem.parameters[0])
    last = len(w) - 1
    curve = curve_of(
        problem,
        w[: rows_in_view(loss)],
        x_range=scene.ranges.get(problem.parameters[0]),
        y_range=scene.ranges.get("J"),
    )
    runs = np.zeros(min(EXPLAINED, last) + 1)
    for k in range(len(runs)):  # the first triangle's run is kept as long as it fits: then rises compare
        runs[k] = triangle_run(curve, loss[k], slope[k], wanted=runs[0] or 1.0)
    telling = Telling(trajectory.step, pace=study.lecture.pace, captions=scene.captions, scene=scene.name)

    telling.beat(
        "curve",
        f"Every value of ${p}$ has a cost, {{objective|$J({p})$}}. We look for the lowest point of the curve.",
        motion=1.4,
        chapter="The objective",
    )
    telling.beat(
        "start",
        f"We start at {{point|${p} = {math_number(w[0])}$}}. The cost there is "
        f"{{objective|$J = {math_number(loss[0])}$}}.",
        chapter="The start",
    )
    if slope[0] == 0:
        _at_rest(telling, p, w, rate, last)
    else:
        _first_steps(telling, p, w, slope, rate, float(runs[0]), last, bool(scene.options.get("predict")))
        _remaining_steps(telling, p, w, slope, rate, last, study, name)

    return TangentStory(
        kind="tangent",
        name=scene.name,
        title=scene.title or "The slope says which way is down",
        beats=telling.told(),
        run=name,
        parameter=p,
        objective=problem.typst(),
        rate=rate,
        steps=trajectory.step,
        w=w,
        loss=loss,
        slope=slope,
        curve=curve,
        runs=runs,
        derivative=bool(scene.options.get("derivative")),
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


def _at_rest(telling: Telling, p: str, w: FloatArray, rate: float, last: int) -> None:
    telling.beat(
        "slope",
        f"The tangent at ${p} = {math_number(w[0])}$ is flat: its {{slope|slope is 0}}.",
        motion=1.2,
        chapter="The slope",
    )
    telling.beat(
        "rule",
        f"The rule subtracts {{step|$alpha$ × slope}}, here nothing: "
        f"${math_number(w[0])} - {math_number(rate)} dot 0 = {math_number(w[0])}$.",
        chapter="The rule",
    )
    telling.beat(
        "end",
        f"A slope of 0 gives a step of 0: after {counted(last, 'step')} ${p}$ is still {{point|{text_number(w[-1])}}}.",
        row=last,
        motion=1.0,
        chapter="The end",
    )


def _first_steps(
    telling: Telling,
    p: str,
    w: FloatArray,
    slope: FloatArray,
    rate: float,
    run: float,
    last: int,
    predict: bool,
) -> None:
    up = slope[0] > 0
    verb = "rises" if up else "falls"
    rise = text_number(abs(slope[0] * run))
    amount = (
        f"{verb} by {{slope|{rise}}} for every 1 to the right: "
        if run == 1
        else f"{verb} by {{slope|{rise}}} over {text_number(run)} to the right: "
        if run
        else f"{verb} steeply: "
    )
    telling.beat(
        "slope",
        f"The tangent at ${p} = {math_number(w[0])}$ {amount}"
        f"the {{slope|slope}} is {{slope|${math_number(slope[0])}$}}.",
        motion=1.6,
        chapter="The slope",
    )
    sign, direction = ("positive", "left") if up else ("negative", "right")
    telling.beat(
        "rule",
        f"The rule subtracts {{step|$alpha$ × slope}}. The slope is {sign}, so ${p}$ moves to the {direction}.",
        motion=1.0,
        chapter="The rule",
    )
    if predict:
        telling.beat(
            "predict",
            f"With $alpha = {math_number(rate)}$: where will the first step land? Pause and guess.",
            motion=0.6,
            chapter="Your guess",
        )
    for k in range(min(EXPLAINED, last)):
        ordinal = ("first", "second", "third")[k]
        new = math_number(w[k + 1])
        arithmetic = (
            f"{math_number(w[k])} - {math_number(rate)} dot {math_number(slope[k], signed=True)} = {new}"
        )
        size = text_number(abs(rate * slope[k]), 4)
        # The picture moves on to the new point, so the slope that made the step is told in the past.
        shorter = abs(slope[k]) < abs(slope[k - 1])
        text = (
            f"At ${p} = {math_number(w[k])}$ the slope was {{slope|${math_number(slope[k])}$}}: ${arithmetic}$, "
            f"a {'shorter ' if shorter else ''}step of {{step|{size}}}."
            if k
            else f"The {ordinal} step: ${arithmetic}$, which is {{step|{size}}} to the {direction}."
        )
        telling.beat(
            f"step-{k + 1}",
            text,
            motion=2.0 if k == 0 else 1.6,
            row=k + 1,
            chapter="Steps" if k == 0 else None,
        )


def _remaining_steps(
    telling: Telling,
    p: str,
    w: FloatArray,
    slope: FloatArray,
    rate: float,
    last: int,
    study: Study,
    name: str,
) -> None:
    shown = min(SHOWN, last)
    sizes = np.abs(rate * slope)
    if shown > EXPLAINED:
        shrinking = bool(np.all(np.diff(sizes[: shown + 1]) < 0))
        listed = ", ".join(text_number(s, 3) for s in sizes[:3])
        telling.beat(
            "more-steps",
            f"$alpha$ stays {text_number(rate)}, yet the {{step|steps}} shrink by themselves, "
            f"because the {{slope|slope}} does: {listed}, …"
            if shrinking
            else f"{counted(shown, 'step')} at $alpha = {math_number(rate)}$: {{step|step}} = rate × {{slope|slope}}, every time.",
            motion=min(5.0, 0.5 * (shown - EXPLAINED)),
            row=shown,
        )
    if last > shown:
        telling.beat(
            "sweep",
            f"The remaining steps together, up to step {last}.",
            motion=2.0,
            row=last,
            pause=False,
        )
    near = minima_of(study.problem)[:, 0]
    best = float(near[np.argmin(np.abs(near - w[-1]))]) if len(near) else None
    distance = abs(w[-1] - best) if best is not None else None
    where = f"After {counted(last, 'step')} ${p}$ is {{point|{text_number(w[-1])}}}, the slope {{slope|${math_number(slope[-1], 3)}$}}"
    if study.trajectories[name].outcome.value == "converged":
        text = f"{where}: the {{good|minimum}}. A flat tangent means that nothing moves any more."
    elif distance is not None and distance < 0.02 * (abs(w[0] - best) or 1.0):
        text = f"{where}: almost flat, so almost nothing moves. The {{good|minimum}} is at {text_number(best or 0.0)}."
    elif study.trajectories[name].outcome.value == "diverged":
        text = f"{where}: every step leads {{trouble|farther away}}. The rate is too large."
    elif best is not None:
        text = f"{where}. The {{good|minimum}} at {text_number(best)} is not reached yet."
    else:
        text = f"{where}."
    telling.beat("end", text, motion=0.8, row=last, chapter="The end")
