"""Words and formulae in a row, as data: what captions, labels and pages are made of.

Words are shown letter by letter as they stand; a formula is a tree. Neither is markup, so whatever a lecture, a file
or a column holds can stand in a text and is never read as anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gdcore.notation import Face, Node, lettered, plain
from scenes.theme import Role


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, shown letter by letter as it stands; letters that our font has not are taken from `face`."""

    text: str
    role: Role | None = None
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula, or a number."""

    node: Node
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Rich:
    """A line or paragraph of words and formulae."""

    runs: tuple[Words | Maths, ...] = ()

    def plain(self, decimal: str = ".") -> str:
        """The text without colours, formulae as one would type them: subtitles, manifest, checks."""
        parts = (run.text if isinstance(run, Words) else plain(run.node, decimal) for run in self.runs)
        return " ".join("".join(parts).split())

    def coloured(self, role: Role | None) -> Rich:
        """The same in the colour of ``role``, except for what has a colour of its own."""
        if role is None:
            return self
        return Rich(tuple(run if run.role else replace(run, role=role) for run in self.runs))

    def lettered(self, face: Face | None) -> Rich:
        """The same with a face for letters that our font has not."""
        return self if face is None else Rich(tuple(_lettered(run, face) for run in self.runs))

    def __add__(self, other: Rich) -> Rich:
        return Rich(self.runs + other.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)


def _lettered(run: Words | Maths, face: Face) -> Words | Maths:
    if isinstance(run, Words):
        return run if run.text.isascii() else replace(run, face=face)
    return replace(run, node=lettered(run.node, face))


def words(text: str, role: Role | None = None) -> Rich:
    """Text taken literally, such as a title or a column's name."""
    return Rich((Words(text, role),))


def maths(node: Node, role: Role | None = None) -> Rich:
    """One formula."""
    return Rich((Maths(node, role),))


def join(parts: Iterable[Rich], separator: str = " ") -> Rich:
    """Several texts in a row, those that are empty left out."""
    runs: list[Words | Maths] = []
    for part in parts:
        if runs and part:
            runs.append(Words(separator))
        runs.extend(part.runs)
    return Rich(tuple(runs))
