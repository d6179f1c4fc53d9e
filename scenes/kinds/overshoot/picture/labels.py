"""Where the words of the plot stand: beside the last two points, and beside the box of the first view."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import BOLD, Point, arrow_shape, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, free_place
from scenes.layout.box import box_at
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import Rich, maths, number_beside, whole
from scenes.theme import LABEL, TICK
from scenes.widgets.marks import POINT
from scenes.widgets.plane.zooming import ZoomingPlot

JUMP = BOLD * 1.35  # width of the latest jump's arrow
LATEST = 12  # jumps that are seen
_DISC = (2.6 * POINT, 2.6 * POINT)
_BREATHING = (3.0 * POINT, 3.0 * POINT)  # room of a point that breathes
_DIGITS = 3
_GONE = 12.0  # times the part of a jump, in which words leave where the view stands still
_THIN = 0.08
_FLOOR = 0.6  # of the plot, where the arrow of the step is
_TANGENT = 1.5  # half the length of a tangent
_FINE = 0.02  # between two points of a curve, in frame units
_FAR = 1.4  # from a point, or from its rim to the edge of a name that still is beside it


@dataclass(eq=False)
class OvershootLabels:
    """The names of rows and where they stand, worked out when they are first asked for."""

    story: OvershootStory
    plot: ZoomingPlot
    type: float
    _offsets: dict[tuple[int, int], Point | None] = field(default_factory=dict)
    _first: dict[int, Box | None] = field(default_factory=dict)

    def name(self, row: int, now: int) -> Rich:
        """w_8 = 15.9 while the descent rests at row `now`: with the number that the rule has for the place then.

        Only w_8 where two steps in a row write it with different digits: a place has one number at a time.
        """
        story, formula, k = self.story, self.story.speech.formula, whole(self.story.steps[row])
        beside = [float(story.w[each]) for each in (row - 1, row + 1) if 0 <= each < len(story.w)]
        written = self._written(row, now) or {number_beside(float(story.w[row]), *beside, digits=_DIGITS)}
        if len(written) > 1:
            return maths(formula("{p}_({k})", p=story.parameter, k=k))
        (value,) = written
        return maths(formula("{p}_({k}) = {w}", p=story.parameter, k=k, w=in_a_sentence(value)))

    def _written(self, row: int, now: int) -> set[Node]:
        """What the rule writes for the place of a row while the descent rests at row `now`."""
        story, found = self.story, set[Node]()
        if now in story.written:
            found.add(story.written[now].new if row == now else story.written[now].old)
        if row == now < len(story.spelled):  # the step to come is explained from here
            found.add(story.spelled[now].old)
        return found

    def leaving(self, row: int, hop: float) -> float:
        """What is left, on a jump from a row, of words placed for the view there: the faster it widens, the less."""
        if hop <= 0 or row + 1 >= len(self.story.w):
            return 1.0
        with np.errstate(over="ignore", invalid="ignore"):
            now, then = (self.story.zoom.factors(each) for each in (row, row + 1))
            widened = max(b / a for a, b in zip(now, then, strict=True))
        return 1 - min(1.0, _GONE * hop * max(1.0, widened if math.isfinite(widened) else 1e9))

    def size(self, age: int) -> float:
        """How large the name of the last point is, and of the one before."""
        return LABEL * self.type * (1.25 if age == 0 else 1.05)

    def whole_curve(self, view: ZoomView) -> list[FloatArray]:
        """The objective over a view's width, in the frame, one part for each stretch without a pole."""
        story, box = self.story, self.plot.box
        low, high = view.x_range
        first, last = np.searchsorted(story.curve_x, (low, high)).tolist()
        kept = slice(max(0, first - 1), min(len(story.curve_x), last + 1))
        x, y = story.curve_x[kept], story.curve_y[kept]
        if len(x) < 2:
            return []
        apart = np.floor(view.across(x) * box.width / 2 / _FINE)
        seen = np.concatenate([[True], np.diff(apart) != 0]) | (x == view.centre)
        seen[-1] = True
        points = self.plot.places(view, x[seen], y[seen])
        up = points[:, 1]
        above, below = up > box.top + box.height, up < box.bottom - box.height
        poles = np.flatnonzero((above[1:] & below[:-1]) | (below[1:] & above[:-1])) + 1
        return [part for part in np.split(points, poles) if len(part) > 1]

    def curve(self, view: ZoomView) -> list[FloatArray]:
        """The visible parts of the objective in a view."""
        return [piece for part in self.whole_curve(view) for piece in self.plot.box.clip(part)]

    def tangent(self, view: ZoomView, row: int) -> tuple[FloatArray, FloatArray]:
        """The point of a row, and the end of its tangent on the side of the minimum."""
        story, box = self.story, self.plot.box
        place = self.plot.places(view, story.w[row], story.loss[row])
        with np.errstate(all="ignore"):
            rise = (
                float(story.slope[row])
                * np.exp(view.log_half - view.log_height)
                * box.height
                / (box.width / 2)
            )
        rise = float(np.clip(np.nan_to_num(rise), -1e6, 1e6))
        along = np.array([1.0, rise]) / np.hypot(1.0, rise)
        return place, place - np.sign(story.slope[row] or 1.0) * along * _TANGENT * self.type

    def slope(self, view: ZoomView, row: int) -> Box | None:
        """Where the slope stands at a row, beside its tangent; None without room."""
        points = [
            self.plot.point(view, float(self.story.w[k]), float(self.story.loss[k])) for k in range(row + 1)
        ]
        boxes = [box_at(point, _DISC) for point in points]
        for age in (0, 1):
            offset = self.offset(row - age, row) if row >= age else None
            if offset is not None:
                x, y = points[-1 - age]
                boxes.append(
                    box_at((x + offset[0], y + offset[1]), measure(self.name(row - age, row), self.size(age)))
                )
        place, end = self.tangent(view, row)
        side = -1.0 if place[0] > self.plot.box.centre[0] else 1.0
        found = free_place(
            (float(end[0]), float(end[1])),
            measure(maths(self.story.spelled[row].slope), self.size(0)),
            within=self.plot.box.trimmed(left=0.05, bottom=_FLOOR, right=0.05, top=0.05),
            boxes=boxes,
            lines=[*self._obstacles(view, points), *self._explained(view, row)],
            gap=0.16,
            prefer=((side, 0.0), (side, 0.6), (side, -0.6)),
        )
        return None if found is None or abs(found.centre[0] - end[0]) > _FAR else found

    def offset(self, row: int, now: int) -> Point | None:
        """From the point of a row to the middle of its name when the descent rests at row `now`; None without room."""
        key = (row, now)
        if key not in self._offsets:
            self._offsets[key] = self._placed(row, now)
        return self._offsets[key]

    def _placed(self, row: int, now: int) -> Point | None:
        story, plot, box = self.story, self.plot, self.plot.box
        view = story.zoom.view(now)
        rows = range(max(0, now - LATEST), now + 1)
        points = [plot.point(view, float(story.w[k]), float(story.loss[k])) for k in rows]
        at = plot.point(view, float(story.w[row]), float(story.loss[row]))
        lines = [*self._obstacles(view, points), *self._explained(view, now)]
        boxes = [box_at(point, _DISC) for point in points]
        boxes.append(box_at(points[-1], _BREATHING))
        if story.minimum is not None:
            boxes.append(box_at(plot.point(view, *story.minimum), (0.3, 0.3)))
        if row != now:
            newer = self.offset(now, now)
            if newer is not None:
                where = points[-1]
                size = measure(self.name(now, now), self.size(0))
                boxes.append(box_at((where[0] + newer[0], where[1] + newer[1]), size))
        side = 1.0 if at[0] > box.centre[0] else -1.0
        prefer = (
            ((-side, 1.0), (-side, 0.7), (-side * 0.4, 1.0), (side, 0.0), (side, 1.0))
            if row == now
            else ((side, 0.0), (side, -0.7), (-side, -1.0), (side, 1.0), (-side, 1.0))
        )
        found = free_place(
            at,
            measure(self.name(row, now), self.size(now - row)),
            within=box.grown(-0.05),
            boxes=boxes,
            lines=lines,
            gap=0.27,
            prefer=prefer,
        )
        if found is None:
            return None
        x, y = found.centre[0] - at[0], found.centre[1] - at[1]
        near = abs(x) <= found.width / 2 + _FAR and abs(y) <= found.height / 2 + _FAR
        return (x, y) if near else None

    def _explained(self, view: ZoomView, row: int) -> list[FloatArray]:
        """What is drawn while the step from a row is explained: its tangent, and the line down to the axis."""
        if row >= len(self.story.spelled):
            return []
        place, end = self.tangent(view, row)
        foot = np.array([place, (float(place[0]), self.plot.box.bottom)])
        return [*self.plot.box.clip(np.array([2 * place - end, end])), foot]

    def _obstacles(self, view: ZoomView, points: list[Point]) -> list[FloatArray]:
        lines = list(self.curve(view))
        box = self.plot.box
        inner = self.plot.box_of(self.story.zoom.view(0), view)
        if inner.width < 0.98 * box.width:
            lines += box.clip(edges_of(inner))
        for edge in self.story.edges:
            x = box.centre[0] + float(view.across(edge)) * box.width / 2
            lines += box.clip(np.array([(x, box.bottom), (x, box.top)]))
        for a, b in pairwise(points):
            length = math.hypot(b[0] - a[0], b[1] - a[1])
            if length < 0.1:
                continue
            line = np.array([a, b])
            across = np.array([-(b[1] - a[1]), b[0] - a[0]]) / length * _THIN
            lines += [line, line + across, line - across]
            for rim in (0.0, 1.3 * POINT):  # an arrow ends at a point, or at its rim
                tip = (b[0] - rim * (b[0] - a[0]) / length, b[1] - rim * (b[1] - a[1]) / length)
                head = arrow_shape(a, tip, JUMP)[1]
                lines.append(np.vstack([head, head[:1]]))
        return lines

    def first_view(self, row: int, name: Rich) -> Box | None:
        """Where the name of the first view's box stands in the view of a row; None where it has no room."""
        if row not in self._first:
            self._first[row] = self._beside_first(row, name)
        return self._first[row]

    def _beside_first(self, row: int, name: Rich) -> Box | None:
        story, plot = self.story, self.plot
        view = story.zoom.view(row)
        inner = plot.box_of(story.zoom.view(0), view)
        rows = range(max(0, row - LATEST), row + 1)
        points = [plot.point(view, float(story.w[k]), float(story.loss[k])) for k in rows]
        boxes = [inner, *(box_at(point, _DISC) for point in points)]
        for age in (0, 1):
            k = row - age
            offset = self.offset(k, row) if k >= 0 else None
            if offset is not None:
                at = points[-1 - age]
                boxes.append(
                    box_at((at[0] + offset[0], at[1] + offset[1]), measure(self.name(k, row), self.size(age)))
                )
        floor = np.array([(plot.box.left, plot.box.bottom), (plot.box.right, plot.box.bottom)])
        size = measure(name, TICK * self.type)
        for anchor, prefer in (
            ((inner.right, inner.bottom + 0.3), ((1.0, 0.0),)),
            ((inner.left, inner.bottom + 0.3), ((-1.0, 0.0),)),
            ((inner.centre[0], inner.top), ((0.0, 1.0),)),
        ):
            found = free_place(
                anchor,
                size,
                within=plot.box.grown(-0.05),
                boxes=boxes,
                lines=[*self._obstacles(view, points), floor],
                gap=0.12,
                prefer=prefer,
            )
            if found is not None and abs(found.centre[0] - anchor[0]) < 0.5 * size[0] + 0.5:
                return found
        return None


def edges_of(box: Box) -> FloatArray:
    """The edges of a box, (5, 2)."""
    across, up = (box.left, box.right), (box.bottom, box.top)
    return np.array([(across[i], up[j]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))])
