"""The tangent where the point rests, and the triangle that says how steep it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import LINE, Pen
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.theme import Role
from scenes.widgets.marks import draw_cased

from .label import draw_label
from .labels import TangentLabels
from .shapes import TangentShapes

_PAST = 0.45  # opacity of the slope of a step that has been made


@dataclass(frozen=True, eq=False)
class SlopeMark:
    """Draws the slope at the row where the point has landed."""

    shapes: TangentShapes
    labels: TangentLabels

    @property
    def last(self) -> int:
        """The last row of the run."""
        return len(self.shapes.story.w) - 1

    def draw(self, pen: Pen, at: Moment, told: int) -> None:
        """The slope of the step that is told: before it is made with its triangle, afterwards faintly where it was."""
        if at.beat.id == "sweep" and at.raw("sweep") < 1:
            return
        row, grown = at.landed, 0.0
        if told <= self.last and self.shapes.story.span(Part.SLOPE, told) is not None:
            grown = at.part(Part.SLOPE, told)
        if at.hop > 0:
            self._line(pen, row, 1.0, 1.0)
        elif row > 0:  # what it was that made the last step
            self._line(pen, row - 1, 1.0, _PAST * (1 - min(1.0, 2 * grown)))
        if grown <= 0:
            return
        leaving = 1 - min(1.0, 8 * at.hop)
        if at.hop == 0:
            self._line(pen, row, min(1.0, 2.2 * grown), 1.0)
        self._triangle(pen, at, told, max(0.0, min(1.0, (grown - 0.35) / 0.65)), leaving)

    def _line(self, pen: Pen, row: int, grown: float, shown: float) -> None:
        for part in self.shapes.tangent(row, grown):
            draw_cased(pen, part, Role.SLOPE, LINE * 1.5, shown)

    def _triangle(self, pen: Pen, at: Moment, told: int, grown: float, shown: float) -> None:
        corners = self.shapes.triangle(at.landed)
        if corners is None or grown <= 0 or shown <= 0:
            return
        pen.shade(np.array(corners), Role.SLOPE, (0.0, 0.0), (1.0, 0.0), (0.17 * grown * shown,) * 2)
        far, corner, top = (np.array(each) for each in corners)
        run, rise = min(1.0, 2 * grown), max(0.0, 2 * grown - 1)
        draw_cased(pen, np.array([far, far + (corner - far) * run]), Role.SLOPE, LINE, shown)
        if rise > 0:
            draw_cased(pen, np.array([corner, corner + (top - corner) * rise]), Role.SLOPE, LINE, shown)
        legs = self.labels.legs.get(at.landed)
        if legs is not None:
            if legs[0] is not None:
                draw_label(pen, legs[0], run * shown)
            draw_label(pen, legs[1], rise * shown * (1 - 0.35 * at.part(Part.NUMBERS, told)))
