"""The story `overshoot`: a rate so large that every step jumps across the minimum."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis import Analysis
from gdcore.outcome import Outcome
from gdcore.problems import Problem
from gdcore.trajectory import Trajectory

from ..lecture.model import SceneSpec
from ..lecture.study import Study
from ..richtext import say
from .line import minima_of
from .names import typst_name
from .numbers import math_number, text_number
from .regimes import for_rule, left_domain
from .requirements import StoryError, one_parameter, the_run
from .story import Story
from .telling import Telling
from .zoom import Zoom, zoom_of

FloatArray = NDArray[np.float64]

EXPLAINED = 3  # steps told one by one
SHOWN = 10  # steps shown singly; what follows passes in one sweep
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

    run: str
    parameter: str  # Typst
    objective: str  # Typst, the right-hand side of J
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


def tell(study: Study, scene: SceneSpec) -> OvershootStory:
    """The story of one run that jumps across a minimum again and again."""
    problem = one_parameter(study, scene)
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
    beyond = trajectory.nonfinite_step if not left_domain(trajectory, problem) else None
    analysis = for_rule(study.analyses[name], study.lecture.runs[name])
    factor = _factor(trajectory, analysis)
    telling = Telling(trajectory.step, pace=study.lecture.pace, captions=scene.captions, scene=scene.name)
    _tell(
        telling,
        trajectory,
        typst_name(problem.parameters[0]),
        minimum,
        factor,
        analysis,
        crossings,
        zoom,
        beyond,
    )
    x, y = _samples(problem, zoom)
    return OvershootStory(
        kind="overshoot",
        name=scene.name,
        title=scene.title or _title(trajectory, factor),
        beats=telling.told(),
        run=name,
        parameter=typst_name(problem.parameters[0]),
        objective=problem.typst(),
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
    )


def _why_no_overshoot(name: str, trajectory: Trajectory, parameter: str) -> tuple[str, str, str]:
    """What was found of a run that jumps across nothing, what the kind shows, and the mend."""
    allowed = "the kind 'overshoot' shows a run that jumps across a minimum"
    if trajectory.gradient[0, 0] == 0:
        at = f"{parameter} = {text_number(float(trajectory.parameters[0, 0]))}"
        return f"run '{name}' starts at rest: the slope at {at} is 0", allowed, "choose another start"
    rate = text_number(trajectory.rate)
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


def _title(trajectory: Trajectory, factor: float | None) -> str:
    stays = trajectory.outcome is not Outcome.DIVERGED and (factor is None or factor < 1)
    return f"A {'large rate' if stays else 'rate too large'} jumps across the minimum"


def _tell(
    telling: Telling,
    trajectory: Trajectory,
    p: str,
    minimum: tuple[float, float] | None,
    factor: float | None,
    analysis: Analysis,
    crossings: NDArray[np.int64],
    zoom: Zoom,
    beyond: int | None,
) -> None:
    w, loss, last = trajectory.parameters[:, 0], trajectory.loss, len(trajectory.step) - 1
    alpha = math_number(trajectory.rate)
    where = f" has a {{good|minimum}} at ${p} = {math_number(minimum[0])}$" if minimum else " is given"
    telling.beat(
        "curve",
        f"The {{objective|cost $J({p})$}}{where}. Now the rate is large: {{trouble|$alpha = {alpha}$}}.",
        motion=1.4,
        chapter="The objective",
    )
    telling.beat(
        "start",
        f"We start at {{point|${p} = {math_number(w[0])}$}}, where {{objective|$J = {math_number(loss[0])}$}}.",
        chapter="The start",
    )
    for k in range(min(EXPLAINED, last)):
        telling.beat(
            f"step-{k + 1}",
            _seen(_step(trajectory, p, k, minimum), zoom, k, k + 1),
            motion=2.4 if k == 0 else 2.0,
            row=k + 1,
            chapter="Jumps" if k == 0 else None,
        )
    shown = min(SHOWN, last)
    if shown > EXPLAINED:
        telling.beat(
            "more-steps",
            _seen(_jumps(crossings, trajectory, shown, factor), zoom, min(EXPLAINED, last), shown),
            motion=0.7 * (shown - EXPLAINED),
            row=shown,
        )
    if last > shown:
        telling.beat(
            "sweep",
            _sweep(trajectory, zoom, shown, last),
            motion=float(min(10.0, 3.0 + 1.2 * (zoom.levels[-1] - zoom.levels[shown]))),
            row=last,
        )
    telling.beat(
        "end",
        _end(trajectory, beyond, p, factor, minimum, crossings),
        motion=0.8,
        row=last,
        chapter="The end",
    )
    if factor is not None:
        telling.beat("factor", _why(factor, analysis), motion=0.8, row=last, chapter="Why")


def _step(trajectory: Trajectory, p: str, k: int, minimum: tuple[float, float] | None) -> str:
    w, slope = trajectory.parameters[:, 0], trajectory.gradient[:, 0]
    arithmetic = (
        f"${math_number(w[k])} - {math_number(trajectory.rate)} dot {math_number(slope[k], signed=True)} "
        f"= {math_number(w[k + 1])}$"
    )
    side = "right" if w[k + 1] > w[k] else "left"
    lead = f"The first {{step|step}}: {arithmetic}" if k == 0 else f"{arithmetic}"
    if minimum is None:
        return f"{lead}, a jump to the {side}."
    before, after = abs(w[k] - minimum[0]), abs(w[k + 1] - minimum[0])
    crossed = (w[k] - minimum[0]) * (w[k + 1] - minimum[0]) < 0
    if not crossed:
        return f"{lead}, to the {side}."
    how = (
        "as far away as before"
        if np.isclose(before, after, rtol=1e-9)
        else "{trouble|farther away} than before"
        if after > before
        else "nearer than before"
    )
    return f"{lead}: {{trouble|across the minimum}}, {how}."


def _jumps(crossings: NDArray[np.int64], trajectory: Trajectory, shown: int, factor: float | None) -> str:
    count, steps = int(crossings[shown]), int(trajectory.step[shown])
    text = (
        f"Every step {{trouble|jumps across}}: {count} of {steps}."
        if count == steps
        else f"{{trouble|{count} jumps across}} in {steps} steps."
    )
    if factor is None:
        return text
    if np.isclose(factor, 1.0, rtol=1e-9):
        return f"{text} All are equally long, so it never settles."
    return f"{text} Each is {text_number(factor, 4)} times as long as the one before."


def _seen(text: str, zoom: Zoom, before: int, after: int) -> str:
    """A caption, with a word on the zoom where it is used for the first time."""
    if not zoom.levels[before] == 0 < zoom.levels[after]:
        return text
    clauses = (" The view zooms out to keep the {point|point} in sight.", " The view zooms out to follow.")
    return next((text + clause for clause in clauses if _fits(text + clause)), text)


def _fits(text: str) -> bool:
    """Is a caption short enough for two lines?"""
    return len(say(text).plain()) <= _LONGEST


def _sweep(trajectory: Trajectory, zoom: Zoom, shown: int, last: int) -> str:
    step = int(trajectory.step[last])
    if zoom.levels[last] > zoom.levels[shown] > 0:
        return f"Up to step {step}: the view goes on zooming out. The loss has a log axis."
    if zoom.levels[last] > zoom.levels[shown]:
        return (
            f"Up to step {step}: the view zooms out to keep the {{point|point}} in sight. "
            "The loss has a log axis."
        )
    return f"The remaining steps together, up to step {step}."


def _end(
    trajectory: Trajectory,
    beyond: int | None,
    p: str,
    factor: float | None,
    minimum: tuple[float, float] | None,
    crossings: NDArray[np.int64],
) -> str:
    steps, w, loss = trajectory.steps, trajectory.parameters[:, 0], trajectory.loss
    if trajectory.nonfinite_step is not None:
        if beyond is None:
            return f"Step {trajectory.nonfinite_step} {{trouble|leaves the domain}}: there the {{objective|cost}} has no value."
        return (
            f"Step {trajectory.nonfinite_step} {{trouble|leaves the machine’s numbers}}: "
            f"none is larger than {text_number(sys.float_info.max, 3)}."
        )
    jumps = int(crossings[-1])
    lead = (
        f"After {steps} steps, {jumps} of them {{trouble|across}}: {{point|${p} = {math_number(w[-1])}$}}, "
    )
    value = f"{{objective|$J = {math_number(loss[-1])}$}}"
    if trajectory.outcome is Outcome.DIVERGED and loss[0] > 0:
        return f"{lead}{value}, {{trouble|{text_number(loss[-1] / loss[0], 4)} times}} the first loss."
    return f"{lead}{value}."


def _why(factor: float, analysis: Analysis) -> str:
    """What every step does to the distance, from the curvature and the rate."""
    assert analysis.largest_curvature is not None
    size = f"$|1 - alpha lambda| = {math_number(factor)}"
    lead = f"At curvature $lambda = {math_number(analysis.largest_curvature)}$ each step multiplies the distance by {size}"
    if np.isclose(factor, 1.0, rtol=1e-9):
        return f"{lead}$. This rate is {{trouble|exactly the limit}} $2 \\/ lambda$."
    if factor < 1:
        return f"{lead} < 1$: it {{good|comes to rest}} in spite of the jumps."
    text = f"{lead} > 1$: it {{trouble|runs away}}."
    if analysis.rate_limit is None:
        return text
    longer = f"{text} Below $2 \\/ lambda = {math_number(analysis.rate_limit)}$ it would not."
    return longer if _fits(longer) else text
