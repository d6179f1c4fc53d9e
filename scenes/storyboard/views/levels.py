"""Level lines of heights over a grid."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator

from gdcore.base.arrays import FloatArray


class Levels:
    """The level lines and areas of heights z (n, m), first axis along x, over places x (n,) and y (m,)."""

    def __init__(self, x: FloatArray, y: FloatArray, z: FloatArray) -> None:
        self._generator = contour_generator(x, y, z.T, fill_type=FillType.OuterOffset)

    def lines(self, level: float) -> list[FloatArray]:
        """The lines (n, 2) at a level."""
        return [np.asarray(line, dtype=np.float64) for line in self._generator.lines(float(level))]

    def above(self, level: float) -> list[FloatArray]:
        """What is higher than a level, as polygons (n, 2)."""
        filled: Any = self._generator.filled(float(level), np.inf)
        return [_joined(np.asarray(points), ends.tolist()) for points, ends in zip(*filled, strict=True)]


def _joined(points: FloatArray, offsets: list[int]) -> FloatArray:
    """An outline and its holes as one polygon: holes run the other way round, so they stay empty."""
    rings = [points[a:b] for a, b in pairwise(offsets)]
    back = [ring[:1] for ring in rings]
    return np.vstack([*rings, *back[::-1]])
