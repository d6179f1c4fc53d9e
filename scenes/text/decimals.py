"""Decimals behind the numbers that are shown: exact, rounded at a place, and spelled as mathematics."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

from gdcore.notation import Numeral

PLAIN = range(-4, 7)  # powers of ten of numbers that are written out
EXACT = Context(prec=800, rounding=ROUND_HALF_EVEN)
_LARGEST_POWER = 300  # of ten, with a reciprocal that has all its digits


def magnitude(value: float) -> int:
    """The power of ten of the first digit of a finite number other than 0."""
    return Decimal(repr(float(value))).adjusted()


def over_power(value: float, exponent: int) -> float:
    """The value divided by a power of ten, which may be too large or too small for a number of the machine."""
    if abs(exponent) < _LARGEST_POWER:
        return value / 10.0**exponent
    return float(Decimal(repr(float(value))).scaleb(-exponent))


def rounded(value: float, digits: int) -> Decimal:
    """A finite number with so many significant digits, or all of a whole one that is written out."""
    if value == 0:
        return Decimal(0)
    exact = Decimal(value)
    return _stripped(quantized(exact, last_place(exact, digits)))


def last_place(value: Decimal, digits: int) -> int:
    """The power of ten of the last of so many significant digits; of a number that is written out at most the units."""
    place = (value.adjusted() if value else 0) - digits + 1
    return min(place, 0) if not value or value.adjusted() in PLAIN else place


def quantized(value: Decimal, place: int) -> Decimal:
    """The value rounded to a multiple of a power of ten."""
    if value.as_tuple().exponent >= place:  # type: ignore[operator]
        return _stripped(value)
    return _stripped(value.quantize(Decimal(1).scaleb(place), context=EXACT))


def last_written(value: Decimal) -> int:
    """The power of ten of the last digit that is written."""
    if not value:
        return 0
    bare = value if value.adjusted() in PLAIN else value.normalize(EXACT)
    return int(bare.as_tuple().exponent)


def _stripped(value: Decimal) -> Decimal:
    """Without zeros at the end behind the point; a whole number has no power of ten."""
    if not value:
        return Decimal(0)
    bare = value.normalize(EXACT)
    return bare if bare.as_tuple().exponent <= 0 else bare.quantize(Decimal(1), context=EXACT)  # type: ignore[operator]


def numeral(value: Decimal) -> Numeral:
    """The value in digits, with a power of ten where it is very large or small."""
    if not value:
        return Numeral("0")
    size = value.adjusted()
    if size in PLAIN:
        return Numeral(f"{_stripped(value):f}")
    mantissa = value.scaleb(-size, context=EXACT).normalize(EXACT)
    return Numeral(f"{mantissa:f}", size)
