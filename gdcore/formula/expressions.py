"""The expression tree: nine kinds of node, and nothing else.

Nodes are compared by identity. A :class:`~gdcore.formula.tree_maker.TreeMaker` makes them and hands out the same
object for the same expression, so what occurs twice is stored, differentiated and evaluated once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from gdcore.formula.functions import Function


@dataclass(frozen=True, eq=False, slots=True)
class Number:
    """A number that is not negative, kept exactly: an integer, or ``decimal`` and written with a point."""

    value: Fraction
    decimal: bool


@dataclass(frozen=True, eq=False, slots=True)
class NamedNumber:
    """A name with a fixed value: pi, e, or one that the caller of ``parse`` gave."""

    name: str
    value: float


@dataclass(frozen=True, eq=False, slots=True)
class Variable:
    """A parameter: what the descent moves."""

    name: str


@dataclass(frozen=True, eq=False, slots=True)
class Negation:
    """-argument."""

    argument: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Sum:
    """Two or more terms, added from left to right. a - b is Sum(a, Negation(b)): the same bits."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Multiplication:
    """Two or more factors, multiplied from left to right."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Quotient:
    """numerator / denominator."""

    numerator: Expression
    denominator: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Power:
    """base ^ exponent."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Call:
    """A function of the grammar at its arguments."""

    function: Function
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """``first`` where left <= right, else ``second``: what the derivatives of min and max are made of."""

    left: Expression
    right: Expression
    first: Expression
    second: Expression


Expression: TypeAlias = (
    Number | NamedNumber | Variable | Negation | Sum | Multiplication | Quotient | Power | Call | Choice
)


def children(node: Expression) -> tuple[Expression, ...]:
    """The nodes directly below ``node``, from left to right."""
    match node:
        case Negation(argument):
            return (argument,)
        case Sum(terms):
            return terms
        case Multiplication(factors):
            return factors
        case Quotient(numerator, denominator):
            return (numerator, denominator)
        case Power(base, exponent):
            return (base, exponent)
        case Call(_, arguments):
            return arguments
        case Choice(left, right, first, second):
            return (left, right, first, second)
        case _:
            return ()


def in_order(roots: Iterable[Expression]) -> Iterator[Expression]:
    """Every node below ``roots`` once, each after its children. No recursion, so no depth is too great."""
    done: set[int] = set()
    stack: list[tuple[Expression, bool]] = [(root, False) for root in reversed(tuple(roots))]
    while stack:
        node, ready = stack.pop()
        if id(node) in done:
            continue
        if ready:
            done.add(id(node))
            yield node
        else:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(children(node)))


def depth(root: Expression) -> int:
    """The number of nodes on the longest way down; a leaf has depth 1."""
    depths: dict[int, int] = {}
    for node in in_order((root,)):
        depths[id(node)] = 1 + max((depths[id(child)] for child in children(node)), default=0)
    return depths[id(root)]


def has_kinks(root: Expression) -> bool:
    """Does abs, sign, min or max occur? Their derivatives jump, so a constant one says nothing elsewhere."""
    return any(
        isinstance(node, Choice)
        or (isinstance(node, Call) and node.function.name in ("abs", "sign", "min", "max"))
        for node in in_order((root,))
    )


def depends_on(roots: Iterable[Expression], names: Iterable[str]) -> bool:
    """Does any variable called one of ``names`` occur below ``roots``?"""
    wanted = frozenset(names)
    return any(isinstance(node, Variable) and node.name in wanted for node in in_order(roots))
