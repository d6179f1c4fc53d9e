"""The shipped family for running text: its files for Matplotlib, and how wide words are."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

from gdcore.notation import Face
from scenes.text import Rich, Words
from scenes.typeset import Outline, font_files, missing_characters, typeset

ASCENT, DESCENT = 0.74, 0.24  # of letters, in em
RAISED, RAISE = 0.66, 0.36  # size of an exponent, and how high it stands, in em

_EXPONENT = re.compile("([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")


@cache
def own_face(bold: bool = False) -> FontProperties:
    """The regular or bold face of the family, straight from its file: nothing is looked up on the machine."""
    return FontProperties(fname=str(font_files()[1 if bold else 0]))


@lru_cache(maxsize=16384)
def foreign(text: str, bold: bool = False, face: Face | None = None) -> Outline | None:
    """The outlines of a text with letters that the family has not, or with marks over them; None for any other.

    Raises GdError for a letter that no font has.
    """
    marked = not text.isascii() and any(unicodedata.category(character)[0] == "M" for character in text)
    if not marked and not missing_characters(text):
        return None
    return typeset(Rich((Words(text, face=face),)), bold=bold)


@lru_cache(maxsize=16384)
def _advance(text: str, bold: bool, face: Face | None) -> float:
    """Width of a text without exponents, in em."""
    outline = foreign(text, bold, face)
    if outline is not None:
        return outline.width
    font = get_font(str(font_files()[1 if bold else 0]))
    font.set_size(1000, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / 1000


@lru_cache(maxsize=16384)
def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with: is it a raised exponent? (The family has no superscript minus.)

    A letter with its mark is one character wherever there is one: é, not e with an accent.
    """
    text = unicodedata.normalize("NFC", text)
    if "⁻" not in text:
        return ((text, False),)
    parts = _EXPONENT.split(text)
    return tuple(
        (part.translate(_PLAIN) if i % 2 else part, bool(i % 2)) for i, part in enumerate(parts) if part
    )


def has_letters_for(text: str) -> bool:
    """Has the family every sign of a text?"""
    return not any(missing_characters(part) for part, _ in pieces(text))


def width_of(text: str, size: float, bold: bool = False, face: Face | None = None) -> float:
    """How wide a text is, in points; `face` has the letters that the family has not."""
    return sum(
        _advance(part, bold, face) * size * (RAISED if raised else 1.0) for part, raised in pieces(text)
    )


@cache
def radicals() -> str:
    """The signs of roots that the family has; any other root is named, as cbrt(x)."""
    return "".join(sign for sign in "√∛" if has_letters_for(sign))
