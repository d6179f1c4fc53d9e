"""Lines with fewer points: what a line costs to draw, and what a file of it weighs, is its points."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray


def corners(line: FloatArray, flat: float) -> NDArray[np.intp]:
    """The points that a line (n, 2) needs so that none lies farther than `flat` from it.

    Douglas and Peucker, Cartographica 10 (1973) 112-122. The fewest points, one by one: for what is written once.
    """
    line, size = _in_units(line)
    flat = float(np.ldexp(flat, -size))
    kept = np.zeros(len(line), dtype=np.bool_)
    kept[[0, -1]] = True
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        if last - first < 2:
            continue
        base, along = line[first], line[last] - line[first]
        away = line[first + 1 : last] - base
        length = float(np.hypot(*along))
        if length > 0:
            distance = np.abs(away[:, 0] * along[1] - away[:, 1] * along[0]) / length
        else:
            distance = np.hypot(away[:, 0], away[:, 1])
        farthest = int(np.argmax(distance))
        if distance[farthest] > flat:
            middle = first + 1 + farthest
            kept[middle] = True
            open_spans += [(first, middle), (middle, last)]
    return np.flatnonzero(kept)


def halved(line: FloatArray, most: float, times: int = 8) -> FloatArray:
    """A line (n, d) without every second point, so many times at most, as long as it stays within `most` of its old way.

    What is left lies evenly along it: for lines that are cut where they go out of sight.
    """
    kept = np.arange(len(line))
    for _ in range(times):
        fewer = np.union1d(kept[::2], kept[-1:])
        if len(fewer) == len(kept) or _farthest(line, fewer) > most:
            break
        kept = fewer
    return line[kept]


def _farthest(line: FloatArray, kept: NDArray[np.intp]) -> float:
    """How far a point of the line lies from the one through the points kept, at most."""
    line, size = _in_units(line)
    piece = np.minimum(np.searchsorted(kept, np.arange(len(line)), side="right") - 1, len(kept) - 2)
    start, end = line[kept[piece]], line[kept[piece + 1]]
    along = end - start
    length = (along**2).sum(axis=1)
    part = ((line - start) * along).sum(axis=1) / np.where(length > 0, length, 1.0)
    nearest = start + np.clip(part, 0.0, 1.0)[:, None] * along
    return float(np.ldexp(np.sqrt(((line - nearest) ** 2).sum(axis=1).max()), size))


def _in_units(line: FloatArray) -> tuple[FloatArray, int]:
    """A line in units of 2**size in which it is about 1 large: a run that leaves goes too far to be squared."""
    size = int(np.frexp(np.abs(line).max(initial=0.0))[1])
    return np.ldexp(line, -size), size


def travelled(line: FloatArray) -> FloatArray:
    """How far one has come at each point of a line (n, 2), (n,)."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def spaced(line: FloatArray, spacing: float) -> FloatArray:
    """A line (n, 2) with the first point of each stretch of so much of its way, and its end.

    For lines of very many points, drawn again for every picture.
    """
    kept = firsts(travelled(line), spacing)
    kept[-1:] = True
    return line[kept]


def firsts(along: FloatArray, spacing: float) -> NDArray[np.bool_]:
    """Of rising distances (n,) the first within each stretch of `spacing`, (n,)."""
    return np.concatenate([[True], np.diff(np.floor(along / spacing)) > 0])


def rows_apart(points: FloatArray, least: float, most: int | None = None) -> list[int]:
    """Points (n, 2) from the first on, each at least so far from the one before: for marks that must not touch."""
    places = points.tolist()
    kept, (x, y) = [0], places[0]
    for row, (u, v) in enumerate(places):
        if most is not None and len(kept) >= most:
            break
        if math.hypot(u - x, v - y) >= least:
            kept.append(row)
            x, y = u, v
    return kept
