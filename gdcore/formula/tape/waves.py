"""Sine and cosine of turns: sin(2 pi t) and cos(2 pi t) from t.

The angle 2 pi t of a double is rounded, and for t = 10 that costs the sine its last two digits; t itself is exact, and
so is what is left of it when whole turns are taken off (the sinPi and cosPi of IEEE 754-2019, section 9.2). Results
lie within 4 units in the last place of the sine of these turns, and are exact at the multiples of 1/4.

For 0 <= a <= 1/2 the sine of 2 pi a is zero at both ends and even about 1/4, so it is q R(q) with q = a (1/2 - a) and a
smooth R, here the polynomial of degree 7 with the least greatest relative error, 1.8e-17 (found by Remez' exchange in
50 digits). That is elementary arithmetic, so a number, an array and a tape that is written with the
functions below have the same bits, on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

# From here on every double is an integer.
_WHOLE = 2.0**52


def nearest_integer(x: float) -> float:
    """The integer next to x, of two the even one; with the sign of x, as np.rint gives it."""
    return math.copysign(round(x), x) if abs(x) < _WHOLE else x  # also for nan


def sine(t: Any, nearest: Callable[[Any], Any]) -> Any:
    """sin(2 pi t) of whatever knows + - * and abs; ``nearest`` gives the nearest integer of it."""
    return _sine_of_half_a_turn(t - nearest(t))


def cosine(t: Any, nearest: Callable[[Any], Any]) -> Any:
    """cos(2 pi t), as :func:`sine`."""
    return _sine_of_half_a_turn(0.25 - abs(t - nearest(t)))


def _sine_of_half_a_turn(y: Any) -> Any:
    """For |y| <= 1/2."""
    a = abs(y)
    b = 0.5 - a
    q = a * b
    r = q * 0.27078342706692277 + 1.5775254247196444
    r = (r * q + 7.183646315779448) * q + 23.599276433891646
    r = (r * q + 52.43518153733176) * q + 71.39024173613586
    return y * b * ((r * q + 50.26548245743716) * q + 12.566370614359172)


def sine_of_number(t: float) -> float:
    return float(sine(t, nearest_integer))


def cosine_of_number(t: float) -> float:
    return float(cosine(t, nearest_integer))


def sine_of_array(t: Any) -> Any:
    return sine(t, np.rint)


def cosine_of_array(t: Any) -> Any:
    return cosine(t, np.rint)


#: The functions of arrays, with the same for plain floats.
OF_NUMBERS: Mapping[Callable[[Any], Any], Callable[[float], float]] = MappingProxyType(
    {sine_of_array: sine_of_number, cosine_of_array: cosine_of_number}
)
#: The functions of arrays, with what they do.
WAVES: Mapping[Callable[[Any], Any], Callable[[Any, Callable[[Any], Any]], Any]] = MappingProxyType(
    {sine_of_array: sine, cosine_of_array: cosine}
)
