"""Shaded triangles, by the rasteriser that comes with Matplotlib (Agg): a whole mesh in one call.

Measured on a mesh of 3600 cells: half the time of Cairo's mesh pattern, which takes its patches one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import IdentityTransform
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_MARGIN = 2  # pixels by which antialiased edges reach beyond their corners


class Shader:
    """Paints over pictures of one size."""

    def __init__(self, width: int, height: int) -> None:
        make: Any = RendererAgg
        self._agg: Any = make(width, height, 72)
        self._canvas: NDArray[np.uint8] = np.asarray(self._agg.buffer_rgba())
        self._style: Any = self._agg.new_gc()
        self._same: Any = IdentityTransform()

    def paint(self, pixels: NDArray[np.uint8], corners: FloatArray, colours: FloatArray) -> None:
        """Quadrilaterals (n, 4, 2) in pixels, y upwards from the lower edge, with colours (n, 4, 3) at their corners.

        They are painted in the order given onto opaque `pixels` (height, width, 4), red first. Each is two
        triangles, (0, 1, 2) and (0, 2, 3).
        """
        if not len(corners):
            return
        height, width = pixels.shape[:2]
        low, high = corners.min(axis=(0, 1)), corners.max(axis=(0, 1))
        left, right = _inside(low[0], high[0], width)
        top, bottom = _inside(height - high[1], height - low[1], height)
        here = (slice(top, bottom), slice(left, right))
        self._canvas[here] = pixels[here]
        self._agg.draw_gouraud_triangles(self._style, _split(corners), _split(_opaque(colours)), self._same)
        pixels[here] = self._canvas[here]


def _inside(low: float, high: float, size: int) -> tuple[int, int]:
    """The pixels from low to high, and a margin, as far as there are any."""
    first = min(max(int(low) - _MARGIN, 0), size)
    return first, min(max(int(high) + _MARGIN + 1, first), size)


def _opaque(colours: FloatArray) -> FloatArray:
    solid = np.ones((*colours.shape[:-1], 4))
    solid[..., :3] = colours
    return solid


def _split(quadrilaterals: FloatArray) -> FloatArray:
    """(n, 4, m) as triangles (2n, 3, m)."""
    count, _, size = quadrilaterals.shape
    return quadrilaterals[:, [0, 1, 2, 0, 2, 3]].reshape(2 * count, 3, size)
