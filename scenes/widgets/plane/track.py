"""The way of a descent over a plot: walked path, point, and arrows where it leaves the panel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, THIN, Pen, Point
from scenes.layout import Box, Plot
from scenes.layout.polylines import rows_apart
from scenes.theme import Role
from scenes.widgets.marks import draw_point

_FAR = 1e10  # frame units; what is farther away is not drawn: its place would be lost in rounding
_SEEN = 0.02  # a move shorter than this is not drawn by itself
_RECENT = 8  # moves that stand out from the older ones, each the less the older it is
_OLD = 0.4  # opacity of older moves
_SHORT = 1.5  # of the panel's width and height: a longer way is drawn fainter, or it would be a blot
_DOTS, _APART = 40, 0.07  # the first rows are dots, unless they would touch
_OUT = 0.42  # length of an arrow that leaves the panel
_POINT = 0.11


def at_row(rows: FloatArray, position: float) -> FloatArray:
    """What stands in the rows (n, …) at one of them, or on the straight way between two."""
    row = min(int(position), len(rows) - 1)
    here = rows[row]
    if row + 1 < len(rows) and position > row:
        here = here + (position - row) * (rows[row + 1] - here)
    return np.asarray(here)


@dataclass(frozen=True, eq=False)
class Track:
    """Rows of a trajectory as points (n, 2) in frame units. Nothing is drawn outside of `box`."""

    box: Box
    points: FloatArray
    radius: float = _POINT  # of the point

    @classmethod
    def on(cls, plot: Plot, x: FloatArray, y: FloatArray, radius: float = _POINT) -> Track:
        """The track of values x, y (n,) on a plot; rows may lie far outside of it."""
        points = np.clip(np.nan_to_num(plot.at(x, y), nan=0.0), -1e200, 1e200)
        near = np.abs(points).max(axis=-1) <= _FAR
        near[0] = True
        before = np.maximum.accumulate(np.where(near, np.arange(len(points)), 0))
        # The first row that is too far away is brought near on its way, and those behind it stay there.
        first = np.minimum(before + 1, len(points) - 1)
        away = points[first] - points[before]
        reach = np.maximum(np.abs(away).max(axis=-1, keepdims=True), _FAR)
        points = np.where(near[:, None], points, points[before] + away * (_FAR / reach))
        return cls(plot.box, points, radius)

    @property
    def last(self) -> int:
        return len(self.points) - 1

    def place(self, position: float) -> Point:
        """Where the point is at a row, or between two rows."""
        x, y = at_row(self.points, position).tolist()
        return x, y

    def inside(self, position: float) -> bool:
        """Is the point on the panel?"""
        x, y = self.place(position)
        return self.box.left <= x <= self.box.right and self.box.bottom <= y <= self.box.top

    @cached_property
    def _stays(self) -> bool:
        """Is every row on the panel?"""
        return all(self.inside(row) for row in range(len(self.points)))

    @cached_property
    def _kept(self) -> list[int]:
        """Rows worth drawing: each a visible move away from the one before."""
        return rows_apart(self.points, _SEEN)

    @cached_property
    def _exits(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Rows that begin a move out of the box, where each leaves it and how long it is inside (Liang–Barsky)."""
        start, step = self.points[:-1], np.diff(self.points, axis=0)
        enter, leave = np.zeros(len(start)), np.ones(len(start))
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = ((self.box.left, self.box.right), (self.box.bottom, self.box.top))
            for axis, (low, high) in enumerate(ends):
                to_low = (low - start[:, axis]) / step[:, axis]
                to_high = (high - start[:, axis]) / step[:, axis]
                enter = np.fmax(enter, np.fmin(to_low, to_high))
                leave = np.fmin(leave, np.fmax(to_low, to_high))
                off = (step[:, axis] == 0) & ((start[:, axis] < low) | (start[:, axis] > high))
                leave[off] = -1.0
        rows = np.flatnonzero((enter < leave) & (leave < 1.0))
        places = start[rows] + leave[rows, None] * step[rows]
        within = np.hypot(*((leave - enter)[rows, None] * step[rows]).T)
        return np.asarray(rows, dtype=np.float64), places, np.asarray(within, dtype=np.float64)

    def exit(self, position: float) -> tuple[Point, Point] | None:
        """The arrow (start, tip) to where the track last left the panel; None while the point is on it."""
        rows, places, within = self._exits
        last = int(np.searchsorted(rows, position, side="right")) - 1
        if last < 0 or self.inside(position):
            return None
        tip, row = places[last], int(rows[last])
        along = self.points[row + 1] - self.points[row]
        along = along / np.hypot(*along) * min(_OUT, max(0.15, float(within[last])))
        return (float(tip[0] - along[0]), float(tip[1] - along[1])), (float(tip[0]), float(tip[1]))

    def draw_path(self, pen: Pen, position: float) -> None:
        """What has been walked: the latest moves clear, the older ones faint, the first rows as dots."""
        row = min(int(position), self.last)
        count = int(np.searchsorted(self._kept, row, side="right"))
        walked = np.vstack([self.points[self._kept[:count]], [self.place(position)]])
        # The longer the way, the fainter: strokes laid over one another never make a blot.
        older = self._cut(walked[:-_RECENT])
        length = sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in older)
        faint = _OLD * min(1.0, _SHORT * (self.box.width + self.box.height) / max(length, 1e-300))
        for part in older:
            pen.stroke(part, Role.POINT, THIN * 0.8, faint)
        begun = min(1.0, position - self._kept[count - 1])
        for i in range(max(0, len(walked) - 1 - _RECENT), len(walked) - 1):
            age = max(0.0, len(walked) - 3 - i + begun)
            width = LINE * 0.9 + (THIN - LINE * 0.9) * min(1.0, age)
            for part in self._cut(walked[i : i + 2]):
                pen.stroke(part, Role.POINT, width, max(faint, 1 - age / (_RECENT + 1)))
        for at in self._dots:
            if at <= row:
                x, y = self.points[at]
                pen.disc((float(x), float(y)), self.radius * 0.4, Role.POINT)

    def _cut(self, line: FloatArray) -> list[FloatArray]:
        """The parts of a line on the panel."""
        return [line] if self._stays else self.box.clip(line)

    @cached_property
    def _dots(self) -> list[int]:
        dots: list[int] = []
        for row in self._kept[:_DOTS]:
            if self.inside(row) and all(
                np.hypot(*(self.points[row] - self.points[other])) >= _APART for other in dots
            ):
                dots.append(row)
        return dots

    def draw_point(self, pen: Pen, position: float, *, born: float = 1.0) -> None:
        """The point, or the arrow that says where it has gone."""
        if self.inside(position):
            draw_point(pen, self.place(position), born, self.radius)
        gone = self.exit(position)
        if gone is not None:
            pen.arrow(*gone, Role.TROUBLE, LINE * 1.3)
