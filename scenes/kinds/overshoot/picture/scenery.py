"""What is drawn in the plot, as words have to avoid it: the curve, the jumps so far, tangents, edges."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, Point, arrow_shape
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.layout.box import box_at
from scenes.storyboard.views.zoom import ZoomView
from scenes.widgets.marks import POINT
from scenes.widgets.plane.zooming import ZoomingPlot

JUMP = BOLD * 1.35  # width of the latest jump's arrow
LATEST = 12  # jumps that are seen
COMING = 1.6  # times as wide as the first view one is before that is marked
_DISC = (2.6 * POINT, 2.6 * POINT)
_BREATHING = (3.0 * POINT, 3.0 * POINT)  # room of a point that breathes
_THIN = 0.08
STEP_HEIGHT = 0.26  # of the step's arrow above the axis
_TANGENT = 1.5  # half the length of a tangent
_FINE = 0.02  # between two points of a curve, in frame units


@dataclass(frozen=True, eq=False)
class Scenery:
    """What a story draws in a plot, view by view."""

    story: OvershootStory
    plot: ZoomingPlot
    type: float

    def points(self, now: int) -> list[Point]:
        """The places of the rows that are seen when the descent rests at row `now`, the last one's last."""
        view, story = self.story.zoom.view(now), self.story
        rows = range(max(0, now - LATEST), now + 1)
        return [self.plot.point(view, float(story.w[k]), float(story.loss[k])) for k in rows]

    def boxes(self, now: int) -> list[Box]:
        """The room of the points at row `now`, and of the minimum."""
        points = self.points(now)
        boxes = [*(box_at(point, _DISC) for point in points), box_at(points[-1], _BREATHING)]
        if self.story.minimum is not None:
            at = self.plot.point(self.story.zoom.view(now), *self.story.minimum)
            boxes.append(box_at(at, (0.3, 0.3)))
        return boxes

    def lines(self, now: int) -> list[FloatArray]:
        """All strokes at row `now`, those of the step that is explained from there included."""
        view = self.story.zoom.view(now)
        return [*self.obstacles(view, self.points(now)), *self.explained(view, now)]

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

    def explained(self, view: ZoomView, row: int) -> list[FloatArray]:
        """What is drawn while the step from a row is explained: its tangent, the line down to the axis, and the step."""
        if row >= len(self.story.spelled):
            return []
        place, end = self.tangent(view, row)
        box = self.plot.box
        x, to = float(place[0]), float(self.plot.places(view, self.story.w[row + 1], self.story.loss[row])[0])
        y = box.bottom + STEP_HEIGHT
        step = [np.array([(x, y + up), (to, y + up)]) for up in (-_THIN, _THIN)]
        return [np.array([place, (x, box.bottom)]), *box.clip(np.array([2 * place - end, end])), *step]

    def obstacles(self, view: ZoomView, points: list[Point]) -> list[FloatArray]:
        """The curve, the edges, and the jumps between points, with air about them."""
        lines = list(self.curve(view))
        box = self.plot.box
        inner = self.plot.box_of(self.story.zoom.view(0), view)
        if inner.width * COMING < box.width:
            lines += box.clip(corners_of(inner))
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


def corners_of(box: Box) -> FloatArray:
    """The edges of a box, (5, 2)."""
    across, up = (box.left, box.right), (box.bottom, box.top)
    return np.array([(across[i], up[j]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))])
