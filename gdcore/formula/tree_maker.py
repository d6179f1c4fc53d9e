"""Makes expressions as they are written, and hands out the same object for the same expression."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar, cast

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
)
from gdcore.formula.functions import Function

_E = TypeVar("_E", bound=Expression)


class TreeMaker:
    """Makes the nodes of one formula. ``work``: how many it was asked for."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[Hashable, ...], Expression] = {}
        self.work = 0

    def _share(self, kind: Callable[..., _E], *fields: Hashable) -> _E:
        self.work += 1
        key = (kind, *fields)
        if key not in self._nodes:
            self._nodes[key] = kind(*fields)
        return cast(_E, self._nodes[key])

    def number(self, value: Fraction, decimal: bool = False) -> Number:
        """``value`` >= 0, an integer or a decimal."""
        self.work += 1
        top, bottom = value.numerator, value.denominator
        decimal = decimal and bottom != 1
        # Integers are told apart much faster than fractions.
        key = (Number, top, bottom, decimal)
        if key not in self._nodes:
            self._nodes[key] = Number(value, decimal)
        return cast(Number, self._nodes[key])

    def constant(self, name: str, value: float) -> NamedNumber:
        return self._share(NamedNumber, name, value)

    def variable(self, name: str) -> Variable:
        return self._share(Variable, name)

    def negation(self, argument: Expression) -> Negation:
        return self._share(Negation, argument)

    def raw_sum(self, terms: Iterable[Expression]) -> Expression:
        terms = tuple(terms)
        return terms[0] if len(terms) == 1 else self._share(Sum, terms)

    def raw_product(self, factors: Iterable[Expression]) -> Expression:
        factors = tuple(factors)
        return factors[0] if len(factors) == 1 else self._share(Multiplication, factors)

    def raw_quotient(self, numerator: Expression, denominator: Expression) -> Quotient:
        return self._share(Quotient, numerator, denominator)

    def raw_power(self, base: Expression, exponent: Expression) -> Power:
        return self._share(Power, base, exponent)

    def raw_call(self, function: Function, arguments: Iterable[Expression]) -> Call:
        return self._share(Call, function, tuple(arguments))

    def choose(
        self, left: Expression, right: Expression, first: Expression, second: Expression
    ) -> Expression:
        """``first`` where left <= right, else ``second``."""
        return first if first is second else self._share(Choice, left, right, first, second)

    def again(self, node: Expression, parts: Sequence[Expression]) -> Expression:
        """``node`` with ``parts`` in the place of its children, otherwise as it is written."""
        match node:
            case Sum() | Multiplication():
                return self._share(type(node), tuple(parts))
            case Call(function, _):
                return self.raw_call(function, parts)
            case Choice():
                return self.choose(*parts)
            case Negation() | Quotient() | Power():
                return self._share(type(node), *parts)
            case _:
                return node
