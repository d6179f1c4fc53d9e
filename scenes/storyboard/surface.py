"""The story `surface`: two parameters; the loss is a landscape, and the path falls into its valley."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..lecture.model import SceneSpec
from ..lecture.study import Study
from .names import typst_name
from .numbers import math_number, text_number
from .plane import Terrain, levels_of, terrain_of
from .requirements import the_run, two_parameters
from .story import Story
from .telling import Telling

FloatArray = NDArray[np.float64]

_SEEN = 0.13  # part of the picture's width below which an arrow hides behind its point


@dataclass(frozen=True, kw_only=True, eq=False)
class SurfaceStory(Story):
    """Everything the scene draws; arrays are indexed by trajectory row."""

    run: str
    parameters: tuple[str, str]  # Typst
    rate: float
    steps: NDArray[np.int64]
    path: FloatArray  # (n, 2)
    loss: FloatArray
    gradient: FloatArray  # (n, 2)
    terrain: Terrain
    levels: FloatArray
    stretches: tuple[float, float]  # the arrows of the first step are drawn so many times as long, by axis
    fog: bool
    azimuth: float | None  # degrees, where the lecture asks for a view


def tell(study: Study, scene: SceneSpec) -> SurfaceStory:
    """The story of one run on an objective of two parameters."""
    problem = two_parameters(study, scene)
    name, trajectory = the_run(study, scene)
    path, loss, gradient = trajectory.parameters, trajectory.loss, trajectory.gradient
    rate = study.lecture.runs[name].rate
    p, q = (typst_name(parameter) for parameter in problem.parameters)
    last = len(path) - 1
    terrain = terrain_of(problem, path, ranges=scene.ranges)
    stretches = _stretches(terrain, path)
    telling = Telling(trajectory.step, pace=study.lecture.pace, captions=scene.captions, scene=scene.name)
    fog = bool(scene.options.get("fog"))
    _opening(telling, study, p, q, terrain, path, loss, fog)
    _first_step(telling, p, q, path, gradient, rate, stretches)
    _descent(telling, study, name, p, q, path, loss, last, terrain)
    view = scene.options.get("view")
    return SurfaceStory(
        kind="surface",
        name=scene.name,
        title=scene.title or "Two parameters: the cost is a landscape",
        beats=telling.told(),
        run=name,
        parameters=(p, q),
        rate=rate,
        steps=trajectory.step,
        path=path,
        loss=loss,
        gradient=gradient,
        terrain=terrain,
        levels=levels_of(terrain),
        stretches=stretches,
        fog=fog,
        azimuth=float(view) if isinstance(view, int | float) else None,
    )


def _stretches(terrain: Terrain, path: FloatArray) -> tuple[float, float]:
    """How much longer than the first step its two parts are drawn, round factors, so that both are seen.

    One factor for both where that shows the shorter one too.
    """
    size = np.array([terrain.x_range[1] - terrain.x_range[0], terrain.y_range[1] - terrain.y_range[0]])
    parts = np.abs(path[1] - path[0]) / size
    length = float(np.hypot(*parts))
    if length == 0:
        return 1.0, 1.0
    common = _round_factor(0.34 / length) if length < 0.25 else 1.0
    factors = [
        common if part * common >= _SEEN or part == 0 else _round_factor(1.4 * _SEEN / part) for part in parts
    ]
    return factors[0], factors[1]


def _round_factor(wanted: float) -> float:
    """A factor with one significant digit, at least 1."""
    return max(1.0, float(f"{wanted:.0e}"))


def _opening(
    telling: Telling,
    study: Study,
    p: str,
    q: str,
    terrain: Terrain,
    path: FloatArray,
    loss: FloatArray,
    fog: bool,
) -> None:
    ceiling = text_number(float(f"{terrain.z_range[1]:.2g}"))
    cut = f" Walls higher than {ceiling} are cut off." if terrain.clipped else ""
    what = (
        f"Every line has a cost: the height of the {{objective|surface}} above its ${p}$ and ${q}$."
        if study.lecture.problem.data
        else f"Every pair ${p}$, ${q}$ has a cost: the height of the {{objective|surface}} above it."
    )
    if fog:
        what, cut = "A hill in fog: of the {objective|surface} we only know the slope under our feet.", ""
    telling.beat("surface", what + cut, motion=1.8, chapter="The surface")
    telling.beat(
        "start",
        f"We start at {{point|${p} = {math_number(path[0, 0])}$, ${q} = {math_number(path[0, 1])}$}}. "
        f"The cost there is {{objective|$J = {math_number(loss[0], 6)}$}}.",
        chapter="The start",
    )


def _first_step(
    telling: Telling,
    p: str,
    q: str,
    path: FloatArray,
    gradient: FloatArray,
    rate: float,
    stretches: tuple[float, float],
) -> None:
    g, h = gradient[0]
    one, other = stretches
    drawn = ""
    if one != other:
        drawn = f" Arrows are drawn {text_number(one)} and {text_number(other)} times as long."
    elif one != 1:
        drawn = f" Arrows are drawn {text_number(one)} times as long."
    telling.beat(
        "partials",
        f"{{slope|$partial J slash partial {p} = {math_number(g)}$}} and "
        f"{{slope|$partial J slash partial {q} = {math_number(h)}$}}: downhill is against both.{drawn}",
        motion=1.4,
        chapter="The gradient",
    )
    telling.beat(
        "rule",
        "Against both slopes at once: each value loses $alpha$ times its own. That is the {step|step}.",
        motion=1.2,
        chapter="The rule",
    )
    telling.beat(
        "step-1",
        f"The first step leads to {{point|${p} = {math_number(path[1, 0])}$, ${q} = {math_number(path[1, 1])}$}}: "
        "each value minus $alpha$ times its slope.",
        motion=1.8,
        row=1,
        chapter="Steps",
    )


def _descent(
    telling: Telling,
    study: Study,
    name: str,
    p: str,
    q: str,
    path: FloatArray,
    loss: FloatArray,
    last: int,
    terrain: Terrain,
) -> None:
    trajectory = study.trajectories[name]
    turn = next((event for event in trajectory.events if event.kind == "turning point"), None)
    rows = list(trajectory.step)
    lengths = np.hypot(*np.diff(path, axis=0).T)
    first, final = float(lengths[0]), float(lengths[-1])
    diverged = trajectory.outcome.value == "diverged"
    if turn is not None and turn.step in rows and 3 <= rows.index(turn.step) < last:
        row = rows.index(turn.step)
        axis = study.problem.parameters.index(turn.parameter)
        telling.beat(
            "fall",
            f"Downhill: after {turn.step} steps {{objective|$J = {math_number(loss[row], 6)}$}}. "
            f"Here ${(p, q)[axis]}$ turns round, at {{point|{text_number(path[row, axis])}}}.",
            motion=3.0,
            row=row,
        )
    telling.beat(
        "valley",
        f"The rate is too large: the {{step|steps}} grow, from {text_number(first, 3)} to "
        f"{{trouble|{text_number(final, 3)}}}."
        if diverged
        else f"The slope flattens out, and the {{step|steps}} shrink with it: the first was "
        f"{text_number(first, 3)} long, the last {{step|{text_number(final, 3)}}}."
        if final < 0.3 * first
        else f"Always against the gradient: the first {{step|step}} is {text_number(first, 3)} long, the last "
        f"{{step|{text_number(final, 3)}}}.",
        motion=5.0,
        row=last,
    )
    where = (
        f"After {trajectory.step[-1]} steps: {{point|${p} = {math_number(path[-1, 0])}$, "
        f"${q} = {math_number(path[-1, 1])}$}}, {{objective|$J = {math_number(loss[-1], 6)}$}}."
    )
    if len(terrain.minima):
        best = terrain.minima[np.argmin(np.hypot(*(terrain.minima - path[-1]).T))]
        lowest = float(study.problem.value(best))
        where += (
            f" The {{good|minimum}}: ${p} = {math_number(float(best[0]))}$, "
            f"${q} = {math_number(float(best[1]))}$, $J = {math_number(lowest, 6)}$."
        )
    telling.beat("end", where, motion=0.8, row=last, chapter="The end")
