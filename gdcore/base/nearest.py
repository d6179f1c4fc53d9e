"""What a misspelt name probably means: a suggestion is made only where it is really near."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_PREFIX = 3  # letters of a beginning that are enough to mean a longer name
_MOST = 2  # slips in one word; with more it is another word: bathrooms are not bedrooms
_SEPARATORS = str.maketrans("-_", "  ")


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``word`` probably means, or None when none is near.

    Neither case counts nor whether words are joined by a space, a hyphen or an underscore. Near is a name with at
    most two of its letters, and at most a third of them, changed, left out, added or swapped (of a name of one or two
    letters none), and a name that begins with the word. Another number makes another name: beta3 is not beta2.
    """
    by_plain: dict[str, str] = {}
    for name in known:
        by_plain.setdefault(_plain(name), name)
    meant = _plain(str(word))
    changes = {name: _changes_to(name, meant) for name in by_plain}
    near = {name: count for name, count in changes.items() if count is not None}
    if not near:
        return None
    # Of equally near ones the longest common parts decide, which difflib counts; of equals the first.
    likeness = difflib.SequenceMatcher(b=meant)

    def like(name: str) -> tuple[int, float]:
        likeness.set_seq1(name)
        return -near[name], likeness.ratio()

    return by_plain[max(near, key=like)]


def did_you_mean(word: object, known: Iterable[str], otherwise: str) -> str:
    """The mend for a name that is not known: the question for the nearest one, else ``otherwise``."""
    near = nearest(word, known)
    return otherwise if near is None else f"did you mean {near}?"


def _plain(name: str) -> str:
    return name.strip().casefold().translate(_SEPARATORS)


def _changes_to(name: str, word: str) -> int | None:
    """How many letters of ``word`` must change for it to be ``name``; None where that is too many."""
    if name == word or (len(word) >= _PREFIX and name.startswith(word)):
        return 0
    ours, theirs = re.findall(r"\d+", word), re.findall(r"\d+", name)
    if ours and theirs and ours != theirs:
        return None
    most = min(max(len(word), len(name)) // 3, _MOST)
    if abs(len(word) - len(name)) > most:
        return None
    changes = _changes(word, name)
    return changes if changes <= most else None


def _changes(a: str, b: str) -> int:
    """How many letters must be changed, left out, added or swapped with their neighbour to make ``a`` into ``b``.

    The optimal string alignment distance of Damerau (1964).
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
