"""Tokens to an expression tree, by precedence. The grammar is closed and there is no other way in.

expression := term (("+" | "-") term)*
term       := sign* power (("*" | "/") factor)*
factor     := sign* power
power      := atom (("^" | "**") exponent)?       right-associative, binds tighter than a sign: -x^2 = -(x^2)
exponent   := sign* power
atom       := number | name | function "(" expression ("," expression)* ")" | "(" expression ")"
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from gdcore.base.errors import FormulaError
from gdcore.base.nearest import did_you_mean, nearest
from gdcore.formula.expressions import Expression, depth
from gdcore.formula.functions import ALIASES, CONSTANTS, FUNCTIONS, Function
from gdcore.formula.tokens import Token, TokenKind, tokenize
from gdcore.formula.tree_maker import TreeMaker

MAX_NODES = 500
MAX_DEPTH = 50
_TOO_DEEP = f"the formula is nested deeper than {MAX_DEPTH} levels"


class Parser:
    """Reads ``text``; given ``parameters`` admit no other name. Every method raises FormulaError with the column."""

    def __init__(
        self, maker: TreeMaker, text: str, parameters: Sequence[str] | None, constants: Mapping[str, float]
    ) -> None:
        self.maker = maker
        self.text = text
        self.parameters = parameters
        self.constants = {**CONSTANTS, **constants}
        self.tokens = tokenize(text)
        self.position = 0
        self.nodes = 0
        self.nesting = 0
        self.variables: dict[str, None] = {}

    def run(self) -> tuple[Expression, tuple[str, ...]]:
        """The tree, and its variables in order of first appearance."""
        tree = self.expression()
        token = self.peek()
        if token.kind is not TokenKind.END:
            raise self.unexpected(token)
        if depth(tree) > MAX_DEPTH:
            raise self.error(self.tokens[0], _TOO_DEEP, mend="simplify it")
        if self.parameters is None:
            self.ask_of_products()
        return tree, tuple(self.variables)

    def ask_of_products(self) -> None:
        """Refuse xy beside x and y: a product that lacks its sign would be a parameter of its own, and nobody would see."""
        for token in self.tokens:
            name = token.text
            if token.kind is TokenKind.NAME and name in self.variables and len(name) > 1 and name.isalpha():
                if not self.variables.keys() >= set(name):
                    continue
                raise self.error(
                    token,
                    f"{name} is one name, beside {' and '.join(sorted(set(name)))}",
                    mend=f"write {'*'.join(name)} for the product, or name the parameters: "
                    + ", ".join(sorted(self.variables)),
                )

    # Moving along ----------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.peek()
        self.position += 1
        return token

    def at(self, *operators: str) -> bool:
        token = self.peek()
        return token.kind is TokenKind.OPERATOR and token.text in operators

    def error(self, token: Token, found: str, allowed: str = "", *, mend: str) -> FormulaError:
        return FormulaError(self.text, token.column, found, allowed, mend)

    def count(self, token: Token) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.error(
                token,
                f"the formula has more than {MAX_NODES} numbers, names and operators",
                mend="simplify it",
            )

    def descend(self, token: Token) -> None:
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            raise self.error(token, _TOO_DEEP, mend="simplify it")

    # The grammar -----------------------------------------------------------------------------------------

    def expression(self) -> Expression:
        terms = [self.term()]
        while self.at("+", "-"):
            operator = self.take()
            self.count(operator)
            term = self.term()
            terms.append(self.maker.negation(term) if operator.text == "-" else term)
        return self.maker.raw_sum(terms)

    def term(self) -> Expression:
        # A sign in front belongs to the whole term: -x*y is -(x*y), the same number, and reads as written.
        negative, opened = self.signs()
        factors = [self.power()]
        while self.at("*", "/"):
            operator = self.take()
            self.count(operator)
            factor = self.factor()
            if operator.text == "*":
                factors.append(factor)
            else:
                factors = [self.maker.raw_quotient(self.maker.raw_product(factors), factor)]
        self.nesting -= opened
        product = self.maker.raw_product(factors)
        return self.maker.negation(product) if negative else product

    def factor(self) -> Expression:
        negative, opened = self.signs()
        node = self.power()
        self.nesting -= opened
        return self.maker.negation(node) if negative else node

    def signs(self) -> tuple[bool, int]:
        """Signs in a row: is the result negative, and how many there were."""
        negative, opened = False, 0
        while self.at("-", "+"):
            sign = self.take()
            self.count(sign)
            self.descend(sign)
            opened += 1
            negative ^= sign.text == "-"
        return negative, opened

    def power(self) -> Expression:
        base = self.atom()
        if not self.at("^", "**"):
            return base
        operator = self.take()
        self.count(operator)
        self.descend(operator)
        exponent = self.factor()
        self.nesting -= 1
        return self.maker.raw_power(base, exponent)

    def atom(self) -> Expression:
        token = self.take()
        if token.kind is TokenKind.NUMBER:
            self.count(token)
            return self.number(token)
        if token.kind is TokenKind.NAME:
            self.count(token)
            return self.name(token)
        if token.text == "(":
            self.descend(token)
            inner = self.expression()
            self.close(token)
            self.nesting -= 1
            return inner
        if token.kind is TokenKind.END:
            raise self.error(
                token,
                "the formula ends where a number, a name or a bracket should follow",
                mend="complete it",
            )
        if token.text == ")":
            before = self.tokens[self.position - 2] if self.position > 1 else None
            if before is not None and before.text == "(":
                raise self.error(token, "these brackets are empty", mend="write an expression between them")
            if before is None or self.nesting == 0:
                raise self.closes_nothing(token)
        raise self.error(
            token,
            f"'{token.text}' stands where a number, a name or a bracket should stand",
            mend="put one before it",
        )

    def number(self, token: Token) -> Expression:
        size = float(token.text)
        if not math.isfinite(size):
            raise self.error(
                token,
                f"{token.text} is larger than any 64-bit number (about 1.8e308)",
                mend="write a smaller one",
            )
        if size == 0 and any(digit in "123456789" for digit in token.text.lower().partition("e")[0]):
            raise self.error(
                token,
                f"{token.text} is smaller than any 64-bit number (about 5e-324)",
                mend="write 0 or a larger one",
            )
        value = Fraction(token.text)
        follower = self.peek()
        if follower.kind is TokenKind.NAME and follower.column == token.end:
            raise self.error(
                follower,
                "a number and a name stand together",
                mend=f"write {token.text}*{follower.text} for a product",
            )
        return self.maker.number(value, decimal=value.denominator != 1)

    def name(self, token: Token) -> Expression:
        follows_bracket = self.at("(")
        function = FUNCTIONS.get(token.text)
        if function is not None:
            if not follows_bracket:
                example = ", ".join("xy"[: function.arity])
                raise self.error(
                    token,
                    f"{token.text} is a function and needs brackets",
                    mend=f"write {token.text}({example})",
                )
            return self.call(function, token)
        if follows_bracket:
            raise self.not_a_function(token)
        if token.text in self.constants:
            return self.maker.constant(token.text, self.constants[token.text])
        if self.parameters is not None and token.text not in self.parameters:
            raise self.error(
                token,
                f"'{token.text}' is not a parameter",
                f"the parameters are {', '.join(self.parameters)}",
                mend=did_you_mean(
                    token.text, self.parameters, f"use one of them, or add {token.text} to the parameters"
                ),
            )
        self.variables.setdefault(token.text)
        return self.maker.variable(token.text)

    def call(self, function: Function, token: Token) -> Expression:
        opening = self.take()
        self.descend(opening)
        arguments: list[Expression] = []
        if not self.at(")"):
            arguments.append(self.expression())
            while self.at(","):
                self.take()
                arguments.append(self.expression())
        self.close(opening, inside_call=True)
        self.nesting -= 1
        if len(arguments) != function.arity:
            allowed = "1 argument" if function.arity == 1 else f"{function.arity} arguments"
            mend = f"write {function.name}({', '.join('xy'[: function.arity])})"
            if len(arguments) > function.arity == 2:
                mend = "nest it for more: min(a, min(b, c))"
            raise self.error(token, f"{function.name} takes {allowed}, found {len(arguments)}", mend=mend)
        return self.maker.raw_call(function, arguments)

    def close(self, opening: Token, inside_call: bool = False) -> None:
        token = self.peek()
        if self.at(")"):
            self.take()
        elif token.kind is TokenKind.END:
            raise self.error(opening, "this bracket is never closed", mend="add ')'")
        else:
            raise self.unexpected(token, inside_call)

    # Advice ----------------------------------------------------------------------------------------------

    def unexpected(self, token: Token, inside_call: bool = False) -> FormulaError:
        """An error for a token that cannot follow a complete operand."""
        before = self.tokens[self.position - 1]
        if token.text == ")":
            return self.closes_nothing(token)
        if token.text == "," and not inside_call:
            return self.error(
                token, "a comma only stands between the arguments of min and max", mend="write 0.5, not 0,5"
            )
        left = before.text if before.kind is not TokenKind.OPERATOR else "(…)"
        right = token.text if token.kind is not TokenKind.OPERATOR else "(…)"
        return self.error(token, "an operator is missing here", mend=f"write {left}*{right} for a product")

    def closes_nothing(self, token: Token) -> FormulaError:
        return self.error(token, "this ')' closes no bracket", mend="remove it or open one before it")

    def not_a_function(self, token: Token) -> FormulaError:
        name = token.text
        found, product = f"'{name}' is not a function", f"write {name}*(…) for a product"
        if name in self.constants or name in self.variables or name in (self.parameters or ()):
            return self.error(token, found, mend=product)
        meant = ALIASES.get(name) or nearest(name, FUNCTIONS)
        if meant is not None:
            return self.error(token, found, mend=f"did you mean {meant}?")
        return self.error(token, found, f"there are {', '.join(FUNCTIONS)}", mend=product)
