"""Expressions as text: to type back, for readers, and as Typst math markup.

Printing goes from the leaves up. Every piece knows how tightly it holds together, so brackets stand where
they are needed and nowhere else, and what it begins and ends with, so that a product is written as by hand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from itertools import pairwise

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
    Variable,
    children,
    in_order,
)
from gdcore.formula.notation import plain_number, readable_number, typst_name, typst_number


class Hold(IntEnum):
    """How tightly a piece holds together."""

    SUM = 1
    PRODUCT = 2
    POWER = 3
    ATOM = 4


class Shape(Enum):
    """What a piece looks like beside its neighbour in a product."""

    NUMBER = "number"
    LETTER = "letter"
    WORD = "word"
    GROUP = "group"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Piece:
    """Printed text: what it begins with, what it ends with if that differs, ``signed`` after a minus sign."""

    text: str
    hold: Hold
    shape: Shape
    signed: bool = False
    end: Shape | None = None

    @property
    def tail(self) -> Shape:
        """What a right neighbour sees."""
        return self.shape if self.end is None else self.end


class Printer(ABC):
    """Turns a tree into text; the three notations fill in the marks."""

    minus: str
    plus: str = " + "

    def show(self, root: Node) -> Piece:
        """The whole expression."""
        pieces: dict[Node, Piece] = {}
        for node in in_order((root,)):
            pieces[node] = self._piece(node, [pieces[part] for part in _parts(node)])
        return pieces[root]

    def _piece(self, node: Node, parts: Sequence[Piece]) -> Piece:
        match node:
            case Number():
                return self.number(node)
            case Constant(name) | Variable(name):
                return self.name(name)
            case Negation():
                inner = self.held(parts[0], Hold.PRODUCT)
                return Piece(self.minus.strip() + inner.text, Hold.SUM, inner.shape, signed=True)
            case Sum(terms):
                return self._sum(terms, parts)
            case Product():
                return self._product(parts)
            case Quotient():
                return self.quotient(*parts)
            case Power():
                return self.power(*parts)
            case Call(function):
                return self.call(function.name, function.typst, parts)
            case Choice():
                return self.choice(*parts) if len(parts) == 4 else self.three_ways(*parts)

    def _sum(self, terms: Sequence[Node], parts: Sequence[Piece]) -> Piece:
        first = parts[0]
        text = first.text if first.signed else self.held(first, Hold.PRODUCT).text
        for term, part in zip(terms[1:], parts[1:], strict=True):
            if isinstance(term, Negation):
                # The sign of the term becomes the operator before it.
                text += f" {self.minus} {part.text.removeprefix(self.minus)}"
            else:
                text += self.plus + self.held(part, Hold.PRODUCT).text
        return Piece(text, Hold.SUM, Shape.GROUP)

    def _product(self, parts: Sequence[Piece]) -> Piece:
        # A later factor that is itself a product keeps its brackets: the order of the rounding is as written.
        held = [self.held(parts[0], Hold.PRODUCT)]
        held += [self.held(part, self.later_factor(part)) for part in parts[1:]]
        text = held[0].text
        for left, right in pairwise(held):
            text += self.times(left.tail, right.shape) + right.text
        return Piece(text, Hold.PRODUCT, held[0].shape, end=held[-1].tail)

    def held(self, piece: Piece, at_least: Hold) -> Piece:
        """``piece``, in brackets unless it holds together well enough."""
        if piece.hold >= at_least:
            return piece
        return Piece(f"({piece.text})", Hold.ATOM, Shape.GROUP)

    def later_factor(self, piece: Piece) -> Hold:
        return Hold.POWER

    @abstractmethod
    def number(self, node: Number) -> Piece: ...

    @abstractmethod
    def name(self, name: str) -> Piece: ...

    @abstractmethod
    def times(self, left: Shape, right: Shape) -> str: ...

    def quotient(self, numerator: Piece, denominator: Piece) -> Piece:
        above = self.held(numerator, Hold.PRODUCT)
        text = f"{above.text}/{self.held(denominator, Hold.POWER).text}"
        return Piece(text, Hold.PRODUCT, above.shape, end=Shape.WORD)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        below = self.held(base, Hold.ATOM)
        return self.raised(below, self.held(exponent, Hold.POWER).text)

    def raised(self, base: Piece, exponent: str) -> Piece:
        # 2^n x would read as 2^(nx): behind a power of a number a product shows its dot.
        end = Shape.WORD if base.shape is Shape.NUMBER else base.shape
        return Piece(f"{base.text}^{exponent}", Hold.POWER, base.shape, end=end)

    def call(self, name: str, typst: str, arguments: Sequence[Piece]) -> Piece:
        inside = ", ".join(argument.text for argument in arguments)
        return Piece(f"{name}({inside})", Hold.ATOM, Shape.CALL)

    def choice(self, left: Piece, right: Piece, first: Piece, second: Piece) -> Piece:
        text = f"({first.text} if {left.text} <= {right.text} else {second.text})"
        return Piece(text, Hold.ATOM, Shape.GROUP)

    def three_ways(self, left: Piece, right: Piece, less: Piece, equal: Piece, greater: Piece) -> Piece:
        sides = f"{less.text} if {left.text} < {right.text}, {equal.text} if {left.text} = {right.text}"
        return Piece(f"({sides}, else {greater.text})", Hold.ATOM, Shape.GROUP)


class PlainPrinter(Printer):
    """ASCII that the parser reads back: 2*(x - 3)."""

    minus = "-"

    def number(self, node: Number) -> Piece:
        return Piece(plain_number(node.value), Hold.ATOM, Shape.NUMBER)

    def name(self, name: str) -> Piece:
        return Piece(name, Hold.ATOM, Shape.WORD)

    def times(self, left: Shape, right: Shape) -> str:
        return "*"


class ReadablePrinter(Printer):
    """Text for readers, as one would write it by hand: 2(x − 3)."""

    minus = "−"

    def number(self, node: Number) -> Piece:
        return with_power_of_ten(readable_number(node.value))

    def name(self, name: str) -> Piece:
        return Piece(name, Hold.ATOM, Shape.LETTER if len(name) == 1 else Shape.WORD)

    def times(self, left: Shape, right: Shape) -> str:
        if left is Shape.NUMBER and right is Shape.CALL:
            return " "
        close = (
            left is Shape.NUMBER and right in (Shape.LETTER, Shape.GROUP)
        ) or left is right is Shape.GROUP
        return "" if close else "·"


class TypstPrinter(Printer):
    """Typst math markup: 2 (x - 3), frac bars from (a)/(b), e^(x) for exp(x)."""

    minus = "-"

    def number(self, node: Number) -> Piece:
        return with_power_of_ten(typst_number(node.value))

    def name(self, name: str) -> Piece:
        text = typst_name(name)
        return Piece(text, Hold.ATOM, Shape.WORD if '"' in text else Shape.LETTER)

    def times(self, left: Shape, right: Shape) -> str:
        if right is Shape.NUMBER:
            return " dot "
        if left is Shape.WORD or (right is Shape.WORD and left is not Shape.NUMBER):
            return " dot "
        if left is Shape.CALL and right in (Shape.GROUP, Shape.CALL):
            return " dot "
        return " "

    def later_factor(self, piece: Piece) -> Hold:
        # A fraction needs no brackets behind a factor: its bar holds it together.
        return Hold.PRODUCT if piece.shape is Shape.GROUP and piece.text.endswith(")") else Hold.POWER

    def quotient(self, numerator: Piece, denominator: Piece) -> Piece:
        # Typst takes these brackets away and draws a bar.
        return Piece(f"({numerator.text})/({denominator.text})", Hold.PRODUCT, Shape.GROUP)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        below = self.held(base, Hold.ATOM)
        above = exponent.text if len(exponent.text) == 1 else f"({exponent.text})"
        return self.raised(below, above)

    def call(self, name: str, typst: str, arguments: Sequence[Piece]) -> Piece:
        if name == "exp":
            return Piece(f"e^({arguments[0].text})", Hold.POWER, Shape.LETTER)
        return replace(super().call(typst, typst, arguments), shape=Shape.CALL)

    def choice(self, left: Piece, right: Piece, first: Piece, second: Piece) -> Piece:
        text = f'cases({first.text} & "if" {left.text} <= {right.text}, {second.text} & "otherwise")'
        return Piece(text, Hold.PRODUCT, Shape.GROUP)

    def three_ways(self, left: Piece, right: Piece, less: Piece, equal: Piece, greater: Piece) -> Piece:
        text = (
            f'cases({less.text} & "if" {left.text} < {right.text}, '
            f'{equal.text} & "if" {left.text} = {right.text}, {greater.text} & "otherwise")'
        )
        return Piece(text, Hold.PRODUCT, Shape.GROUP)


def _parts(node: Node) -> tuple[Node, ...]:
    """What is printed of a node: its children; of a choice between less, equal and greater the two sides and these."""
    match node:
        case Choice(left, right, Choice(above, below, equal, less), greater) if (
            above is right and below is left
        ):
            return left, right, less, equal, greater
    return children(node)


def with_power_of_ten(text: str) -> Piece:
    """A printed number, which may be a product such as 2·10^9."""
    if "10^" in text:
        return Piece(text, Hold.PRODUCT, Shape.NUMBER, end=Shape.WORD)
    return Piece(text, Hold.ATOM, Shape.NUMBER)
