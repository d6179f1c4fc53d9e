"""The operations whose bits NumPy, Python and C do not agree on by themselves, made to agree.

+ - * and roots are those of IEEE 754 in Python and in NumPy alike, and every other function is the same ufunc for one
number and for many. What is left stands here.
"""

from __future__ import annotations

import math
import sys
from fractions import Fraction
from typing import Any

import numpy as np


def to_float(value: Fraction) -> float:
    """The nearest double; inf beyond the greatest."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def is_normal(number: float) -> bool:
    """Has ``number`` all its digits?"""
    return sys.float_info.min <= abs(number) < math.inf


def divide(a: float, b: float) -> float:
    """a / b by IEEE 754."""
    try:
        return a / b
    except ZeroDivisionError:  # IEEE 754 says inf or nan; Python raises
        if a == 0 or a != a:
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)


def square_root(x: float) -> float:
    """The root of x, nan below 0."""
    # Correctly rounded in C and in NumPy: the same bits.
    return math.sqrt(x) if x >= 0 else math.nan


# np.power takes short cuts (x*x for 2, sqrt for 0.5 …) whose bits differ from pow, when one exponent serves a
# whole array; a single number is such a case too. Each element gets an exponent of its own, so there are none.


def power_of_number(base: float, exponent: float) -> float:
    """base^exponent with the bits that an array of such powers has."""
    return float(np.power(np.array((base, base)), np.array((exponent, exponent)))[0])


def power_of_array(base: Any, exponent: Any) -> Any:
    """base^exponent, element by element."""
    shape = np.broadcast_shapes(np.shape(base), np.shape(exponent))
    if math.prod(shape) == 1:
        return np.full(shape, power_of_number(np.asarray(base).item(), np.asarray(exponent).item()))
    return np.power(base, np.array(np.broadcast_to(exponent, shape), order="C"))
