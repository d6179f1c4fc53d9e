"""How many runs end: where they are written down, and what counts as converged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.arrays import FloatArray, IntArray
from gdcore.batch import OUTCOMES
from gdcore.outcome import Outcome
from gdcore.problems.protocol import Problem
from gdcore.progress import slope_length
from gdcore.reasons import RELATIVE_SLOPE

_DIVERGED = OUTCOMES.index(Outcome.DIVERGED)
_CONVERGED = OUTCOMES.index(Outcome.CONVERGED)
_STEP_LIMIT = OUTCOMES.index(Outcome.STEP_LIMIT)
# Squared lengths of slopes are exact to this share of them, and more.
_SQUARES_DIFFER = 1e-12


@dataclass(frozen=True)
class Endings:
    """The results of n runs, in arrays that are shared: a part of them belongs to whoever runs that part.

    ``breaks`` is shared by all parts: which runs broke, and at which step. They are counted over all parts: this one
    begins with number ``first``.
    """

    final: FloatArray  # (n, d)
    loss: FloatArray  # (n,)
    codes: NDArray[np.uint8]  # (n,)
    recorded: FloatArray  # (R, n, d)
    breaks: list[tuple[NDArray[np.intp], int]]
    first: int = 0

    @classmethod
    def empty(cls, n: int, d: int, recorded: int) -> Endings:
        return cls(
            final=np.empty((n, d)),
            loss=np.empty(n),
            codes=np.empty(n, dtype=np.uint8),
            recorded=np.empty((recorded, n, d)),
            breaks=[],
        )

    def begin(self) -> None:
        """Nothing is known of these runs. (Whoever runs them touches the memory first: in several threads, at once.)"""
        self.recorded[:] = np.nan

    def part(self, first: int, last: int) -> Endings:
        here = slice(first, last)
        return Endings(
            self.final[here],
            self.loss[here],
            self.codes[here],
            self.recorded[:, here],
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
        self.codes[index] = _DIVERGED
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

    def finish(
        self,
        problem: Problem,
        start: FloatArray,
        index: NDArray[np.intp],
        columns: Sequence[FloatArray],
        loss: FloatArray,
        slope_squared: FloatArray,
        first_slope_squared: FloatArray,
    ) -> None:
        """These runs, out of all from ``start`` (n, d), did all their steps.

        ``columns`` are the d coordinates of their ends; then |∇J|² at their ends and starts, which are used up.
        """
        where = self._where(index)
        for i, column in enumerate(columns):
            self.final[where, i] = column
        self.loss[where] = loss
        enough = np.maximum(1.0, first_slope_squared, out=first_slope_squared)
        share = np.divide(slope_squared, enough, out=slope_squared)
        converged = share <= RELATIVE_SLOPE**2 * (1 - _SQUARES_DIFFER)
        clear = share > RELATIVE_SLOPE**2 * (1 + _SQUARES_DIFFER)
        clear |= converged
        if enough.max(initial=0.0) == np.inf:
            clear &= np.isfinite(enough)
        if not clear.all():
            for i in np.flatnonzero(~clear).tolist():
                # Here the last bit decides, and the hypotenuse of a single run is Python's; or squares overflowed.
                places = (start[index[i]], self.final[index[i]])
                at_start, at_end = (problem.gradient(x).tolist() for x in places)
                limit = RELATIVE_SLOPE * max(1.0, slope_length(at_start))
                converged[i] = slope_length(at_end) <= limit
        # By arithmetic modulo 256, because to choose from two numbers would take fifty times as long.
        codes = converged.view(np.uint8) * np.uint8((_CONVERGED - _STEP_LIMIT) % 256)
        codes += np.uint8(_STEP_LIMIT)
        self.codes[where] = codes

    def rose(self, index: NDArray[np.intp]) -> None:
        """The loss of these rose to the end, and above the first."""
        self.codes[index] = _DIVERGED


def squared_lengths(
    slopes: Sequence[FloatArray], out: FloatArray | None = None, scratch: FloatArray | None = None
) -> FloatArray:
    """|∇J|² (n,) of the columns of ∇J, to a few units of the last place; inf where the squares overflow.

    It lies in ``out``, and ``scratch`` is written over, where they are given: rows (n,).
    """
    total: FloatArray = np.multiply(slopes[0], slopes[0], out=out)
    for column in slopes[1:]:
        total += np.multiply(column, column, out=scratch)
    return total
