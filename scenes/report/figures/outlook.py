"""A direction from which a figure looks at a box in space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray


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

    def towards(self, points: FloatArray) -> FloatArray:
        """Vectors (…, 3) from points to the viewer: the same everywhere."""
        return np.broadcast_to(self.toward, points.shape)

    def flat(self, points: FloatArray) -> FloatArray:
        """Points (…, 3) as seen, (…, 2)."""
        a, e = self.azimuth, self.elevation
        right = np.array([-np.sin(a), np.cos(a), 0.0])
        up = np.array([-np.sin(e) * np.cos(a), -np.sin(e) * np.sin(a), np.cos(e)])
        return np.stack([points @ right, points @ up], axis=-1)
