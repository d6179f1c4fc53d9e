"""Exact numbers in front of expressions."""

from __future__ import annotations

from fractions import Fraction

_MAX_BITS = 4096  # of an exactly folded number


class Coefficient:
    """An exact factor, and whether it was written as a decimal (0.5) or as a fraction (1/2)."""

    __slots__ = ("decimal", "value")

    def __init__(self, value: Fraction, decimal: bool = False) -> None:
        self.value = value
        self.decimal = decimal

    def __mul__(self, other: Coefficient) -> Coefficient:
        return Coefficient(self.value * other.value, self.decimal or other.decimal)

    def __add__(self, other: Coefficient) -> Coefficient:
        return Coefficient(self.value + other.value, self.decimal or other.decimal)

    def may_be_raised_to(self, exponent: int) -> bool:
        """Is this to the power ``exponent`` worth an exact number? 9^9^9 is not, and 0^-1 is none."""
        if self.value == 0 and exponent < 0:
            return False
        # A double holds numbers up to 2^1024; beyond, the arithmetic of the machine says inf (or 0).
        return abs(self.value) == 1 or self.bits * abs(exponent) <= 512

    @property
    def bits(self) -> int:
        """How long the numerator and the denominator are together."""
        return self.value.numerator.bit_length() + self.value.denominator.bit_length()

    def to_the(self, exponent: int) -> Coefficient:
        """This coefficient to an integer power."""
        return Coefficient(self.value**exponent, self.decimal)


MINUS_ONE = Coefficient(Fraction(-1))
ONE = Coefficient(Fraction(1))
ZERO = Coefficient(Fraction(0))


def terminates(value: Fraction) -> bool:
    """Has ``value`` a decimal form with an end? Up to 340 places are looked at: doubles end there."""
    return pow(10, 340, value.denominator) == 0


def small(*coefficients: Coefficient) -> bool:
    """May these be multiplied exactly without the digits getting out of hand?"""
    return all(coefficient.bits < _MAX_BITS for coefficient in coefficients)
