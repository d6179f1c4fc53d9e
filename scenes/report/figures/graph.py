"""The graph of a function of two parameters in space: where its points are seen, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.layout import Scale
from scenes.storyboard.views.terrain import Terrain

from .frame import FloatArray

GAP, HEIGHT = 0.14, 1.0  # the surface stands between these heights over the floor
LIFT = 0.015  # of paths over the surface


@dataclass(frozen=True)
class Outlook:
    """A direction from which to look, without perspective; angles in radians."""

    azimuth: float
    elevation: float

    @property
    def toward(self) -> FloatArray:
        """Unit vector to the viewer."""
        a, e = self.azimuth, self.elevation
        return np.array([np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)])

    def flat(self, points: FloatArray) -> FloatArray:
        """Points (…, 3) as seen, (…, 2)."""
        a, e = self.azimuth, self.elevation
        right = np.array([-np.sin(a), np.cos(a), 0.0])
        up = np.array([-np.sin(e) * np.cos(a), -np.sin(e) * np.sin(a), np.cos(e)])
        return np.stack([points @ right, points @ up], axis=-1)


class Graph:
    """A terrain laid over the box [−1, 1] × [−1, 1] × [0, height]."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self.x = Scale(*terrain.x_range, -1.0, 1.0)
        self.y = Scale(*terrain.y_range, -1.0, 1.0)
        self.z = Scale(*terrain.z_range, GAP, HEIGHT)
        self.heights = np.asarray(self.z(terrain.z))
        self.grid = np.linspace(-1.0, 1.0, len(self.heights))

    def over(self, x: FloatArray, y: FloatArray, lift: float = 0.0) -> FloatArray:
        """Points (…, 3) of the graph above box coordinates x, y; bilinear."""
        last = len(self.grid) - 1
        u, v = (np.clip((c + 1) / 2 * last, 0, last) for c in (x, y))
        i, j = (np.minimum(c.astype(np.intp), last - 1) for c in (u, v))
        s, t, h = u - i, v - j, self.heights
        z = (1 - s) * ((1 - t) * h[i, j] + t * h[i, j + 1]) + s * (
            (1 - t) * h[i + 1, j] + t * h[i + 1, j + 1]
        )
        return np.stack([x, y, z + lift], axis=-1)

    def path(self, parameters: FloatArray) -> FloatArray:
        """Parameters (n, 2) as points (m, 3) on the graph, with points between so that the line follows it."""
        x = np.clip(self.x(parameters[:, 0]), -1, 1)
        y = np.clip(self.y(parameters[:, 1]), -1, 1)
        length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        fine = np.unique(np.concatenate([length, np.linspace(0, length[-1], 160)]))
        # One point to a short stretch is enough, of however many rows; the end stays.
        _, first = np.unique(np.floor(fine / 2e-3), return_index=True)
        fine = np.unique(np.append(fine[first], length[-1]))
        return self.over(np.interp(fine, length, x), np.interp(fine, length, y), LIFT)

    def seen(self, points: FloatArray, outlook: Outlook) -> NDArray[np.bool_]:
        """Which points (n, 3) nothing hides, (n,)."""
        ray = points[:, None, :] + np.linspace(0.0, 2.6, 90)[None, :, None] * outlook.toward
        inside = (np.abs(ray[..., :2]) <= 1).all(axis=-1)
        ground = self.over(ray[..., 0].clip(-1, 1), ray[..., 1].clip(-1, 1))[..., 2]
        return np.asarray(((ray[..., 2] > ground - 1e-6) | ~inside).all(axis=1))
