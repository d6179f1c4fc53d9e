"""Where a line may end within a word: between the letters of scripts that are written without spaces."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

# What begins no line, beside all that closes or ends something: small kana, marks of length and of repetition.
_NEVER_FIRST = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ〻")
_HANGUL = range(0xAC00, 0xD7A4)  # written with spaces, and broken there


def unbroken(word: str) -> list[str]:
    """The parts of a word that stay on one line each; most words are one."""
    if word.isascii():
        return [word]
    parts = [word[0]]
    for before, after in pairwise(word):
        if _may_break(before, after):
            parts.append(after)
        else:
            parts[-1] += after
    return parts


def has_wide_end(text: str, end: int) -> bool:
    """Is the first (0) or last (-1) letter of a text one of those that need no space beside them?"""
    return bool(text) and _is_wide(text[end])


def _may_break(before: str, after: str) -> bool:
    if not (_is_wide(before) or _is_wide(after)):
        return False
    opens = unicodedata.category(before) in ("Ps", "Pi")
    kind = unicodedata.category(after)
    closes = kind[0] in "MP" and kind not in ("Ps", "Pi")
    return not (opens or closes or after in _NEVER_FIRST)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF" and ord(letter) not in _HANGUL
