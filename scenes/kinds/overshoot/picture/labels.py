"""Where the words of the plot stand: beside the last point, beside its tangent, and beside the box of the first view."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import Point, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, free_place
from scenes.layout.box import box_at
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import Rich, maths, number_beside, whole
from scenes.theme import LABEL, TICK
from scenes.widgets.plane.zooming import ZoomingPlot

from .measures import Measures
from .scenery import Scenery

_DIGITS = 3
_GONE = 12.0  # times the part of a jump, in which words leave where the view stands still
_FLOOR = 0.6  # of the plot, where the arrow of the step is
_FAR = 1.4  # from a point, or from its rim to the edge of a name that still is beside it


@dataclass(eq=False)
class OvershootLabels:
    """The names of rows and where they stand, worked out when they are first asked for.

    `rule`: the room that the numbers of the rule take when the descent rests at a row.
    """

    around: Scenery
    measures: Measures
    rule: Callable[[int], list[Box]]
    _offsets: dict[int, Point | None] = field(default_factory=dict)
    _first: dict[int, Box | None] = field(default_factory=dict)

    @property
    def story(self) -> OvershootStory:
        return self.around.story

    @property
    def plot(self) -> ZoomingPlot:
        return self.around.plot

    @property
    def type(self) -> float:
        return self.around.type

    @property
    def size(self) -> float:
        """How large the name of the last point is."""
        return LABEL * self.type * 1.25

    def name(self, row: int) -> Rich:
        """w_8 = 15.9 while the descent rests at that row: with the number that the rule has for the place then.

        Only w_8 where two steps in a row write it with different digits: a place has one number at a time.
        """
        story, formula, k = self.story, self.story.speech.formula, whole(self.story.steps[row])
        beside = [float(story.w[each]) for each in (row - 1, row + 1) if 0 <= each < len(story.w)]
        written = self._written(row) or {number_beside(float(story.w[row]), *beside, digits=_DIGITS)}
        if len(written) > 1:
            return maths(formula("{p}_({k})", p=story.parameter, k=k))
        (value,) = written
        return maths(formula("{p}_({k}) = {w}", p=story.parameter, k=k, w=in_a_sentence(value)))

    def _written(self, row: int) -> set[Node]:
        """What the rule writes for the place of a row: as the result of the step to it, and to begin the next."""
        spelled = self.story.spelled
        found = {spelled[row - 1].new} if 0 < row <= len(spelled) else set[Node]()
        return found | ({spelled[row].old} if row < len(spelled) else set())

    def leaving(self, row: int, hop: float) -> float:
        """What is left, on a jump from a row, of words placed for the view there: the faster it widens, the less."""
        if hop <= 0 or row + 1 >= len(self.story.w):
            return 1.0
        with np.errstate(over="ignore", invalid="ignore"):
            now, then = (self.story.zoom.factors(each) for each in (row, row + 1))
            widened = max(b / a for a, b in zip(now, then, strict=True))
        return 1 - min(1.0, _GONE * hop * max(1.0, widened if math.isfinite(widened) else 1e9))

    def slope_text(self, row: int) -> Rich:
        """What stands beside the tangent of a row whose step is explained."""
        return self.story.speech.say("overshoot.slope-named", slope=self.story.spelled[row].slope)

    def slope(self, view: ZoomView, row: int) -> Box | None:
        """Where the slope stands at a row, beside its tangent; None without room."""
        place, end = self.around.tangent(view, row)
        side = -1.0 if place[0] > self.plot.box.centre[0] else 1.0
        size = measure(self.slope_text(row), self.size)
        found = free_place(
            (float(end[0]), float(end[1])),
            size,
            within=self.plot.box.trimmed(left=0.05, bottom=_FLOOR, right=0.05, top=0.05),
            boxes=[*self._taken(row), *self._named(row)],
            lines=self._strokes(row),
            gap=0.16,
            prefer=((side, 0.0), (side, 0.6), (side, -0.6)),
        )
        return None if found is None or abs(found.centre[0] - end[0]) > _FAR + size[0] / 2 else found

    def offset(self, row: int) -> Point | None:
        """From the point of a row to the middle of its name when the descent rests there; None without room."""
        if row not in self._offsets:
            self._offsets[row] = self._placed(row)
        return self._offsets[row]

    def _at(self, row: int) -> Point:
        view = self.story.zoom.view(row)
        return self.plot.point(view, float(self.story.w[row]), float(self.story.loss[row]))

    def _taken(self, row: int) -> list[Box]:
        """Room that is taken before names are placed."""
        return [*self.around.boxes(row), *self.measures.boxes(row), *self.rule(row)]

    def _named(self, row: int) -> list[Box]:
        """Where the name of the last point stands."""
        (x, y), offset = self._at(row), self.offset(row)
        return [box_at((x + offset[0], y + offset[1]), measure(self.name(row), self.size))] if offset else []

    def _strokes(self, row: int) -> list[FloatArray]:
        return [*self.around.lines(row), *self.measures.lines(row)]

    def _placed(self, row: int) -> Point | None:
        at, box = self._at(row), self.plot.box
        side = 1.0 if at[0] > box.centre[0] else -1.0
        found = free_place(
            at,
            measure(self.name(row), self.size),
            within=box.grown(-0.05),
            boxes=self._taken(row),
            lines=self._strokes(row),
            gap=0.27,
            prefer=((-side, 1.0), (-side, 0.7), (-side * 0.4, 1.0), (side, 0.0), (side, 1.0)),
        )
        if found is None:
            return None
        x, y = found.centre[0] - at[0], found.centre[1] - at[1]
        near = abs(x) <= found.width / 2 + _FAR and abs(y) <= found.height / 2 + _FAR
        return (x, y) if near else None

    def first_view(self, row: int, name: Rich) -> Box | None:
        """Where the name of the first view's box stands in the view of a row; None where it has no room."""
        if row not in self._first:
            self._first[row] = self._beside_first(row, name)
        return self._first[row]

    def _beside_first(self, row: int, name: Rich) -> Box | None:
        story, box = self.story, self.plot.box
        inner = self.plot.box_of(story.zoom.view(0), story.zoom.view(row))
        floor = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        size = measure(name, TICK * self.type)
        for anchor, prefer in (
            ((inner.right, inner.bottom + 0.3), ((1.0, 0.0),)),
            ((inner.left, inner.bottom + 0.3), ((-1.0, 0.0),)),
        ):
            found = free_place(
                anchor,
                size,
                within=box.grown(-0.05),
                boxes=[inner, *self._taken(row), *self._named(row)],
                lines=[*self._strokes(row), floor],
                gap=0.12,
                prefer=prefer,
            )
            near = found is not None and abs(found.centre[1] - anchor[1]) < size[1]
            if found is not None and near and abs(found.centre[0] - anchor[0]) < 0.5 * size[0] + 0.5:
                return found
        return None
