"""The memory in which a thread works through its blocks of points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.formula.tape.blocks import rows


class Workspace:
    """The memory of one thread for blocks of up to n points in d variables, in rows of n numbers.

    Whatever a block needs lies here. Memory that is taken anew for every block is filled with zeros by the system
    first, page by page, which costs more than what is done with it.
    """

    def __init__(self, d: int, buffers: int, n: int) -> None:
        self.size = n
        taken = iter(rows(3 * d + buffers + 2, n))
        self.variables = list(islice(taken, d))
        self.buffers = list(islice(taken, buffers))
        self.before = list(islice(taken, d))
        self.saved = list(islice(taken, d))
        self.first_loss, self.scratch = taken
        self.everyone = np.arange(n)


def copied(columns: Sequence[FloatArray], into: Sequence[FloatArray]) -> list[FloatArray]:
    """The columns, in the first parts of these rows."""
    filled = [row[: column.size] for row, column in zip(into, columns, strict=True)]
    for row, column in zip(filled, columns, strict=True):
        row[:] = column
    return filled
