"""A terrain as the graph of a function in space: its points and rims, and what it hides.

Where something is seen has an exact and cheap answer for a graph: a point is hidden when the ray from it to the viewer
crosses the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout import Box, Scale
from scenes.layout.polylines import firsts, travelled

from .levels import Levels
from .terrain import Terrain

_FAR_UP = 1e9  # of the box's height: cut off in any case, and its square is a number
_RAY_SAMPLES = 56
_CONVEX_SAMPLES = 3  # a ray that starts on a convex surface or above it can cross it only once more
_TOUCH = 1e-4  # what is so little below the surface lies on it
_FINE, _MOST_POINTS = 0.025, 4000  # spacing of the points of a trail, and how many there are at most


FLOOR_BOX = Box(-1.0, -1.0, 1.0, 1.0)
"""The floor of the box, seen from above."""


class Viewer(Protocol):
    """Who looks at the box, from a place or from a direction."""

    def towards(self, points: FloatArray) -> FloatArray:
        """Vectors (…, 3) of any length from points (…, 3) of the box towards the viewer."""


@dataclass(frozen=True)
class Space:
    """Values of two parameters and of the objective laid over the box [−1, 1] × [−1, 1] × [gap, height]."""

    x: Scale
    y: Scale
    z: Scale

    @classmethod
    def over(cls, terrain: Terrain, gap: float, height: float) -> Space:
        """The box of a terrain, which stands between two heights over the floor."""
        return cls(
            Scale(*terrain.x_range, -1.0, 1.0),
            Scale(*terrain.y_range, -1.0, 1.0),
            Scale(*terrain.z_range, gap, height),
        )

    def flat(self, points: FloatArray) -> FloatArray:
        """Parameters (n, 2) as places of the floor (n, 2)."""
        return np.column_stack([self.x(points[:, 0]), self.y(points[:, 1])])

    def relief(self, terrain: Terrain) -> Relief:
        """The terrain in the box; where it is clipped, it is cut off at the box's upper end."""
        return Relief(np.minimum(self.z(terrain.z), _FAR_UP), self.z.end if terrain.clipped else np.inf)


class Relief:
    """A height field over the box: heights (n, n) in box coordinates, first axis along x.

    What is higher than `ceiling` is cut off, cleanly along the level line. `levels` (n, n) are the heights between the
    lowest (0) and the highest that is shown (1).
    """

    def __init__(self, heights: FloatArray, ceiling: float = np.inf) -> None:
        self.heights = heights
        self.ceiling = ceiling
        self.count = len(heights)
        self.grid = np.linspace(-1.0, 1.0, self.count)
        x, y = np.meshgrid(self.grid, self.grid, indexing="ij")
        self.points = np.stack([x, y, heights], axis=-1)
        slope_x, slope_y = np.gradient(heights, self.grid, self.grid)
        normals = np.stack([-slope_x, -slope_y, np.ones_like(heights)], axis=-1)
        self.normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
        low, high = float(heights.min()), float(min(heights.max(), ceiling))
        self.levels = (heights - low) / ((high - low) or 1.0)
        self.rims = self._rims()
        self._along_x, self._along_y = (
            np.diff(heights, axis=axis) / np.diff(self.grid)[0] for axis in (0, 1)
        )
        self._opened: tuple[Viewer, bool] | None = None
        self._samples = _CONVEX_SAMPLES if ceiling == np.inf and is_convex(heights) else _RAY_SAMPLES

    def _rims(self) -> list[FloatArray]:
        """The edges of what is shown, (m, 3) each: the outer ones up to the ceiling, and the cut itself."""
        outer = [self.points[0], self.points[-1], self.points[:, 0], self.points[:, -1]]
        rims = [part for line in outer for part in self.below(line)]
        if self.heights.max() > self.ceiling:
            for line in Levels(self.grid, self.grid, self.heights).lines(self.ceiling):
                rims.append(np.column_stack([line, np.full(len(line), self.ceiling)]))
        return rims

    def outline(self) -> list[FloatArray]:
        """Points, (m, 3) each, around which the picture of the surface lies from wherever it is seen."""
        inner = self.points[::3, ::3].reshape(-1, 3)
        return [*self.rims, inner[inner[:, 2] <= self.ceiling]]

    def below(self, line: FloatArray) -> list[FloatArray]:
        """The parts of a line of the surface (n, 3) that are not cut off."""
        return [line[first : last + 1] for first, last in runs(line[:, 2] <= self.ceiling)]

    def height_at(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Bilinear height at box coordinates; outside the floor the nearest edge counts."""
        last = self.count - 1
        u = np.clip((x + 1) * (0.5 * last), 0, last)
        v = np.clip((y + 1) * (0.5 * last), 0, last)
        i, j = np.minimum(u.astype(np.intp), last - 1), np.minimum(v.astype(np.intp), last - 1)
        s, t = u - i, v - j
        here, flat = i * self.count + j, self.heights.ravel()
        near = (1 - t) * flat.take(here) + t * flat.take(here + 1)
        far = (1 - t) * flat.take(here + self.count) + t * flat.take(here + self.count + 1)
        return np.asarray((1 - s) * near + s * far)

    def drape(self, flat: FloatArray, lift: float) -> FloatArray:
        """Points (…, 3) a little above the surface, over places (…, 2) of the floor; above its edge where outside."""
        x, y = flat[..., 0], flat[..., 1]
        return np.stack([x, y, np.minimum(self.height_at(x, y), self.ceiling) + lift], axis=-1)

    def visible(self, points: FloatArray, viewer: Viewer) -> NDArray[np.bool_]:
        """Which points (n, 3) above the surface the camera sees, (n,)."""
        if self._open_to(viewer):
            return np.asarray(points[:, 2] - self.height_at(points[:, 0], points[:, 1]) > -_TOUCH)
        above, crossed = self._sight(points, viewer, start=0.0)
        return np.asarray(above & ~crossed)

    def visible_on(self, points: FloatArray, viewer: Viewer) -> NDArray[np.bool_]:
        """Which points (n, 3) of the surface itself the camera sees, from either side, (n,)."""
        if self._open_to(viewer):
            return np.ones(len(points), dtype=np.bool_)
        return np.asarray(~self._sight(points, viewer, start=0.03)[1])

    def _open_to(self, viewer: Viewer) -> bool:
        """Does the upper side face the camera everywhere? Then it hides nothing above it.

        A ray that dips below the surface on its way to the camera does so where the surface is turned away from it.
        """
        if self._opened is None or self._opened[0] != viewer:
            self._opened = (viewer, self.ceiling == np.inf and self._faces(viewer))
        return self._opened[1]

    def _faces(self, viewer: Viewer) -> bool:
        """Does every cell face the camera, by the slopes of its own four edges?"""
        away, n = viewer.towards(self.points), self.count - 1
        for i in (0, 1):
            for j in (0, 1):
                x, y, z = np.moveaxis(away[i : n + i, j : n + j], -1, 0)
                if (z - x * self._along_x[:, j : n + j] - y * self._along_y[i : n + i]).min() <= 0:
                    return False
        return True

    def _sight(
        self, points: FloatArray, viewer: Viewer, start: float
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether points lie above the surface, and whether their rays to the camera cross it below the ceiling."""
        gap, height = self._rays(points, viewer, start)
        above = gap > -_TOUCH
        crossed = (above[:, 1:] != above[:, :-1]) & (height[:, :-1] <= self.ceiling)
        return above[:, 0], crossed.any(axis=1)

    def _rays(self, points: FloatArray, viewer: Viewer, start: float) -> tuple[FloatArray, FloatArray]:
        """How far above the surface the rays from points to the camera run, and how high, (n, samples).

        Sampled from `start` to where a ray leaves the box.
        """
        ray = viewer.towards(points)
        ray = ray / np.linalg.norm(ray, axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            exits = np.where(
                ray[:, :2] > 0, (1 - points[:, :2]) / ray[:, :2], (-1 - points[:, :2]) / ray[:, :2]
            )
        reach = np.clip(np.nan_to_num(exits, nan=4.0, posinf=4.0, neginf=0.0).min(axis=1), 0.0, 4.0)
        s = start + (np.maximum(reach - start, 0.0))[:, None] * np.linspace(0, 1, self._samples)
        x = points[:, :1] + ray[:, :1] * s
        y = points[:, 1:2] + ray[:, 1:2] * s
        z = points[:, 2:] + ray[:, 2:] * s
        return np.asarray(z - self.height_at(x, y)), z


def is_convex(heights: FloatArray) -> bool:
    """Is the graph of heights (n, n) on a regular grid convex, as far as second differences tell?

    All of them bend upwards, and with the mixed ones they make positive semidefinite matrices.
    """
    along = heights[2:, 1:-1] - 2 * heights[1:-1, 1:-1] + heights[:-2, 1:-1]
    across = heights[1:-1, 2:] - 2 * heights[1:-1, 1:-1] + heights[1:-1, :-2]
    mixed = (heights[2:, 2:] - heights[2:, :-2] - heights[:-2, 2:] + heights[:-2, :-2]) / 4
    slack = 1e-9 * max(1.0, float(np.ptp(heights)))
    upward = min(float(along.min()), float(across.min())) >= -slack
    return bool(upward and (along * across - mixed**2).min() >= -slack)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of every stretch of at least two true flags."""
    if flags.size >= 2 and flags.all():  # the usual case
        return [(0, flags.size - 1)]
    padded = np.concatenate([[False], flags, [False]]).astype(np.int8)
    change = np.flatnonzero(np.diff(padded))
    return [(int(a), int(b) - 1) for a, b in zip(change[::2], change[1::2], strict=True) if b - a >= 2]


def trail(flat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A path (n, 2) as a line fine enough to follow the surface, (m, 2), and the row of each point, (m,).

    Rows that lie closer together than the line is fine are left out.
    """
    along = travelled(flat)
    spacing = max(_FINE, along[-1] / _MOST_POINTS)
    marks = np.union1d(along[firsts(along, 0.4 * spacing)], np.arange(0.0, along[-1], spacing))
    rows = np.interp(marks, along, np.arange(len(flat)))
    return np.column_stack([np.interp(rows, np.arange(len(flat)), flat[:, i]) for i in (0, 1)]), rows
