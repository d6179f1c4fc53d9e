"""The cells of a height field as quadrilaterals to paint, from far to near.

Two by two cells are painted as one where nobody could tell: where the picture stays the same to a fraction of a pixel
and of a shade. What a mesh costs to paint is the number of its triangles, not their size.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.storyboard.views.cut import cut_cells

_T = TypeVar("_T", bound=np.generic)

# A third of a pixel of a film at 1080p (the floor of the box, 2 × 2, is some 650 pixels wide), in the box's units.
PLACE = 1e-3
_SHADE = 2 / 255

# Of a cell, its corners in turn: those of the grid's first axis first.
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


class Facets:
    """The graph of heights over a grid, without what is above a ceiling.

    `vertices` (n, n, m) hold x, y, z and whatever else is to be interpolated, `shades` (n, n, k) the colours between
    0 and 1 of both sides as they are when nothing changes from one vertex to the next but these. `self.vertices` (k, m) are those
    of the grid in one row and, behind them, those on the cut; facets are numbers of vertices.
    """

    def __init__(self, vertices: FloatArray, shades: FloatArray, ceiling: float) -> None:
        n = len(vertices)
        self._grid = vertices[:, 0, 0], vertices[0, :, 1]
        self.vertices, self._single, self._cells = cut_cells(vertices, ceiling)
        # Blocks of two by two cells; a last row of single cells belongs to blocks that are not whole.
        self._whole = (n - 1) // 2
        heights = vertices[..., 2]
        self._even = (
            (_greatest(heights, self._whole) <= ceiling)
            & (_bend(heights[..., None], self._whole) <= PLACE)
            & (_bend(shades, self._whole) <= _SHADE)
        )
        number = np.arange(n * n).reshape(n, n)
        self._double = np.stack([_at(number, self._whole, 2 * i, 2 * j) for i, j in _CORNERS], axis=-1)

    def seen_from(self, eye: FloatArray, upper: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
        """The facets (p, 4) from far to near.

        `upper` (n, n) says of which vertices the upper side is seen: where both sides meet, cells stay single.
        Without it, all do.
        """
        joined = np.zeros_like(self._even)
        if upper is not None:
            sides = sum(_at(upper.astype(np.int8), self._whole, i, j) for i in range(3) for j in range(3))
            joined = self._even & ((sides == 0) | (sides == 9))
        blocks = self._cells // 2
        padded = np.pad(joined, (0, 1))  # blocks that are not whole
        left = np.flatnonzero(~padded[blocks[:, 0], blocks[:, 1]])
        of_cell, of_block = (_far_to_near(self._grid, eye, size) for size in (1, 2))
        at, whole = self._cells[left], np.argwhere(joined)
        ranks = np.concatenate(
            [
                of_block[blocks[left, 0], blocks[left, 1]] * of_cell.size + of_cell[at[:, 0], at[:, 1]],
                of_block[whole[:, 0], whole[:, 1]] * of_cell.size,
            ]
        )
        facets = np.concatenate([self._single[left], self._double[joined]])
        return np.asarray(facets[np.argsort(ranks, kind="stable")])


def _at(values: NDArray[_T], blocks: int, i: int, j: int) -> NDArray[_T]:
    """Of every block of two by two cells the value at (i, j), 0 to 2 each."""
    return values[i : i + 2 * blocks : 2, j : j + 2 * blocks : 2]


def _greatest(values: FloatArray, blocks: int) -> FloatArray:
    return np.asarray(np.max([_at(values, blocks, i, j) for i in range(3) for j in range(3)], axis=0))


def _bend(values: FloatArray, blocks: int) -> FloatArray:
    """How far values (n, n, m) in a block are from those of its two triangles, at most, (blocks, blocks).

    The triangles have the corners 0, 1, 2 and 0, 2, 3; only in the middles of edges can there be a difference.
    """
    corner = [_at(values, blocks, 2 * i, 2 * j) for i, j in _CORNERS]
    middles = [(0, 1, (1, 0)), (1, 2, (2, 1)), (2, 3, (1, 2)), (3, 0, (0, 1)), (0, 2, (1, 1))]
    off = [np.abs((corner[a] + corner[b]) / 2 - _at(values, blocks, *here)) for a, b, here in middles]
    return np.asarray(np.max(off, axis=(0, -1)))


def _far_to_near(grid: tuple[FloatArray, FloatArray], eye: FloatArray, size: int) -> NDArray[np.intp]:
    """Place of every block of `size` × `size` cells in an order from far to near.

    Along either axis blocks farther from the camera's place come first, the one that it is over last; for the graph of
    a function that is a correct order, whichever axis is taken first, and within blocks as well as among them.
    """
    ranks = []
    for line, place in zip(grid, eye, strict=False):
        starts = line[:-1:size]
        ends = line[np.minimum(np.arange(len(starts)) * size + size, len(line) - 1)]
        away = np.maximum(np.maximum(starts - place, place - ends), 0.0)
        ranks.append(np.argsort(np.argsort(-away, kind="stable")))
    return np.asarray(ranks[0][:, None] * len(ranks[1]) + ranks[1][None, :])
