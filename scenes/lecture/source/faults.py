"""What is wrong with a lecture: one Fault a mistake, all of them in one LectureError."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gdcore.base.errors import DataError, FormulaError, GdError

LONGEST = 60
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

    @property
    def place(self) -> str:
        """File, line and column with colons between them, as far as they are known."""
        return ":".join(str(part) for part in (_shown(self.file), self.line, self.column) if part is not None)

    def __str__(self) -> str:
        head = f"{self.place}: {_shown(self.key)}: " if self.key else f"{self.place}: "
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
    """A lecture cannot be used. `faults` holds every mistake in it, in the order of their places.

    `found`, `allowed` and `mend` are those of the first one.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(dict.fromkeys(faults))
        first = self.faults[0]
        super().__init__(first.found, first.allowed, first.mend)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: the mistake is in the lecture, not in the calls that read it."""
        return [f"LectureError: {self}"]

    def __reduce__(self) -> tuple[type[LectureError], tuple[tuple[Fault, ...]]]:
        return (type(self), (self.faults,))


def faults_of(error: GdError) -> tuple[Fault, ...]:
    """What a mistake comes to, each with as much of a place as is known."""
    told = (error.found, error.allowed, error.mend)
    match error:
        case LectureError():
            return error.faults
        case DataError():
            key = "" if error.column is None else f"column {error.column}"
            return (Fault(str(error.file), error.line, None, key, *told),)
        case FormulaError():
            return (Fault("", None, error.column, "", *told, error.excerpt),)
    return (Fault("", None, None, "", *told),)


def comma_list(words: Iterable[str]) -> str:
    """`a, b, c`, or `none`."""
    return ", ".join(words) or "none"


def _shown(place: str) -> str:
    """A file or key in full; what a terminal would obey or could not print is spelled by its code."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in place)


def clipped(text: str) -> str:
    """`text` on one line, without control characters, at most SHOWN characters."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def in_quotes(text: str) -> str:
    """`text`, clipped, between double quotes."""
    return f'"{clipped(text)}"'
