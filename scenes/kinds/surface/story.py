"""The story `surface`: two parameters; the loss is a landscape, and the path falls into its valley."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray, lengths
from gdcore.base.rates import Rate, each_rate
from gdcore.notation import Node, short
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.facts import losses_shown, slopes_shown
from scenes.storyboard.places import place_reached
from scenes.storyboard.requirements import StoryError, the_run
from scenes.storyboard.standardized import in_units_of_the_data, scaling_explained
from scenes.storyboard.story import Story
from scenes.storyboard.telling import FLAT, Telling
from scenes.storyboard.views.terrain import Terrain, may_fall_for_ever, rows_in_view, terrain_of
from scenes.text import Arithmetic, Format, Rich, Speech, arithmetic, format_of, join, number

_SINGLE = 10  # steps whose numbers are told apart
_SEEN = 0.13  # part of the picture's width below which an arrow hides behind its point


@dataclass(frozen=True, kw_only=True, eq=False)
class SurfaceStory(Story):
    """Everything the scene draws; arrays are indexed by trajectory row."""

    parameters: tuple[Node, Node]
    rate: Rate
    steps: NDArray[np.int64]
    path: FloatArray  # (n, 2)
    loss: FloatArray
    gradient: FloatArray  # (n, 2)
    terrain: Terrain
    stretches: tuple[float, float]  # the arrows of the first step are drawn so many times as long, by axis
    fog: bool
    azimuth: float | None  # degrees, where the lecture asks for a view
    spelled: tuple[Arithmetic, Arithmetic]  # the first step, by axis
    path_formats: tuple[Format, Format]
    loss_format: Format


def tell(study: Study, scene: SceneSpec) -> SurfaceStory:
    """The story of one run on an objective of two parameters."""
    problem = study.problem
    name, trajectory = the_run(study, scene)
    path, rate = trajectory.parameters, trajectory.rate
    rates = each_rate(rate, 2)
    loss, gradient = losses_shown(problem, trajectory), slopes_shown(problem, trajectory)
    p, q = (study.speech.name(parameter) for parameter in problem.parameters)
    last = len(path) - 1
    seen = rows_in_view(trajectory.loss, may_fall_for_ever(trajectory))
    terrain = terrain_of(problem, path[:seen], ranges=scene.ranges)
    low, high = terrain.z_range
    unseen = ""
    if not (terrain.z < high).any():
        unseen = f"range: in it the surface is nowhere lower than J = {short(high)}, where it is cut off"
    elif not (terrain.z > low).any():
        unseen = f"range: in it the surface is nowhere higher than J = {short(low)}, where it begins"
    if unseen:
        mend = "widen the range so that it holds the run, or leave it out"
        raise StoryError(scene.name, unseen, mend=mend, at=("range",))
    stretches = _stretches(terrain, path)
    view = scene.options.get("view")
    # Told one after the other are the first steps and the end.
    told = np.unique(np.r_[np.arange(min(_SINGLE, last) + 1), last])
    story = SurfaceStory(
        kind="surface",
        name=scene.name,
        title=study.speech.words(scene.title) if scene.title else study.speech.say("surface.title"),
        speech=study.speech,
        runs=(name,),
        parameters=(p, q),
        rate=rate,
        steps=trajectory.step,
        path=path,
        loss=loss,
        gradient=gradient,
        terrain=terrain,
        stretches=stretches,
        fog=bool(scene.options.get("fog")),
        azimuth=float(view) if isinstance(view, int | float) else None,
        spelled=(_spelled(path, gradient, rates[0], 0), _spelled(path, gradient, rates[1], 1)),
        path_formats=(
            format_of(path[told, 0], neighbours=path[: _SINGLE + 1, 0]),
            format_of(path[told, 1], neighbours=path[: _SINGLE + 1, 1]),
        ),
        loss_format=format_of(loss[told], 6, neighbours=loss[: _SINGLE + 1]),
    )
    telling = Telling.of(study, scene, trajectory)
    _Words(story, study, telling).tell()
    return story.told(telling.told())


def _spelled(path: FloatArray, gradient: FloatArray, rate: float, axis: int) -> Arithmetic:
    return arithmetic(path[0, axis], rate, gradient[0, axis], path[1, axis])


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


@dataclass(frozen=True)
class _Words:
    """Writes the beats of a story whose drawing is known."""

    story: SurfaceStory
    study: Study
    telling: Telling

    @property
    def speech(self) -> Speech:
        return self.story.speech

    @property
    def _apart(self) -> bool:
        """Has each parameter a rate of its own?"""
        return isinstance(self.story.rate, tuple)

    def tell(self) -> None:
        self._opening()
        self._first_step()
        self._descent()

    def _place(self, row: int) -> tuple[Node, Node]:
        x, y = (number(float(value)) for value in self.story.path[row])
        return x, y

    def _loss(self, row: int) -> Node:
        return number(float(self.story.loss[row]), 6)

    def _opening(self) -> None:
        story, say, terrain = self.story, self.speech.say, self.story.terrain
        p, q = story.parameters
        what = say("surface.line" if self.study.lecture.problem.data else "surface.pair", p=p, q=q)
        ceiling = number(float(f"{terrain.z_range[1]:.2g}"))
        cut = say("surface.cut", ceiling=ceiling) if terrain.clipped else Rich()
        text = say("surface.fog") if story.fog else join([what, cut])
        self.telling.beat("surface", text, motion=1.8, chapter=say("chapter.surface"))
        explanation = scaling_explained(self.study)
        if explanation:
            self.telling.beat("standardized", explanation, chapter=say("chapter.standardized"))
        x, y = self._place(0)
        start = say("surface.start", p=p, q=q, x=x, y=y, loss=self._loss(0))
        self.telling.beat("start", start, chapter=say("chapter.start"))

    def _first_step(self) -> None:
        story, say, telling = self.story, self.speech.say, self.telling
        p, q = story.parameters
        g, h = (number(float(slope)) for slope in story.gradient[0])
        flat = not story.gradient[0].any()
        one, other = story.stretches
        drawn = Rich()
        if one != other and 1 in (one, other):
            p_or_q, times = (p, one) if other == 1 else (q, other)
            drawn = say("surface.stretched-one", p=p_or_q, times=number(times))
        elif one != other:
            drawn = say("surface.stretched-apart", one=number(one), other=number(other))
        elif one != 1:
            drawn = say("surface.stretched", times=number(one))
        slopes = (
            say("surface.partials-flat", p=p, q=q) if flat else say("surface.partials", p=p, q=q, g=g, h=h)
        )
        telling.beat("partials", join([slopes, drawn]), motion=1.4, chapter=say("chapter.gradient"))
        longer = one != 1 or other != 1
        if self._apart:
            rule = say("surface.rule-each-drawn" if longer else "surface.rule-each")
        else:
            rule = say("surface.rule-drawn" if longer else "surface.rule")
        telling.beat("rule", rule, motion=1.2, chapter=say("chapter.rule"))
        x, y = self._place(1)
        if flat:
            step = say("surface.step-1-stays", p=p, q=q, x=x, y=y)
        else:
            step = say("surface.step-1-each" if self._apart else "surface.step-1", p=p, q=q, x=x, y=y)
        telling.beat("step-1", step, motion=1.8, row=1, chapter=say("chapter.steps"))

    def _descent(self) -> None:
        story, say = self.story, self.speech.say
        trajectory, last = self.study.trajectories[story.run], len(story.path) - 1
        self._fall(trajectory, last)
        lengths = np.hypot(*np.diff(story.path, axis=0).T)
        first, final = float(lengths[0]), float(lengths[-1])
        if trajectory.outcome is Outcome.DIVERGED:
            text = say(
                "surface.grow-each" if self._apart else "surface.grow",
                first=number(first, 3),
                last=number(final, 3),
            )
        elif first == 0:
            text = say("surface.stays")
        elif final < 0.3 * first:
            text = say("surface.shrink", first=number(first, 3), last=number(final, 3))
        else:
            text = say(
                "surface.lengths-each" if self._apart else "surface.lengths",
                first=number(first, 3),
                last=number(final, 3),
            )
        self.telling.beat("valley", text, motion=5.0, row=last)
        raw = in_units_of_the_data(self.study, story.path[-1])
        if raw:
            self.telling.beat("raw", raw, row=last, chapter=say("chapter.raw"))
        (p, q), (x, y) = story.parameters, self._place(last)
        steps = self.speech.count("step", int(story.steps[-1]))
        where = say("surface.end", steps=steps, p=p, q=q, x=x, y=y, loss=self._loss(last))
        self.telling.beat(
            "end", join([where, self._found()]), motion=0.8, row=last, chapter=say("chapter.end")
        )

    def _fall(self, trajectory: Trajectory, last: int) -> None:
        """The first part of the descent, where a parameter turns round on the way."""
        story, say = self.story, self.speech.say
        turn = next((event for event in trajectory.events if event.kind == "turning point"), None)
        rows = story.steps.tolist()
        if turn is None or turn.step not in rows or not 3 <= rows.index(turn.step) < last:
            return
        row, axis = rows.index(turn.step), self.study.problem.parameters.index(turn.parameter or "")
        text = say(
            "surface.fall",
            steps=self.speech.count("step", turn.step),
            loss=self._loss(row),
            p=story.parameters[axis],
            x=self._place(row)[axis],
        )
        self.telling.beat("fall", text, motion=3.0, row=row)

    def _found(self) -> Rich:
        """What the run has found, or was on its way to."""
        story = self.story
        steepest = float(lengths(story.gradient).max())
        flat = float(lengths(story.gradient[-1])) <= FLAT * steepest
        return place_reached(self.study, story.run, flat=flat, shown=self._place(-1))
