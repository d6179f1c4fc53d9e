"""Numbers as they are shown: few digits, but so many that what differs looks different and every sum closes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdcore.notation import Fenced, Node, Numeral, Row, Sign, Symbol, Word, row

DIGITS = 5
"""Significant digits of a number that stands alone."""

_FAR_OFF = 100.0  # times the largest: what is beyond has left the others
_ALIKE = 2.0  # times the smallest: numbers within that are alike in size
MOST = 10
"""Significant digits that a row of numbers has at most, however little they differ."""

_PLAIN = range(-4, 7)  # powers of ten of numbers that are written out
_HUGE = 1e7
_COUNTED, _ROUND = 1e8, 1e4  # whole numbers below the first are written out, but for multiples of the second
_CERTAIN = 13  # digits of a difference of two numbers that rounding has left alone, and a few to spare
_EXACT = Context(prec=800, rounding=ROUND_HALF_EVEN)


def number(value: float, digits: int = DIGITS) -> Node:
    """A number with about ``digits`` significant digits and no needless zeros; powers of ten where it is long."""
    if not math.isfinite(value):
        return _nonfinite(value)
    if value.is_integer() and _HUGE <= abs(value) < _COUNTED and value % _ROUND:
        return Numeral(f"{value:.0f}")  # a count, a year in seconds: its digits say something
    return _node(_rounded(value, digits))


def number_beside(value: float, *others: float, digits: int = DIGITS) -> Node:
    """A number in so many digits that it can be told from the others where it differs from them."""
    different = [other for other in others if other != value and math.isfinite(other)]
    nearest = min(different, key=lambda other: abs(other - value), default=math.inf)
    alike = abs(nearest) <= _ALIKE * abs(value)
    return format_of([value, nearest], digits)(value) if alike else number(value, digits)


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
            return _node(_rounded(value, DIGITS))
        scaled = value if self.exponent is None else value / 10.0**self.exponent
        text = f"{scaled:.{self.decimals}f}"
        if float(text) == 0:
            return Numeral(text.lstrip("-"))
        return Numeral(text, self.exponent)


def format_of(values: ArrayLike, digits: int = DIGITS, *, neighbours: ArrayLike | None = None) -> Format:
    """The format of numbers that are shown one after the other, or below one another.

    They get the decimals with which the largest has ``digits`` significant ones, and more where ``neighbours``
    (the values in the order in which they are shown; ``values`` themselves without it) could else not be told apart.
    """
    given = _finite(values)
    # Far from zero all are alike in size, and what differs stands behind; else a run may leave, and its numbers grow.
    sizes = np.abs(given[given != 0])
    alike = bool(len(sizes)) and len(sizes) == len(given) and sizes.max() <= _ALIKE * sizes.min()
    own = max(_HUGE, _FAR_OFF * sizes.max()) if alike else _HUGE
    seen = given[np.abs(given) < own]
    largest = float(np.abs(seen).max(initial=0.0))
    if largest == 0:
        return Format(0 if len(given) else digits - 2)
    size = math.floor(math.log10(largest))
    decimals = digits - 1 - size
    gaps = np.abs(np.diff(seen if neighbours is None else _finite(neighbours)))
    gaps = gaps[(gaps > 0) & (gaps < own)]
    if len(gaps):
        # Two numbers that differ by two units of the last place are never shown alike.
        decimals = max(decimals, math.ceil(-math.log10(float(gaps.min()) / 2)))
    decimals = min(decimals, max(MOST - 1 - size, 0) if size < MOST else MOST - 1 - size)
    if size < _PLAIN[0] + 1 or (size >= _PLAIN[-1] + 1 and decimals + size < _PLAIN[-1]):
        return Format(_needed(seen / 10.0**size, max(0, decimals + size)), size, _FAR_OFF * largest)
    return Format(_needed(seen, max(0, decimals)), None, own)


def _needed(values: NDArray[np.float64], decimals: int) -> int:
    """Fewer decimals where all the numbers are exact with them."""
    size = float(np.abs(values).max(initial=0.0))
    while decimals > 0 and np.allclose(
        values, np.round(values, decimals - 1), rtol=0.0, atol=4e-16 * max(size, 1e-300)
    ):
        decimals -= 1
    return decimals


# Sums that close


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """old − rate · slope = new, in digits with which that is true: the operands shown give, rounded, the result shown."""

    old: Node
    rate: Node
    slope: Node
    new: Node

    @property
    def sum(self) -> Node:
        """The whole of it in a row."""
        return row([*self.change.parts, Sign("equals"), self.new])

    @property
    def change(self) -> Row:
        """The left side: old − rate · slope."""
        return Row((self.old, Sign("minus"), self.rate, Sign("dot"), signed(self.slope)))


def arithmetic(old: float, rate: float, slope: float, new: float, digits: int = DIGITS) -> Arithmetic:
    """The step old − rate · slope = new spelled out, of finite numbers for which that is so but for rounding.

    As many digits as it takes for the sum to close in the digits shown, and for old and new to look as different as
    they are. What is left of two equal numbers but for rounding is 0.
    """
    step = _EXACT.subtract(Decimal(new), Decimal(old))
    size = max(abs(Decimal(old)), abs(Decimal(rate) * Decimal(slope)))
    finest = size.adjusted() - _CERTAIN if size else 0
    seen = bool(step) and step.adjusted() > finest
    for count in range(digits, 18):
        shown_old, shown_rate, shown_slope = (_rounded(value, count) for value in (old, rate, slope))
        # The last place of the result: that of its own digits, or finer, where the step would not be seen.
        place = _last_place(Decimal(new), count)
        if seen:
            place = min(place, step.adjusted() - 2)
        shown_new = _quantized(Decimal(new), max(place, finest))
        result = _EXACT.subtract(shown_old, _EXACT.multiply(shown_rate, shown_slope))
        # To the last place that is written, which zeros at the end are not.
        closes = _quantized(result, _place_of(shown_new)) == shown_new
        told = abs(_EXACT.subtract(_EXACT.subtract(shown_new, shown_old), step)) <= abs(step) / 20
        if closes and (told or not seen):
            break
    return Arithmetic(_node(shown_old), _node(shown_rate), _node(shown_slope), _node(shown_new))


@dataclass(frozen=True, slots=True)
class Multiplied:
    """left · right = product, true in the digits shown."""

    left: Node
    right: Node
    product: Node


def multiplied(left: float, right: float, digits: int = DIGITS) -> Multiplied:
    """A product of two finite numbers: as many digits of it as the digits shown of the two vouch for."""
    for count in range(digits, 18):
        shown = [_rounded(value, count) for value in (left, right)]
        exact = _EXACT.multiply(*shown)
        true = Decimal(left) * Decimal(right)
        for kept in range(digits, 1, -1):
            place = _last_place(true, kept) if true else 0
            rounded = _quantized(true, place)
            if _quantized(exact, place) == rounded:
                return Multiplied(_node(shown[0]), _node(shown[1]), _node(rounded))
    return Multiplied(number(left, 17), number(right, 17), number(left * right, digits))


def value_of(node: Node) -> float:
    """The number that is shown. Raises TypeError for what is none."""
    if not isinstance(node, Numeral):
        raise TypeError(f"{node} is no number")
    return float(Decimal(node.digits).scaleb(node.exponent or 0))


def _rounded(value: float, digits: int) -> Decimal:
    if value == 0:
        return Decimal(0)
    exact = Decimal(value)
    return _stripped(_quantized(exact, _last_place(exact, digits)))


def _last_place(value: Decimal, digits: int) -> int:
    """The power of ten of the last of so many significant digits; of a number that is written out at most the units."""
    place = (value.adjusted() if value else 0) - digits + 1
    return min(place, 0) if not value or value.adjusted() in _PLAIN else place


def _quantized(value: Decimal, place: int) -> Decimal:
    """The value rounded to a multiple of a power of ten."""
    if value.as_tuple().exponent >= place:  # type: ignore[operator]
        return _stripped(value)
    return _stripped(value.quantize(Decimal(1).scaleb(place), context=_EXACT))


def _place_of(value: Decimal) -> int:
    """The power of ten of the last digit that is written."""
    if not value:
        return 0
    bare = value if value.adjusted() in _PLAIN else value.normalize(_EXACT)
    return int(bare.as_tuple().exponent)


def _stripped(value: Decimal) -> Decimal:
    """Without zeros at the end behind the point; a whole number has no power of ten."""
    if not value:
        return Decimal(0)
    bare = value.normalize(_EXACT)
    return bare if bare.as_tuple().exponent <= 0 else bare.quantize(Decimal(1), context=_EXACT)  # type: ignore[operator]


def _node(value: Decimal) -> Node:
    if not value:
        return Numeral("0")
    size = value.adjusted()
    if size in _PLAIN:
        return Numeral(f"{_stripped(value):f}")
    mantissa = value.scaleb(-size, context=_EXACT).normalize(_EXACT)
    return Numeral(f"{mantissa:f}", size)


def _nonfinite(value: float) -> Node:
    if math.isnan(value):
        return Word("–")
    return Symbol("infinity") if value > 0 else row([Sign("negative"), Symbol("infinity")])


def _finite(values: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(values, dtype=np.float64).ravel()
    return given[np.isfinite(given)]
