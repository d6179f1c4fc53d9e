"""The values of expressions, wherever they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from gdcore.base.arrays import FloatArray
from gdcore.formula.tape.arrays import ArrayTape
from gdcore.formula.tape.floats import FloatTape
from gdcore.formula.tape.operations import Tape


class Evaluator:
    """The outputs of a tape at one point (d,) as floats, at points (..., d) as arrays (...): the same bits."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    def __call__(self, points: FloatArray) -> Sequence[Any]:
        return self._floats(points.tolist()) if points.ndim == 1 else self._arrays(points)

    @cached_property
    def _floats(self) -> FloatTape:
        return FloatTape(self.tape)

    @cached_property
    def _arrays(self) -> ArrayTape:
        return ArrayTape(self.tape)
