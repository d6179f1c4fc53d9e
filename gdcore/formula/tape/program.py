"""Expressions as a straight list of instructions, run on arrays or, faster, on single numbers.

Each shared expression is one instruction, so it is worked out once. Both ways to run give the same bits:
+ - * / are those of IEEE 754 in Python and in NumPy alike, integer powers are products in the same order, and
every other function is the same NumPy ufunc.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from gdcore.base.arrays import FloatArray
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
from gdcore.formula.tape.waves import OF_NUMBERS

# Integer exponents up to this size are products; a longer chain would gather more rounding than pow does.
_LONGEST_PRODUCT = 64

_Operation = Callable[..., Any]
# An operation for numbers, the same for arrays, and the registers it reads.
_Instruction = tuple[_Operation, _Operation, tuple[int, ...]]


class Program:
    """The values of several expressions over the same variables."""

    def __init__(self, outputs: Sequence[Node], variables: Sequence[str]) -> None:
        self._width = len(variables)
        compiler = _Compiler(variables)
        self._outputs = compiler.compile(outputs)
        self._constants = compiler.constants
        self._for_numbers = tuple((number, *_padded(places)) for number, _, places in compiler.instructions)
        self._for_arrays = tuple((array, *_padded(places)) for _, array, places in compiler.instructions)
        self._calls_numpy = compiler.calls_numpy

    def at_point(self, x: Sequence[float]) -> list[float]:
        """The outputs at one point, given as plain floats."""
        if self._calls_numpy:
            with np.errstate(all="ignore"):
                return [float(value) for value in self._run(self._for_numbers, list(x))]
        return self._run(self._for_numbers, list(x))

    def over(self, x: FloatArray) -> list[FloatArray]:
        """The outputs at the points x (..., d), each of shape (...)."""
        shape = x.shape[:-1]
        with np.errstate(all="ignore"):
            values = self._run(self._for_arrays, [x[..., i] for i in range(self._width)])
        return [np.broadcast_to(np.asarray(value, dtype=np.float64), shape) for value in values]

    def _run(self, instructions: Iterable[tuple[Any, ...]], registers: list[Any]) -> list[Any]:
        registers += self._constants
        for operation, a, b, c in instructions:
            if b < 0:
                registers.append(operation(registers[a]))
            elif c < 0:
                registers.append(operation(registers[a], registers[b]))
            else:
                registers.append(operation(registers[a], registers[b], registers[c]))
        return [registers[place] for place in self._outputs]


def _padded(places: tuple[int, ...]) -> tuple[int, int, int]:
    a, b, c = (*places, -1, -1)[:3]
    return a, b, c


class _Compiler:
    """Registers: first the variables, then the constants, then one for each instruction."""

    def __init__(self, variables: Sequence[str]) -> None:
        self.variables = {name: place for place, name in enumerate(variables)}
        self.constants: list[float] = []
        self.instructions: list[_Instruction] = []
        self.calls_numpy = False
        self._places: dict[Node, int] = {}
        self._first = 0

    def compile(self, outputs: Sequence[Node]) -> tuple[int, ...]:
        nodes = tuple(in_order(outputs))
        for node in nodes:
            match node:
                case Variable(name):
                    self._places[node] = self.variables[name]
                case Number(value):
                    self._constant(node, to_float(value))
                case Negation(Number(value)):
                    self._constant(node, -to_float(value))
                case Constant(_, number):
                    self._constant(node, number)
        self._first = len(self.variables) + len(self.constants)
        for node in nodes:
            if node not in self._places:
                self._places[node] = self._node(node)
        return tuple(self._places[node] for node in outputs)

    def _constant(self, node: Node, value: float) -> None:
        self._places[node] = len(self.variables) + len(self.constants)
        self.constants.append(value)

    def _emit(self, number: _Operation, array: _Operation, *places: int) -> int:
        self.instructions.append((number, array, places))
        return self._first + len(self.instructions) - 1

    def _numpy(self, ufunc: _Operation, *places: int) -> int:
        self.calls_numpy = True
        return self._emit(ufunc, ufunc, *places)

    def _node(self, node: Node) -> int:
        at = self._places
        match node:
            case Negation(argument):
                return self._emit(operator.neg, operator.neg, at[argument])
            case Sum((first, *rest)):
                place = at[first]
                for term in rest:
                    place = self._emit(operator.add, operator.add, place, at[term])
                return place
            case Product((first, *rest)):
                place = at[first]
                for factor in rest:
                    place = self._emit(operator.mul, operator.mul, place, at[factor])
                return place
            case Quotient(numerator, denominator):
                return self._emit(divide, np.divide, at[numerator], at[denominator])
            case Power(base, exponent):
                n = short_exponent(node)
                if n is None:
                    self.calls_numpy = True
                    return self._emit(number_power, _array_power, at[base], at[exponent])
                repeated = _repeated_product(abs(n))
                place = self._emit(repeated, repeated, at[base])
                return self._emit(_reciprocal, _array_reciprocal, place) if n < 0 else place
            case Call(function, arguments):
                if function.name == "sqrt":
                    return self._emit(square_root, np.sqrt, at[arguments[0]])
                if function.name == "abs":
                    return self._emit(abs, abs, at[arguments[0]])
                if function.ufunc in OF_NUMBERS:
                    return self._emit(OF_NUMBERS[function.ufunc], function.ufunc, at[arguments[0]])
                return self._numpy(function.ufunc, *(at[argument] for argument in arguments))
            case Choice(left, right, first, second):
                test = self._numpy(np.less_equal, at[left], at[right])
                return self._emit(_choose, np.where, test, at[first], at[second])
        raise AssertionError(f"no instruction for {node}")


def short_exponent(node: Power) -> int | None:
    """The exponent when the power is worked out as a product: an integer from -64 to 64."""
    exponent, sign = node.exponent, 1
    if isinstance(exponent, Negation):
        exponent, sign = exponent.argument, -1
    if not isinstance(exponent, Number) or exponent.value.denominator != 1:
        return None
    n = exponent.value.numerator
    return sign * n if n <= _LONGEST_PRODUCT else None


def to_float(value: Fraction) -> float:
    """The nearest double; inf beyond the greatest."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _repeated_product(n: int) -> _Operation:
    """x -> x^n for n >= 0 by squaring, from the highest binary digit down."""
    if n == 0:
        return lambda x: 1.0  # also for inf and nan, as pow does
    if n == 1:
        return lambda x: x
    if n == 2:
        return lambda x: x * x
    if n == 3:
        return lambda x: x * x * x
    digits = binary_digits(n)

    def power(x: Any) -> Any:
        result = x
        for digit in digits:
            result = result * result
            if digit == "1":
                result = result * x
        return result

    return power


def binary_digits(n: int) -> str:
    """The binary digits of n > 0 after the first: 1 for a square and a product, 0 for a square."""
    return bin(n)[3:]


# np.power takes short cuts (x*x for 2, sqrt for 0.5 …) whose bits differ from pow, when one exponent serves a
# whole array; a single number is such a case too. Each element gets an exponent of its own, so there are none.


def number_power(base: float, exponent: float) -> Any:
    """base^exponent with the bits that an array of such powers has."""
    return np.power(np.array((base, base)), np.array((exponent, exponent)))[0]


def _array_power(base: Any, exponent: Any) -> Any:
    shape = np.broadcast_shapes(np.shape(base), np.shape(exponent))
    if math.prod(shape) == 1:
        value = number_power(np.asarray(base).item(), np.asarray(exponent).item())
        return np.full(shape, value)
    return np.power(base, np.array(np.broadcast_to(exponent, shape), order="C"))


def divide(a: float, b: float) -> float:
    """a / b by IEEE 754."""
    try:
        return a / b
    except ZeroDivisionError:  # IEEE 754 says inf or nan; Python raises
        if a == 0 or a != a:
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _reciprocal(x: float) -> float:
    return divide(1.0, x)


def _array_reciprocal(x: Any) -> Any:
    return np.divide(1.0, x)


def square_root(x: float) -> float:
    """The root of x, nan below 0."""
    # Correctly rounded in C and in NumPy: the same bits.
    return math.sqrt(x) if x >= 0 else math.nan


def _choose(test: bool, first: float, second: float) -> float:
    return first if test else second
