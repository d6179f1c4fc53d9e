"""A plot: two scales over a box, with room for tick labels and axis names around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray

from .box import Box
from .scale import Scale


@dataclass(frozen=True)
class Plot:
    """The drawing area `box` with its scales. Axes stand at its left and bottom edges."""

    box: Box
    x: Scale
    y: Scale

    @classmethod
    def over(cls, box: Box, x: tuple[float, float], y: tuple[float, float], *, log_y: bool = False) -> Plot:
        """Scales from value ranges to the whole box."""
        return cls(box, Scale(*x, box.left, box.right), Scale(*y, box.bottom, box.top, log=log_y))

    def at(self, x: FloatArray | float, y: FloatArray | float) -> FloatArray:
        """Points (…, 2) of values; both arguments broadcast."""
        return np.stack(np.broadcast_arrays(self.x(x), self.y(y)), axis=-1)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point of one pair of values."""
        return float(self.x(x)), float(self.y(y))

    def curve(self, x: FloatArray, y: FloatArray) -> list[FloatArray]:
        """The visible parts of a curve through values, as polylines."""
        return self.box.clip(self.at(x, y))
