"""Numbers as they are written in captions, readouts and tables."""

from __future__ import annotations

import math

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _parts(value: float, digits: int) -> tuple[str, int | None]:
    """Mantissa as text and, where it is needed, the exponent of ten."""
    if value == 0:
        return "0", None
    exponent = math.floor(math.log10(abs(value)))
    if -4 <= exponent < 7:
        decimals = max(0, digits - 1 - exponent)
        text = f"{value:.{decimals}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return ("0" if text in ("-0", "") else text), None
    mantissa = (
        f"{value / 10.0**exponent:.{min(digits, 4) - 1}f}"
        if exponent > -300
        else f"{value:.2e}".split("e")[0]
    )
    if mantissa.lstrip("-").startswith("10"):
        mantissa, exponent = f"{value / 10.0 ** (exponent + 1):.2f}", exponent + 1
    return mantissa.rstrip("0").rstrip("."), exponent


def text_number(value: float, digits: int = 5) -> str:
    """A number in running text: about `digits` digits, true minus sign, powers of ten where needed."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "∞" if value > 0 else "−∞"
    mantissa, exponent = _parts(value, digits)
    shown = mantissa.replace("-", "−")
    return shown if exponent is None else f"{shown} × 10{str(exponent).translate(_SUPERSCRIPTS)}"


def math_number(value: float, digits: int = 5, *, signed: bool = False) -> str:
    """A number in Typst mathematics; `signed` puts negative ones in brackets, as after an operator."""
    if not math.isfinite(value):
        return '"not a number"' if math.isnan(value) else "infinity" if value > 0 else "-infinity"
    mantissa, exponent = _parts(value, digits)
    shown = mantissa if exponent is None else f"{mantissa} dot 10^({exponent})"
    return f"(-{shown[1:]})" if signed and shown.startswith("-") else shown


def counted(number: int, thing: str) -> str:
    """A number of things: 1 step, 20 steps."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def decimals_for(largest: float, digits: int = 5) -> int:
    """Decimals of a changing number whose largest size is known, so that its width does not jump."""
    if not math.isfinite(largest) or largest <= 0:
        return 3
    return int(min(5, max(0, digits - 1 - math.floor(math.log10(largest)))))


def fixed(value: float, decimals: int) -> str:
    """A changing number: a fixed count of decimals, or a power of ten when it grows huge."""
    if not math.isfinite(value):
        return math_number(value)
    if abs(value) >= 1e7:
        return math_number(value, 4)
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text
