"""Level lines of heights over a grid."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator

from gdcore.base.arrays import FloatArray


class Levels:
    """The level lines and areas of heights z (n, m), first axis along x, over places x (n,) and y (m,)."""

    def __init__(self, x: FloatArray, y: FloatArray, z: FloatArray) -> None:
        near, self._exponent = _brought_near(z)
        self._generator = contour_generator(x, y, near.T, fill_type=FillType.OuterOffset)

    def lines(self, level: float) -> list[FloatArray]:
        """The lines (n, 2) at a level."""
        return [np.asarray(line, dtype=np.float64) for line in self._generator.lines(self._near(level))]

    def above(self, level: float) -> list[FloatArray]:
        """What is higher than a level, as polygons (n, 2)."""
        filled: Any = self._generator.filled(self._near(level), np.inf)
        return [_joined(np.asarray(points), ends.tolist()) for points, ends in zip(*filled, strict=True)]

    def _near(self, level: float) -> float:
        return float(np.ldexp(level, -self._exponent))


def comparable(z: FloatArray, levels: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Heights and levels in a unit in which the largest height is about 1, without rounding.

    Level lines run where they ran, and whoever draws them may add and subtract heights near the largest number.
    """
    near, exponent = _brought_near(z)
    return near, np.ldexp(levels, -exponent)


def _brought_near(z: FloatArray) -> tuple[FloatArray, int]:
    """Heights divided by a power of two, so that the largest is from 1/2 to 1, and the exponent of the power."""
    _, exponent = math.frexp(float(np.abs(z).max(initial=0.0)))
    return np.ldexp(z, -exponent), exponent


def _joined(points: FloatArray, offsets: list[int]) -> FloatArray:
    """An outline and its holes as one polygon: holes run the other way round, so they stay empty."""
    rings = [points[a:b] for a, b in pairwise(offsets)]
    back = [ring[:1] for ring in rings]
    return np.vstack([*rings, *back[::-1]])
