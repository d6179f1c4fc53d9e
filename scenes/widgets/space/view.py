"""A box in space seen by a camera: from values to the frame, with perspective."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.layout import Box

_DISTANCE = 7.5  # of the camera from the middle of the box, whose floor measures 2 × 2
BOX_HEIGHT = 0.88  # of the box
BOX_GAP = 0.22  # between the floor with its contours and the lowest value
_STOPS = 65  # of a flight, at which the picture is placed exactly


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

    def towards(self, points: FloatArray) -> FloatArray:
        """Vectors (…, 3) from points of the box to the camera."""
        return self.eye - points

    def project(self, points: FloatArray) -> FloatArray:
        """Points of the box (…, 3) on the frame (…, 2)."""
        local = (points - _MIDDLE) @ self._axes
        nearness = self.scale * _DISTANCE / (_DISTANCE - local[..., 2:])
        return np.asarray(local[..., :2] * nearness + self.shift)


_MIDDLE = np.array([0.0, 0.0, BOX_HEIGHT / 2])


@dataclass(frozen=True, eq=False)
class Flight:
    """A camera's way from one view to another, on which what it looks at goes on filling its room.

    `scales` (n,) and `shifts` (n, 2) place the picture at n moments, evenly over the way.
    """

    start: View
    goal: View
    scales: FloatArray
    shifts: FloatArray

    @classmethod
    def over(
        cls,
        start: View,
        goal: View,
        zone: Box,
        points: FloatArray,
        margins: tuple[float, float, float, float],
    ) -> Flight:
        """A way on which points (n, 3) stay within a zone, as large as both ends allow.

        `margins` (left, bottom, right, top) in frame units are kept for numbers and names.
        """
        left, bottom, right, top = margins
        room = zone.trimmed(left=left, bottom=bottom, right=right, top=top)
        way = cls(start, goal, np.ones(1), np.zeros((1, 2)))
        parts = np.linspace(0.0, 1.0, _STOPS)
        seen = [way.at(part).project(points) for part in parts.tolist()]
        low, high = (np.array([end(flat, axis=0) for flat in seen]) for end in (np.min, np.max))
        most = ((room.width, room.height) / (high - low)).min(axis=1)
        # The largest parabola between both ends with room everywhere: the picture swells or shrinks once.
        straight = most[0] + parts * (most[-1] - most[0])
        bend = ((most - straight)[1:-1] / (parts * (1 - parts))[1:-1]).min()
        scales = straight + parts * (1 - parts) * bend
        return cls(start, goal, scales, room.centre - (low + high) / 2 * scales[:, np.newaxis])

    def at(self, part: float) -> View:
        """The view after a part of the way, 0 to 1."""
        parts = np.linspace(0.0, 1.0, len(self.scales))
        scale, x, y = (float(np.interp(part, parts, values)) for values in (self.scales, *self.shifts.T))
        return View(
            self.start.azimuth + (self.goal.azimuth - self.start.azimuth) * part,
            self.start.elevation + (self.goal.elevation - self.start.elevation) * part,
            scale,
            (x, y),
        )


FLOOR = np.array([[-1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]])
