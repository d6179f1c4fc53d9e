"""The shipped family for running text: its files for Matplotlib, and how wide words are."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

from gdcore.base.errors import GdError
from scenes.text import words
from scenes.typeset import Outline, font_files, missing_characters, typeset
from scenes.typeset.coverage import unshown

ASCENT, DESCENT = 0.74, 0.24  # of letters, in em
RAISED, RAISE = 0.66, 0.36  # size of an exponent, and how high it stands, in em

_EXPONENT = re.compile("([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")


@cache
def face(bold: bool = False) -> FontProperties:
    """The regular or bold face, straight from its file: nothing is looked up on the machine."""
    return FontProperties(fname=str(font_files()[1 if bold else 0]))


@lru_cache(maxsize=16384)
def foreign(text: str, bold: bool = False) -> Outline | None:
    """The outlines of a text with signs that the family has not; None for one that it can show.

    Raises GdError for a character that no font has.
    """
    if not missing_characters(text):
        return None
    strangers = unshown(text)
    if strangers:
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in strangers)
        raise GdError(
            f"the report cannot show {named} in '{text}': no shipped font has it",
            mend="write it in another way",
        )
    return typeset(words(text), bold=bold)


@lru_cache(maxsize=16384)
def _advance(text: str, bold: bool) -> float:
    """Width of a text without exponents, in em."""
    outline = foreign(text, bold)
    if outline is not None:
        return outline.width
    font = get_font(str(font_files()[1 if bold else 0]))
    font.set_size(1000, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / 1000


@lru_cache(maxsize=16384)
def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with: is it a raised exponent? (The family has no superscript minus.)"""
    if "⁻" not in text:
        return ((text, False),)
    parts = _EXPONENT.split(text)
    return tuple(
        (part.translate(_PLAIN) if i % 2 else part, bool(i % 2)) for i, part in enumerate(parts) if part
    )


def has_letters_for(text: str) -> bool:
    """Has the family every sign of a text?"""
    return not any(missing_characters(part) for part, _ in pieces(text))


@cache
def radicals() -> str:
    """The signs of roots that the family has; any other root is named, as cbrt(x)."""
    return "".join(sign for sign in "√∛" if has_letters_for(sign))


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is, in points."""
    return sum(_advance(part, bold) * size * (RAISED if raised else 1.0) for part, raised in pieces(text))
