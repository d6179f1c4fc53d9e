"""Where the words of the scene `tangent` stand: placed once, clear of all that is drawn while they are seen."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point, measure
from scenes.layout import Box, place_label
from scenes.layout.box import around, box_at
from scenes.layout.place import CLEARANCE
from scenes.layout.room import free_room
from scenes.storyboard.telling import SHOWN
from scenes.text import Rich, maths, whole
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.marks import POINT
from scenes.widgets.plane.fog import in_sight

from .composition import Composition
from .label import BESIDE, Label, away

_APART = 0.15  # between a name and numbers, that they be not read together
_ANCHORS = 12  # places along the curve at which its name is tried
_DISC = (2.6 * POINT, 2.6 * POINT)  # room of a point


class TangentLabels:
    """All labels of a picture, by row: names of the points, and the two legs of the slope triangle."""

    def __init__(self, parts: Composition, type_scale: float) -> None:
        self.parts, self.shapes = parts, parts.shapes
        self.label, self.tick = 1.15 * LABEL * type_scale, TICK * type_scale
        self._free: dict[tuple[Box, int], bool] = {}
        self.taken = [parts.rule.box.grown(_APART)] if parts.rule.box.meets(self.shapes.plot.box) else []
        if parts.bars is not None and parts.bars.zone.meets(self.shapes.plot.box):
            self.taken.append(parts.bars.zone)
        self.legs = {row: self._legs(row) for row in self.shapes.explained}
        named = {row: self._name(row) for row in self.shapes.explained}
        self.names = {row: name for row, name in named.items() if name is not None}
        self.objective = self._objective()
        self.asks = self._asks()
        self.unexplored = [self._fog(side) for side in (-1, 1)]
        if parts.bars is not None and self.taken[-1:] == [parts.bars.zone]:
            self.taken[-1:] = parts.bars.boxes  # what comes at the end may stand between them
        self.minima = self._minima()

    def stands_free(self, label: Label, landed: int) -> bool:
        """Does a name meet nothing that is drawn while the point rests at a row?"""
        held = self._free.get((label.box, landed))
        if held is None:
            box = label.box.grown(CLEARANCE)
            met = any(box.meets(box_at(self.shapes.point(row), _DISC)) for row in range(landed + 1))
            told = landed < len(self.shapes.story.spans)
            lines = self._lines(landed) if told else self.shapes.tangent(landed)
            lines = [*lines, *self.shapes.tangent(max(0, landed - 1)), self.shapes.drop(landed)]
            held = not met and not any(box.crossed_by(line) for line in lines)
            legs = self.legs.get(landed) or ()
            arrows = self._arrow(landed) if landed < len(self.shapes.story.spelled) else []
            held = held and not any(box.meets(arrow) for arrow in arrows)
            held = held and not any(leg is not None and box.meets(leg.box) for leg in legs)
            own = next((row for row, name in self.names.items() if name.box == label.box), -1)
            newer = [name.box for row, name in self.names.items() if own < row <= landed]
            held = held and not any(box.meets(other) for other in (newer if own >= 0 else newer[-1:]))
            self._free[label.box, landed] = held
        return held

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
        """A label near its anchor, where it meets least."""
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

    def _fits(self, label: Label, boxes: list[Box], lines: list[FloatArray]) -> Label | None:
        """A label, unless it meets something where it stands."""
        box = label.box.grown(CLEARANCE)
        met = any(box.meets(other) for other in (*self.taken, *boxes)) or any(
            box.crossed_by(line) for line in lines
        )
        return None if met else label

    def _lines(self, row: int) -> list[FloatArray]:
        """What is drawn about a point while it is explained."""
        shapes = self.shapes
        lines = [*shapes.curve, *shapes.tangent(row), shapes.drop(row)]
        corners = shapes.triangle(row)
        return lines if corners is None else [*lines, np.array(corners)]

    def _points(self) -> list[Box]:
        return [box_at(self.shapes.point(row), _DISC) for row in self.shapes.explained]

    def _arrow(self, row: int) -> list[Box]:
        """What the arrow of the step from a row covers, and the place to come."""
        if row + 1 >= len(self.shapes.story.w):
            return []
        (start, height), (end, _) = self.shapes.step(row)
        high = 0.5 * LABEL
        return [Box(min(start, end) - high, height - high, max(start, end) + high, height + high)]

    def _legs(self, row: int) -> tuple[Label | None, Label] | None:
        """Run and rise of the triangle at a row."""
        corners = self.shapes.triangle(row)
        if corners is None:
            return None
        far, corner, top = corners
        triangle, lines = self.shapes.story.triangles[row], self._lines(row)
        points = [*self._points(), *self._arrow(row)]
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
            boxes=[*points, run.box],
            lines=lines,
        )
        return self._fits(run, points, lines), rise

    def _name(self, row: int) -> Label | None:
        """The parameter's name at a row, with the number of the step; None where it would be that of another point."""
        shapes, story = self.shapes, self.shapes.story
        text = maths(story.speech.formula("{p}_({k})", p=story.parameter, k=whole(story.steps[row])))
        boxes = [box for other, box in enumerate(self._points()) if other != row]
        lines = list(shapes.curve)
        for other in (row, row + 1, row - 1):
            if other in self.legs:
                lines += self._lines(other)
                legs = self.legs[other]
                boxes += [leg.box for leg in legs if leg is not None] if legs is not None else []
        side = -1.0 if story.slope[row] >= 0 else 1.0
        prefer = ((side, 0.7), (side, 1.0), (side, 0.2), (-side, 1.0))
        at = shapes.point(row)
        name = self._put(text, self.label, at, prefer, Role.POINT, boxes=boxes, lines=lines, gap=0.27)
        return name if away(name.box, at) <= BESIDE else None

    def _objective(self) -> Label | None:
        """The name of the curve, beside what is seen of it at first, high up, or where it has room.

        Best where no point will hang down through it later; else it gives way to them.
        """
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
        lines = [*shapes.curve, *(shapes.hop(row) for row in shapes.explained[:-1])]
        for row in shapes.explained:
            lines += self._lines(row)
        later = [shapes.drop(row) for row in range(min(len(story.w), SHOWN + 1))]
        boxes = [*self._points(), *(name.box.grown(_APART) for name in self.names.values())]
        boxes += [leg.box for legs in self.legs.values() for leg in legs or () if leg is not None]
        boxes += [around(np.array(each)) for row in shapes.explained if (each := shapes.triangle(row))]
        sight = in_sight(box, float(start[0]), float(start[0]))
        seen = [piece for line in shapes.curve for piece in sight.clip(line)]
        others = near[np.argsort(np.hypot(*(near - anchor).T))]
        anchors = [anchor, *others[:: max(1, len(others) // _ANCHORS)]]
        for met, at in [(met, at) for met in ([*lines, *later], lines) for at in anchors]:
            label = self._put(
                text,
                self.label,
                (float(at[0]), float(at[1])),
                ((1, 0), (-1, 0)),
                Role.OBJECTIVE,
                boxes=boxes,
                lines=met,
                gap=0.2,
            )
            beside = any(label.box.grown(BESIDE).crossed_by(line) for line in seen)
            if beside and self._fits(label, boxes, met) is not None:
                return label
        return None

    @property
    def _of_curve(self) -> list[Box]:
        """What the name of the curve covers."""
        return [] if self.objective is None else [self.objective.box]

    def _asks(self) -> bool:
        """Is there room for a question where the first step will end?"""
        if len(self.shapes.story.w) < 2:
            return False
        _, end = self.shapes.step(0)
        box = box_at(end, (3 * POINT, 3 * POINT))
        return not any(box.crossed_by(line) for line in self._lines(0))

    def _fog(self, side: int) -> Label | None:
        """Room for the name of the fog at one side of the plot, above the axis."""
        shapes, text = self.shapes, self.shapes.story.speech.say("picture.not-explored")
        lines = list(shapes.curve)
        for row in shapes.explained:
            lines += self._lines(row)
        arrows = [box for row in shapes.explained for box in self._arrow(row)]
        inside = shapes.plot.box.trimmed(left=0.3, right=0.3, bottom=0.2, top=0.2)
        box = free_room(
            measure(text, self.tick),
            within=inside,
            lines=lines,
            boxes=[*self.taken, *arrows, *self._of_curve],
            corner=(side, -1),
        )
        return None if box is None else Label(text, box, Role.SECONDARY, self.tick)

    def _minima(self) -> list[tuple[Point, Label | None]]:
        """Place of each minimum, seen at the end, and its name where that has room."""
        shapes, story = self.shapes, self.shapes.story
        placed: list[tuple[Point, Label | None]] = []
        box = shapes.plot.box
        axis = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        last = shapes.point(len(story.w) - 1)
        left = np.array([shapes.point(row) for row in range(len(story.w))])
        for x, y in story.curve.minima:
            at = shapes.plot.point(x, y)
            boxes = [
                box_at(last, _DISC),
                *self._of_curve,
                *(label.box for _, label in placed if label is not None),
            ]
            lines = [*shapes.curve, shapes.drop(len(story.w) - 1), *shapes.tangent(max(0, len(story.w) - 2))]
            lines += [line + (0.0, air) for line in (axis, left) for air in (-0.16, 0.0, 0.16)]
            name = story.speech.say("picture.minimum")
            label = self._put(
                name,
                self.label,
                at,
                ((0, -1), (1, -1), (-1, -1), (0, 1)),
                Role.GOOD,
                boxes=boxes,
                lines=lines,
                gap=0.34,
            )
            near = away(label.box, at) <= BESIDE
            placed.append((at, self._fits(label, boxes, lines) if near else None))
        return placed
