"""Expressions as text to type back; and what every notation of an expression shares.

Printing goes from the leaves up. Every piece knows how tightly it holds together, so brackets stand where
they are needed and nowhere else, and what it begins and ends with, so that a product is written as by hand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import pairwise
from typing import Generic, TypeVar

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
    children,
    in_order,
)
from gdcore.notation import plain_number


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


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TextPiece(Generic[T]):
    """What is printed: what it begins with, what it ends with if that differs; ``unsigned`` behind a minus sign."""

    text: T
    hold: Hold
    shape: Shape
    unsigned: T | None = None
    end: Shape | None = None

    @property
    def tail(self) -> Shape:
        """What a right neighbour sees."""
        return self.shape if self.end is None else self.end


class Printer(ABC, Generic[T]):
    """Turns a tree into text, or into whatever else stands for it; each notation says how parts are put together."""

    def show(self, root: Expression) -> TextPiece[T]:
        """The whole expression."""
        pieces: dict[Expression, TextPiece[T]] = {}
        for node in in_order((root,)):
            pieces[node] = self._piece(node, [pieces[part] for part in _parts(node)])
        return pieces[root]

    def _piece(self, node: Expression, parts: Sequence[TextPiece[T]]) -> TextPiece[T]:
        match node:
            case Number():
                return self.number(node)
            case NamedNumber(name) | Variable(name):
                return self.name(name)
            case Negation():
                inner = self.held(parts[0], Hold.PRODUCT)
                return TextPiece(self.negated(inner.text), Hold.SUM, inner.shape, unsigned=inner.text)
            case Sum(terms):
                return self._sum(terms, parts)
            case Multiplication():
                return self._product(parts)
            case Quotient():
                return self.quotient(*parts)
            case Power():
                return self.power(*parts)
            case Call(function):
                return self.call(function.name, parts)
            case Choice():
                return self.choice(*parts) if len(parts) == 4 else self.three_ways(*parts)

    def _sum(self, terms: Sequence[Expression], parts: Sequence[TextPiece[T]]) -> TextPiece[T]:
        first = parts[0]
        text = first.text if first.unsigned is not None else self.held(first, Hold.PRODUCT).text
        for term, part in zip(terms[1:], parts[1:], strict=True):
            if isinstance(term, Negation) and part.unsigned is not None:
                # The sign of the term becomes the operator before it.
                text = self.less(text, part.unsigned)
            else:
                text = self.plus(text, self.held(part, Hold.PRODUCT).text)
        return TextPiece(text, Hold.SUM, Shape.GROUP)

    def _product(self, parts: Sequence[TextPiece[T]]) -> TextPiece[T]:
        # A later factor that is itself a product keeps its brackets: the order of the rounding is as written.
        held = [self.held(parts[0], Hold.PRODUCT)]
        held += [self.held(part, self.later_factor(part)) for part in parts[1:]]
        text = held[0].text
        for left, right in pairwise(held):
            text = self.times(text, left.tail, right)
        return TextPiece(text, Hold.PRODUCT, held[0].shape, end=held[-1].tail)

    def held(self, piece: TextPiece[T], at_least: Hold) -> TextPiece[T]:
        """``piece``, in brackets unless it holds together well enough."""
        if piece.hold >= at_least:
            return piece
        return TextPiece(self.bracketed(piece.text), Hold.ATOM, Shape.GROUP)

    def later_factor(self, piece: TextPiece[T]) -> Hold:
        return Hold.POWER

    def power(self, base: TextPiece[T], exponent: TextPiece[T]) -> TextPiece[T]:
        below = self.held(base, Hold.ATOM)
        # 2^n x would read as 2^(nx): behind a power of a number a product shows its dot.
        end = Shape.WORD if below.shape is Shape.NUMBER else below.shape
        return TextPiece(self.raised(below.text, exponent), Hold.POWER, below.shape, end=end)

    @abstractmethod
    def number(self, node: Number) -> TextPiece[T]: ...

    @abstractmethod
    def name(self, name: str) -> TextPiece[T]: ...

    @abstractmethod
    def negated(self, text: T) -> T: ...

    @abstractmethod
    def plus(self, left: T, right: T) -> T: ...

    @abstractmethod
    def less(self, left: T, right: T) -> T: ...

    @abstractmethod
    def times(self, left: T, tail: Shape, right: TextPiece[T]) -> T:
        """Both factors; ``tail`` is what the left one ends with."""

    @abstractmethod
    def bracketed(self, text: T) -> T: ...

    @abstractmethod
    def quotient(self, above: TextPiece[T], below: TextPiece[T]) -> TextPiece[T]: ...

    @abstractmethod
    def raised(self, base: T, exponent: TextPiece[T]) -> T: ...

    @abstractmethod
    def call(self, name: str, arguments: Sequence[TextPiece[T]]) -> TextPiece[T]: ...

    @abstractmethod
    def choice(
        self, left: TextPiece[T], right: TextPiece[T], first: TextPiece[T], second: TextPiece[T]
    ) -> TextPiece[T]: ...

    @abstractmethod
    def three_ways(
        self,
        left: TextPiece[T],
        right: TextPiece[T],
        less: TextPiece[T],
        equal: TextPiece[T],
        greater: TextPiece[T],
    ) -> TextPiece[T]: ...


class PlainPrinter(Printer[str]):
    """ASCII that the parser reads back: 2*(x - 3)."""

    def number(self, node: Number) -> TextPiece[str]:
        return TextPiece(plain_number(node.value), Hold.ATOM, Shape.NUMBER)

    def name(self, name: str) -> TextPiece[str]:
        return TextPiece(name, Hold.ATOM, Shape.WORD)

    def negated(self, text: str) -> str:
        return f"-{text}"

    def plus(self, left: str, right: str) -> str:
        return f"{left} + {right}"

    def less(self, left: str, right: str) -> str:
        return f"{left} - {right}"

    def times(self, left: str, tail: Shape, right: TextPiece[str]) -> str:
        return f"{left}*{right.text}"

    def bracketed(self, text: str) -> str:
        return f"({text})"

    def quotient(self, above: TextPiece[str], below: TextPiece[str]) -> TextPiece[str]:
        top = self.held(above, Hold.PRODUCT)
        text = f"{top.text}/{self.held(below, Hold.POWER).text}"
        return TextPiece(text, Hold.PRODUCT, top.shape, end=Shape.WORD)

    def raised(self, base: str, exponent: TextPiece[str]) -> str:
        return f"{base}^{self.held(exponent, Hold.POWER).text}"

    def call(self, name: str, arguments: Sequence[TextPiece[str]]) -> TextPiece[str]:
        inside = ", ".join(argument.text for argument in arguments)
        return TextPiece(f"{name}({inside})", Hold.ATOM, Shape.CALL)

    def choice(
        self, left: TextPiece[str], right: TextPiece[str], first: TextPiece[str], second: TextPiece[str]
    ) -> TextPiece[str]:
        text = f"({first.text} if {left.text} <= {right.text} else {second.text})"
        return TextPiece(text, Hold.ATOM, Shape.GROUP)

    def three_ways(
        self,
        left: TextPiece[str],
        right: TextPiece[str],
        less: TextPiece[str],
        equal: TextPiece[str],
        greater: TextPiece[str],
    ) -> TextPiece[str]:
        sides = f"{less.text} if {left.text} < {right.text}, {equal.text} if {left.text} = {right.text}"
        return TextPiece(f"({sides}, else {greater.text})", Hold.ATOM, Shape.GROUP)


def _parts(node: Expression) -> tuple[Expression, ...]:
    """What is printed of a node: its children; of a choice between less, equal and greater the two sides and these."""
    match node:
        case Choice(left, right, Choice(above, below, equal, less), greater) if (
            above is right and below is left
        ):
            return left, right, less, equal, greater
    return children(node)
