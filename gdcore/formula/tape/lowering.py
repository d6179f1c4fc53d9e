"""Expressions lowered to a tape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from gdcore.formula.expressions import (
    Call,
    Choice,
    Expression,
    Multiplication,
    NamedNumber,
    Negation,
    Number,
    Power,
    Quotient,
    Sum,
    Variable,
    in_order,
)
from gdcore.formula.functions import Function
from gdcore.formula.tape.arithmetic import to_float
from gdcore.formula.tape.operations import Operand, Tape, TapeWriter
from gdcore.formula.tape.roots import real_root
from gdcore.formula.tape.turns import by_turns

# Integer exponents up to this size are products; a longer chain would gather more rounding than pow does.
_LONGEST_PRODUCT = 64


def lowered(outputs: Sequence[Expression], variables: Sequence[str]) -> Tape:
    """The values of expressions over ``variables``: sums and products from left to right, as they are written."""
    writer = TapeWriter(len(variables))
    places = {name: place for place, name in enumerate(variables)}
    outputs = by_turns(outputs)
    at: dict[Expression, Operand] = {}
    for node in in_order(outputs):
        at[node] = _operand(writer, node, at, places)
    return writer.tape([at[node] for node in outputs])


def _operand(
    writer: TapeWriter, node: Expression, at: Mapping[Expression, Operand], places: Mapping[str, int]
) -> Operand:
    match node:
        case Variable(name):
            return places[name]
        case Number(value):
            return to_float(value)
        case NamedNumber(_, number):
            return float(number)
        case Negation(argument):
            return writer.negative(at[argument])
        case Sum(terms):
            return reduce(writer.add, (at[term] for term in terms))
        case Multiplication(factors):
            return reduce(writer.multiply, (at[factor] for factor in factors))
        case Quotient(numerator, denominator):
            return writer.apply(np.divide, at[numerator], at[denominator])
        case Power(base, exponent):
            n = _short(exponent)
            if n is None:
                return writer.apply(np.power, at[base], at[exponent])
            return writer.integer_power(at[base], n)
        case Call(Function(name="root"), (inside, Number(degree))):
            root: Operand = real_root(at[inside], int(degree), writer.apply)
            return root
        case Call(function, arguments):
            return writer.apply(function.ufunc, *(at[argument] for argument in arguments))
        case Choice(left, right, first, second):
            return writer.choose(at[left], at[right], at[first], at[second])


def _short(exponent: Expression) -> int | None:
    """An exponent with which a power is worked out as a product: an integer from -64 to 64."""
    sign = 1
    if isinstance(exponent, Negation):
        exponent, sign = exponent.argument, -1
    if not isinstance(exponent, Number) or exponent.value.denominator != 1:
        return None
    n = exponent.value.numerator
    return sign * n if n <= _LONGEST_PRODUCT else None
