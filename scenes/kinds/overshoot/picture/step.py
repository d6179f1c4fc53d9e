"""One step while it is explained: the tangent with its slope, the step along the axis, the place to come."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scenes.draw.pen import BOLD, LINE, THIN, Pen
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.storyboard.views.zoom import ZoomView
from scenes.theme import Role
from scenes.widgets.marks import HALO, POINT, draw_arrow, draw_awaited, draw_cased
from scenes.widgets.plane.zooming import ZoomingPlot

from .labels import OvershootLabels
from .measures import DASH
from .scenery import STEP_HEIGHT


@dataclass(eq=False)
class StepMarks:
    """The marks of the steps that are explained, in a plot. `told` is the row to which a step leads."""

    story: OvershootStory
    plot: ZoomingPlot
    labels: OvershootLabels
    _slopes: dict[int, Box | None] = field(default_factory=dict)

    def draw_slope(self, pen: Pen, at: Moment, view: ZoomView, told: int) -> None:
        """The tangent where the point rests, while a step from there is explained."""
        if told >= len(self.story.w) or self.story.span(Part.SLOPE, told) is None:
            return
        grown, leaving = at.part(Part.SLOPE, told), self.labels.leaving(told - 1, at.hop)
        if grown <= 0 or leaving <= 0:
            return
        place, end = self.labels.around.tangent(view, told - 1)
        half = (end - place) * grown
        for piece in self.plot.box.clip(np.array([place - half, place + half])):
            draw_cased(pen, piece, Role.SLOPE, LINE * 1.5, leaving)
        label = self.slope_label(told - 1)
        if label is not None:
            seen = max(0.0, 2 * grown - 1) * leaving * (1 - 0.35 * at.part(Part.NUMBERS, told))
            text, size = self.labels.slope_text(told - 1), self.labels.size
            pen.text(text, label.centre, size, role=Role.SLOPE, opacity=seen, halo=HALO)

    def slope_label(self, row: int) -> Box | None:
        """Where the slope stands while the step from a row is explained."""
        if row >= len(self.story.spelled):
            return None
        if row not in self._slopes:
            self._slopes[row] = self.labels.slope(self.story.zoom.view(row), row)
        return self._slopes[row]

    def draw_step(self, pen: Pen, at: Moment, view: ZoomView, told: int) -> None:
        """The step along the axis, and the place to come."""
        if told >= len(self.story.w) or self.story.span(Part.GHOST, told) is None:
            return
        grown, gone = at.part(Part.GHOST, told), 1 - at.hop
        if grown <= 0 or gone <= 0:
            return
        box, y = self.plot.box, self.plot.box.bottom + STEP_HEIGHT
        x, end = (
            float(self.plot.places(view, self.story.w[k], self.story.loss[k])[0]) for k in (told - 1, told)
        )
        foot = np.array(
            [(x, box.bottom), self.plot.places(view, self.story.w[told - 1], self.story.loss[told - 1])]
        )
        draw_cased(pen, foot, Role.POINT, THIN * 1.3, 0.8 * gone * min(1.0, 2 * grown), DASH)
        sign = self.story.speech.say("picture.question")
        radius = (1.5 if told == 1 else 0.8) * POINT
        reached = min(1.0, 2 * grown)
        if box.left + radius <= end <= box.right - radius:
            draw_awaited(pen, (end, y), sign, max(0.0, 2 * grown - 1) * gone, radius, told == 1)
            end += np.copysign(min(radius, 0.5 * abs(end - x)), x - end)
        for piece in box.clip(np.array([(x, y), (x + (end - x) * reached, y)])):
            a, b = piece[[0, -1]].tolist()
            draw_arrow(pen, (a[0], a[1]), (b[0], b[1]), Role.STEP, BOLD, gone)
