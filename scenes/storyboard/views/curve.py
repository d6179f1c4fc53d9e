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


@dataclass(frozen=True, eq=False)
class Curve:
    """An objective of one parameter over a range: samples x, y, slope (n,) and the minima within it."""

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
    margin: float = 0.2,
) -> Curve:
    """The curve around a path of parameters (n,): path and nearest minimum in view, with a margin.

    With one minimum the view is even about it, so that both slopes of the valley are seen.
    """
    minima = minima_of(problem)[:, 0]
    if x_range is None:
        x_range = domain_range(problem, 0, path)
    if x_range is None:
        x_range = _even_range(path, minima, margin)
    x = np.linspace(*x_range, _SAMPLES)
    y = problem.value(x[:, None])
    if y_range is None:
        y_range = _height_range(y, problem.value(path[:, None]))
    inside = minima[(minima >= x_range[0]) & (minima <= x_range[1])]
    marks = np.column_stack([inside, problem.value(inside[:, None])])
    return Curve(x, y, problem.gradient(x[:, None])[:, 0], x_range, y_range, marks)


def domain_range(problem: Problem, axis: int, path: FloatArray) -> Range | None:
    """A problem's domain along one parameter, where it is bounded and holds the path (n,)."""
    domain = getattr(problem, "domain", None)
    if not domain:
        return None
    low, high = (float(bound) for bound in domain[axis])
    if not (np.isfinite(low) and np.isfinite(high) and low <= path.min() and path.max() <= high):
        return None
    return low, high


def _even_range(path: FloatArray, minima: Sequence[float] | FloatArray, margin: float) -> Range:
    low, high = float(path.min()), float(path.max())
    near = [m for m in minima if low - 2 * (high - low) - 1 <= m <= high + 2 * (high - low) + 1]
    if len(near) == 1:
        away = difference(min(low, near[0]), max(high, near[0]))
        reach = max(abs(high - near[0]), abs(low - near[0])) if away else 1.0
        return near[0] - reach * (1 + margin), near[0] + reach * (1 + margin)
    low, high = min([low, *near]), max([high, *near])
    span = difference(low, high) or 2.0
    return low - margin * span, high + margin * span


def _height_range(curve: FloatArray, path: FloatArray) -> Range:
    """From a little below the lowest value to a little above the highest value of the path."""
    finite = curve[np.isfinite(curve)]
    low = float(min(finite.min(), path.min()))
    high = float(path.max())
    if not difference(low, high):
        high = float(finite.max())
    span = span_of(low, high)
    # Under the valley there must be air for names and for the steps; zero ends the axis where it gives that.
    bottom = 0.0 if 0.16 * span <= low <= 0.35 * span else low - 0.18 * span
    return bottom, high + 0.18 * span
