"""Basins of attraction: which minimum each start leads to."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray, IntArray, frozen
from gdcore.base.checks import whole_number
from gdcore.base.errors import GdError
from gdcore.base.files import write_atomically
from gdcore.base.inputs import box_of
from gdcore.base.rates import GivenRate, Rate
from gdcore.base.scaled import bending
from gdcore.optimizers import Optimizer
from gdcore.problems.minima import newton_minimum
from gdcore.problems.protocol import Box, Problem
from gdcore.rest.kinds import MINIMUM, UNKNOWN
from gdcore.run.many import descend_many

DIVERGED = -1
"""The label of a start whose run diverged."""
ELSEWHERE = -2
"""The label of a start whose run ended at no minimum: on its way, on a saddle, hilltop, plateau or inflection, or
jumping about."""

_MOST_STARTS = 4_000_000
# A run has arrived within this part of the region's sides; minima nearer to each other are one.
_NEAR = 0.01
_SAME = 1e-5


@dataclass(frozen=True, eq=False)
class Basins:
    """Where the runs from a grid of starts ended.

    ``axes``: the d coordinates of the grid, each (n,). ``labels`` (n, …, n) in the order of the parameters: the number
    of the minimum that the run reached, DIVERGED (-1) or ELSEWHERE (-2). ``minima`` (m, d), deepest first, with their
    ``values`` (m,): those that a run reached, found by the program. ``final`` (n, …, n, d): the last finite points.
    """

    parameters_names: tuple[str, ...]
    axes: tuple[FloatArray, ...]
    labels: IntArray
    minima: FloatArray
    values: FloatArray
    final: FloatArray
    rate: Rate
    steps: int

    @property
    def counts(self) -> tuple[int, ...]:
        """How many starts lead to each minimum."""
        return tuple(int((self.labels == i).sum()) for i in range(len(self.minima)))

    @property
    def diverged(self) -> int:
        """How many runs diverged."""
        return int((self.labels == DIVERGED).sum())

    @property
    def elsewhere(self) -> int:
        """How many runs ended at no minimum."""
        return int((self.labels == ELSEWHERE).sum())


def find_basins(
    problem: Problem,
    optimizer: Optimizer,
    *,
    rate: GivenRate | None = None,
    grid: int = 100,
    steps: int = 1000,
    region: object = None,
) -> Basins:
    """Descend from ``grid`` starts along each side of ``region`` and say which minimum each run reached.

    ``region``: one (low, high) for each parameter, all finite; the problem's own without it. The minima are found by
    Newton's method from where runs ended, and merged; a run has reached one when it ends within a hundredth of the
    sides of the region from it, so ``steps`` should be many.

    Raises GdError without a bounded region, for more than 4,000,000 starts, and as ``descend_many`` does.
    """
    box = _bounded(problem, region)
    grid = whole_number(grid, "grid", 2)
    d = len(box)
    if grid**d > _MOST_STARTS:
        raise GdError(
            f"grid = {grid} means {grid}^{d} starts",
            f"at most {_MOST_STARTS} are allowed",
            f"take a grid of {int(_MOST_STARTS ** (1 / d))}",
        )
    axes = tuple(frozen(np.linspace(low, high, grid)) for low, high in box)
    starts = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    batch = descend_many(problem, optimizer, starts.reshape(-1, d), steps, rate=rate)
    diverged = batch.diverged
    sides = np.array([high - low for low, high in box])
    kinds = batch.kinds
    minima = _minima(problem, batch.final[~diverged], kinds[~diverged] == MINIMUM, sides)
    labels = np.full(len(batch), ELSEWHERE, dtype=np.int64)
    nearest = np.full(len(batch), _NEAR)
    for number, point in enumerate(minima):
        with np.errstate(all="ignore"):
            distance = (np.abs(batch.final - point) / sides).max(-1)
        closer = distance < nearest
        labels[closer] = number
        nearest[closer] = distance[closer]
    # What rests on a saddle, a hilltop, a plateau or an inflection is at no minimum, however near one is.
    labels[(kinds != UNKNOWN) & (kinds != MINIMUM)] = ELSEWHERE
    labels[diverged] = DIVERGED
    reached = np.unique(labels[labels >= 0])
    new = np.full(len(minima) + 1, ELSEWHERE)
    new[reached] = np.arange(len(reached))
    labels[labels >= 0] = new[labels[labels >= 0]]
    kept = minima[reached]
    labels.setflags(write=False)
    return Basins(
        parameters_names=tuple(problem.parameters),
        axes=axes,
        labels=labels.reshape(starts.shape[:-1]),
        minima=frozen(kept),
        values=frozen(np.asarray(problem.value(kept)).reshape(-1)),
        final=batch.final.reshape(starts.shape),
        rate=batch.rate,
        steps=batch.steps,
    )


def save_basins(found: Basins, path: str | Path) -> None:
    """Write the map as .npz: labels, minima, values, final, names, rate, steps and axis_0, axis_1, ….

    Raises GdError for another ending, and for a file that cannot be written.
    """
    if Path(path).suffix.lower() != ".npz":
        raise GdError(
            f"the name '{Path(path).name}' does not end in .npz",
            "a map of basins is saved as .npz",
            "change its ending",
        )
    stream = io.BytesIO()
    np.savez(
        stream,
        labels=found.labels,
        minima=found.minima,
        values=found.values,
        final=found.final,
        names=np.array(found.parameters_names),
        rate=np.array(found.rate),
        steps=np.array(found.steps),
        **{f"axis_{i}": axis for i, axis in enumerate(found.axes)},  # type: ignore[arg-type]
    )
    write_atomically(path, stream.getvalue())


def _bounded(problem: Problem, region: object) -> Box:
    box = problem.region if region is None else box_of(region, problem.parameters, "region")
    if box is None or not all(math.isfinite(end) for side in box for end in side):
        names = ", ".join(problem.parameters)
        raise GdError("there is no bounded region", mend=f"give (low, high) for each of {names}")
    for name, (low, high) in zip(problem.parameters, box, strict=True):
        if not math.isfinite(high - low):
            found = f"region of {name} is [{low:g}, {high:g}]"
            raise GdError(found, "its width must be a finite number", "give a smaller one, such as [-1, 1]")
    return box


def _minima(problem: Problem, final: FloatArray, resting: NDArray[np.bool_], sides: FloatArray) -> FloatArray:
    """The minima (m, d) near the points (n, d), deepest first: one try from each cell that holds some of them.

    ``resting`` (n,): which of the points rest on a minimum.
    """
    d = len(sides)
    cells = np.floor(final / (_NEAR * sides)) if len(final) else np.zeros((0, d))
    found: list[FloatArray] = [np.asarray(point) for point in problem.minima()]
    # Known ones come first: a sharp one, such as that of |x|, is none for Newton's method.
    everyone = np.ones(len(cells), dtype=np.bool_)
    for start in _at_rest(problem, final[np.sort(_firsts(cells, everyone))], sides):
        if any((np.abs(start - point) / sides).max() < _SAME for point in found):
            continue
        point = newton_minimum(problem, start)
        if point is None or (np.abs(point - start) / sides).max() > _NEAR:
            continue
        if not any((np.abs(point - other) / sides).max() < _SAME for other in found):
            found.append(point)
    # One without curvature, such as that of x^4, is found by who rests on it.
    for start in final[np.sort(_firsts(cells, resting))]:
        if not any((np.abs(start - other) / sides).max() < _SAME for other in found):
            found.append(start)
    minima = np.array(found).reshape(-1, d)
    return minima[np.argsort(np.asarray(problem.value(minima)).reshape(-1), kind="stable")]


def _firsts(cells: FloatArray, which: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The first of those points in each cell (n, d), by number."""
    numbers = np.flatnonzero(which)
    _, firsts = np.unique(cells[numbers], axis=0, return_index=True)
    return np.asarray(numbers[firsts])


def _at_rest(problem: Problem, points: FloatArray, sides: FloatArray) -> FloatArray:
    """Those of the points (n, d) from which Newton's step is short: the others are still on their way."""
    if not len(points):
        return points
    with np.errstate(all="ignore"):
        bends = bending(problem.hessian(points))
        step = bends.solved(problem.gradient(points), np.abs(bends.values))
        return np.asarray(points[(np.abs(step) / sides).max(-1) <= 2 * _NEAR])
