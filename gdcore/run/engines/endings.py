"""How many runs end: where it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class Endings:
    """The results of n runs, in arrays that are shared: a part of them belongs to whoever runs that part.

    ``breaks`` is shared by all parts: which runs broke, and at which step. They are counted over all parts: this one
    begins with number ``first``.
    """

    final: FloatArray  # (n, d)
    loss: FloatArray  # (n,)
    diverged: NDArray[np.bool_]  # (n,)
    recorded: FloatArray  # (R, n, d)
    onward: (
        FloatArray | None
    )  # (n, d), where one more step would lead; None where the point alone decides that
    breaks: list[tuple[NDArray[np.intp], int]]
    first: int = 0

    @classmethod
    def empty(cls, n: int, d: int, recorded: int, onward: bool = False) -> Endings:
        return cls(
            final=np.empty((n, d)),
            loss=np.empty(n),
            diverged=np.empty(n, dtype=np.bool_),
            recorded=np.empty((recorded, n, d)),
            onward=np.empty((n, d)) if onward else None,
            breaks=[],
        )

    def begin(self) -> None:
        """Nothing is known of these runs. (Whoever runs them touches the memory first: in several threads, at once.)"""
        self.recorded[:] = np.nan
        self.diverged[:] = False

    def part(self, first: int, last: int) -> Endings:
        here = slice(first, last)
        return Endings(
            self.final[here],
            self.loss[here],
            self.diverged[here],
            self.recorded[:, here],
            None if self.onward is None else self.onward[here],
            self.breaks,
            self.first + first,
        )

    def _where(self, index: NDArray[np.intp]) -> slice | NDArray[np.intp]:
        """A slice where it is all of them, which is copied much faster."""
        return slice(None) if index.size == self.loss.size else index

    def record(self, row: int, index: NDArray[np.intp], columns: Sequence[FloatArray]) -> None:
        """The points of the runs ``index`` at a recorded step."""
        where = self._where(index)
        for i, column in enumerate(columns):
            self.recorded[row, where, i] = column

    def broke(self, index: NDArray[np.intp], points: FloatArray, loss: FloatArray, step: int) -> None:
        """These runs broke at ``step``; their last finite points and losses."""
        if not index.size:
            return
        self.final[index] = points
        self.loss[index] = loss
        self.diverged[index] = True
        self.breaks.append((index + self.first, step))

    def nonfinite_steps(self) -> IntArray:
        """For each run the step at which it broke, else -1; one number for all of them when none did."""
        none = np.broadcast_to(np.int64(-1), self.loss.shape)
        if not self.breaks:
            return none
        steps = none.copy()
        for index, step in self.breaks:
            steps[index] = step
        return steps

    def finish(self, index: NDArray[np.intp], columns: Sequence[FloatArray], loss: FloatArray) -> None:
        """These runs did all their steps; ``columns`` are the d coordinates of their ends."""
        where = self._where(index)
        for i, column in enumerate(columns):
            self.final[where, i] = column
        self.loss[where] = loss

    def rose(self, index: NDArray[np.intp]) -> None:
        """The loss of these rose to the end, and above the first."""
        self.diverged[index] = True
