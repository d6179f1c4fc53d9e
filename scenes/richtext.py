"""Text with formulae and coloured words, as data: what captions and labels are made of.

    say("The slope at {point|$w = 6$} is {slope|6}.")

`$…$` holds Typst mathematics, `{role|…}` colours its content. Only this program writes such
templates; words that come from a lecture enter as plain `Words`, never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .theme import Role


@dataclass(frozen=True)
class Words:
    """Plain text, shown letter by letter as it stands."""

    text: str
    role: Role | None = None


@dataclass(frozen=True)
class Maths:
    """Typst mathematics (the part between the dollar signs) and how it reads as plain text."""

    typst: str
    role: Role | None = None
    spoken: str = ""


@dataclass(frozen=True)
class Rich:
    """A line or paragraph of words and formulae."""

    runs: tuple[Words | Maths, ...] = ()

    def plain(self) -> str:
        """The text without colours, formulae in a readable spelling: subtitles, manifest, checks."""
        parts = (run.text if isinstance(run, Words) else run.spoken or spoken(run.typst) for run in self.runs)
        return " ".join("".join(parts).split())

    def __add__(self, other: Rich) -> Rich:
        return Rich(self.runs + other.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)


_ROLE = re.compile(r"\{(" + "|".join(role.value for role in Role) + r")\|")


def say(template: str) -> Rich:
    """The rich text of a template of this program (see the module's text)."""
    runs: list[Words | Maths] = []
    role: Role | None = None
    position = 0
    while position < len(template):
        opening = _ROLE.match(template, position)
        if opening:
            role, position = Role(opening.group(1)), opening.end()
        elif template[position] == "}" and role is not None:
            role, position = None, position + 1
        elif template[position] == "$":
            end = template.index("$", position + 1)
            runs.append(Maths(template[position + 1 : end], role))
            position = end + 1
        else:
            end = position + 1
            while end < len(template) and template[end] not in "${}":
                end += 1
            runs.append(Words(template[position:end], role))
            position = end
    return Rich(tuple(runs))


def words(text: str, role: Role | None = None) -> Rich:
    """Text of a user's, taken literally."""
    return Rich((Words(text, role),))


def maths(typst: str, role: Role | None = None, spoken: str = "") -> Rich:
    """One formula."""
    return Rich((Maths(typst, role, spoken),))


def join(parts: Iterable[Rich], separator: str = " ") -> Rich:
    """Several texts in a row."""
    runs: list[Words | Maths] = []
    for part in parts:
        if runs:
            runs.append(Words(separator))
        runs.extend(part.runs)
    return Rich(tuple(runs))


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"\bdot 10\^\((-?\d+)\)")
_SPOKEN = (
    (r" *\bslash\b *", "/"),
    (r"\bdot\.op\b|\bdot\b", "·"),
    (r"\btimes\b", "×"),
    (r"(?<![A-Za-z])alpha(?![A-Za-z])", "α"),
    (r"(?<![A-Za-z])lambda(?![A-Za-z])", "λ"),
    (r"(?<![A-Za-z])kappa(?![A-Za-z])", "κ"),
    (r"\bpartial +|\bdiff +", "∂"),
    (r"\bapprox\b", "≈"),
    (r"\barrow\.l\b", "←"),
    (r"\barrow\.r\b", "→"),
    (r" *\\/ *", "/"),
    (r"<=", "≤"),
    (r">=", "≥"),
    (r"\bthin\b|\bquad\b|\bspace\b", " "),
    (r'upright\("([^"]*)"\)|"([^"]*)"', r"\1\2"),
    (r"_\(([^()]*)\)", r"_\1"),
    (r"\^\(([^()]*)\)", r"^\1"),
    (r"(?<![\w)])-(?=[\d.])", "−"),
    (r" - ", " − "),
)


def spoken(typst: str) -> str:
    """A formula in Typst's spelling as readable plain text (not a parser: good enough for subtitles)."""
    typst = _POWER.sub(lambda power: "× 10" + power.group(1).translate(_SUPERSCRIPTS), typst)
    for pattern, replacement in _SPOKEN:
        typst = re.sub(pattern, replacement, typst)
    return typst
