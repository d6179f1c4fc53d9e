"""The digits of a table: rows that differ look different, and old value − step = next value is true as it stands."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdcore.notation import Node, Numeral, plain

from ..text import Format, format_of, number
from ..text.numbers import DIGITS, MOST

FloatArray = NDArray[np.float64]
Shown: TypeAlias = Callable[[float], Node]
"""How a column writes its numbers."""

_FINER = 4  # further digits that are tried so that a sum closes


@dataclass(frozen=True)
class Sums:
    """A column each for the old value, the slope, what is subtracted and the new value."""

    old: Shown
    slope: Shown
    move: Shown
    new: Shown


def cells(values: ArrayLike, decimal: str, shown: Shown | None = None, digits: int = DIGITS) -> list[str]:
    """The numbers (n,) of a column as text; a value that is not there is nan and becomes a dash."""
    shown = shown or format_of(values, digits)
    return [plain(shown(float(value)), decimal) for value in np.asarray(values, dtype=np.float64)]


def closing(
    old: FloatArray, slope: FloatArray, move: FloatArray, new: FloatArray, rate: float | None
) -> Sums:
    """Digits in which old − move = new in every row (n,), and rate · slope = move where there is a `rate`.

    They are those that each column needs by itself, and as many more as it takes: in the operands, so that the
    result is right in the digits it has. Where that would be more than `MOST` it is left alone.
    """
    base, own, steep = (
        format_of(np.concatenate([old, new]), neighbours=old),
        format_of(move),
        format_of(slope),
    )
    there = np.isfinite(new)
    for more in range(_FINER):
        finer = _Finer(base, more, old)
        least = _Finer(own, max(0, _place(own) - _place(base) + more), move)
        rows = zip(old[there].tolist(), move[there].tolist(), new[there].tolist(), strict=True)
        if finer.fits and least.fits and all(_adds_up(finer(a), least(b), base(c)) for a, b, c in rows):
            return Sums(finer, _steep(steep, slope, move, least, rate), least, base)
    return Sums(base, _steep(steep, slope, move, own, rate), own, base)


def _steep(form: Format, slope: FloatArray, move: FloatArray, shown: Shown, rate: float | None) -> Shown:
    """The slopes in digits in which rate · slope gives what is subtracted, as both are shown."""
    if rate is None:
        return form
    factor = _value(number(rate))
    rows = [(s, m) for s, m in zip(slope.tolist(), move.tolist(), strict=True) if math.isfinite(m)]
    for more in range(_FINER):
        finer = _Finer(form, more, slope)
        if finer.fits and all(_rounds_to(factor * _value(finer(s)), shown(m)) for s, m in rows):
            return finer
    return form


@dataclass(frozen=True)
class _Finer:
    """A format with `more` digits, for these `values` (n,)."""

    form: Format
    more: int
    values: FloatArray

    def __call__(self, value: float) -> Node:
        node = Format(self.form.decimals + self.more, self.form.exponent)(value)
        alone = isinstance(node, Numeral) and node.exponent is not None and self.form.exponent is None
        return number(value, DIGITS + self.more) if alone else node

    @property
    def fits(self) -> bool:
        """Are the digits not too many to be read?"""
        sizes = np.abs(self.values[np.isfinite(self.values)])
        largest = float(sizes.max(initial=0.0))
        size = math.floor(math.log10(largest)) if largest > 0 else 0
        return self.more == 0 or size - _place(self.form) + self.more < MOST


def _place(form: Format) -> int:
    """The power of ten of the last digit that is written."""
    return (form.exponent or 0) - form.decimals


def _value(node: Node) -> Decimal:
    """The number as it is read; nan for what is none."""
    return Decimal(node.digits).scaleb(node.exponent or 0) if isinstance(node, Numeral) else Decimal("nan")


def _adds_up(old: Node, move: Node, new: Node) -> bool:
    return _rounds_to(_value(old) - _value(move), new)


def _rounds_to(value: Decimal, shown: Node) -> bool:
    """Is this the number shown, rounded to its last place?"""
    target = _value(shown)
    if value.is_nan() or target.is_nan():
        return value.is_nan() and target.is_nan()
    last = target.as_tuple().exponent
    assert isinstance(last, int)
    return abs(value - target) <= Decimal(5).scaleb(last - 1)


__all__ = ["Shown", "Sums", "cells", "closing"]
