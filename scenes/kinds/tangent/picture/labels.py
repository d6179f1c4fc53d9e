"""Where the words of the scene `tangent` stand: placed once, clear of all that is drawn while they are seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point, measure
from scenes.layout import Box, place_label
from scenes.layout.box import box_at
from scenes.text import Rich, maths, whole
from scenes.theme import TICK

from .shapes import ARROW_HEIGHT, TangentShapes

_DISC = (0.3, 0.3)  # room of a point or ring


@dataclass(frozen=True)
class RowLabels:
    """Boxes of the triangle's two numbers at a row, and what other labels must avoid there."""

    run: Box | None
    rise: Box | None
    lines: list[FloatArray]
    boxes: list[Box]


class TangentLabels:
    """All labels of a story. `right` is how far to the right of the plot a label may reach."""

    def __init__(self, shapes: TangentShapes, right: float) -> None:
        self.shapes = shapes
        self.minimum = shapes.story.speech.say("picture.minimum")
        box = shapes.plot.box
        self.inside = Box(box.left, box.bottom + 0.06, right, box.top)
        self.minima = self._minima()
        self.rows = [self._row(row) for row in shapes.explained]
        self.steps = [self._step(row) for row in shapes.explained[:-1]]

    def value(self, row: int) -> Rich:
        """The parameter's name at a row, with the number of the step."""
        story = self.shapes.story
        return maths(story.speech.formula("{p}_({k})", p=story.parameter, k=whole(story.steps[row])))

    def _minima(self) -> list[tuple[Point, Box]]:
        """Place of each minimum and the box of its name."""
        shapes, box = self.shapes, self.shapes.plot.box
        size = measure(self.minimum, TICK)
        axis = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        lines = [*shapes.curve, axis, axis + (0.0, ARROW_HEIGHT)]
        for row in shapes.explained:
            lines += shapes.tangent_at(row)
        placed = []
        for x, y in shapes.story.curve.minima:
            at = shapes.plot.point(x, y)
            centre = place_label(
                at,
                size,
                within=box,
                lines=[*lines, shapes.drop(at)],
                gap=0.2,
                prefer=((-1, -1), (1, -1), (0, 1)),
            )
            placed.append((at, box_at(centre, size)))
        return placed

    def _row(self, row: int) -> RowLabels:
        shapes, story = self.shapes, self.shapes.story
        w, loss, slope = shapes.state(float(row))
        top = shapes.plot.point(w, loss)
        lines = [*shapes.curve, *shapes.tangent_at(row), shapes.drop(top)]
        boxes = [box_at(top, _DISC), *(label for _, label in self.minima)]
        boxes += [box_at(place, _DISC) for place, _ in self.minima]
        if row:  # the arrow of the step that led here still stands
            boxes.append(self._arrow(row - 1))
        corners = shapes.triangle(row)
        if corners is None:
            return RowLabels(None, None, lines, boxes)
        far, corner, _ = corners
        lines.append(np.array(corners))
        below = ((far[0] + corner[0]) / 2, corner[1])
        run = self._beside(maths(story.triangles[row].right), below, (0.0, -1.0), boxes, lines)
        away = -1.0 if slope < 0 else 1.0
        middle = (corner[0], (corner[1] + top[1]) / 2)
        rise = self._beside(maths(story.triangles[row].product), middle, (away, 0.0), [*boxes, run], lines)
        return RowLabels(run, rise, lines, [*boxes, run, rise])

    def _arrow(self, row: int) -> Box:
        (start, height), (end, _) = self.shapes.step(row)
        return Box(min(start, end), height - 0.12, max(start, end), height + 0.12)

    def _step(self, row: int) -> tuple[Box, Box]:
        """The names of old and new value beside the arrow of a step."""
        before, after = self.rows[row], self.rows[row + 1]
        (start, height), (end, _) = self.shapes.step(row)
        lines = [*before.lines, *after.lines]
        boxes = [*before.boxes, *after.boxes, self._arrow(row)]
        side = 1.0 if end < start else -1.0
        old = self._beside(self.value(row), (start, height), (side, 0.7), boxes, lines)
        new = self._beside(self.value(row + 1), (end, height), (-side, 0.7), [*boxes, old], lines)
        return old, new

    def _beside(
        self, text: Rich, anchor: Point, towards: Point, boxes: list[Box], lines: list[FloatArray]
    ) -> Box:
        size = measure(text, TICK)
        centre = place_label(
            anchor, size, within=self.inside, boxes=boxes, lines=lines, gap=0.1, prefer=(towards,)
        )
        return box_at(centre, size)
