"""Numbers as they are shown: few digits, but so many that what differs looks different."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdcore.base.rates import Rate
from gdcore.notation import Fenced, Node, Numeral, Sign, Symbol, Word, listed, row

from .decimals import PLAIN, magnitude, numeral, over_power, rounded

DIGITS = 5
"""Significant digits of a number that stands alone."""

_FAR_OFF = 100.0  # times the largest: what is beyond has left the others
_ALIKE = 2.0  # times the smallest: numbers within that are alike in size
MOST_DIGITS = 10
"""Significant digits that a row of numbers has at most, however little they differ."""
_ALONE = 13  # those of a number in a sentence or a cell, which has more room

_HUGE = 1e7
_COUNTED, _ROUND = 1e8, 1e4  # whole numbers below the first are written out, but for multiples of the second


def number(value: float, digits: int = DIGITS) -> Node:
    """A number with about ``digits`` significant digits and no needless zeros; powers of ten where it is long."""
    if not math.isfinite(value):
        return _nonfinite(value)
    if value.is_integer() and _HUGE <= abs(value) < _COUNTED and value % _ROUND:
        return Numeral(f"{value:.0f}")  # a count, a year in seconds: its digits say something
    return numeral(rounded(value, digits))


def number_beside(value: float, *others: float, digits: int = DIGITS) -> Node:
    """A number in so many digits that it can be told from the others where it differs from them."""
    different = [other for other in others if other != value and math.isfinite(other)]
    nearest = min(different, key=lambda other: abs(other - value), default=math.inf)
    alike = abs(nearest) <= _ALIKE * abs(value)
    return format_of([value, nearest], digits, most=_ALONE)(value) if alike else number(value, digits)


def told_apart(values: Sequence[float], digits: int = DIGITS) -> list[Node]:
    """Numbers with about ``digits`` significant digits, or with so many that all that differ look different."""
    for count in range(digits, 18):
        shown = [number(value, count) for value in values]
        if len(set(shown)) >= len(set(values)):
            break
    return shown


def signed(node: Node) -> Node:
    """A number behind an operator: in brackets when it is negative."""
    negative = isinstance(node, Numeral) and node.digits.startswith("-")
    return Fenced(node) if negative else node


def whole(value: int) -> Numeral:
    """A count or the number of a step."""
    return Numeral(str(int(value)))


def rate_node(rate: Rate, digits: int = DIGITS) -> Node:
    """A learning rate: 0.1; or (0.01, 0.1), one for each parameter in their order."""
    if isinstance(rate, tuple):
        return Fenced(listed(number(one, digits) for one in rate))
    return number(rate, digits)


def point(names: Iterable[Node], values: Sequence[Node]) -> Node:
    """w = 1, b = −2."""
    parts: list[Node] = []
    for name, value in zip(names, values, strict=True):
        parts += [*([Sign("comma")] if parts else []), name, Sign("equals"), value]
    return row(parts)


# Numbers one after the other


@dataclass(frozen=True, slots=True)
class Format:
    """How the numbers of one row, column or readout are written: with so many ``decimals``, so that none jumps.

    With an ``exponent`` all are multiples of that power of ten. A number of ``own`` and more has a power of its own.
    """

    decimals: int
    exponent: int | None = None
    own: float = _HUGE

    def __call__(self, value: float) -> Node:
        if not math.isfinite(value):
            return _nonfinite(value)
        if abs(value) >= self.own:
            return numeral(rounded(value, DIGITS))
        scaled = value if self.exponent is None else over_power(value, self.exponent)
        text = f"{scaled:.{self.decimals}f}"
        if float(text) == 0:
            return Numeral(text.lstrip("-"))
        return Numeral(text, self.exponent)


def format_of(
    values: ArrayLike, digits: int = DIGITS, *, neighbours: ArrayLike | None = None, most: int = MOST_DIGITS
) -> Format:
    """The format of numbers that are shown one after the other, or below one another.

    They get the decimals with which the largest has ``digits`` significant ones, and more where ``neighbours``
    (the values in the order in which they are shown; ``values`` themselves without it) could else not be told apart.
    """
    given = finite_values(values)
    # Far from zero all are alike in size, and what differs stands behind; else a run may leave, and its numbers grow.
    sizes = np.abs(given[given != 0])
    top = float(sizes.max(initial=0.0))
    alike = bool(len(sizes)) and len(sizes) == len(given) and top / _ALIKE <= sizes.min()
    own = max(_HUGE, _FAR_OFF * top) if alike else _HUGE
    seen = given[np.abs(given) < own]
    largest = float(np.abs(seen).max(initial=0.0))
    if largest == 0:
        return Format(0 if len(given) else digits - 2)
    size = magnitude(largest)
    decimals = digits - 1 - size
    with np.errstate(over="ignore"):  # what is infinitely far off is left out
        gaps = np.abs(np.diff(seen if neighbours is None else finite_values(neighbours)))
    gaps = gaps[(gaps > 0) & (gaps < own)]
    if len(gaps):
        # Two numbers that differ by two units of the last place are never shown alike.
        least = float(gaps.min())
        decimals = max(decimals, math.ceil(-math.log10(least / 2 or least)))
    last = max(most - 1 - size, 0) if size < most else most - 1 - size
    if decimals > last:  # what differs only beyond gets no zeros for it
        decimals = last
        seen = np.array([round(float(value), last) for value in seen])
    if size < PLAIN[0] + 1 or (size >= PLAIN[-1] + 1 and decimals + size < PLAIN[-1]):
        scaled = np.array([over_power(float(value), size) for value in seen])
        return Format(_needed(scaled, max(0, decimals + size)), size, _FAR_OFF * largest)
    return Format(_needed(seen, max(0, decimals)), None, own)


def _needed(values: NDArray[np.float64], decimals: int) -> int:
    """Fewer decimals where all the numbers are exact with them."""
    size = float(np.abs(values).max(initial=0.0))
    while decimals > 0 and np.allclose(
        values, np.round(values, decimals - 1), rtol=0.0, atol=4e-16 * max(size, 1e-300)
    ):
        decimals -= 1
    return decimals


def value_of(node: Node) -> float:
    """The number that is shown. Raises TypeError for what is none."""
    if not isinstance(node, Numeral):
        raise TypeError(f"{node} is no number")
    return float(Decimal(node.digits).scaleb(node.exponent or 0))


def _nonfinite(value: float) -> Node:
    if math.isnan(value):
        return Word("–")
    return Symbol("infinity") if value > 0 else row([Sign("negative"), Symbol("infinity")])


def finite_values(values: ArrayLike) -> NDArray[np.float64]:
    """Those of the values that are finite, in a row."""
    given = np.asarray(values, dtype=np.float64).ravel()
    return given[np.isfinite(given)]
