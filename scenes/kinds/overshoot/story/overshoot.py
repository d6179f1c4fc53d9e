"""The story `overshoot`: a rate so large that every step jumps across the minimum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.model import SceneSpec
from scenes.lecture.study import Study
from scenes.storyboard.requirements import StoryError, one_rate, the_run
from scenes.storyboard.story import Story
from scenes.storyboard.telling import EXPLAINED, Telling
from scenes.storyboard.views.curve import minima_of
from scenes.storyboard.views.zoom import Zoom, zoom_of
from scenes.text import Arithmetic, Rich, Speech, number, number_beside, short_arithmetic

from .findings import (
    Charted,
    Trend,
    charted_of,
    compared,
    crossings_of,
    edges_of,
    factor_of,
    minimum_of,
    samples_of,
    trend_of,
    why_no_overshoot,
)
from .tamer import Tamer, tamer_of
from .words import OvershootWords, shown_singly

_DIGITS = 4  # of a distance


@dataclass(frozen=True, kw_only=True, eq=False)
class OvershootStory(Story):
    """Everything the scene draws. Arrays by trajectory row: steps, w, loss, slope, crossed, crossings, charted (n,).

    `crossed[k]`: the step to row k jumped across the minimum; `crossings[k]` counts those up to row k.
    `curve_x`, `curve_y` sample the objective about the middle of the zoom, evenly within the first view and beyond it
    in the logarithm of the distance. `factor` is what every step multiplies the distance by (None where the curvature
    changes), `limit` the rate below which that is less than 1, `beyond` the step that leaves the machine's numbers.
    `charted` is what the chart of the losses shows, on the `scale`. `spelled` are the steps that are explained.
    `alone`: no other minimum is known. `rests` are the rows at which the view rests, `edges` the ends of the domain,
    where it has any. `tamer` is the run with which the limit is shown, where this one is beyond it.
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
    alone: bool
    rests: tuple[int, ...]
    edges: tuple[float, ...]
    tamer: Tamer | None

    @property
    def shown(self) -> int:
        """The last row that is told by itself, before the rest pass at once."""
        return shown_singly(len(self.w) - 1)

    @property
    def logarithmic(self) -> bool:
        """Are the losses charted on a logarithmic axis?"""
        return self.scale is not Charted.PLAIN

    def distance(self, row: int) -> float | None:
        """How far a row is from the minimum; None where none is known."""
        if self.minimum is None:
            return None
        with np.errstate(over="ignore"):
            return abs(float(self.w[row]) - self.minimum[0])

    def away(self, row: int) -> Node | None:
        """The same in digits in which it can be told from those before and after it."""
        distance = self.distance(row)
        if distance is None:
            return None
        beside = [self.distance(k) or 0.0 for k in (row - 1, row + 1) if 0 <= k < len(self.w)]
        short = number(distance, _DIGITS)
        alike = any(each != distance and number(each, _DIGITS) == short for each in beside)
        return number_beside(distance, *beside, digits=_DIGITS) if alike else short

    def farther(self, before: int, after: int) -> int | None:
        """Is a row farther from the minimum than one before (1), as far (0) or nearer (−1)? None where none is known."""
        one, two = self.distance(before), self.distance(after)
        return None if one is None or two is None else compared(one, two)

    def across(self, before: int, after: int) -> bool:
        """Do two rows lie on either side of the known minimum?"""
        if self.minimum is None:
            return False
        signs = [np.sign(float(self.w[k]) - self.minimum[0]) for k in (before, after)]
        return bool(signs[0] * signs[1] < 0)


def tell(study: Study, scene: SceneSpec) -> OvershootStory:
    """The story of one run that jumps across a minimum again and again."""
    problem = study.problem
    name, trajectory = the_run(study, scene)
    rate = one_rate(study, scene, name)
    crossed, crossings = crossings_of(trajectory)
    if not crossings[-1]:
        raise StoryError(scene.name, *why_no_overshoot(name, rate, trajectory, problem))
    w, loss, slope = trajectory.parameters[:, 0], trajectory.loss, trajectory.gradient[:, 0]
    minimum = minimum_of(problem, w)
    centre, floor = minimum or (float(w[:2].mean()), float(loss.min()))
    wanted = scene.ranges.get(problem.parameters[0])
    reach = max(abs(wanted[0] - centre), abs(wanted[1] - centre)) if wanted else None
    zoom = zoom_of(w, loss, centre, min(floor, float(loss.min())), reach=reach)
    analysis = study.analyses[name]
    factor = factor_of(rate, analysis)
    limit = analysis.rate_limit if factor is not None else None
    x, y = samples_of(problem, zoom)
    charted, scale = charted_of(loss, minimum)
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
        limit=limit,
        trend=trend_of(trajectory, factor, zoom.centre),
        beyond=trajectory.nonfinite_step if trajectory.exit is None else None,
        charted=charted,
        scale=scale,
        spelled=tuple(
            short_arithmetic(float(w[k]), rate, float(slope[k]), float(w[k + 1]))
            for k in range(min(EXPLAINED, last))
        ),
        alone=len(minima_of(problem)) <= 1,
        rests=tuple(sorted({*range(shown_singly(last) + 1), last})),
        edges=edges_of(problem),
        tamer=tamer_of(study, name, factor, limit),
    )
    telling = Telling.of(study, scene, trajectory)
    OvershootWords(story, study, telling).tell()
    return story.told(telling.told())


def _title(speech: Speech, trajectory: Trajectory, factor: float | None) -> Rich:
    stays = trajectory.outcome is not Outcome.DIVERGED and (factor is None or factor < 1)
    return speech.say("overshoot.title-stays" if stays else "overshoot.title-leaves")
