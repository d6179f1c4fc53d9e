"""Sines and cosines of multiples of pi are worked out from the turns (:mod:`gdcore.formula.tape.waves`), not from the angle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from gdcore.formula.expressions import (
    Call,
    Expression,
    Multiplication,
    NamedNumber,
    Negation,
    Number,
    Quotient,
    children,
    in_order,
)
from gdcore.formula.functions import Function
from gdcore.formula.tape.arithmetic import is_normal, to_float
from gdcore.formula.tape.waves import cosine_of_array, sine_of_array
from gdcore.formula.tree_maker import TreeMaker

# Not functions of the grammar: what is derived and printed has sin and cos.
_WAVES = {
    "sin": Function("sin2pi", 1, sine_of_array),
    "cos": Function("cos2pi", 1, cosine_of_array),
}
_HALF = Fraction(1, 2)


def by_turns(expressions: Sequence[Expression]) -> tuple[Expression, ...]:
    """The expressions, with sines and cosines of turns in the place of those of multiples of pi."""
    rewriting = _Rewriting()
    for node in in_order(expressions):
        rewriting.take(node)
    return tuple(rewriting.new[node] for node in expressions)


class _Rewriting:
    """Nodes are taken children first. ``new`` has what each has become, ``turns`` those with a factor pi over 2 pi."""

    def __init__(self) -> None:
        self._write = TreeMaker()  # what occurs twice is one node again
        self.new: dict[Expression, Expression] = {}
        self.turns: dict[Expression, Expression] = {}

    def take(self, node: Expression) -> None:
        self.new[node] = self._wave(node) or self._again(node)
        turns = self._turns(node)
        if turns is not None:
            self.turns[node] = turns

    def _again(self, node: Expression) -> Expression:
        parts = [self.new[child] for child in children(node)]
        same = all(part is child for part, child in zip(parts, children(node), strict=True))
        return node if same else self._write.again(node, parts)

    def _wave(self, node: Expression) -> Expression | None:
        match node:
            case Call(Function(name="sin" | "cos" as name), (angle,)) if angle in self.turns:
                return self._write.raw_call(_WAVES[name], (self.turns[angle],))
        return None

    def _turns(self, angle: Expression) -> Expression | None:
        write = self._write
        match angle:
            case NamedNumber("pi"):
                return write.number(_HALF, True)
            case Negation(argument) if argument in self.turns:
                return write.negation(self.turns[argument])
            case Quotient(numerator, denominator) if numerator in self.turns:
                return write.raw_quotient(self.turns[numerator], self.new[denominator])
            case Multiplication(factors):
                for place, factor in enumerate(factors):
                    if factor in self.turns:
                        others = [self.new[other] for other in (*factors[:place], *factors[place + 1 :])]
                        return self._product([self.turns[factor], *others])
        return None

    def _product(self, factors: Sequence[Expression]) -> Expression:
        """Numbers are folded to one in front, so that the half of a turn costs no operation of its own."""
        number = math.prod(
            (factor.value for factor in factors if isinstance(factor, Number)), start=Fraction(1)
        )
        if number != 0 and not is_normal(to_float(number)):  # its digits would be lost
            return self._write.raw_product(factors)
        others = [factor for factor in factors if not isinstance(factor, Number)]
        front = [] if number == 1 and others else [self._write.number(number, True)]
        return self._write.raw_product([*front, *others])
