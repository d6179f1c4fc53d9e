"""Axis-parallel rectangles in frame units, and what they meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray


@dataclass(frozen=True)
class Box:
    """A rectangle; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def area(self) -> float:
        return self.width * self.height

    def grown(self, margin: float) -> Box:
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def trimmed(self, *, left: float = 0.0, bottom: float = 0.0, right: float = 0.0, top: float = 0.0) -> Box:
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)

    def begun(self, part: float) -> Box:
        """The part of the box at its left, of the whole height."""
        return Box(self.left, self.bottom, self.left + part * self.width, self.top)

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Box, slack: float = 1e-9) -> bool:
        return (
            self.left <= other.left + slack
            and self.bottom <= other.bottom + slack
            and self.right >= other.right - slack
            and self.top >= other.top - slack
        )

    def clip(self, points: FloatArray) -> list[FloatArray]:
        """The parts of a polyline (n, 2) inside the box, each (m, 2) with m ≥ 2 (Liang–Barsky)."""
        points = np.asarray(points, dtype=np.float64)
        if len(points) < 2 or self._misses(points):
            return []
        if self._encloses(points):
            return [points]
        start, step, enter, leave, kept = self._spans(points)
        parts: list[list[FloatArray]] = []
        previous_end: FloatArray | None = None
        for i in np.flatnonzero(kept):
            first_point = start[i] + enter[i] * step[i]
            last_point = start[i] + leave[i] * step[i]
            if previous_end is not None and np.array_equal(previous_end, first_point):
                parts[-1].append(last_point)
            else:
                parts.append([first_point, last_point])
            previous_end = last_point if leave[i] == 1 else None
            if leave[i] == 1:
                parts[-1][-1] = points[i + 1]
                previous_end = points[i + 1]
        return [np.array(part) for part in parts]

    def crossed_by(self, points: FloatArray) -> bool:
        """Does a polyline (n, 2) touch the box?"""
        points = np.asarray(points, dtype=np.float64)
        if len(points) == 1:
            x, y = points[0]
            return bool(self.left <= x <= self.right and self.bottom <= y <= self.top)
        return len(points) > 1 and not self._misses(points) and bool(self._spans(points)[-1].any())

    def _misses(self, points: FloatArray) -> bool:
        """Do points (n, 2) lie all on one side of the box?"""
        x, y = points[:, 0], points[:, 1]
        return bool(
            x.max() < self.left or x.min() > self.right or y.max() < self.bottom or y.min() > self.top
        )

    def _encloses(self, points: FloatArray) -> bool:
        x, y = points[:, 0], points[:, 1]
        return bool(
            x.min() >= self.left and x.max() <= self.right and y.min() >= self.bottom and y.max() <= self.top
        )

    def _spans(
        self, points: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, NDArray[np.bool_]]:
        """Start and step of every piece of a polyline, where along it the box begins and ends, and whether it does."""
        start = points[:-1]
        with np.errstate(invalid="ignore", over="ignore"):
            step = np.diff(points, axis=0)
        enter, leave = np.zeros(len(start)), np.ones(len(start))
        for axis, (low, high) in enumerate(((self.left, self.right), (self.bottom, self.top))):
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                to_low = (low - start[:, axis]) / step[:, axis]
                to_high = (high - start[:, axis]) / step[:, axis]
            first, last = np.minimum(to_low, to_high), np.maximum(to_low, to_high)
            still = step[:, axis] == 0
            inside = (start[:, axis] >= low) & (start[:, axis] <= high)
            first = np.where(still, np.where(inside, -np.inf, np.inf), first)
            last = np.where(still, np.where(inside, np.inf, -np.inf), last)
            enter, leave = np.maximum(enter, first), np.minimum(leave, last)
        kept = (enter <= leave) & np.isfinite(start).all(axis=1) & np.isfinite(step).all(axis=1)
        return start, step, enter, leave, kept


def around(points: FloatArray) -> Box:
    """The smallest box around points (n, 2)."""
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    return Box(float(left), float(bottom), float(right), float(top))


def box_at(centre: tuple[float, float], size: tuple[float, float]) -> Box:
    """The box of a size (width, height) about a centre."""
    (x, y), (width, height) = centre, size
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
