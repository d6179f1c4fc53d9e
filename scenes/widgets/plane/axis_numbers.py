"""Numbers on dashed lines to the vertical axis: near the axis, in the order of their values, clear of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point
from scenes.layout import Box
from scenes.layout.box import box_at
from scenes.layout.place import CLEARANCE

_BESIDE = 0.08  # between a number and its dashed line or the axis
_STRIDE = 0.1  # between the places that are tried


@dataclass(frozen=True)
class Surroundings:
    """A plot's box and what a number may not touch: boxes and polylines (n, 2)."""

    plot: Box
    boxes: tuple[Box, ...]
    lines: tuple[FloatArray, ...]

    def place(self, y: float, size: Point, sides: Sequence[float]) -> Box | None:
        """The free place nearest to the axis, above (1) or below (-1) the dashed line at this height."""
        width, height = size
        within = self.plot.trimmed(top=-0.5 * height)  # a number may look out a little
        first, last = self.plot.left + _BESIDE + width / 2, self.plot.right - width / 2
        for side in sides:
            for x in np.arange(first, last, _STRIDE).tolist():
                box = box_at((x, y + side * (height / 2 + _BESIDE)), size)
                if within.holds(box) and self._free(box.grown(CLEARANCE)):
                    return box
        return None

    def _free(self, box: Box) -> bool:
        return not any(box.meets(other) for other in self.boxes) and not any(
            box.crossed_by(line) for line in self.lines
        )


def place_numbers(
    heights: Sequence[float], sizes: Sequence[Point], around: Surroundings
) -> tuple[Box | None, ...]:
    """Places for the numbers of one or two dashed lines, the higher line first; None where there is no room.

    Of two, the upper stands above its line and the lower below its own; else both stand below the lower line.
    """
    if len(heights) != 2:
        return tuple(around.place(y, size, (1.0, -1.0)) for y, size in zip(heights, sizes, strict=True))
    upper = around.place(heights[0], sizes[0], (1.0,))
    taken = Surroundings(around.plot, (*around.boxes, *([upper] if upper else [])), around.lines)
    lower = taken.place(heights[1], sizes[1], (-1.0, 1.0))
    if upper and lower:
        return upper, lower
    width, height = max(w for w, _ in sizes), sum(h for _, h in sizes) + _BESIDE
    both = around.place(heights[1], (width, height), (-1.0,))
    if both is None:
        return upper, lower
    x = both.centre[0]
    return (
        box_at((x, both.top - sizes[0][1] / 2), sizes[0]),
        box_at((x, both.bottom + sizes[1][1] / 2), sizes[1]),
    )
