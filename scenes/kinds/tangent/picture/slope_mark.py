"""The tangent where the point rests, and the triangle that says how steep it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import LINE, Pen
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.theme import Role
from scenes.widgets.marks import draw_cased

from .labels import TangentLabels, draw_label
from .shapes import TangentShapes


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
        """The tangent at the row where the point rests, with its triangle while it is explained."""
        row, leaving = at.landed, 1 - min(1.0, 8 * at.hop)
        singly = told <= self.last and self.shapes.story.span(Part.SLOPE, told) is not None
        if singly:
            grown = at.part(Part.SLOPE, told)
            line, triangle = min(1.0, 2.2 * grown), max(0.0, min(1.0, (grown - 0.35) / 0.65))
        else:
            grown = at.part(Part.RESULT, row) if row else 0.0
            line, triangle = 1.0, 0.0
        if grown <= 0 or not leaving or (at.beat.id == "sweep" and at.raw("sweep") < 1):
            return
        corners = self.shapes.triangle(row)
        if corners is not None and triangle > 0:
            pen.shade(np.array(corners), Role.SLOPE, (0.0, 0.0), (1.0, 0.0), (0.17 * triangle * leaving,) * 2)
        for part in self.shapes.tangent(row, line):
            draw_cased(pen, part, Role.SLOPE, LINE * 1.5, leaving if singly else leaving * min(1.0, grown))
        legs = self.labels.legs.get(row)
        if corners is None or triangle <= 0:
            return
        far, corner, top = (np.array(each) for each in corners)
        run, rise = min(1.0, 2 * triangle), max(0.0, 2 * triangle - 1)
        draw_cased(pen, np.array([far, far + (corner - far) * run]), Role.SLOPE, LINE, leaving)
        if rise > 0:
            draw_cased(pen, np.array([corner, corner + (top - corner) * rise]), Role.SLOPE, LINE, leaving)
        if legs is not None:
            if legs[0] is not None:
                draw_label(pen, legs[0], run * leaving)
            draw_label(pen, legs[1], rise * leaving * (1 - 0.35 * at.part(Part.NUMBERS, told)))
