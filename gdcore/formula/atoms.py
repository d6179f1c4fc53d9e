"""What terms are made of: numbers, names, functions at their arguments, and all that stands in brackets."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from gdcore.formula.cases import CaseReader
from gdcore.formula.expressions import Expression, Number
from gdcore.formula.functions import FUNCTIONS, ROOT, Function, function_called
from gdcore.formula.mends import advice, naming
from gdcore.formula.tape.roots import LARGEST_DEGREE
from gdcore.formula.tokens import Token, TokenKind
from gdcore.formula.tree_maker import TreeMaker

RADICALS: Mapping[str, str] = {"√": "sqrt", "∛": "cbrt"}


class OpenEnd(NamedTuple):
    """Something whose end is not marked, so that a factor behind it could belong to it: it ``start``s, with ``inner`` last."""

    start: Token
    inner: Token


class AtomReader(CaseReader):
    """Reads atoms, and knows what is open around them."""

    def __init__(
        self, maker: TreeMaker, text: str, parameters: Sequence[str] | None, constants: Mapping[str, float]
    ) -> None:
        super().__init__(maker, text, parameters, constants)
        self.opened: list[Token] = []  # brackets and bars, from the outermost on
        self.closed: dict[int, int] = {}  # of a bracket's column the position behind the one that closes it
        self.open_end: OpenEnd | None = None  # of what was read last

    def atom(self) -> Expression:
        self.open_end = None
        token = self.take()
        if token.kind is TokenKind.NUMBER:
            self.count(token)
            return self.number(token)
        if token.kind is TokenKind.NAME and not self.is_keyword(token):
            self.count(token)
            return self.name(token)
        if token.kind is TokenKind.OPERATOR:
            if token.text == "(":
                return self.bracket(token)
            if token.text == "|":
                return self.bars(token)
            if token.text in RADICALS:
                return self.radical(token)
        raise advice.no_operand(self, token)

    # Brackets --------------------------------------------------------------------------------------------

    def open(self, opening: Token) -> None:
        self.descend(opening)
        self.opened.append(opening)

    def close(self, inside_call: bool = False) -> None:
        """Past the end of what was opened last."""
        opening = self.opened[-1]
        token = self.peek()
        if not self.at("|" if opening.text == "|" else ")"):
            if token.kind is TokenKind.END:
                raise advice.not_closed(self, opening)
            raise advice.unexpected(self, token, inside_call)
        self.take()
        self.opened.pop()
        self.nesting -= 1
        self.closed[opening.column] = self.position
        self.open_end = None

    def bracket(self, opening: Token) -> Expression:
        self.open(opening)
        inner = self.expression()
        if self.at_word("if"):
            inner = self.cases(inner)
        self.close()
        return inner

    def bars(self, opening: Token) -> Expression:
        self.count(opening)
        self.open(opening)
        inner = self.expression()
        self.close()
        return self.maker.raw_call(FUNCTIONS["abs"], (inner,))

    def radical(self, sign: Token) -> Expression:
        self.count(sign)
        self.descend(sign)
        inner = self.peek()
        inside = self.atom()
        self.nesting -= 1
        if self.tokens[self.position - 1].text not in (")", "|"):
            self.open_end = OpenEnd(sign, inner)
        return self.maker.raw_call(FUNCTIONS[RADICALS[sign.text]], (inside,))

    # Numbers ---------------------------------------------------------------------------------------------

    def number(self, token: Token) -> Expression:
        text = token.text
        if self._at_power_of_ten(token):
            self.take()
            text += self.take().text.removeprefix("1")
        size = float(text)
        if not math.isfinite(size):
            found = (
                f"{self.slice(token, self.tokens[self.position - 1].end)} is larger than any 64-bit number"
            )
            raise self.error(token, f"{found} (about 1.8e308)", mend="write a smaller one")
        if size == 0 and any(digit in "123456789" for digit in text.lower().partition("e")[0]):
            found = (
                f"{self.slice(token, self.tokens[self.position - 1].end)} is smaller than any 64-bit number"
            )
            raise self.error(token, f"{found} (about 5e-324)", mend="write 0 or a larger one")
        value = Fraction(text)
        return self.maker.number(value, decimal=value.denominator != 1)

    def _at_power_of_ten(self, token: Token) -> bool:
        """4.75 × 10⁻¹⁴ is one number, unless something is divided by its first part, or raised to it."""
        behind = self.tokens[self.position - 2].text if self.position > 1 else ""
        return (
            self.peek().source == "×"
            and self.peek(1).is_power_of_ten
            and not token.is_power_of_ten
            and "e" not in token.text.lower()
            and behind not in ("/", "^", "**")
        )

    # Names and functions ---------------------------------------------------------------------------------

    def name(self, token: Token) -> Expression:
        name = self.spelled(token)
        function = function_called(name)
        if function is not None:
            if not self.at("("):
                raise naming.needs_brackets(self, token, function.name)
            return self.call(function, token)
        if self.at("(") and not naming.may_be_factor(self, token, name):
            raise naming.not_a_function(self, token, name)
        if name in self.constants:
            return self.maker.constant(name, self.constants[name])
        if self.parameters is not None and name not in self.parameters:
            raise naming.not_a_parameter(self, token, name)
        if self.parameters is None and naming.is_called(self, token, name):
            raise naming.needs_brackets(self, token, name)
        if self.parameters is None and name in naming.NO_NUMBERS:
            raise naming.no_number(self, token)
        self.variables.setdefault(name)
        return self.maker.variable(name)

    def call(self, function: Function, token: Token) -> Expression:
        self.open(self.take())
        arguments: list[Expression] = []
        if not self.at(")"):
            arguments.append(self.expression())
            while self.at(","):
                self.take()
                arguments.append(self.expression())
        self.close(inside_call=True)
        if len(arguments) != function.arity:
            raise naming.wrong_arity(self, function, token, len(arguments))
        if function is ROOT:
            return self.root(token, *arguments)
        return self.maker.raw_call(function, arguments)

    def root(self, token: Token, inside: Expression, degree: Expression) -> Expression:
        """root(x, n): a square root and a cube root are sqrt and cbrt."""
        if not _is_degree(degree):
            raise naming.no_degree(self, token, _is_degree(inside) and not isinstance(degree, Number))
        assert isinstance(degree, Number)
        if degree.value > LARGEST_DEGREE:
            found = f"the degree of a root is at most {LARGEST_DEGREE}"
            raise self.error(token, found, mend="write a smaller one")
        if degree.value <= 3:
            return self.maker.raw_call(FUNCTIONS["sqrt" if degree.value == 2 else "cbrt"], (inside,))
        return self.maker.raw_call(ROOT, (inside, degree))


def _is_degree(node: Expression) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1 and node.value >= 2
