"""What can be shown: by our family, by the face of a text, and by the fonts that the typesetter brings itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gdcore.notation import Face

from .engine import engine
from .fonts import missing_characters
from .markup import UNCOLOURED, document, each_in_a_colour
from .svg import strokes

_NO_LETTERS = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])  # Unicode's controls, formats and ends of lines
_NONE_YET = frozenset(["Co", "Cn"])  # and what is no letter unless a font says so
_BLANK = frozenset("\n\r\t\v\f\x85\u2028\u2029")  # set as a space
_STEERING = frozenset("\u200c\u200d\u200e\u200f\u061c")  # join, part and turn letters of some scripts
# Of these scripts the typesetter has the letters, but not the forms that they take beside one another.
_JOINED = ("ARABIC", "DEVANAGARI", "LAO")
_AT_ONCE = 500  # letters in one document


def unshown(text: str, face: Face | None = None) -> tuple[str, ...]:
    """What of a text nothing can show, in order, each once: control characters, and letters without a glyph.

    A letter is taken together with the marks over and under it: there may be a glyph for each, but not for both.
    """
    if not missing_characters(text):
        return ()
    letters = dict.fromkeys(_letters(text))
    rare = [letter for letter in letters if missing_characters(letter)]
    shown = _shown(tuple(sorted(rare)), face)
    return tuple(letter for letter in rare if letter not in shown)


def code_points(letter: str) -> str:
    """The numbers of a letter and its marks in Unicode: U+0078 U+20D7."""
    return " ".join(f"U+{ord(character):04X}" for character in letter)


def is_leftwards(text: str) -> bool:
    """Is a text written from right to left? Its first letter tells (Unicode's rules P2 and P3)."""
    if text.isascii():
        return False
    turns = (unicodedata.bidirectional(character) for character in text)
    return next((turn != "L" for turn in turns if turn in ("L", "R", "AL")), False)


def _letters(text: str) -> Iterator[str]:
    """The letters of a text with their marks."""
    letter = ""
    for character in unicodedata.normalize("NFC", text):
        if letter and unicodedata.category(character)[0] == "M":
            letter += character
            continue
        if letter:
            yield letter
        letter = "" if character in _BLANK else character
    if letter:
        yield letter


@lru_cache(maxsize=4096)
def _shown(letters: tuple[str, ...], face: Face | None) -> frozenset[str]:
    """Those that leave ink, or need none."""
    free, joined, shown = [], [], set()
    for letter in letters:
        category = unicodedata.category(letter[0])
        if letter.isspace() or (face is not None and letter in _STEERING):
            shown.add(letter)
        elif category in _NO_LETTERS or (category in _NONE_YET and face is None):
            continue
        elif unicodedata.name(letter[0], "").startswith(_JOINED):
            joined.append(letter)
        else:
            free.append(letter)
    shown |= _inked(free, face, fallback=True)
    if face is not None:
        shown |= _inked(joined, face, fallback=False)
    return frozenset(shown)


def _inked(letters: Iterable[str], face: Face | None, *, fallback: bool) -> set[str]:
    """Those that leave ink when they are set, each in a colour of its own."""
    setting = engine((face,) if face is not None else ())
    every, found = list(letters), set()
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        source = document(each_in_a_colour(some), setting.families, width=200, fallback=fallback)
        for colour, codes, _ in strokes(setting.svg(source)):
            if len(codes) and colour != UNCOLOURED:
                found.add(some[int(colour[1:], 16) - 1])
    return found
