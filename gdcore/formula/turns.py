"""Sine and cosine of multiples of pi, by the turns and not by the angle: sin(2 pi t) from t.

The angle 2 pi t of a double is rounded, and for t = 10 that costs the sine its last two digits; t itself is exact, and
so is what is left of it when whole turns are taken off (the sinPi and cosPi of IEEE 754-2019, section 9.2). What
remains is elementary arithmetic, written here as an expression like any other: so every way to evaluate gives the
same bits, on every machine, and blocks of points need no call for each number.

For 0 <= a <= 1/2 the sine of 2 pi a is zero at both ends and even about 1/4, so it is q R(q) with q = a (1/2 - a) and a
smooth R, here the polynomial of degree 7 with the least greatest relative error, 1.8e-17 (found by Remez' exchange in
50 digits). Results lie within 4 units in the last place of sin(2 pi t), and are exact at the multiples of 1/4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from gdcore.formula.algebra import Algebra
from gdcore.formula.functions import FUNCTIONS, Function
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
    children,
    in_order,
)

# The nearest integer, of two the even one. Not a function of the grammar: its derivative would be 0.
NEAREST = Function("rint", 1, np.rint, 'op("rint")')

_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)

# R, from the constant on.
_R = (
    12.566370614359172,
    50.26548245743716,
    71.39024173613586,
    52.43518153733176,
    23.599276433891646,
    7.183646315779448,
    1.5775254247196444,
    0.27078342706692277,
)


def by_turns(expressions: Sequence[Node]) -> tuple[Node, ...]:
    """The expressions, with the sines and cosines of multiples of pi as arithmetic on turns."""
    rewriting = _Rewriting()
    for node in in_order(expressions):
        rewriting.take(node)
    return tuple(rewriting.new[node] for node in expressions)


class _Rewriting:
    """Nodes are taken children first. ``new`` has what each has become, ``turns`` those with a factor pi over 2 pi."""

    def __init__(self) -> None:
        self._write = Algebra()  # what occurs twice is one node again
        self.new: dict[Node, Node] = {}
        self.turns: dict[Node, Node] = {}

    def take(self, node: Node) -> None:
        self.new[node] = self._wave(node) or self._with_new_children(node)
        turns = self._turns(node)
        if turns is not None:
            self.turns[node] = turns

    def _wave(self, node: Node) -> Node | None:
        match node:
            case Call(Function(name="sin"), (angle,)) if angle in self.turns:
                return self._sine_of_turns(self._part_of_a_turn(angle))
            case Call(Function(name="cos"), (angle,)) if angle in self.turns:
                away = self._absolute(self._part_of_a_turn(angle))
                return self._sine_of_turns(self._difference(self._write.number(_QUARTER, True), away))
        return None

    def _part_of_a_turn(self, angle: Node) -> Node:
        """From -1/2 to 1/2: exact, as the nearest integer and the turns are multiples of the same power of two."""
        turns = self.turns[angle]
        return self._difference(turns, self._write.raw_call(NEAREST, (turns,)))

    def _sine_of_turns(self, y: Node) -> Node:
        """sin(2 pi y) for |y| <= 1/2."""
        write = self._write
        a = self._absolute(y)
        b = self._difference(write.number(_HALF, True), a)
        q = write.raw_product((a, b))
        r: Node = write.number(Fraction(_R[-1]), True)
        for coefficient in reversed(_R[:-1]):
            r = write.raw_sum((write.raw_product((r, q)), write.number(Fraction(coefficient), True)))
        return write.raw_product((write.raw_product((y, b)), r))

    def _turns(self, angle: Node) -> Node | None:
        write = self._write
        match angle:
            case Constant("pi"):
                return write.number(_HALF, True)
            case Negation(argument) if argument in self.turns:
                return write.negation(self.turns[argument])
            case Quotient(numerator, denominator) if numerator in self.turns:
                return write.raw_quotient(self.turns[numerator], self.new[denominator])
            case Product(factors):
                for place, factor in enumerate(factors):
                    if factor in self.turns:
                        others = [self.new[other] for other in (*factors[:place], *factors[place + 1 :])]
                        return self._product([self.turns[factor], *others])
        return None

    def _product(self, factors: Sequence[Node]) -> Node:
        """Numbers are folded to one in front, so that the half of a turn costs no operation of its own."""
        number = math.prod(
            (factor.value for factor in factors if isinstance(factor, Number)), start=Fraction(1)
        )
        others = [factor for factor in factors if not isinstance(factor, Number)]
        front = [] if number == 1 and others else [self._write.number(number, True)]
        return self._write.raw_product([*front, *others])

    def _absolute(self, a: Node) -> Node:
        return self._write.raw_call(FUNCTIONS["abs"], (a,))

    def _difference(self, a: Node, b: Node) -> Node:
        return self._write.raw_sum((a, self._write.negation(b)))

    def _with_new_children(self, node: Node) -> Node:
        write, new = self._write, self.new
        if all(new[child] is child for child in children(node)):
            return node
        match node:
            case Negation(argument):
                return write.negation(new[argument])
            case Sum(terms):
                return write.raw_sum(new[term] for term in terms)
            case Product(factors):
                return write.raw_product(new[factor] for factor in factors)
            case Quotient(numerator, denominator):
                return write.raw_quotient(new[numerator], new[denominator])
            case Power(base, exponent):
                return write.raw_power(new[base], new[exponent])
            case Call(function, arguments):
                return write.raw_call(function, (new[argument] for argument in arguments))
            case Choice(left, right, first, second):
                return write.choose(new[left], new[right], new[first], new[second])
        raise AssertionError(f"{node} has no children")
