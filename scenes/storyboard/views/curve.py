"""What the scenes of one parameter share: the objective as a curve, and ranges that show a descent on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.problems import Problem
from scenes.layout.span import difference, span_of
from scenes.lecture.model import Range

_SAMPLES = 481
_NEAR = 2.0  # extents of the path within which a minimum belongs to the view
_BEFORE, _BEYOND = 0.18, 0.48  # of the reach: behind the start, and beyond the minimum
_MARGIN, _LOST = 0.08, 0.25  # of the reach about a minimum; of the path where there is none
_HEADROOM, _AIR = 0.13, 0.1  # of the height: above it, below it
_RING = 1 / 36  # of a view's width: the room of a minimum's ring
_FROM_ZERO = 0.25  # of the top: a lowest value below it starts the axis at zero


@dataclass(frozen=True, eq=False)
class Curve:
    """An objective of one parameter over a range: samples x, y, slope (n,) and the minima within it that can be told apart."""

    x: FloatArray
    y: FloatArray
    slope: FloatArray
    x_range: Range
    y_range: Range
    minima: FloatArray  # (m, 2): place and value


def minima_of(problem: Problem) -> FloatArray:
    """The known minimum points of a problem, (m, d); none is an empty array."""
    points = np.asarray(problem.minima(), dtype=np.float64)
    return points.reshape(-1, len(problem.parameters))


def curve_of(
    problem: Problem,
    path: FloatArray,
    *,
    x_range: Range | None = None,
    y_range: Range | None = None,
    even: bool = True,
) -> Curve:
    """The curve around a path of parameters (n,): path and nearest minimum in view, with a margin.

    An `even` view has the minimum in its middle, so that both slopes of the valley are seen alike; another one is for
    a run that stays on its side: it shows a little of what lies beyond the minimum.
    """
    minima = minima_of(problem)[:, 0]
    if x_range is None:
        x_range = domain_range(problem, 0, path)
    if x_range is None:
        x_range = _range_about(path, minima, even)
    x = np.linspace(*x_range, _SAMPLES)
    y = problem.value(x[:, None])
    if y_range is None:
        y_range = _height_range(y, problem.value(path[:, None]))
    inside = minima[(minima >= x_range[0]) & (minima <= x_range[1]), None]
    marked = ringed(inside, [x_range], path[-1:])
    marks = np.column_stack([marked, problem.value(marked)])
    return Curve(x, y, problem.gradient(x[:, None])[:, 0], x_range, y_range, marks)


def ringed(minima: FloatArray, spans: Sequence[Range], end: FloatArray) -> FloatArray:
    """Of minima (m, d) within spans, as many as have room for a ring each, in their order.

    The one nearest to the end (d,) of the path is among them, where the run belongs. Rings of hundreds would be a
    band that says nothing, and their names would have no room.
    """
    lengths = np.array([high - low for low, high in spans])
    places = minima / lengths
    distances = np.abs(places - end / lengths).max(axis=1)
    kept: list[int] = []
    for i in np.argsort(distances, kind="stable").tolist():
        if not kept or np.abs(places[kept] - places[i]).max(axis=1).min() > _RING:
            kept.append(i)
    return minima[sorted(kept)]


def domain_range(problem: Problem, axis: int, path: FloatArray) -> Range | None:
    """A problem's domain along one parameter, where it is bounded and holds the path (n,)."""
    domain = getattr(problem, "domain", None)
    if not domain:
        return None
    low, high = (float(bound) for bound in domain[axis])
    if not (np.isfinite(low) and np.isfinite(high) and low <= path.min() and path.max() <= high):
        return None
    return low, high


def _range_about(path: FloatArray, minima: FloatArray, even: bool) -> Range:
    low, high = float(path.min()), float(path.max())
    within = _NEAR * (high - low) + 1
    near = [float(m) for m in minima if low - within <= m <= high + within]
    if near:
        centre = min(near, key=lambda m: abs(m - float(path[-1])))
        reach = max(high - centre, centre - low)
        if difference(min(low, centre), max(high, centre)) and not even:
            before, beyond = (_BEFORE * reach, _BEYOND * reach)
            left = min(low - before, centre - beyond) if low < centre else centre - beyond
            right = max(high + before, centre + beyond) if high > centre else centre + beyond
            return left, right
        if difference(min(low, centre), max(high, centre)):
            return centre - reach * (1 + _MARGIN), centre + reach * (1 + _MARGIN)
    if not difference(low, high):
        half = max(1.0, abs(low)) / 2
        return low - half, high + half
    air = _LOST * (high - low)
    return low - air, high + air


def _height_range(curve: FloatArray, path: FloatArray) -> Range:
    """From a little below the lowest value to a little above the highest value of the path.

    Zero ends the axis below where that costs little room.
    """
    finite = curve[np.isfinite(curve)]
    low = float(min(finite.min(), path.min()))
    high = float(path.max())
    if not difference(low, high):
        high = float(finite.max()) if difference(low, float(finite.max())) else low + max(1.0, abs(low))
    span = span_of(low, high)
    top = high + _HEADROOM * span
    return (0.0 if 0 <= low < _FROM_ZERO * top else low - _AIR * span), top
