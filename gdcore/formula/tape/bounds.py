"""How far from zero a point may lie so that nothing overflows, and for how many steps that is certain.

With |x_i| <= m for every variable, each result on a tape has a bound: |a ± b| <= |a| + |b|,
|a b| <= |a| |b|, |sin| <= 1 and so on. As long as all bounds are far below the greatest double, every result is
finite, and nobody has to look. A step of gradient descent takes m to at most m + rate * G(m), G being the bound of
the gradient, so some steps can be vouched for in advance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gdcore.formula.tape.operations import Tape
from gdcore.formula.tape.waves import cosine_of_array, sine_of_array

# Leaves 8 orders of magnitude to the rounding errors of the bounds themselves.
_GREATEST = 1e300
# Of a radius, quarters of an octave are told apart: more would seldom vouch for a step more.
_PARTS = 4
# To look further ahead saves nothing.
_MOST_STEPS = 64


class Bounds:
    """For how many steps of gradient descent with a rate of at most ``rate`` every result on a tape is certain to be finite.

    ``everything`` has the value and then the gradient as outputs. Several threads may ask at the same time.
    """

    def __init__(self, everything: Tape, rate: float) -> None:
        self._everything = everything
        self._rate = rate
        # Of a part of an octave: the steps that are sure, and whether no more are.
        self._known: dict[int, tuple[int, bool]] = {}

    def hold(self, radius: float) -> bool:
        """Are value and gradient sure to be finite where all |x_i| are at most ``radius``?"""
        return _bounds(self._everything, radius)[0] <= _GREATEST

    def sure_steps(self, radius: float, most: int) -> int:
        """For how many steps, of ``most``, all is finite from wherever all |x_i| are at most ``radius``.

        0 where not even the point itself is sure to be so, or the radius is not a number. What is sure may be more:
        nobody needs to look further ahead than 64 steps.
        """
        if not radius <= _GREATEST:
            return 0
        most = min(most, _MOST_STEPS)
        part = math.ceil(_PARTS * math.log2(max(radius, 1e-100)))
        # What is sure from farther out is sure from here.
        if any(steps >= most for other, (steps, _) in tuple(self._known.items()) if other >= part):
            return most
        steps, all_of_them = self._known.get(part, (0, False))
        if not all_of_them:
            steps = self._steps_from(2.0 ** (part / _PARTS), most)
            self._known[part] = steps, steps < most
        return min(steps, most)

    def _steps_from(self, m: float, most: int) -> int:
        """As many as are sure, or at least ``most``."""
        greatest, slope = _bounds(self._everything, m)
        steps = 0
        while greatest <= _GREATEST and steps < most:
            if self._rate * slope < m / 2:
                # While m is at most doubled, every step adds at most what one from there does: several at once.
                doubled = _bounds(self._everything, 2.0 * m)
                several = int(min(0.999 * m / max(self._rate * doubled[1], 1e-300), most))
                if several > 1:
                    m *= 2.0
                    steps += several
                    greatest, slope = doubled
                    continue
            m = 1.001 * (m + self._rate * slope)
            greatest, slope = _bounds(self._everything, m)
            steps += greatest <= _GREATEST
        return steps


def _bounds(tape: Tape, m: float) -> tuple[float, float]:
    """For |x_i| <= m: the bound of every result, and that of the outputs after the first."""
    found: list[float] = [m] * tape.width

    def bound(operand: int | float) -> float:
        return abs(operand) if isinstance(operand, float) else found[operand]

    for operation in tape.operations:
        parts = [bound(operand) for operand in operation.operands]
        if operation.function is np.divide and isinstance(operation.operands[1], float):
            found.append(_quotient(parts[0], parts[1]))
        else:
            rule = _RULES.get(operation.function)
            found.append(math.inf if rule is None else rule(*parts))
        if not found[-1] <= _GREATEST:  # also when it is nan
            return math.inf, math.inf
    outputs = [bound(output) for output in tape.outputs]
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
    np.cbrt: lambda a: max(a, 1.0),
    np.exp: _exponential,
    np.sinh: _exponential,
    np.cosh: _exponential,
    np.minimum: max,
    np.maximum: max,
    np.where: lambda left, right, first, second: max(first, second),
}
