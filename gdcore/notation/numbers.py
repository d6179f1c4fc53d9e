"""Numbers as they are printed: inside a sentence, to type back, and as mathematics."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from gdcore.notation.nodes import Numeral


def short(value: float, digits: int = 6) -> str:
    """At most ``digits`` significant digits: 0.0812843, 12.5, 3.2e-7, 1e+20 as 1e20, inf, nan."""
    if not math.isfinite(value):
        return str(value)
    text = f"{value:.{digits}g}"
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if mark else mantissa


def plain_number(value: float | Fraction) -> str:
    """A number that can be typed back: 0.05, 12, 1e-07."""
    digits, exponent = _digits(value)
    return digits if exponent is None else f"{digits}e{exponent}"


def exact_number(value: float | Fraction) -> Numeral:
    """A number with its shortest digits, as mathematics: 0.05, -12, 1.5 dot 10^(-7)."""
    return Numeral(*_digits(value))


def _digits(value: float | Fraction) -> tuple[str, int | None]:
    """The shortest digits of a finite ``value``, and a power of ten where plain digits would be long."""
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)  # 28 digits
        short = Decimal(repr(_nearest(value)))
        number = exact if len(exact.as_tuple().digits) <= 15 else short
    else:
        number = Decimal(repr(float(value)))
    if number.is_zero():
        return "0", None
    number = number.normalize()
    size = number.adjusted()
    places = -int(number.as_tuple().exponent)
    if -5 <= size < 0 or (0 <= size < 9) or (size < 15 and places <= 0 and len(number.as_tuple().digits) > 6):
        return f"{number:f}", None
    return f"{number.scaleb(-size).normalize():f}", size


def _nearest(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.copysign(1.7976931348623157e308, value)
