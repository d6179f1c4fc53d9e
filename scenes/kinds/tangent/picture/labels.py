"""Where the words of the scene `tangent` stand: placed once, clear of all that is drawn while they are seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point, measure
from scenes.layout import Box, place_label
from scenes.layout.box import box_at
from scenes.text import Rich, maths, whole
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.marks import POINT

from .composition import Composition

_DISC = (2.6 * POINT, 2.6 * POINT)  # room of a point


@dataclass(frozen=True)
class Label:
    """A text with its place and its meaning."""

    text: Rich
    box: Box
    role: Role
    size: float


class TangentLabels:
    """All labels of a picture, by row: names of the points, and the two legs of the slope triangle."""

    def __init__(self, parts: Composition, type_scale: float) -> None:
        self.parts, self.shapes = parts, parts.shapes
        self.label, self.tick = 1.15 * LABEL * type_scale, TICK * type_scale
        self.taken = [parts.rule.box] if parts.rule.box.meets(self.shapes.plot.box) else []
        if parts.bars is not None and parts.bars.zone.meets(self.shapes.plot.box):
            self.taken.append(parts.bars.zone)
        self.legs = {row: self._legs(row) for row in self.shapes.explained}
        self.names = {row: self._name(row) for row in self.shapes.explained}
        self.objective = self._objective()
        self.minima = self._minima()

    @property
    def _inside(self) -> Box:
        return self.shapes.plot.box.grown(-0.06)

    def _put(
        self,
        text: Rich,
        size: float,
        anchor: Point,
        prefer: tuple[Point, ...],
        role: Role,
        *,
        boxes: list[Box],
        lines: list[FloatArray],
        gap: float = 0.12,
    ) -> Label:
        room = measure(text, size)
        centre = place_label(
            anchor,
            room,
            within=self._inside,
            boxes=[*self.taken, *boxes],
            lines=lines,
            gap=gap,
            prefer=prefer,
        )
        return Label(text, box_at(centre, room), role, size)

    def _lines(self, row: int) -> list[FloatArray]:
        """What is drawn about a point while it is explained."""
        shapes = self.shapes
        lines = [*shapes.curve, *shapes.tangent(row), shapes.drop(row)]
        corners = shapes.triangle(row)
        return lines if corners is None else [*lines, np.array(corners)]

    def _points(self) -> list[Box]:
        return [box_at(self.shapes.point(row), _DISC) for row in self.shapes.explained]

    def _legs(self, row: int) -> tuple[Label, Label] | None:
        """Run and rise of the triangle at a row."""
        corners = self.shapes.triangle(row)
        if corners is None:
            return None
        far, corner, top = corners
        triangle, lines = self.shapes.story.triangles[row], self._lines(row)
        away = 1.0 if corner[0] >= far[0] else -1.0
        below = ((far[0] + corner[0]) / 2, corner[1])
        run = self._put(
            maths(triangle.right),
            self.label,
            below,
            ((0, -1), (0, 1)),
            Role.SLOPE,
            boxes=self._points(),
            lines=lines,
        )
        middle = (corner[0], (corner[1] + top[1]) / 2)
        rise = self._put(
            maths(triangle.product),
            self.label * 1.15,
            middle,
            ((away, 0.0), (away, -0.6)),
            Role.SLOPE,
            boxes=[*self._points(), run.box],
            lines=lines,
        )
        return run, rise

    def _name(self, row: int) -> Label:
        """The parameter's name at a row, with the number of the step."""
        shapes, story = self.shapes, self.shapes.story
        text = maths(story.speech.formula("{p}_({k})", p=story.parameter, k=whole(story.steps[row])))
        boxes = [box for other, box in enumerate(self._points()) if other != row]
        lines = list(shapes.curve)
        for other in (row, row + 1, row - 1):
            if other in self.legs:
                lines += self._lines(other)
                legs = self.legs[other]
                boxes += [leg.box for leg in legs] if legs is not None else []
        side = -1.0 if story.slope[row] >= 0 else 1.0
        prefer = ((side, 0.7), (side, 1.0), (side, 0.2), (-side, 1.0))
        at = shapes.point(row)
        return self._put(text, self.label, at, prefer, Role.POINT, boxes=boxes, lines=lines, gap=0.2)

    def _objective(self) -> Label:
        """The name of the curve, beside it on the side from which the run comes, high up."""
        shapes, story = self.shapes, self.shapes.story
        box = shapes.plot.box
        numbers = self.parts.style.upright(shapes.plot).numbers
        loss = maths(story.speech.formula("J({p})", p=story.parameter))
        text = numbers.name(loss) or loss
        points = np.vstack(shapes.curve) if shapes.curve else np.array([box.centre])
        start = np.array(shapes.point(0))
        near = points[np.hypot(*(points - start).T) > 0.9]
        near = near if len(near) else points
        height = min(box.top - 0.3, float(start[1]))
        anchor = near[np.argmin(np.hypot((near[:, 0] - start[0]) * 0.6, near[:, 1] - height))]
        lines = list(shapes.curve)
        for row in shapes.explained:
            lines += self._lines(row)
        boxes = [*self._points(), *(name.box for name in self.names.values())]
        boxes += [leg.box for legs in self.legs.values() if legs is not None for leg in legs]
        at = (float(anchor[0]), float(anchor[1]))
        return self._put(
            text, self.label, at, ((1, 0), (-1, 0)), Role.OBJECTIVE, boxes=boxes, lines=lines, gap=0.2
        )

    def _minima(self) -> list[tuple[Point, Label]]:
        """Place of each minimum and its name, seen at the end."""
        shapes, story = self.shapes, self.shapes.story
        placed: list[tuple[Point, Label]] = []
        box = shapes.plot.box
        axis = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        last = shapes.point(len(story.w) - 1)
        left = np.array([shapes.point(row) for row in range(len(story.w))])
        for x, y in story.curve.minima:
            at = shapes.plot.point(x, y)
            boxes = [box_at(last, _DISC), *(label.box for _, label in placed)]
            label = self._put(
                story.speech.say("picture.minimum"),
                self.label,
                at,
                ((0, -1), (1, -1), (-1, -1), (0, 1)),
                Role.GOOD,
                boxes=boxes,
                lines=[
                    *shapes.curve,
                    axis,
                    shapes.drop(len(story.w) - 1),
                    left,
                    left + (0.0, 0.16),
                    left - (0.0, 0.16),
                ],
                gap=0.24,
            )
            placed.append((at, label))
        return placed
