"""The step along the axis: which way, how far, and where it will end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import BOLD, Pen, Point
from scenes.layout.box import box_at
from scenes.layout.place import CLEARANCE
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.theme import LABEL, Role
from scenes.widgets.marks import POINT, draw_arrow, draw_awaited

from .labels import TangentLabels
from .shapes import TangentShapes

_STUB = 0.85  # length of an arrow that only says which way


@dataclass(frozen=True, eq=False)
class StepMark:
    """Draws the step that is to come. `type`: times as large as usual letters are."""

    shapes: TangentShapes
    labels: TangentLabels
    type: float

    @property
    def last(self) -> int:
        """The last row of the run."""
        return len(self.shapes.story.w) - 1

    def _inside(self, place: Point) -> bool:
        return self.shapes.plot.box.grown(1e-6).crossed_by(np.array([place]))

    def draw(self, pen: Pen, at: Moment, told: int) -> None:
        """The step along the axis: an arrow, and the place to come."""
        if told > self.last:
            return
        self._which_way(pen, at, told)
        grown = at.part(Part.GHOST, told)
        if grown <= 0 or self.shapes.story.span(Part.GHOST, told) is None:
            return
        (x, y), (end, _) = self.shapes.step(told - 1)
        gone = 1 - at.hop
        asked = told == 1
        radius = (1.5 if asked else 0.8) * POINT
        reach = abs(end - x)
        place = (end, y) if reach > 2.4 * radius else (end, self.shapes.plot.box.bottom)
        if self._inside(place):
            sign = self.shapes.story.speech.say("picture.question")
            named = asked and place[1] == y and self.labels.asks
            draw_awaited(pen, place, sign, max(0.0, 2 * grown - 1) * gone, radius, named)
        rim = radius if place[1] == y else 0.0
        tip = end + np.copysign(min(rim, 0.5 * reach), x - end)
        draw_arrow(pen, (x, y), (x + (tip - x) * min(1.0, 2 * grown), y), Role.STEP, BOLD, gone)

    def _which_way(self, pen: Pen, at: Moment, told: int) -> None:
        """The question of the first picture, an arrow to either side; then the one that leads down, not its length."""
        x, y = self.shapes.step(0)[0]
        if told != 1:
            return
        down = float(np.sign(self.shapes.step(0)[1][0] - x))
        asked = 1.0 - min(1.0, 2 * at.part(Part.SLOPE, 1))
        pointed = at.done("rule", 0.1, 0.4) * (1.0 - min(1.0, 3 * at.part(Part.GHOST, 1)))
        size = 1.1 * LABEL * self.type
        for side, begin in ((-1.0, 0.0), (1.0, 0.45)):
            reach = _STUB * self.type * side
            if not self._inside((x + reach, y)):
                continue
            grown = at.done("start", begin, begin + 0.45) if asked > 0 else 1.0
            shown = max(0.75 * asked, pointed if side == down else 0.0)
            tip = x + (0.2 + 0.8 * grown) * reach
            draw_arrow(pen, (x + 0.2 * reach, y), (tip, y), Role.STEP, BOLD, shown * grown)
            sign = self.shapes.story.speech.say("picture.question")
            places = ((x + reach + 0.18 * side, y), (x + 0.55 * reach, y + size))  # at the tip, or above
            at_tip = next((each for each in places if self._clear(each, size)), places[0])
            pen.text(
                sign, at_tip, size, role=Role.STEP, opacity=0.9 * asked * grown, bold=True, halo=3.5 / 135
            )

    def _clear(self, place: Point, size: float) -> bool:
        """Does a sign of a size at a place not lie on the curve?"""
        box = box_at(place, (0.5 * size, 0.7 * size)).grown(CLEARANCE)
        return not any(box.crossed_by(line) for line in self.shapes.curve)
