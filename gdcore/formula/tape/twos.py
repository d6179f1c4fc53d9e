"""Powers of two taken out of sums: 4 x a + 2 b is worked out as 2 (2 x a + b).

Scaling by a power of two changes no digit of a double, so the results are the same to the last bit, as long as nothing
overflows or falls below the smallest normal double on the way. A step of descent then takes the factor together with
the rate (:func:`gdcore.formula.tape.straight.step_program`) and saves an operation for each term.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from fractions import Fraction

from gdcore.formula.nodes import Negation, Node, Number, Product, Sum


def is_power_of_two(number: float) -> bool:
    """Is ``number`` 2^n for an integer n (of either sign)?"""
    return 0 < number < math.inf and math.frexp(number)[0] == 0.5


def is_normal(number: float) -> bool:
    """Has ``number`` all its digits?"""
    return sys.float_info.min <= abs(number) < math.inf


def without_twos(expressions: Sequence[Node]) -> tuple[Node, ...]:
    """Each of the expressions, with a power of two in front of its sum where that makes a coefficient 1."""
    return tuple(_without(node) for node in expressions)


def with_opposites(expressions: Sequence[Node]) -> tuple[Node, ...]:
    """-(a - b) in a sum as b - a, which spares a negation unless a - b is needed elsewhere.

    Only the sign of a zero may be another.
    """
    return tuple(_with_opposites(node) for node in expressions)


def _with_opposites(node: Node) -> Node:
    match node:
        case Product((Number() as scale, Sum() as inner)):
            turned = _with_opposites(inner)
            return node if turned is inner else Product((scale, turned))
        case Sum(terms):
            turns = [_opposite(term) for term in terms]
            return node if all(a is b for a, b in zip(turns, terms, strict=True)) else Sum(tuple(turns))
    return node


def _opposite(term: Node) -> Node:
    match term:
        case Negation(Sum((a, Negation(b)))):
            return Sum((b, Negation(a)))
    return term


def _without(node: Node) -> Node:
    if not isinstance(node, Sum):
        return node
    found = [_coefficient(term) for term in node.terms]
    coefficients = [value for value in found if value is not None]
    powers = [abs(value) for value in coefficients if _is_power(abs(value))]
    scale = min(powers, default=Fraction(1))
    if len(coefficients) < len(found) or scale == 1:
        return node
    return Product((Number(scale, False), Sum(tuple(_divided(term, scale) for term in node.terms))))


def _is_power(value: Fraction) -> bool:
    top, bottom = value.numerator, value.denominator
    return top > 0 and top & (top - 1) == 0 and bottom & (bottom - 1) == 0


def _coefficient(term: Node) -> Fraction | None:
    """The number in front of a term, or the term itself if it is a number."""
    match term:
        case Number(value):
            return value
        case Negation(argument):
            inner = _coefficient(argument)
            return None if inner is None else -inner
        case Product((Number(value), *_)):
            return value
    return None


def _divided(term: Node, scale: Fraction) -> Node:
    match term:
        case Number(value, decimal):
            return Number(value / scale, decimal)
        case Negation(argument):
            return Negation(_divided(argument, scale))
        case Product((Number(value, decimal), *rest)):
            if value != scale:
                return Product((Number(value / scale, decimal), *rest))
            return rest[0] if len(rest) == 1 else Product(tuple(rest))
    raise AssertionError(f"{term} has no coefficient")
