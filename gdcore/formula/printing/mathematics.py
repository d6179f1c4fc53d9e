"""Expressions as mathematics to be set: a tree of the notation, which typesetters and plain text spell each in its way."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore.formula.expressions import Expression, Number
from gdcore.formula.functions import FUNCTION_LETTERS, PRINTED
from gdcore.formula.printing.text import Hold, Printer, Shape, TextPiece
from gdcore.notation import (
    Cases,
    Fenced,
    Fraction,
    Node,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Sign,
    Symbol,
    exact_number,
    is_upright,
    listed,
    name_node,
    row,
)


def laid_out(expression: Expression) -> Node:
    """The expression as it is set."""
    return LayoutPrinter().show(expression).text


class LayoutPrinter(Printer[Node]):
    """2 (x - 3), fraction bars, e to the x for exp(x)."""

    def number(self, node: Number) -> TextPiece[Node]:
        numeral = exact_number(node.value)
        if numeral.exponent is not None:
            return TextPiece(numeral, Hold.PRODUCT, Shape.NUMBER, end=Shape.WORD)
        return TextPiece(numeral, Hold.ATOM, Shape.NUMBER)

    def name(self, name: str) -> TextPiece[Node]:
        node = name_node(name)
        return TextPiece(node, Hold.ATOM, Shape.WORD if is_upright(node) else Shape.LETTER)

    def negated(self, text: Node) -> Node:
        return row([Sign("negative"), text])

    def plus(self, left: Node, right: Node) -> Node:
        return row([left, Sign("plus"), right])

    def less(self, left: Node, right: Node) -> Node:
        return row([left, Sign("minus"), right])

    def times(self, left: Node, tail: Shape, right: TextPiece[Node]) -> Node:
        dotted = (
            right.shape is Shape.NUMBER
            or tail is Shape.WORD
            or (right.shape is Shape.WORD and tail is not Shape.NUMBER)
            or (tail is Shape.CALL and right.shape in (Shape.GROUP, Shape.CALL))
            or (right.shape is Shape.GROUP and _ends_like_a_function(left))
        )
        return row([left, Sign("dot"), right.text] if dotted else [left, right.text])

    def later_factor(self, piece: TextPiece[Node]) -> Hold:
        # A fraction needs no brackets behind a factor: its bar holds it together.
        return Hold.PRODUCT if isinstance(piece.text, Fraction | Cases) else Hold.POWER

    def bracketed(self, text: Node) -> Node:
        return Fenced(text)

    def quotient(self, above: TextPiece[Node], below: TextPiece[Node]) -> TextPiece[Node]:
        return TextPiece(Fraction(above.text, below.text), Hold.PRODUCT, Shape.GROUP)

    def raised(self, base: Node, exponent: TextPiece[Node]) -> Node:
        if isinstance(base, Script) and base.above is None and not base.primes:
            return Script(base.base, below=base.below, above=exponent.text)
        return Script(base, above=exponent.text)

    def call(self, name: str, arguments: Sequence[TextPiece[Node]]) -> TextPiece[Node]:
        inside = listed(argument.text for argument in arguments)
        if name == "exp":
            return TextPiece(Script(Symbol("e"), above=inside), Hold.POWER, Shape.LETTER)
        if name in ("sqrt", "cbrt"):
            return TextPiece(Root(inside, 2 if name == "sqrt" else 3), Hold.ATOM, Shape.CALL)
        if name == "root":
            under, degree = (argument.text for argument in arguments)
            assert isinstance(degree, Numeral)
            return TextPiece(Root(under, int(degree.digits)), Hold.ATOM, Shape.CALL)
        if name == "abs":
            return TextPiece(Fenced(inside, "bars"), Hold.ATOM, Shape.CALL)
        return TextPiece(row([Operator(PRINTED.get(name, name)), Fenced(inside)]), Hold.ATOM, Shape.CALL)

    def choice(
        self, left: TextPiece[Node], right: TextPiece[Node], first: TextPiece[Node], second: TextPiece[Node]
    ) -> TextPiece[Node]:
        where = row([left.text, Sign("at-most"), right.text])
        return TextPiece(Cases(((first.text, where),), second.text), Hold.PRODUCT, Shape.GROUP)

    def three_ways(
        self,
        left: TextPiece[Node],
        right: TextPiece[Node],
        less: TextPiece[Node],
        equal: TextPiece[Node],
        greater: TextPiece[Node],
    ) -> TextPiece[Node]:
        below = row([left.text, Sign("less"), right.text])
        at = row([left.text, Sign("equals"), right.text])
        cases = Cases(((less.text, below), (equal.text, at)), greater.text)
        return TextPiece(cases, Hold.PRODUCT, Shape.GROUP)


def _ends_like_a_function(node: Node) -> bool:
    """f (x - 1) would be read as a function at x - 1."""
    last = node.parts[-1] if isinstance(node, Row) else node
    if isinstance(last, Script) and last.above is None:
        last = last.base
    return isinstance(last, Symbol) and last.name in FUNCTION_LETTERS
