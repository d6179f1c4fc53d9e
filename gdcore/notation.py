"""Numbers inside a sentence."""

from __future__ import annotations

import math


def short(value: float, digits: int = 6) -> str:
    """At most ``digits`` significant digits: 0.0812843, 12.5, 3.2e-7, 1e+20 as 1e20, inf, nan."""
    if not math.isfinite(value):
        return str(value)
    text = f"{value:.{digits}g}"
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if mark else mantissa
