"""Straight programs: what several expressions cost, one elementary operation after the other.

A straight program is the common form from which a fast evaluation is built, for one point
(:mod:`gdcore.formula.tape.floats`) and for blocks of points (:mod:`gdcore.formula.tape.blocks`). What is left out changes
no bit of a finite result: an operation that occurs twice is done once, numbers are folded by the operation that
would have met them, a + (-b) is a - b (the same in IEEE 754), and what no output needs is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from gdcore.formula.nodes import (
    Call,
    Choice,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    in_order,
)
from gdcore.formula.tape.program import binary_digits, number_power, short_exponent, to_float
from gdcore.formula.tape.twos import is_normal, is_power_of_two
from gdcore.formula.tape.waves import WAVES

# A number, or a place: below the width a variable, from there on the result of operation ``place - width``.
Operand: TypeAlias = "int | float"
Function: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """``function`` of ``operands``. A choice is np.where(left <= right, first, second), with four operands."""

    function: Function
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Straight:
    """Operations over ``width`` variables, each using only those before it; and the ``outputs`` wanted."""

    width: int
    operations: tuple[Operation, ...]
    outputs: tuple[Operand, ...]


class Builder:
    """Writes a straight program. Every method takes operands and gives the operand of the result."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._operations: list[Operation] = []
        self._known: dict[tuple[Any, ...], Operand] = {}
        self._negatives: dict[Operand, Operand] = {}

    def apply(self, function: Function, *operands: Operand) -> Operand:
        """Any function of the grammar but a choice; np.power is the power of C, without NumPy's short cuts."""
        if all(isinstance(operand, float) for operand in operands):
            with np.errstate(all="ignore"):
                made = number_power if function is np.power else function
                return float(made(*operands))
        return self._share(function, operands)

    def negative(self, a: Operand) -> Operand:
        result = self._opposite_product(a)
        if result is None:
            result = self.apply(np.negative, a)
        if not isinstance(result, float):
            self._negatives[result] = a
        return result

    def _opposite_product(self, a: Operand) -> Operand | None:
        """-(c b) as (-c) b, for a number c: the same bits, and one operation less."""
        if isinstance(a, float) or a < self._width:
            return None
        operation = self._operations[a - self._width]
        if operation.function is not np.multiply:
            return None
        c, b = operation.operands
        return self.multiply(-c, b) if isinstance(c, float) else None

    def add(self, a: Operand, b: Operand) -> Operand:
        if b in self._negatives and not isinstance(b, float):
            return self.subtract(a, self._negatives[b])
        if a in self._negatives and not isinstance(a, float):
            return self.subtract(b, self._negatives[a])
        return self.apply(np.add, a, b)

    def subtract(self, a: Operand, b: Operand) -> Operand:
        return self.apply(np.subtract, a, b)

    def multiply(self, a: Operand, b: Operand) -> Operand:
        return self.apply(np.multiply, a, b)

    def scaled(self, number: float, a: Operand) -> Operand:
        """number × a. For a power of two p, number × (p b) is (number × p) × b: the same bits for a finite p b."""
        if isinstance(a, int) and a >= self._width:
            operation = self._operations[a - self._width]
            if operation.function is np.multiply:
                power, b = operation.operands
                if isinstance(power, float) and is_power_of_two(power) and is_normal(number * power):
                    return self.multiply(number * power, b)
        return self.multiply(number, a)

    def sum(self, terms: Sequence[Operand]) -> Operand:
        """From left to right."""
        total = terms[0]
        for term in terms[1:]:
            total = self.add(total, term)
        return total

    def product(self, factors: Sequence[Operand]) -> Operand:
        """From left to right."""
        result = factors[0]
        for factor in factors[1:]:
            result = self.multiply(result, factor)
        return result

    def integer_power(self, base: Operand, n: int) -> Operand:
        """base^n as :mod:`gdcore.formula.tape.program` works it out: by squaring, from the highest digit down."""
        if n == 0:
            return 1.0
        result = base
        for digit in binary_digits(abs(n)):
            result = self.multiply(result, result)
            if digit == "1":
                result = self.multiply(result, base)
        return self.apply(np.divide, 1.0, result) if n < 0 else result

    def fresh(self, function: Function, *operands: Operand) -> Operand:
        """An operation of its own, even if there is one like it."""
        self._operations.append(Operation(function, operands))
        return self._width + len(self._operations) - 1

    def choose(self, left: Operand, right: Operand, first: Operand, second: Operand) -> Operand:
        if isinstance(left, float) and isinstance(right, float):
            return first if left <= right else second
        return self._share(np.where, (left, right, first, second))

    def splice(self, program: Straight) -> tuple[Operand, ...]:
        """Another program over the same variables, and its outputs."""
        results: list[Operand] = list(range(program.width))

        def found(operand: Operand) -> Operand:
            return operand if isinstance(operand, float) else results[operand]

        for operation in program.operations:
            results.append(self._share(operation.function, tuple(map(found, operation.operands))))
        return tuple(map(found, program.outputs))

    def unfold(self, program: Straight) -> tuple[Operand, ...]:
        """As :meth:`splice`, with sines and cosines of turns as the elementary operations that they are."""
        results: list[Operand] = list(range(program.width))
        for operation in program.operations:
            operands = [op if isinstance(op, float) else results[op] for op in operation.operands]
            wave = WAVES.get(operation.function)
            if wave is None:
                results.append(self._share(operation.function, tuple(operands)))
            else:
                results.append(wave(_Value(self, operands[0]), _Value.nearest).operand)
        return tuple(op if isinstance(op, float) else results[op] for op in program.outputs)

    def program(self, outputs: Sequence[Operand]) -> Straight:
        """What has been written, as far as ``outputs`` need it."""
        needed = [False] * len(self._operations)
        waiting = [operand for operand in outputs if not isinstance(operand, float)]
        while waiting:
            number = int(waiting.pop()) - self._width
            if number >= 0 and not needed[number]:
                needed[number] = True
                waiting += [
                    operand for operand in self._operations[number].operands if not isinstance(operand, float)
                ]
        places: dict[Operand, Operand] = {place: place for place in range(self._width)}
        kept: list[Operation] = []

        def moved(operand: Operand) -> Operand:
            return operand if isinstance(operand, float) else places[operand]

        for number, operation in enumerate(self._operations):
            if needed[number]:
                places[self._width + number] = self._width + len(kept)
                kept.append(Operation(operation.function, tuple(map(moved, operation.operands))))
        return Straight(self._width, tuple(kept), tuple(map(moved, outputs)))

    def _share(self, function: Function, operands: tuple[Operand, ...]) -> Operand:
        # By its digits, because 0.0 == -0.0.
        key = (function, *(op.hex() if isinstance(op, float) else op for op in operands))
        if key not in self._known:
            self._known[key] = self._width + len(self._operations)
            self._operations.append(Operation(function, operands))
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Value:
    """What an operand stands for: arithmetic with it writes operations."""

    builder: Builder
    operand: Operand

    def __add__(self, other: float) -> _Value:
        return _Value(self.builder, self.builder.add(self.operand, other))

    def __sub__(self, other: _Value) -> _Value:
        return _Value(self.builder, self.builder.subtract(self.operand, other.operand))

    def __rsub__(self, other: float) -> _Value:
        return _Value(self.builder, self.builder.subtract(other, self.operand))

    def __mul__(self, other: _Value | float) -> _Value:
        factor = other.operand if isinstance(other, _Value) else other
        return _Value(self.builder, self.builder.multiply(self.operand, factor))

    def __abs__(self) -> _Value:
        return _Value(self.builder, self.builder.apply(np.absolute, self.operand))

    def nearest(self) -> _Value:
        return _Value(self.builder, self.builder.apply(np.rint, self.operand))


def unfolded(program: Straight) -> Straight:
    """The program in elementary operations alone, for blocks of points."""
    builder = Builder(program.width)
    return builder.program(builder.unfold(program))


def straight(outputs: Sequence[Node], variables: Sequence[str]) -> Straight:
    """The straight program of expressions, with the bits of :class:`gdcore.formula.tape.program.Program`."""
    builder = Builder(len(variables))
    places: Mapping[str, int] = {name: place for place, name in enumerate(variables)}
    at: dict[Node, Operand] = {}
    for node in in_order(outputs):
        at[node] = _operand(builder, node, at, places)
    return builder.program([at[node] for node in outputs])


def _operand(builder: Builder, node: Node, at: Mapping[Node, Operand], places: Mapping[str, int]) -> Operand:
    match node:
        case Variable(name):
            return places[name]
        case Number(value):
            return to_float(value)
        case Constant(_, number):
            return float(number)
        case Negation(argument):
            return builder.negative(at[argument])
        case Sum(terms):
            return builder.sum([at[term] for term in terms])
        case Product(factors):
            return builder.product([at[factor] for factor in factors])
        case Quotient(numerator, denominator):
            return builder.apply(np.divide, at[numerator], at[denominator])
        case Power(base, exponent):
            n = short_exponent(node)
            if n is None:
                return builder.apply(np.power, at[base], at[exponent])
            return builder.integer_power(at[base], n)
        case Call(function, arguments):
            return builder.apply(function.ufunc, *(at[argument] for argument in arguments))
        case Choice(left, right, first, second):
            return builder.choose(at[left], at[right], at[first], at[second])


def step_program(gradient: Straight, rate: float) -> Straight:
    """One update of gradient descent, x_i - rate * g_i: the outputs are the new variables.

    The last operations are the subtractions, in order, and each reads only its variable and an earlier result: so
    they may write over the variables.
    """
    builder = Builder(gradient.width)
    moves = [builder.scaled(rate, slope) for slope in builder.splice(gradient)]
    return builder.program([builder.fresh(np.subtract, i, move) for i, move in enumerate(moves)])
