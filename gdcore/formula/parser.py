"""Tokens to an expression tree, by precedence. The grammar is closed and there is no other way in.

expression := term (("+" | "-") term)*
term       := sign* power (("*" | "/") factor | power)*      two side by side are a product: 2x, 3(x - 1), x sin(x)
factor     := sign* power
power      := atom (raised | ("^" | "**") exponent)?      right-associative, binds tighter than a sign: -x^2 = -(x^2)
exponent   := sign* power
atom       := number | name | function "(" expression ("," expression)* ")" | "(" expression ")" | "(" cases ")"
            | "|" expression "|" | ("√" | "∛") atom

A factor without a sign never begins with a number, and never stands where it could belong to two things: 1/2x,
e^2x and √2x are asked about. Cases are in :mod:`gdcore.formula.cases`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from gdcore.formula.atoms import RADICALS, AtomReader, OpenEnd
from gdcore.formula.cursor import MAX_DEPTH, TOO_DEEP
from gdcore.formula.expressions import Expression, NamedNumber, depth
from gdcore.formula.functions import FUNCTIONS
from gdcore.formula.mends import advice, neighbours
from gdcore.formula.mends.unclear import ask_of_names
from gdcore.formula.tokens import Token, TokenKind
from gdcore.formula.tree_maker import TreeMaker


class Parser(AtomReader):
    """Reads ``text``; given ``parameters`` admit no other name. Every method raises FormulaError with the column."""

    def __init__(
        self, maker: TreeMaker, text: str, parameters: Sequence[str] | None, constants: Mapping[str, float]
    ) -> None:
        super().__init__(maker, text, parameters, constants)
        self.glued: list[Token] = []  # names right behind another factor, as in 2xy

    def run(self) -> tuple[Expression, tuple[str, ...]]:
        """The tree, and its variables in order of first appearance."""
        tree = self.expression()
        token = self.peek()
        if token.kind is not TokenKind.END:
            raise advice.unexpected(self, token)
        if depth(tree) > MAX_DEPTH:
            raise self.error(self.tokens[0], TOO_DEEP, mend="simplify it")
        if self.parameters is None:
            ask_of_names(self, self.glued)
        return tree, tuple(self.variables)

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
        start = self.peek()
        factors = [self.power()]
        while True:
            if self.at("*", "/"):
                operator = self.take()
                self.count(operator)
                inner = self.peek()
                factor = self.factor()
                if operator.text == "*":
                    factors.append(factor)
                else:
                    self.check_divisor(inner)
                    factors = [self.maker.raw_quotient(self.maker.raw_product(factors), factor)]
                    self.open_end = OpenEnd(start, inner)
            elif self.at_neighbour():
                factors.append(self.neighbour())
            else:
                break
        self.nesting -= opened
        product = self.maker.raw_product(factors)
        return self.maker.negation(product) if negative else product

    def check_divisor(self, inner: Token) -> None:
        """Refuse x/0, just read; slopes, which are read with their parameters, may be printed so."""
        is_last = self.tokens[self.position - 1] is inner
        if self.parameters is None and is_last and inner.kind is TokenKind.NUMBER and float(inner.text) == 0:
            found = "this is a division by zero, which has no value anywhere"
            raise self.error(inner, found, mend="divide by another number")

    def at_neighbour(self) -> bool:
        """Does a factor without its sign follow? A bar closes the one that is open, and a number is none."""
        token = self.peek()
        if token.text == "|" and self.opened and self.opened[-1].text == "|":
            return False
        return self.begins_operand(token) and token.kind is not TokenKind.NUMBER

    def neighbour(self) -> Expression:
        """The factor right behind another one, where it can belong to nothing else."""
        left, open_end, token = self.tokens[self.position - 1], self.open_end, self.peek()
        error = neighbours.no_product(self, left, token)
        if error is not None:
            raise error
        self.count(token)
        if token.kind is TokenKind.NAME and token.column == left.end:
            self.glued.append(token)
        factor = self.power()
        if open_end is not None:
            raise neighbours.two_readings(self, open_end.start, open_end.inner, token)
        return factor

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
        start = self.peek()
        base = self.atom()
        raised = self.peek().kind is TokenKind.RAISED
        if not raised and not self.at("^", "**"):
            return base
        if start.text in RADICALS:
            raise neighbours.raised_root(self, start)
        operator = self.take()
        self.count(operator)
        if raised:
            if self.at("^", "**"):
                raise self.error(
                    self.peek(), "two exponents stand together", mend="put brackets around one power"
                )
            self.open_end = None
            return self.raised_to(base, self.raised(operator))
        self.descend(operator)
        inner = self.peek()
        exponent = self.factor()
        self.nesting -= 1
        if inner.source == "1" and self.at("/") and self.peek(1).kind is TokenKind.NUMBER:
            raise neighbours.cut_exponent(self, start, inner)
        marked = self.closed.get(inner.column) == self.position
        self.open_end = None if marked else OpenEnd(start, inner)
        return self.raised_to(base, exponent)

    def raised_to(self, base: Expression, exponent: Expression) -> Expression:
        """A power; that of e is exp, which is how exp is printed, and exact where e is rounded."""
        if isinstance(base, NamedNumber) and base.name == "e":
            return self.maker.raw_call(FUNCTIONS["exp"], (exponent,))
        return self.maker.raw_power(base, exponent)

    def raised(self, token: Token) -> Expression:
        """An exponent of small digits."""
        size = self.maker.number(Fraction(token.text.removeprefix("-")))
        return self.maker.negation(size) if token.text.startswith("-") else size
