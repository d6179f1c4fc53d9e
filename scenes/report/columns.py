"""The digits of a table: rows that differ look different, and old value − step = next value is true as it stands."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node, Numeral, plain
from scenes.text import Format, format_of, number
from scenes.text.numbers import DIGITS, MOST_DIGITS, finite_values

_FINER, _STEEPER = 4, 8  # further digits that are tried so that a sum, or a product, closes
_FIRST = 11  # rows that are always told apart; of later ones those that need no more than `_LATER` digits
_LATER = 7


@dataclass(frozen=True)
class Digits:
    """How a column writes its numbers: all with the decimals of `form`; or each by itself, with so many `digits`.

    By themselves stand numbers that are too large for the form, and all where there is none.
    """

    form: Format | None
    digits: int

    def __call__(self, value: float) -> Node:
        if self.form is None:
            return number(value, self.digits)
        return number(value, self.digits) if self.is_alone(value) else self.form(value)

    def is_alone(self, value: float) -> bool:
        """Is this number written by itself?"""
        if self.form is None:
            return True
        node = self.form(value)
        return isinstance(node, Numeral) and node.exponent is not None and self.form.exponent is None

    def finer(self, more: int) -> Digits:
        """With so many digits more."""
        form = self.form and replace(self.form, decimals=self.form.decimals + more)
        return Digits(form, self.digits + more)

    def place(self) -> int:
        """The power of ten of the last digit that all numbers have in common, or 0."""
        return 0 if self.form is None else (self.form.exponent or 0) - self.form.decimals


def digits_of(values: ArrayLike, digits: int = DIGITS, *, rows: ArrayLike | None = None) -> Digits:
    """The digits for the numbers (n,) of a column, nan for those that are not there.

    `rows` are those that stand below one another, where `values` holds more.
    """
    given = finite_values(values)
    column = given if rows is None else finite_values(rows)
    form = format_of(given, digits, neighbours=_told_apart(column))
    alike = Digits(form, digits)
    shown = [form(value) for value in given.tolist() if value and not alike.is_alone(value)]
    poor = sum(_significant(node) < 2 for node in shown)
    if poor > len(shown) / 2:  # of very different sizes
        alike = Digits(None, digits)
    return replace(alike, digits=_digits_alone(alike, column))


def cells(values: ArrayLike, decimal: str, shown: Digits | None = None, digits: int = DIGITS) -> list[str]:
    """The numbers (n,) of a column as text; a value that is not there is nan and becomes a dash."""
    shown = shown or digits_of(values, digits)
    return [plain(shown(float(value)), decimal) for value in np.asarray(values, dtype=np.float64)]


def _told_apart(column: FloatArray) -> FloatArray:
    """Two numbers as near to one another as any two neighbours that are to look different."""
    largest = float(np.abs(column).max(initial=0.0))
    if largest == 0:
        return column
    ends = np.r_[column[:_FIRST], column[-1:]]
    with np.errstate(over="ignore"):  # what is infinitely far apart looks different in any case
        later, near = np.abs(np.diff(column[_FIRST - 1 :])), np.abs(np.diff(ends))
    later = later[later >= 2 * 10.0 ** (math.floor(math.log10(largest)) - _LATER + 1)]
    gaps = np.r_[near, later]
    gaps = gaps[(gaps > 0) & np.isfinite(gaps)]
    return np.array([0.0, float(gaps.min())]) if len(gaps) else np.zeros(1)


def _digits_alone(shown: Digits, column: FloatArray) -> int:
    """So many digits for numbers by themselves that neighbours look as different as they are, where that can be."""
    most = shown.digits
    for a, b in zip(column[:-1].tolist(), column[1:].tolist(), strict=True):
        if a == b or not (shown.is_alone(a) or shown.is_alone(b)):
            continue
        for digits in range(most, MOST_DIGITS + 1):
            one, other = (_value(replace(shown, digits=digits)(value)) for value in (a, b))
            if abs(one - other - Decimal(a - b)) <= abs(Decimal(a - b)) / 20:
                most = digits
                break
    return most


def _significant(node: Node) -> int:
    digits = node.digits.lstrip("-0.").replace(".", "") if isinstance(node, Numeral) else ""
    return len(digits)


# Sums that close


@dataclass(frozen=True)
class Sums:
    """A column each for the old value, the slope, what is subtracted and the new value."""

    old: Digits
    slope: Digits
    move: Digits
    new: Digits


def closing(
    old: FloatArray, slope: FloatArray, move: FloatArray, new: FloatArray, rate: float | None
) -> Sums:
    """Digits in which old − move = new in every row (n,), and rate · slope = move where there is a `rate`.

    They are those that each column needs by itself, and as many more as it takes: in the operands, so that the
    result is right in the digits it has. With `MOST` digits as many rows as can be are true.
    """
    result = digits_of(np.concatenate([old, new]), rows=old)
    own, steep = digits_of(move), digits_of(slope)
    if result.form is None:
        own, steep = replace(own, form=None), replace(steep, form=None)
    there = np.isfinite(new)
    rows = list(zip(old[there].tolist(), move[there].tolist(), new[there].tolist(), strict=True))
    found: list[tuple[int, int, Digits, Digits]] = []
    for more in range(_FINER):
        finer = result.finer(more)
        step = own.finer(max(0, own.place() - result.place() + more) if own.form else more)
        if not more or (_fits(finer, old) and _fits(step, move)):
            wrong = sum(
                not _rounds_to(_value(finer(a)) - _value(step(b)), _value(result(c))) for a, b, c in rows
            )
            found.append((wrong, more, finer, step))
    _, _, finer, step = min(found, key=lambda tried: tried[:2])
    return Sums(finer, _steep(steep, slope, move, step, rate), step, result)


def _steep(steep: Digits, slope: FloatArray, move: FloatArray, step: Digits, rate: float | None) -> Digits:
    """The slopes in digits in which rate · slope gives what is subtracted, as both are shown."""
    if rate is None:
        return steep
    factor = Decimal(repr(rate))
    rows = [
        (s, _value(step(m))) for s, m in zip(slope.tolist(), move.tolist(), strict=True) if math.isfinite(m)
    ]
    found: list[tuple[int, int, Digits]] = []
    for more in range(_STEEPER):
        finer = steep.finer(more)
        if not more or _fits(finer, slope):
            wrong = sum(not _rounds_to(factor * _value(finer(s)), m) for s, m in rows)
            found.append((wrong, more, finer))
    return min(found, key=lambda tried: tried[:2])[2]


def _fits(shown: Digits, values: FloatArray) -> bool:
    """Are the digits not too many to be read?"""
    if shown.form is None:
        return shown.digits <= MOST_DIGITS
    largest = max(
        (abs(value) for value in finite_values(values).tolist() if not shown.is_alone(value)), default=0.0
    )
    size = math.floor(math.log10(largest)) if largest > 0 else 0
    return size - shown.place() < MOST_DIGITS


def _value(node: Node) -> Decimal:
    """The number as it is read; nan for what is none."""
    return Decimal(node.digits).scaleb(node.exponent or 0) if isinstance(node, Numeral) else Decimal("nan")


def _rounds_to(value: Decimal, target: Decimal) -> bool:
    """Is one the other, rounded to its last place?"""
    if value.is_nan() or target.is_nan():
        return value.is_nan() and target.is_nan()
    last = target.as_tuple().exponent
    assert isinstance(last, int)
    return abs(value - target) <= Decimal(5).scaleb(last - 1)
