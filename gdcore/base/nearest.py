"""What a misspelt name probably means: a suggestion is made only where it is really near."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_PREFIX = 3  # letters of a beginning that are enough to mean a longer name


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``word`` probably means, or None when none is near. Case does not count.

    Near is a name with at most a third of its letters changed, left out, added or swapped (of a name of one or two
    letters none), and a name that begins with the word.
    """
    by_lower: dict[str, str] = {}
    for name in known:
        by_lower.setdefault(name.casefold(), name)
    meant = str(word).casefold()
    near = [name for name in by_lower if _is_near(meant, name)]
    if not near:
        return None
    # The longest common parts decide, which difflib counts; of equals the first.
    likeness = difflib.SequenceMatcher(b=meant)

    def like(name: str) -> float:
        likeness.set_seq1(name)
        return likeness.ratio()

    return by_lower[max(near, key=like)]


def did_you_mean(word: object, known: Iterable[str], otherwise: str) -> str:
    """The mend for a name that is not known: the question for the nearest one, else ``otherwise``."""
    near = nearest(word, known)
    return otherwise if near is None else f"did you mean {near}?"


def _is_near(word: str, name: str) -> bool:
    if len(word) >= _PREFIX and name.startswith(word):
        return True
    most = max(len(word), len(name)) // 3
    return abs(len(word) - len(name)) <= most and _changes(word, name) <= most


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
