"""Sums and products that are spelled out: few digits, and true in the digits shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gdcore.notation import Node, Numeral, Row, Sign, row

from .decimals import EXACT, last_place, last_written, numeral, quantized, rounded
from .numbers import DIGITS, MOST_DIGITS, number, signed, value_of

READABLE = 8
"""Significant digits of a number in a sum, where it can be helped."""

_SHORT = 5  # digits of a number that is read at a glance
_FINEST = 7  # decimals that are tried for that
_CERTAIN = 13  # digits of a difference of two numbers that rounding has left alone, and a few to spare


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

    @property
    def size(self) -> Node:
        """How long the step is: what the rate and slope shown give."""
        return number(abs(value_of(self.rate) * value_of(self.slope)))


def arithmetic(old: float, rate: float, slope: float, new: float, digits: int = DIGITS) -> Arithmetic:
    """The step old − rate · slope = new spelled out, of finite numbers for which that is so but for rounding.

    As many digits as it takes for the sum to close in the digits shown, and for old and new to look as different as
    they are; where that would be too many to read, fewer of the result. What is left of two equal numbers but for
    rounding is 0.
    """
    step = EXACT.subtract(Decimal(new), Decimal(old))
    size = max(abs(Decimal(old)), abs(Decimal(rate) * Decimal(slope)))
    finest = size.adjusted() - _CERTAIN if size else 0
    seen = bool(step) and step.adjusted() > finest
    # The last place of the result: that of its own digits, or finer, where the step would not be seen.
    wanted = last_place(Decimal(new), digits)
    if seen:
        wanted = min(wanted, step.adjusted() - 2)
    for count, coarser in _attempts(digits):
        place = max(wanted, finest) + coarser
        if coarser and new and place >= Decimal(new).adjusted():
            continue  # two digits are left of it
        operands = [rounded(value, count) for value in (old, rate, slope)]
        shown_new = quantized(Decimal(new), place)
        # To the last place that is written, which zeros at the end are not.
        closes = quantized(_result(*operands), last_written(shown_new)) == shown_new
        told = abs(EXACT.subtract(EXACT.subtract(shown_new, operands[0]), step)) <= abs(step) / 20
        if closes and (told or not seen):
            return Arithmetic(*map(numeral, (*operands, shown_new)))
    # What the numbers shown give, to the last place that they vouch for; a small rest of large ones loses one more.
    operands = [rounded(value, MOST_DIGITS) for value in (old, rate, slope)]
    rest = Decimal(new).adjusted() < size.adjusted()
    shown_new = quantized(_result(*operands), max(wanted, size.adjusted() - MOST_DIGITS + 1 + rest))
    return Arithmetic(*map(numeral, (*operands, shown_new)))


def short_arithmetic(old: float, rate: float, slope: float, new: float) -> Arithmetic:
    """As `arithmetic`, in few decimals: for a step that is seen only for a moment, or set large.

    The fewest decimals with which the sum closes, and with which the step shown is within a twentieth of the true one.
    """
    plain = arithmetic(old, rate, slope, new)
    if _longest(plain) <= _SHORT:
        return plain
    step = EXACT.subtract(Decimal(new), Decimal(old))
    for decimals in range(2, _FINEST):
        shown = [quantized(Decimal(value), -decimals) for value in (old, slope, new)]
        operands = (shown[0], rounded(rate, DIGITS), shown[1])
        closes = quantized(_result(*operands), -decimals) == shown[2]
        told = abs(EXACT.subtract(EXACT.subtract(shown[2], shown[0]), step)) <= abs(step) / 20
        if closes and told and step:
            short = Arithmetic(*map(numeral, (*operands, shown[2])))
            return short if _longest(short) < _longest(plain) else plain
    return plain


def _longest(step: Arithmetic) -> int:
    """The most digits that a number of a step has."""
    numbers = (node.digits if isinstance(node, Numeral) else "" for node in (step.old, step.slope, step.new))
    return max(sum(letter.isdigit() for letter in digits) for digits in numbers)


def _attempts(digits: int) -> Iterator[tuple[int, int]]:
    """Digits of the three numbers, and places fewer of the result, the most welcome first."""
    for most in (READABLE, MOST_DIGITS):
        yield from ((count, 0) for count in range(digits, most + 1))
        yield from ((most, coarser) for coarser in range(1, MOST_DIGITS))


def _result(old: Decimal, rate: Decimal, slope: Decimal) -> Decimal:
    return EXACT.subtract(old, EXACT.multiply(rate, slope))


@dataclass(frozen=True, slots=True)
class Multiplied:
    """left · right = product, true in the digits shown."""

    left: Node
    right: Node
    product: Node


def multiplied(left: float, right: float) -> Multiplied:
    """A product of two finite numbers: as many digits of it as the digits shown of the two vouch for."""
    for count in range(DIGITS, 18):
        shown = [rounded(value, count) for value in (left, right)]
        exact = EXACT.multiply(*shown)
        true = Decimal(left) * Decimal(right)
        for kept in range(DIGITS, 1, -1):
            place = last_place(true, kept) if true else 0
            due = quantized(true, place)
            if quantized(exact, place) == due:
                return Multiplied(numeral(shown[0]), numeral(shown[1]), numeral(due))
    return Multiplied(number(left, 17), number(right, 17), number(left * right))
