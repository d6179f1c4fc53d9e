"""The first step on the surface, in parts: against each slope along its axis, and both together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, Pen, measure
from scenes.kinds.surface.story import SurfaceStory
from scenes.layout import Box, place_label
from scenes.layout.box import box_at
from scenes.storyboard.story import Moment
from scenes.text import maths
from scenes.theme import TICK, Role
from scenes.widgets.space.view import FLOOR, View

OVER = 1.0  # how much of the surface a name hides: no colour can be read on all of its heights
_LIFT = 0.014  # above the lifted path


class StepArrows:
    """Arrows draped over the surface, with names that are placed once, in the view that stands meanwhile.

    `on_surface` lifts parameters (n, 2) to points (n, 3) on the surface.
    """

    def __init__(
        self, story: SurfaceStory, on_surface: Callable[[FloatArray], FloatArray], view: View, stage: Box
    ) -> None:
        self.story = story
        self.on_surface = on_surface
        self.view = view
        self.stage = stage
        self.minimum = story.speech.say("picture.minimum")
        # −∂J/∂m: what an arrow downhill stands for.
        formula = story.speech.formula
        self.against = [maths(formula("-partial J/partial {p}", p=name)) for name in story.parameters]
        self.arrow_names, self.minimum_names = self._place_names()

    def _arrow_vectors(self) -> list[tuple[FloatArray, Role, str]]:
        """The two parts of the first step and the step, as long as they are drawn: vector, role, beat."""
        step = self.story.path[1] - self.story.path[0]
        one, other = self.story.stretches
        return [
            (np.array([step[0] * one, 0.0]), Role.SLOPE, "partials"),
            (np.array([0.0, step[1] * other]), Role.SLOPE, "partials"),
            (step * min(one, other), Role.STEP, "rule"),
        ]

    def _draped(self, view: View, vector: FloatArray) -> FloatArray:
        """An arrow's line from the start over the surface, (n, 2) in the frame."""
        line = self.story.path[0] + np.linspace(0, 1, 24)[:, None] * vector
        return view.project(self.on_surface(line) + (0.0, 0.0, _LIFT))

    def _place_names(self) -> tuple[list[Box], list[Box]]:
        """Boxes of the arrows' names and of the minima's, in the view that stands while they are seen."""
        view = self.view
        arrows = [self._draped(view, vector) for vector, _, _ in self._arrow_vectors()]
        rings = view.project(self.on_surface(self.story.terrain.minima)).tolist()
        taken = [box_at((x, y), (0.3, 0.3)) for x, y in (*rings, arrows[0][0].tolist())]
        edges = view.project(np.vstack([FLOOR, FLOOR[:1]]))
        minima: list[Box] = []
        names: list[Box] = []
        for x, y in rings:
            size = measure(self.minimum, TICK)
            centre = place_label(
                (x, y),
                size,
                within=self.stage,
                boxes=taken,
                lines=[edges, *arrows],
                gap=0.2,
                prefer=((0, -1), (0, 1)),
            )
            minima.append(box_at(centre, size))
        for name, line in zip(self.against, arrows[:2], strict=True):
            size = measure(name, TICK)
            along = line[-1] - line[-2]
            along = along / (float(np.hypot(*along)) or 1.0)
            centre = place_label(
                (float(line[-1][0]), float(line[-1][1])),
                size,
                within=self.stage,
                boxes=[*taken, *minima, *names],
                lines=[edges, *arrows],
                gap=0.14,
                prefer=((float(along[0]), float(along[1])),),
            )
            names.append(box_at(centre, size))
        return names, minima

    def draw(self, pen: Pen, view: View, at: Moment) -> None:
        """Against both partial derivatives along the axes, and their sum, draped over the surface."""
        fade = 1 - at.done("step-1", 0.5, 0.9)
        if fade <= 0:
            return
        for vector, role, beat in self._arrow_vectors():
            grown = at.done(beat)
            if grown <= 0.01 or not np.any(vector):
                continue
            line = self._draped(view, vector * grown)
            pen.stroke(line[:-3], role, BOLD, fade)
            (x, y), tip = line[-6].tolist(), line[-1].tolist()
            pen.arrow((x, y), (tip[0], tip[1]), role, BOLD, fade)
        named = at.done("partials", 0.6, 1.0) * fade
        for name, box, slope in zip(self.against, self.arrow_names, self.story.gradient[0], strict=True):
            if slope:
                pen.text(name, box.centre, TICK, role=Role.SLOPE, opacity=named, backed=OVER)
