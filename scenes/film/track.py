"""The way of a descent over a plot: walked path, point, and arrows where it leaves the panel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..layout import Box, Plot
from ..theme import Role
from .pen import LINE, THIN, FloatArray, Pen, Point

_FAR = 1e5  # frame units; farther away only the direction counts
_SEEN = 0.02  # a move shorter than this is not drawn by itself
_RECENT = 8  # moves that stand out from the older ones
_DOTS, _APART = 40, 0.07  # the first rows are dots, unless they would touch
_OUT = 0.42  # length of an arrow that leaves the panel
_POINT = 0.11


@dataclass(frozen=True, eq=False)
class Track:
    """Rows of a trajectory as points (n, 2) in frame units. Nothing is drawn outside of `box`."""

    box: Box
    points: FloatArray
    radius: float = _POINT  # of the point

    @classmethod
    def on(cls, plot: Plot, x: FloatArray, y: FloatArray, radius: float = _POINT) -> Track:
        """The track of values x, y (n,) on a plot; rows may lie far outside of it."""
        points = np.nan_to_num(plot.at(x, y), nan=0.0, posinf=1e200, neginf=-1e200)
        middle = np.array(plot.box.centre)
        away = np.clip(points, -1e200, 1e200) - middle
        reach = np.abs(away).max(axis=-1, keepdims=True)
        return cls(plot.box, middle + away * np.minimum(1.0, _FAR / np.maximum(reach, 1e-300)), radius)

    @property
    def last(self) -> int:
        return len(self.points) - 1

    def place(self, position: float) -> Point:
        """Where the point is at a row, or between two rows."""
        row = min(int(position), self.last)
        here = self.points[row]
        if row < self.last:
            here = here + (position - row) * (self.points[row + 1] - here)
        return float(here[0]), float(here[1])

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
        kept, here = [0], self.points[0]
        for row, there in enumerate(self.points):
            if abs(there[0] - here[0]) + abs(there[1] - here[1]) >= _SEEN:
                kept.append(row)
                here = there
        return kept

    @cached_property
    def _exits(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Rows that begin a move out of the box, where each leaves it and how long it is inside (Liang–Barsky)."""
        start, step = self.points[:-1], np.diff(self.points, axis=0)
        enter, leave = np.zeros(len(start)), np.ones(len(start))
        with np.errstate(divide="ignore", invalid="ignore"):
            for axis, (low, high) in enumerate(
                ((self.box.left, self.box.right), (self.box.bottom, self.box.top))
            ):
                to_low, to_high = (
                    (low - start[:, axis]) / step[:, axis],
                    (high - start[:, axis]) / step[:, axis],
                )
                enter = np.fmax(enter, np.fmin(to_low, to_high))
                leave = np.fmin(leave, np.fmax(to_low, to_high))
                off = (step[:, axis] == 0) & ((start[:, axis] < low) | (start[:, axis] > high))
                leave[off] = -1.0
        rows = np.flatnonzero((enter < leave) & (leave < 1.0))
        places = start[rows] + leave[rows, None] * step[rows]
        within = np.hypot(*((leave - enter)[rows, None] * step[rows]).T)
        return np.asarray(rows, dtype=np.float64), places, np.asarray(within, dtype=np.float64)

    def exits(self, position: float) -> list[tuple[Point, Point]]:
        """Arrows (start, tip) to where the track last left the panel; none while the point is on it."""
        if self.inside(position):
            return []
        rows, places, within = self._exits
        count = int(np.searchsorted(rows, position, side="right"))
        arrows: list[tuple[Point, Point]] = []
        for i in range(count - 1, max(-1, count - 3), -1):
            tip = places[i]
            if arrows and np.hypot(*(tip - arrows[0][1])) < 2 * _OUT:
                continue
            row = int(rows[i])
            along = self.points[row + 1] - self.points[row]
            along = along / np.hypot(*along) * min(_OUT, max(0.15, float(within[i])))
            arrows.append(
                ((float(tip[0] - along[0]), float(tip[1] - along[1])), (float(tip[0]), float(tip[1])))
            )
        return arrows

    def draw_path(self, pen: Pen, position: float, *, role: Role = Role.POINT) -> None:
        """What has been walked: the latest moves clear, the older ones faint, the first rows as dots."""
        row = min(int(position), self.last)
        count = int(np.searchsorted(self._kept, row, side="right"))
        walked = np.vstack([self.points[self._kept[:count]], [self.place(position)]])
        older, recent = walked[: -_RECENT or None], walked[-_RECENT - 1 :]
        for line, width, opacity in ((older, THIN * 0.8, 0.4), (recent, LINE * 0.9, 1.0)):
            for part in [line] if self._stays else self.box.clip(line):
                pen.stroke(part, role, width, opacity)
        for at in self._dots:
            if at <= row:
                x, y = self.points[at]
                pen.disc((float(x), float(y)), self.radius * 0.4, role)

    @cached_property
    def _dots(self) -> list[int]:
        dots: list[int] = []
        for row in self._kept[:_DOTS]:
            if self.inside(row) and all(
                np.hypot(*(self.points[row] - self.points[other])) >= _APART for other in dots
            ):
                dots.append(row)
        return dots

    def draw_point(self, pen: Pen, position: float, *, born: float = 1.0, role: Role = Role.POINT) -> None:
        """The point, or the arrows that say where it has gone."""
        if self.inside(position):
            pen.disc(self.place(position), self.radius * (0.4 + 0.6 * born), role, born)
        for start, tip in self.exits(position):
            pen.arrow(start, tip, Role.TROUBLE, LINE * 1.3)


__all__ = ["Track"]
