"""A tape: what several expressions cost, one elementary operation after the other.

It is the one form from which every evaluation is built: at one point (:mod:`gdcore.formula.tape.floats`), at many
(:mod:`gdcore.formula.tape.arrays`) and in blocks of points (:mod:`gdcore.formula.tape.blocks`), all with the same bits.
What is left out changes no bit of a finite result: an operation that occurs twice is done once, numbers are folded by
the operation that would have met them, a + (-b) is a - b (the same in IEEE 754), and what no output needs is dropped.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from gdcore.base.rates import Rate, each_rate
from gdcore.formula.tape.arithmetic import power_of_number
from gdcore.formula.tape.waves import WAVES

# A number, or a place: below the width a variable, from there on the result of operation ``place - width``.
Operand: TypeAlias = "int | float"
Ufunc: TypeAlias = Callable[..., Any]


class Operation(NamedTuple):
    """``function`` of ``operands``. A choice is np.where(left <= right, first, second), with four operands."""

    function: Ufunc
    operands: tuple[Operand, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The operands that are no numbers."""
        return tuple(operand for operand in self.operands if not isinstance(operand, float))


@dataclass(frozen=True, slots=True)
class Tape:
    """Operations over ``width`` variables, each using only those before it; and the ``outputs`` wanted."""

    width: int
    operations: tuple[Operation, ...]
    outputs: tuple[Operand, ...]

    def only(self, outputs: Sequence[Operand]) -> Tape:
        """As much of it as these ``outputs`` need."""
        needed = {output for output in outputs if not isinstance(output, float)}
        for number in range(len(self.operations) - 1, -1, -1):
            if self.width + number in needed:
                needed |= {*self.operations[number].places}
        places: list[Operand] = list(range(self.width))
        kept: list[Operation] = []
        for place, operation in enumerate(self.operations, start=self.width):
            places.append(self.width + len(kept))
            if place in needed:
                kept.append(Operation(operation.function, _moved(operation.operands, places)))
        return Tape(self.width, tuple(kept), _moved(outputs, places))


def _moved(operands: Iterable[Operand], places: Sequence[Operand]) -> tuple[Operand, ...]:
    return tuple(operand if isinstance(operand, float) else places[operand] for operand in operands)


class TapeWriter:
    """Writes a tape. Every method takes operands and gives the operand of the result."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._operations: list[Operation] = []
        self._known: dict[tuple[Any, ...], Operand] = {}
        self._negatives: dict[Operand, Operand] = {}

    def tape(self, outputs: Sequence[Operand]) -> Tape:
        """What has been written, as far as ``outputs`` need it."""
        return Tape(self._width, tuple(self._operations), ()).only(outputs)

    def apply(self, function: Ufunc, *operands: Operand) -> Operand:
        """Any function of the grammar but a choice; np.power is the power of C, without NumPy's short cuts."""
        if all(isinstance(operand, float) for operand in operands):
            with np.errstate(all="ignore"):
                return float((power_of_number if function is np.power else function)(*operands))
        return self._share(function, operands)

    def negative(self, a: Operand) -> Operand:
        result = self.apply(np.negative, a)
        if not isinstance(result, float):
            self._negatives[result] = a
        return result

    def add(self, a: Operand, b: Operand) -> Operand:
        if not isinstance(b, float) and b in self._negatives:
            return self.subtract(a, self._negatives[b])
        if not isinstance(a, float) and a in self._negatives:
            return self.subtract(b, self._negatives[a])
        return self.apply(np.add, a, b)

    def subtract(self, a: Operand, b: Operand) -> Operand:
        return self.apply(np.subtract, a, b)

    def multiply(self, a: Operand, b: Operand) -> Operand:
        return self.apply(np.multiply, a, b)

    def scaled(self, number: float, a: Operand) -> Operand:
        """number × a. Where a is 2^n b, (number × 2^n) × b: the same bits for a finite a, and one operation less."""
        if isinstance(a, int) and a >= self._width:
            operation = self._operations[a - self._width]
            power = operation.operands[0]
            if operation.function is np.multiply and isinstance(power, float):
                together = number * power
                if math.frexp(power)[0] == 0.5 and sys.float_info.min <= abs(together) < math.inf:
                    return self.multiply(together, operation.operands[1])
        return self.multiply(number, a)

    def integer_power(self, base: Operand, n: int) -> Operand:
        """base^n by squaring, from the highest binary digit down; base^0 is 1, also for inf and nan, as pow has it."""
        if n == 0:
            return 1.0
        result = base
        for digit in bin(abs(n))[3:]:
            result = self.multiply(result, result)
            if digit == "1":
                result = self.multiply(result, base)
        return self.apply(np.divide, 1.0, result) if n < 0 else result

    def fresh(self, function: Ufunc, *operands: Operand) -> Operand:
        """An operation of its own, even if there is one like it."""
        self._operations.append(Operation(function, operands))
        return self._width + len(self._operations) - 1

    def choose(self, left: Operand, right: Operand, first: Operand, second: Operand) -> Operand:
        if isinstance(left, float) and isinstance(right, float):
            return first if left <= right else second
        return self._share(np.where, (left, right, first, second))

    def splice(self, tape: Tape) -> tuple[Operand, ...]:
        """Another tape over the same variables, sines and cosines of turns in elementary operations; its outputs."""
        results: list[Operand] = list(range(tape.width))
        for function, operands in tape.operations:
            moved = _moved(operands, results)
            wave = WAVES.get(function)
            if wave is None:
                results.append(self._share(function, moved))
            else:
                results.append(wave(_Value(self, moved[0]), _Value.nearest).operand)
        return _moved(tape.outputs, results)

    def _share(self, function: Ufunc, operands: tuple[Operand, ...]) -> Operand:
        # By its digits, because 0.0 == -0.0.
        key = (function, *(op.hex() if isinstance(op, float) else op for op in operands))
        if key not in self._known:
            self._known[key] = self.fresh(function, *operands)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Value:
    """What an operand stands for: arithmetic with it writes operations."""

    writer: TapeWriter
    operand: Operand

    def __add__(self, other: float) -> _Value:
        return _Value(self.writer, self.writer.add(self.operand, other))

    def __sub__(self, other: _Value) -> _Value:
        return _Value(self.writer, self.writer.subtract(self.operand, other.operand))

    def __rsub__(self, other: float) -> _Value:
        return _Value(self.writer, self.writer.subtract(other, self.operand))

    def __mul__(self, other: _Value | float) -> _Value:
        factor = other.operand if isinstance(other, _Value) else other
        return _Value(self.writer, self.writer.multiply(self.operand, factor))

    def __abs__(self) -> _Value:
        return _Value(self.writer, self.writer.apply(np.absolute, self.operand))

    def nearest(self) -> _Value:
        return _Value(self.writer, self.writer.apply(np.rint, self.operand))


def unfolded(tape: Tape) -> Tape:
    """The tape in elementary operations alone, for blocks of points."""
    writer = TapeWriter(tape.width)
    return writer.tape(writer.splice(tape))


def step_tape(gradient: Tape, rate: Rate) -> Tape:
    """One update of gradient descent, x_i - rate_i * g_i: the outputs are the new variables.

    The last operations are the subtractions, in order, and each reads only its variable and an earlier result: so
    they may write over the variables.
    """
    writer = TapeWriter(gradient.width)
    rates = each_rate(rate, gradient.width)
    moves = [writer.scaled(one, slope) for one, slope in zip(rates, writer.splice(gradient), strict=True)]
    return writer.tape([writer.fresh(np.subtract, i, move) for i, move in enumerate(moves)])
