"""Names and numbers as they are printed: in plain text, for readers, in Typst math and in mathtext."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

# fmt: off
_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)
# fmt: on
GREEK = frozenset(_GREEK) | frozenset(word.capitalize() for word in _GREEK)

_INDEXED = re.compile(r"(?P<stem>[A-Za-z]+?)(?:_(?P<index>[A-Za-z0-9]+)|(?P<number>[0-9]+))")


def typst_name(name: str) -> str:
    """A parameter's name in Typst math: x, theta (the Greek letter), w_1, w_"max", "weight" (upright)."""
    match = _INDEXED.fullmatch(name)
    if match is None:
        return _typst_word(name)
    stem = _typst_word(match["stem"])
    index = match["index"] or match["number"]
    if index.isdigit():
        return f"{stem}_{index}" if len(index) == 1 else f"{stem}_({index})"
    return f"{stem}_{_typst_word(index)}"


def _typst_word(word: str) -> str:
    if word in GREEK or (len(word) == 1 and word.isalpha()):
        return word
    # As string data, never as markup, whatever the name holds.
    quoted = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


# The capitals that TeX has; the others look like Latin ones.
_TEX_CAPITALS = frozenset(
    ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"]
)


def mathtext_name(name: str) -> str:
    r"""A parameter's name in TeX, for Matplotlib: x, \theta, w_{1}, w_{\mathrm{max}}, \mathrm{weight}."""
    match = _INDEXED.fullmatch(name)
    if match is None:
        return _tex_word(name)
    index = match["index"] or match["number"]
    return f"{_tex_word(match['stem'])}_{{{index if index.isdigit() else _tex_word(index)}}}"


def _tex_word(word: str) -> str:
    if word in _TEX_CAPITALS or (word in GREEK and word.islower() and word != "omicron"):
        return f"\\{word}"
    if len(word) == 1 and word.isalpha():
        return word
    escaped = word.replace("_", r"\_")
    return rf"\mathrm{{{escaped}}}"


def plain_number(value: float | Fraction) -> str:
    """A number that can be typed back: 0.05, 12, 1e-07."""
    digits, exponent = _digits(value)
    return digits if exponent is None else f"{digits}e{exponent}"


def readable_number(value: float | Fraction) -> str:
    """A number for readers: 0.05, −12, 1.5·10^−7."""
    digits, exponent = _digits(value)
    digits = digits.replace("-", "−")
    if exponent is None:
        return digits
    power = f"10^{exponent}".replace("-", "−")
    return power if digits == "1" else f"{digits}·{power}"


def typst_number(value: float | Fraction) -> str:
    """A number in Typst math: 0.05, -12, 1.5 dot 10^(-7)."""
    digits, exponent = _digits(value)
    if exponent is None:
        return digits
    power = f"10^{exponent}" if 0 <= exponent < 10 else f"10^({exponent})"
    return power if digits == "1" else f"{digits} dot {power}"


def mathtext_number(value: float | Fraction) -> str:
    r"""A number in TeX, for Matplotlib: 0.05, -12, 1.5 \cdot 10^{-7}."""
    digits, exponent = _digits(value)
    if exponent is None:
        return digits
    power = f"10^{{{exponent}}}"
    return power if digits == "1" else rf"{digits} \cdot {power}"


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
