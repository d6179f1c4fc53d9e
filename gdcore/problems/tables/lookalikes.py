"""Names of columns that look like the one that is asked for, in letters of another alphabet."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_CYRILLIC = dict(zip("аекорсухіјѕАВЕКМНОРСТХІЈЅУ", "aekopcyxijsABEKMHOPCTXIJSY", strict=True))
_GREEK = dict(zip("οκναιρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "okvaipuABEZHIKMNOPTYX", strict=True))
_LATIN = str.maketrans(_CYRILLIC | _GREEK)


def lookalike_mend(asked: str, known: Sequence[str]) -> str:
    """The mend for a tidied name that a column has in letters that only look the same; else empty.

    The first letter that differs is named by its number in Unicode: to the eye there is no difference.
    """
    for name in known:
        if len(name) == len(asked) and _seen(name) == _seen(asked):
            theirs, ours = next(pair for pair in zip(name, asked, strict=True) if pair[0] != pair[1])
            return (
                f"copy the name from the table, or rename it there: its {theirs} is {_by_number(theirs)}, "
                f"not {_by_number(ours)}"
            )
    return ""


def _seen(name: str) -> str:
    return unicodedata.normalize("NFKC", name).translate(_LATIN)


def _by_number(letter: str) -> str:
    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'without a name').lower()})"
