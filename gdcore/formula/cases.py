"""Formulae in cases, as derivatives of min and max are printed.

cases     := expression "if" condition ("," expression "if" condition)* ","? "else" expression
condition := expression ("<" | "≤" | "=" | "≥" | ">") expression

So (0 if x < 0, 1/2 if x = 0, else 1). The first condition that holds decides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gdcore.formula.cursor import TokenCursor
from gdcore.formula.expressions import Expression
from gdcore.formula.mends import advice
from gdcore.formula.tokens import TokenKind
from gdcore.formula.tree_maker import TreeMaker


class _Case(NamedTuple):
    """``value`` where ``left`` relation ``right``."""

    value: Expression
    left: Expression
    relation: str
    right: Expression


class CaseReader(TokenCursor, ABC):
    """Reads cases; whoever knows the rest of the grammar reads expressions."""

    def __init__(
        self, maker: TreeMaker, text: str, parameters: Sequence[str] | None, constants: Mapping[str, float]
    ) -> None:
        super().__init__(text, parameters, constants)
        self.maker = maker

    @abstractmethod
    def expression(self) -> Expression: ...

    def cases(self, first: Expression) -> Expression:
        """The cases of which ``first`` is the first value; the next token is the if behind it."""
        found: list[_Case] = []
        value = first
        while self.at_word("if"):
            self.count(self.take())
            left = self.expression()
            relation = self.peek()
            if relation.kind is not TokenKind.RELATION or relation.text == "≠":
                raise self.error(
                    relation,
                    "a condition compares two sides with <, <=, =, >= or >",
                    mend="write one of them",
                )
            self.count(self.take())
            found.append(_Case(value, left, relation.text, self.expression()))
            if self.peek().kind is TokenKind.RELATION:
                raise self.error(self.peek(), "a condition has two sides", mend="write one condition each")
            more = self.at(",")
            if more:
                self.take()
            if self.at_word("else"):
                self.take()
                return self.chosen(found, self.expression())
            if not more:
                break
            value = self.expression()
        raise advice.no_else(self, self.peek())

    def chosen(self, found: Sequence[_Case], otherwise: Expression) -> Expression:
        """The values, of which the first one that may is taken, as choices between two."""
        choose = self.maker.choose
        match found:
            case [_Case(less, a, "<", b), _Case(equal, c, "=", d)] if a is c and b is d:
                # As a derivative of max is made, and printed again.
                return choose(a, b, choose(b, a, equal, less), otherwise)
        for value, left, relation, right in reversed(found):
            match relation:
                case "≤":
                    otherwise = choose(left, right, value, otherwise)
                case "≥":
                    otherwise = choose(right, left, value, otherwise)
                case "<":
                    otherwise = choose(right, left, otherwise, value)
                case ">":
                    otherwise = choose(left, right, otherwise, value)
                case _:
                    otherwise = choose(left, right, choose(right, left, value, otherwise), otherwise)
        return otherwise
