"""What is wrong with a lecture: one Fault a mistake, all of them in one LectureError."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from gdcore.errors import GdError

SHOWN = 60
"""The most characters of the user's own text that a message repeats."""


@dataclass(frozen=True)
class Fault:
    """One mistake: where it is, what was found, what is allowed, and the mend.

    `line` and `column` count from 1 and are None where a file has no such place (it is missing, say).
    `key` is the way to the value from the top of the lecture, such as `runs.timid.rate` or `scenes[1].run`.
    `excerpt` is a piece of the source with a caret under the mistake, or empty.
    """

    file: str
    line: int | None
    column: int | None
    key: str
    found: str
    allowed: str
    mend: str
    excerpt: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        head = f"{place}: {self.key}: " if self.key else f"{place}: "
        text = f"{head}found {self.found}; allowed: {self.allowed}; mend: {self.mend}"
        return f"{text}\n{self.excerpt}" if self.excerpt else text

    def as_dict(self) -> dict[str, str | int | None]:
        """The fault for a program (`--json`): every field under its name."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "key": self.key,
            "found": self.found,
            "allowed": self.allowed,
            "mend": self.mend,
        }


class LectureError(GdError):
    """A lecture cannot be used. `faults` holds every mistake in it, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[LectureError], tuple[tuple[Fault, ...]]]:
        return (type(self), (self.faults,))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or None when none is near. Case does not count."""
    by_lower: dict[str, str] = {}
    for name in known:
        by_lower.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(word.casefold(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def listed(words: Iterable[str]) -> str:
    """`a, b, c`, or `none`."""
    return ", ".join(words) or "none"


def clipped(text: str) -> str:
    """`text` on one line, without control characters, at most SHOWN characters."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def quoted(text: str) -> str:
    """`text`, clipped, between double quotes."""
    return f'"{clipped(text)}"'


def parted(message: str) -> tuple[str, str]:
    """A sentence of the core as (what is wrong, the mend): the core says both, the mend last."""
    message = message.strip()
    for mark, once_from_left in ((". ", True), ("; ", False)):
        found, _, mend = message.partition(mark) if once_from_left else message.rpartition(mark)
        if found and mend:
            return found.rstrip("."), mend[0].lower() + mend[1:].rstrip(".")
    return message.rstrip("."), "correct it"
