"""A box in space seen by a camera: from values to the frame, with perspective."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..layout import Box, Scale

FloatArray = NDArray[np.float64]

_DISTANCE = 7.5  # of the camera from the middle of the box, whose floor measures 2 × 2
HEIGHT = 0.88  # of the box
GAP = 0.22  # between the floor with its contours and the lowest value


@dataclass(frozen=True)
class View:
    """Where the camera stands: azimuth and elevation in radians; `scale`, `shift` place the picture."""

    azimuth: float
    elevation: float
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def _axes(self) -> FloatArray:
        """The columns (3, 3) are the directions to the right, upwards and towards the camera, in the box."""
        a, e = self.azimuth, self.elevation
        right = [-np.sin(a), np.cos(a), 0.0]
        up = [-np.sin(e) * np.cos(a), -np.sin(e) * np.sin(a), np.cos(e)]
        toward = [np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)]
        return np.array([right, up, toward]).T

    @cached_property
    def eye(self) -> FloatArray:
        """The camera's place in the box's coordinates."""
        place = _DISTANCE * self._axes[:, 2] + _MIDDLE
        place.setflags(write=False)
        return np.asarray(place)

    def project(self, points: FloatArray) -> FloatArray:
        """Points of the box (…, 3) on the frame (…, 2)."""
        local = (points - _MIDDLE) @ self._axes
        nearness = self.scale * _DISTANCE / (_DISTANCE - local[..., 2:])
        return np.asarray(local[..., :2] * nearness + self.shift)


_MIDDLE = np.array([0.0, 0.0, HEIGHT / 2])


@dataclass(frozen=True)
class Space:
    """Values of two parameters and of the objective laid over the box [−1, 1] × [−1, 1] × [GAP, HEIGHT]."""

    x: Scale
    y: Scale
    z: Scale

    @classmethod
    def over(cls, x: tuple[float, float], y: tuple[float, float], z: tuple[float, float]) -> Space:
        return cls(
            Scale(x[0], x[1], -1.0, 1.0),
            Scale(y[0], y[1], -1.0, 1.0),
            Scale(z[0], z[1], GAP, HEIGHT),
        )

    def at(self, x: FloatArray | float, y: FloatArray | float, z: FloatArray | float) -> FloatArray:
        """Box coordinates (…, 3) of values."""
        return np.stack(np.broadcast_arrays(self.x(x), self.y(y), self.z(z)), axis=-1)


def fitted(view: View, zone: Box, points: FloatArray, margins: tuple[float, float, float, float]) -> View:
    """The view, scaled and shifted so that points (n, 3) just fit a zone.

    `margins` (left, bottom, right, top) in frame units are kept for numbers and names.
    """
    seen = replace(view, scale=1.0, shift=(0.0, 0.0)).project(points)
    low, high = seen.min(axis=0), seen.max(axis=0)
    left, bottom, right, top = margins
    room = zone.trimmed(left=left, bottom=bottom, right=right, top=top)
    scale = min(room.width / (high[0] - low[0]), room.height / (high[1] - low[1]))
    middle = (low + high) / 2 * scale
    x, y = room.centre
    return replace(view, scale=float(scale), shift=(x - float(middle[0]), y - float(middle[1])))


@dataclass(frozen=True)
class Flight:
    """A camera's way from one fitted view to another; the scale goes with it."""

    first: View
    last: View

    @classmethod
    def over(
        cls,
        first: View,
        last: View,
        zone: Box,
        points: FloatArray,
        margins: tuple[float, float, float, float],
    ) -> Flight:
        """A way on which points (n, 3) stay within a zone, as large as both ends allow."""
        way = cls(fitted(first, zone, points, margins), fitted(last, zone, points, margins))
        room = zone.trimmed(left=margins[0], bottom=margins[1], right=margins[2], top=margins[3])
        over = 1.0
        for part in np.linspace(0.1, 0.9, 9):
            seen = way.at(float(part)).project(points)
            size = seen.max(axis=0) - seen.min(axis=0)
            over = max(over, float(size[0]) / room.width, float(size[1]) / room.height)
        if over > 1.0:
            inner = room.grown(-(1 - 1 / over) * min(room.width, room.height) / 2)
            way = cls(fitted(first, inner, points, (0, 0, 0, 0)), fitted(last, inner, points, (0, 0, 0, 0)))
        return way

    def at(self, part: float) -> View:
        """The view after a part of the way, 0 to 1."""

        def between(a: float, b: float) -> float:
            return a + (b - a) * part

        a, b = self.first, self.last
        return View(
            between(a.azimuth, b.azimuth),
            between(a.elevation, b.elevation),
            between(a.scale, b.scale),
            (between(a.shift[0], b.shift[0]), between(a.shift[1], b.shift[1])),
        )


FLOOR = np.array([[-1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]])
