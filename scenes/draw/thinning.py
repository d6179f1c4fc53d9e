"""Lines with as few points as nobody can tell: what a line costs to draw is its points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .pen import FloatArray


def thinned(line: FloatArray, most: float, times: int = 8) -> FloatArray:
    """A line (n, d) without every second point, so many times at most, as long as it stays within `most` of its old way."""
    kept = np.arange(len(line))
    for _ in range(times):
        fewer = np.union1d(kept[::2], kept[-1:])
        if len(fewer) == len(kept) or _farthest(line, fewer) > most:
            break
        kept = fewer
    return line[kept]


def _farthest(line: FloatArray, kept: NDArray[np.intp]) -> float:
    """How far a point of the line lies from the one through the points kept, at most."""
    piece = np.minimum(np.searchsorted(kept, np.arange(len(line)), side="right") - 1, len(kept) - 2)
    start, end = line[kept[piece]], line[kept[piece + 1]]
    along = end - start
    length = (along**2).sum(axis=1)
    part = ((line - start) * along).sum(axis=1) / np.where(length > 0, length, 1.0)
    nearest = start + np.clip(part, 0.0, 1.0)[:, None] * along
    return float(np.sqrt(((line - nearest) ** 2).sum(axis=1).max()))
