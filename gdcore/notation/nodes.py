"""A piece of mathematics as a tree: what is set, not how a typesetter spells it.

Text from outside enters as a `Word` only, and no writer lets a word become markup; every other leaf comes from a
closed table. So whatever a user calls a parameter, its formula is shown and never run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from gdcore.notation.symbols import SIGNS, SYMBOLS

_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter in italics, or one of the named symbols: x, theta, partial. Raises ValueError for another name."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in SYMBOLS:
            raise ValueError(f"there is no symbol {self.name!r}")


@dataclass(frozen=True, slots=True)
class Face:
    """A font for letters that the usual one has not: its file, and the sha256 (hex) of its bytes."""

    file: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Word:
    """Upright text, whatever it holds; letters that the usual font has not are taken from `face`."""

    text: str
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """The upright name of a function, such as ln or sin. Raises ValueError for what is no name."""

    name: str

    def __post_init__(self) -> None:
        if not re.fullmatch("[a-z]+", self.name):
            raise ValueError(f"{self.name!r} is no name of a function")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as digits, such as -0.05, and a power of ten where there is one.

    Raises ValueError where ``digits`` are not -?digits[.digits].
    """

    digits: str
    exponent: int | None = None

    def __post_init__(self) -> None:
        if not _DIGITS.fullmatch(self.digits):
            raise ValueError(f"{self.digits!r} are no digits")


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator or relation between terms, such as minus or approx. Raises ValueError for an unknown one."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in SIGNS:
            raise ValueError(f"there is no sign {self.name!r}")


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A base with an index, an exponent or primes."""

    base: Node
    below: Node | None = None
    above: Node | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Fraction:
    """One over the other, with a bar."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Fenced:
    """Something in brackets, or between the bars of an absolute value."""

    inside: Node
    fence: Literal["round", "square", "bars"] = "round"


@dataclass(frozen=True, slots=True)
class Root:
    """A root: a square root, or one of another degree. Raises ValueError for a degree that is no number from 2 on."""

    inside: Node
    degree: int = 2

    def __post_init__(self) -> None:
        if self.degree < 2:
            raise ValueError(f"there is no root of degree {self.degree}")


@dataclass(frozen=True, slots=True)
class Hat:
    """An estimate: a letter under a hat."""

    inside: Node


@dataclass(frozen=True, slots=True)
class Cases:
    """Values with their conditions; the last one, without any, is taken otherwise."""

    rows: tuple[tuple[Node, Node], ...]
    otherwise: Node


Node: TypeAlias = (
    Symbol | Word | Operator | Numeral | Sign | Row | Script | Fraction | Fenced | Root | Hat | Cases
)


def row(parts: Iterable[Node]) -> Node:
    """The parts side by side, rows among them opened; a single one as it is."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Row) else (part,))
    return flat[0] if len(flat) == 1 else Row(tuple(flat))


def listed(parts: Iterable[Node]) -> Node:
    """The parts with commas between them."""
    found: list[Node] = []
    for part in parts:
        found += [Sign("comma"), part] if found else [part]
    return row(found)


def is_loose(node: Node) -> bool:
    """Would an exponent behind it belong to its last part only? A function with its brackets is one thing."""
    match node:
        case Row(parts):
            return not (len(parts) == 2 and isinstance(parts[0], Operator))
        case Numeral(digits, exponent):
            return exponent is not None or digits.startswith("-")
        case Script():
            return node.above is not None
    return isinstance(node, Fraction)
