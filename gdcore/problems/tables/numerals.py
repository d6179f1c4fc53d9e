"""Numbers as people write them: a decimal point or a decimal comma, marks between the thousands, any minus sign.

A cell is read under both conventions. Where only one of them makes a number of it, the cell decides for the whole
file; where they make different ones (1.234), it leaves the question open.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

DecimalMark: TypeAlias = Literal[".", ","]

OTHER_MARK: Mapping[DecimalMark, DecimalMark] = MappingProxyType({".": ",", ",": "."})
MARK_NAMES: Mapping[DecimalMark, str] = MappingProxyType({".": "point", ",": "comma"})

# Between the thousands there may also be a blank (common, no-break, thin, narrow) or an apostrophe (of three shapes).
_BETWEEN = " \u00a0\u2009\u202f'\u2019\u00b4"
# Minus signs: U+2212 of typography; dashes and hyphens that editors put in its place; those of small and full width.
_DASHES = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Letters that take no room, for `str.translate`: they come along with what is copied from pages."""

# Of these letters float() makes what _written(".") does, and nothing else; it takes blanks around them, too.
_PLAIN = b"0123456789.+-eE \t\n"
# Cells that all are whole numbers, or open: 1.234 is 1234 in half of the world.
_OPEN = re.compile(r"(?:[+-]?[1-9][0-9]{0,2}\.[0-9]{3}\n|[+-]?[0-9]+\n)*")


def _written(decimal: str, other: str) -> re.Pattern[str]:
    """A number under one convention. Thousands are marked throughout and alike, and then there is no exponent."""
    grouped = rf"[1-9][0-9]{{0,2}}(?P<mark>[{other}{_BETWEEN}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?:{decimal}[0-9]*)?"
    plain = rf"(?:[0-9]+(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]+)?"
    return re.compile(rf"[+-]?(?:{grouped}|{plain})")


_WRITTEN = {".": _written(r"\.", ","), ",": _written(",", r"\.")}


def tidy_cell(cell: str) -> str:
    """A cell without blanks around it and letters that cannot be seen, its minus sign that of ASCII."""
    cell = cell.strip()
    return cell if cell.isascii() else cell.translate(UNSEEN).translate(_DASHES).strip()


def value_under(decimal: DecimalMark, cell: str) -> float | None:
    """The number that a tidied cell says if ``decimal`` stands before decimals; None when it says none."""
    found = _WRITTEN[decimal].fullmatch(cell)
    if found is None:
        return None
    if found["mark"]:
        cell = cell.replace(found["mark"], "")
    return float(cell.replace(decimal, "."))


def says_a_number(cell: str) -> bool:
    """Is a tidied cell a number under either convention?"""
    return value_under(".", cell) is not None or value_under(",", cell) is not None


def decided_by(cell: str) -> DecimalMark | None:
    """The decimal mark that a tidied cell decides on; None when it is no number, or one under both conventions."""
    by_point, by_comma = value_under(".", cell), value_under(",", cell)
    if (by_point is None) == (by_comma is None):
        return None
    return "," if by_point is None else "."


def in_bulk(cells: list[str], decimal: DecimalMark | None, *, may_be_open: bool) -> list[float] | None:
    """The numbers of many cells at once, where none of them needs a closer look; else None.

    Without a ``decimal`` that is decided, a cell with a comma needs one, and so do one that decides and, unless it
    ``may_be_open``, one that leaves the question open.
    """
    text = "\n".join(cells)
    if decimal == "," or not text.isascii():
        if decimal == ",":
            if "." in text:
                return None
            text = text.replace(",", ".")
        many, cells = len(cells), text.translate(_DASHES).split("\n")
        if len(cells) != many:  # one goes over several lines
            return None
        text = "\n".join(cells)
    if text.encode().translate(None, _PLAIN):
        return None
    if decimal is None and "." in text and not (may_be_open and _OPEN.fullmatch(text + "\n")):
        return None
    try:
        numbers = list(map(float, cells))
    except ValueError:  # an empty cell, a sign alone, two points
        return None
    return numbers if math.isfinite(sum(numbers)) else None  # 1e999, or numbers that are near to it
