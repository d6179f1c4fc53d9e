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
    def over(
        cls,
        box: Box,
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        log_y: bool = False,
        equal: bool = False,
    ) -> Plot:
        """Scales from value ranges to the whole box; `equal` widens one range so that units match."""
        (x0, x1), (y0, y1) = x, y
        if equal:
            per_x, per_y = box.width / (x1 - x0), box.height / (y1 - y0)
            if per_x > per_y:
                grow = (box.width / per_y - (x1 - x0)) / 2
                x0, x1 = x0 - grow, x1 + grow
            else:
                grow = (box.height / per_x - (y1 - y0)) / 2
                y0, y1 = y0 - grow, y1 + grow
        return cls(
            box,
            Scale(x0, x1, box.left, box.right),
            Scale(y0, y1, box.bottom, box.top, log=log_y),
        )

    def at(self, x: FloatArray | float, y: FloatArray | float) -> FloatArray:
        """Points (…, 2) of values; both arguments broadcast."""
        return np.stack(np.broadcast_arrays(self.x(x), self.y(y)), axis=-1)

    def curve(self, x: FloatArray, y: FloatArray) -> list[FloatArray]:
        """The visible parts of a curve through values, as polylines."""
        return self.box.clip(self.at(x, y))
