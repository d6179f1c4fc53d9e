"""The numbers at an axis: told apart, and short even where the axis lies far from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from gdcore.notation import Node, Numeral, Sign, Symbol, row

from .decimals import magnitude, numeral, over_power, quantized
from .numbers import Format, number
from .rich import Rich, Words, maths

_WRITTEN_OUT = 1e15  # a number below it has all its digits in a row
_LONGEST_OF_HUGE = 3  # the same with a power of ten behind it
_LONGEST = 6  # digits of a number at an axis: with more, what all have in common goes into the name


@dataclass(frozen=True)
class TickNumbers:
    """The number at each tick, and what is to be added to all of them, if anything."""

    labels: tuple[Node, ...]
    offset: Node | None = None

    def name(self, name: Rich | None) -> Rich | None:
        """The axis's name, with the offset where there is one: J = 10000010 + …."""
        if name is None or self.offset is None:
            return name
        tail = row([Sign("equals"), self.offset, Sign("plus"), Symbol("dots")])
        return name + Rich((Words(" "),)) + maths(tail)


def tick_numbers(ticks: Sequence[float], *, log: bool = False) -> TickNumbers:
    """The numbers of evenly spaced ticks, or of those of a logarithmic axis."""
    values = np.asarray(ticks, dtype=np.float64)
    if log:
        return TickNumbers(_of_log_axis(values))
    steps = np.abs(np.diff(values))
    steps = steps[steps > 0]
    if not len(steps):
        return TickNumbers(tuple(number(float(value), 4) for value in values))
    last = magnitude(_round(float(steps.min())))  # the place that the numbers must show
    largest = float(np.abs(values).max())
    offset = 0.0
    size = magnitude(largest)
    if size - last >= (_LONGEST if size < 6 else _LONGEST_OF_HUGE):
        offset = float(values[np.argmin(np.abs(values))])
        values = values - offset
        largest = float(np.abs(values).max())
    size = magnitude(_round(largest))
    exponent = size if size >= 6 or last < -4 else None
    form = Format(max(0, (exponent or 0) - last), exponent)
    labels = tuple(Numeral("0") if value == 0 else form(float(value)) for value in values)
    return TickNumbers(labels, _in_full(offset, last) if offset else None)


def _in_full(offset: float, last: int) -> Node:
    """All its digits, for the numbers at the axis are added to it; beyond their last place is only rounding."""
    value = quantized(Decimal(repr(offset)), last)
    return numeral(value) if abs(offset) >= _WRITTEN_OUT else Numeral(f"{value.normalize():f}")


def _of_log_axis(values: NDArray[np.float64]) -> tuple[Node, ...]:
    """Plain numbers where all of them are short, else powers of ten."""
    sizes = np.abs(values[values != 0])
    if not len(sizes) or (sizes.min() >= 1e-3 and sizes.max() < 1e5):
        return tuple(number(float(value), 4) for value in values)
    return tuple(_power(float(value)) for value in values)


def _power(value: float) -> Node:
    if value == 0:
        return Numeral("0")
    exponent = magnitude(_round(value))
    return Numeral(f"{round(over_power(value, exponent), 6):g}", exponent)


def _round(value: float) -> float:
    """Without what rounding has left: 0.0999999999 is 0.1."""
    return float(f"{value:.8e}")
