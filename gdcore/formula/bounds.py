"""How far from zero a point may lie so that nothing overflows, and for how many steps that is certain.

With |x_i| <= m for every variable, each result of a straight program has a bound: |a ± b| <= |a| + |b|,
|a b| <= |a| |b|, |sin| <= 1 and so on. As long as all bounds are far below the greatest double, every result is
finite, and nobody has to look. A step of gradient descent takes m to at most m + rate * G(m), G being the bound of
the gradient, so a few steps can be vouched for in advance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gdcore.formula.straight import Straight
from gdcore.formula.waves import cosine_of_array, sine_of_array

# Leaves 8 orders of magnitude to the rounding errors of the bounds themselves.
_GREATEST = 1e300
_MOST_STEPS = 8
# Radii are looked for among powers of 10^(1/8).
_PART = 8
_LOWEST, _HIGHEST = -100 * _PART, 150 * _PART


def safe_radii(everything: Straight, rate: float) -> list[float]:
    """radii[k]: while all |x_i| are at most this, the next k steps stay finite. Descending; ``[-1.0]`` if there is none.

    ``everything`` has the value and then the gradient as outputs. radii[0] vouches for the value and the gradient
    at the point itself, so where not even that is so, there is no radius.
    """
    known: dict[int, tuple[float, float]] = {}

    def at(exponent: int) -> tuple[float, float]:
        if exponent not in known:
            known[exponent] = _bounds(everything, 10.0 ** (exponent / _PART))
        return known[exponent]

    def largest(holds: Callable[[int], bool]) -> float:
        low, high = _LOWEST, _HIGHEST
        if not holds(low):
            return -1.0
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return float(10.0 ** (low / _PART))

    radii = [largest(lambda e: at(e)[0] <= _GREATEST)]
    while radii[-1] > 0 and len(radii) <= _MOST_STEPS:
        before = radii[-1]
        radii.append(largest(lambda e: 10.0 ** (e / _PART) + rate * at(e)[1] <= 0.999 * before))  # noqa: B023
    return radii if radii[-1] > 0 or len(radii) == 1 else radii[:-1]


def _bounds(program: Straight, m: float) -> tuple[float, float]:
    """For |x_i| <= m: the bound of every result, and that of the outputs after the first."""
    found: list[float] = [m] * program.width

    def bound(operand: int | float) -> float:
        return abs(operand) if isinstance(operand, float) else found[operand]

    for operation in program.operations:
        parts = [bound(operand) for operand in operation.operands]
        if operation.function is np.divide and isinstance(operation.operands[1], float):
            found.append(_quotient(parts[0], parts[1]))
        else:
            rule = _RULES.get(operation.function)
            found.append(math.inf if rule is None else rule(*parts))
        if not found[-1] <= _GREATEST:  # also when it is nan
            return math.inf, math.inf
    outputs = [bound(output) for output in program.outputs]
    greatest = max(*found, *outputs)
    return (greatest if greatest <= _GREATEST else math.inf), max(outputs[1:])


def _quotient(a: float, b: float) -> float:
    return a / b if b > 1e-290 else math.inf


def _exponential(a: float) -> float:
    return math.exp(a) if a < 690 else math.inf


_RULES: Mapping[Any, Callable[..., float]] = {
    np.add: lambda a, b: a + b,
    np.subtract: lambda a, b: a + b,
    np.multiply: lambda a, b: a * b,
    np.negative: lambda a: a,
    np.absolute: lambda a: a,
    np.sin: lambda a: 1.0,
    np.cos: lambda a: 1.0,
    sine_of_array: lambda a: 1.0,
    cosine_of_array: lambda a: 1.0,
    np.tanh: lambda a: 1.0,
    np.sign: lambda a: 1.0,
    np.arctan: lambda a: 2.0,
    np.exp: _exponential,
    np.sinh: _exponential,
    np.cosh: _exponential,
    np.minimum: max,
    np.maximum: max,
    np.where: lambda left, right, first, second: max(first, second),
}
