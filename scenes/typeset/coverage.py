"""Which characters can be shown: those of the shipped family, and of the fonts that the typesetter brings itself."""

from __future__ import annotations

import unicodedata
from functools import cache

from scenes.text.rich import words

from .compiler import typeset
from .fonts import missing_characters

_NO_LETTERS = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])  # Unicode's controls, formats and gaps


def unshown(text: str) -> tuple[str, ...]:
    """The characters of a text that nothing can show, in order, each once: control characters and missing glyphs."""
    return tuple(dict.fromkeys(character for character in text if not is_shown(character)))


@cache
def is_shown(character: str) -> bool:
    """Has a character a glyph, in our family or in the typesetter's fonts, which hold the signs of mathematics?"""
    if unicodedata.category(character) in _NO_LETTERS:
        return False
    return character.isspace() or not missing_characters(character) or bool(typeset(words(character)))
