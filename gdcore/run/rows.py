"""The rows of a run that are kept, and how many may be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.errors import GdError
from gdcore.optimizers.protocol import State
from gdcore.run.trajectory import Trajectory

# A run whose rows would take more than this is refused before anything is allocated.
MAX_BYTES = 2**30


class Place(NamedTuple):
    """Where a run stands after ``step`` updates."""

    step: int
    x: FloatArray
    loss: float
    gradient: FloatArray
    state: State


class Rows:
    """Every so-manieth row of a run of ``updates`` updates of d parameters, the first and the last.

    Raises GdError when they would take more than 1 GiB.
    """

    def __init__(self, d: int, updates: int, every: int) -> None:
        size = updates // every + 3
        _check_size(size, d, updates, every)
        self._every = every
        self._count = 0
        # Untouched pages of an empty array take no memory: a run that stops early does not pay for the rest.
        self._step = np.empty(size, dtype=np.int64)
        self._x = np.empty((size, d))
        self._loss = np.empty(size)
        self._gradient = np.empty((size, d))

    def add(self, place: Place, always: bool = False) -> None:
        """Keep the row if its turn has come, or ``always``; never twice."""
        if self._count and self._step[self._count - 1] == place.step:
            return
        if always or place.step % self._every == 0:
            row = self._count
            self._step[row] = place.step
            self._x[row] = place.x
            self._loss[row] = place.loss
            self._gradient[row] = place.gradient
            self._count += 1

    def add_many(self, step: int, x: FloatArray, loss: FloatArray, gradient: FloatArray) -> None:
        """The rows after ``step``, one for each step, as far as it is their turn."""
        first = -(step + 1) % self._every
        count = len(range(first, len(loss), self._every))
        rows = slice(self._count, self._count + count)
        turn = slice(first, None, self._every)
        self._step[rows] = np.arange(step + 1 + first, step + 1 + len(loss), self._every)
        self._x[rows] = x[turn]
        self._loss[rows] = loss[turn]
        self._gradient[rows] = gradient[turn]
        self._count += count

    def take_over(self, trajectory: Trajectory) -> None:
        """The rows of an earlier part; a last one that was kept only for being the last gives way."""
        keep = trajectory.step % self._every == 0
        n = self._count = int(np.count_nonzero(keep))
        self._step[:n] = trajectory.step[keep]
        self._x[:n] = trajectory.parameters[keep]
        self._loss[:n] = trajectory.loss[keep]
        self._gradient[:n] = trajectory.gradient[keep]

    def arrays(self) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
        """step (n,), parameters (n, d), loss (n,) and gradient (n, d)."""
        n = self._count
        return self._step[:n], self._x[:n], self._loss[:n], self._gradient[:n]


def most_rows(d: int) -> int:
    """How many rows may be kept of a run with ``d`` parameters, start and end apart."""
    return MAX_BYTES // ((2 * d + 2) * 8) - 3


def _check_size(rows: int, d: int, steps: int, every: int) -> None:
    size = rows * (2 * d + 2) * 8
    if size > MAX_BYTES:
        enough = -(-size // MAX_BYTES) * every
        raise GdError(
            f"steps = {steps} would keep {rows} rows of {2 * d + 2} numbers, {size / 2**30:.1f} GiB",
            f"at most {MAX_BYTES // 2**30} GiB is allowed",
            f"keep fewer rows, such as every={enough}, or do fewer steps",
        )
