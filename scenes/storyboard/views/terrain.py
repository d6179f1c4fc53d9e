"""What the scenes of two parameters share: the objective over a rectangle that shows a whole descent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.problems import Problem
from gdcore.rest.verdict import RestKind
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.layout.span import difference, span_of
from scenes.layout.ticks import nice_step
from scenes.lecture.model import Range

from .curve import domain_range, minima_of, ringed

SAMPLES = 61
_MARGIN = 0.07  # about the path and the nearest minimum
_AWAY = 8.0  # a run whose loss is this many times the first has left the picture
_DEEP = 1e3  # times the first loss, or the first change: so far below it one that falls for ever has left too
_WALL = 4.5  # a surface is cut where it rises this many times higher than the path


@dataclass(frozen=True, eq=False)
class Terrain:
    """An objective over a rectangle: samples x, y (n,) and heights z (n, n), first axis along x.

    Where `clipped`, heights above the upper end of `z_range` are not to be shown. `minima` (m, 2) are the known ones
    inside, as many as can be told apart. `levels` are those of level lines, closer together near the bottom, where the
    valley is.
    """

    x: FloatArray
    y: FloatArray
    z: FloatArray
    x_range: Range
    y_range: Range
    z_range: Range
    clipped: bool
    minima: FloatArray
    levels: FloatArray


def terrain_of(
    problem: Problem,
    path: FloatArray,
    *,
    ranges: Mapping[str, Range] | None = None,
    samples: int = SAMPLES,
    levels: int = 11,
) -> Terrain:
    """The terrain around a path (n, 2) and the nearest minimum, with a margin, and so many level lines."""
    wanted = dict(ranges or {})
    minima = minima_of(problem)
    path = path[: rows_in_view(problem.value(path))]
    losses = problem.value(path)
    highest = float(losses.max())
    # Even about the minimum shows both walls of a valley; where that makes them tower over the path,
    # the view closes in on the path.
    for evenness in (1.0, 0.75, 0.5, 0.25, 0.0):
        spans = _spans(problem, path, minima, wanted, evenness)
        x, y = np.linspace(*spans[0], samples), np.linspace(*spans[1], samples)
        grid = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1)
        z = np.asarray(problem.value(grid), dtype=np.float64)
        z = np.where(np.isfinite(z), z, np.nanmax(np.where(np.isfinite(z), z, np.nan)))
        lowest = float(min(z.min(), losses.min()))
        if "J" in wanted:
            low, high = wanted["J"]
        else:
            low = 0.0 if 0 <= lowest < 0.3 * (highest - lowest) else lowest
            # A point that rests on the floor from the start has no height to compare with.
            high = low + _WALL * (highest - low) if highest > low else float(z.max())
        clipped = bool(z.max() > high)
        if not clipped:
            high = float(z.max()) if z.max() > low else high
            break
    if not difference(low, high):  # flat all over
        air = 0.5 * span_of(low, high)
        low, high = low - air, high + air
    ends = np.array(spans)
    inside = ((ends[:, 0] <= minima) & (minima <= ends[:, 1])).all(axis=1)
    return Terrain(
        x,
        y,
        z,
        spans[0],
        spans[1],
        (low, high),
        clipped,
        ringed(minima[inside], spans, path[-1]),
        _levels(low, high, levels),
    )


def rows_in_view(loss: FloatArray, falls: bool = False) -> int:
    """How many rows of a run a view is made for: all, or those before it has left for good, up or (`falls`) down."""
    first = float(loss[0])
    away = ~(loss <= _AWAY * max(first, 1e-300))
    if falls and len(loss) > 1:
        away |= loss < first - _DEEP * max(abs(first), abs(float(loss[1]) - first))
    left = np.flatnonzero(away)
    return max(2, int(left[0])) if len(left) else len(loss)


def may_fall_for_ever(trajectory: Trajectory) -> bool:
    """Can the loss of a run become as low as it likes?"""
    return trajectory.outcome is Outcome.DIVERGED or trajectory.rest.kind is RestKind.NO_BOTTOM


def _levels(low: float, high: float, count: int) -> FloatArray:
    """Levels between two heights, ever farther apart; the halves keep a difference of large numbers finite."""
    parts = np.linspace(0, 1, count + 2)[1:-1] ** 2
    return np.asarray(2 * (low / 2 + (high / 2 - low / 2) * parts))


def _spans(
    problem: Problem,
    path: FloatArray,
    minima: FloatArray,
    wanted: Mapping[str, Range],
    evenness: float,
) -> list[Range]:
    """The two ranges: as wanted, else the problem's domain where it holds the path, else around the path."""
    spans: list[Range] = []
    for axis, name in enumerate(problem.parameters):
        along = path[:, axis]
        span = wanted.get(name) or domain_range(problem, axis, along)
        spans.append(span or _span(along, minima[:, axis], evenness))
    return spans


def _span(path: FloatArray, minima: FloatArray, evenness: float) -> Range:
    """A round range that holds the path and the nearest minimum, more or less even about the latter."""
    low, high = float(path.min()), float(path.max())
    if len(minima):
        best = float(minima[np.argmin(np.abs(minima - path[-1]))])
        low, high = min(low, best), max(high, best)
        reach = max(high - best, best - low) if difference(low, high) else 1.0
        low += evenness * (best - reach - low)
        high += evenness * (best + reach - high)
    air = (_MARGIN if evenness == 1.0 else 1.6 * _MARGIN) * (difference(low, high) or 2.0)
    low, high = low - air, high + air
    step = nice_step(high - low, 20)
    return float(np.floor(low / step) * step), float(np.ceil(high / step) * step)
