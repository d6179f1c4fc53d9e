"""Pieces of formula text put together so that they keep their meaning: brackets where they are needed, nowhere else."""

from __future__ import annotations

import re

from gdcore.formula.printing.text import Hold

_ATOM = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+\.?[0-9]*|\.[0-9]+")
_CALL = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_]*)?\(")

# How tightly a piece must hold together behind, and before, what stands there; any other is a factor beside it.
_BEHIND = {
    "+": Hold.SUM,
    "-": Hold.PRODUCT,
    "*": Hold.PRODUCT,
    "/": Hold.POWER,
    "^": Hold.POWER,
    "√": Hold.ATOM,
}
_BEFORE = {"+": Hold.SUM, "-": Hold.SUM, "*": Hold.PRODUCT, "/": Hold.PRODUCT}
_LIKE = str.maketrans("−·×⋅∛", "-***√")


def closing_place(text: str, start: int, brackets: str = "()") -> int:
    """The place of the bracket that closes the one at ``start``; -1 where none does."""
    opened = 0
    for place in range(start, len(text)):
        opened += (text[place] == brackets[0]) - (text[place] == brackets[1])
        if opened == 0:
            return place
    return -1


def as_one(text: str) -> str:
    """The piece as one thing: in brackets, unless it is a name, a number, a call or in brackets already."""
    text = text.strip()
    opening = _CALL.match(text)
    if _ATOM.fullmatch(text) or (opening and closing_place(text, opening.end() - 1) == len(text) - 1):
        return text
    return f"({text})"


def fitted(piece: str, hold: Hold, before: str, after: str) -> str:
    """The piece as it stands between two texts: in brackets where they would pull it apart."""
    left, right = before.rstrip()[-1:].translate(_LIKE), after.lstrip()[:1].translate(_LIKE)
    needed = Hold.SUM
    if left and left not in "([{,|=<>≤≥$":
        needed = _BEHIND.get(left, Hold.POWER)
    if right and right not in ")]},|=<>≤≥$":
        needed = max(needed, _BEFORE.get(right, Hold.ATOM))
    if after.lstrip().startswith("**"):
        needed = Hold.ATOM
    return piece if hold >= needed else f"({piece})"
