"""A height field without what is higher than a ceiling."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray


def cut_cells(vertices: FloatArray, ceiling: float) -> tuple[FloatArray, NDArray[np.intp], NDArray[np.intp]]:
    """The cells of a grid as quadrilaterals, without what is higher than a ceiling.

    `vertices` (n, n, m) hold x, y, z and whatever else is to be interpolated. Returns the vertices in one row, those
    on the cut behind the others, (k, m); patches as numbers of vertices (p, 4); and the cell of each patch, (p, 2).
    A cell that the ceiling crosses gives one or two patches.
    """
    n = len(vertices)
    number = np.arange(n * n).reshape(n, n)
    corners = np.stack([number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]], axis=2)
    heights: FloatArray = vertices.reshape(n * n, -1)[corners][..., 2]
    uncut = np.asarray(np.all(heights <= ceiling, axis=2), dtype=np.bool_)
    lower = np.asarray(np.any(heights < ceiling, axis=2), dtype=np.bool_)
    # What only touches the ceiling has no area.
    crossed, whole = np.argwhere(lower & ~uncut), np.argwhere(uncut)
    flat, patches, cells = [vertices.reshape(n * n, -1)], [corners[whole[:, 0], whole[:, 1]]], [whole]
    count = n * n
    for cell in crossed:
        polygon = _cut_polygon(flat[0][corners[cell[0], cell[1]]], ceiling)
        pieces = [[0, 1, 2, min(3, len(polygon) - 1)]]
        if len(polygon) == 5:
            pieces.append([0, 3, 4, 4])
        flat.append(polygon)
        patches.append(count + np.array(pieces))
        cells.append(np.repeat(cell[None], len(pieces), axis=0))
        count += len(polygon)
    return np.concatenate(flat), np.concatenate(patches), np.concatenate(cells)


def _cut_polygon(corners: FloatArray, ceiling: float) -> FloatArray:
    """A polygon (k, m) without the part whose third coordinate is above the ceiling (Sutherland–Hodgman)."""
    kept = []
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if a[2] <= ceiling:
            kept.append(a)
        if (a[2] <= ceiling) != (b[2] <= ceiling):
            kept.append(a + (ceiling - a[2]) / (b[2] - a[2]) * (b - a))
    return np.array(kept)
