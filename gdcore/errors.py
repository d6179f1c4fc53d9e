"""The mistakes a user can make, told in full: the place, what was found, what is allowed, the mend."""

from __future__ import annotations

from pathlib import Path

_SHOWN = 72  # characters of a formula shown around the mistake, so that the caret stays on one line


class GdError(ValueError):
    """A mistake in what the user gave. ``str(error)`` can be shown as it is, without a traceback."""


class FormulaError(GdError):
    """A formula that cannot be read.

    ``text`` is the formula, ``column`` the 1-based place of the mistake, ``message`` the sentence without the
    drawing. ``str(error)`` adds the formula and a caret under the place.
    """

    def __init__(self, text: str, column: int, message: str) -> None:
        self.text = text
        self.column = column
        self.message = message
        super().__init__(f"column {column}: {message}\n{_point_at(text, column)}")

    def __reduce__(self) -> tuple[type[FormulaError], tuple[str, int, str]]:
        return type(self), (self.text, self.column, self.message)


class DataError(GdError):
    """A table or a saved file that cannot be used.

    ``file`` is its path, ``line`` the 1-based line or None, ``column`` the name of the column or None.
    """

    def __init__(
        self, message: str, file: str | Path, line: int | None = None, column: str | None = None
    ) -> None:
        self.message = message
        self.file = Path(file)
        self.line = line
        self.column = column
        place = str(file)
        if line is not None:
            place += f":{line}"
        if column is not None:
            place += f", column '{column}'"
        super().__init__(f"{place}: {message}")

    def __reduce__(self) -> tuple[type[DataError], tuple[str, Path, int | None, str | None]]:
        return type(self), (self.message, self.file, self.line, self.column)


def _point_at(text: str, column: int) -> str:
    """Two indented lines: the part of ``text`` around ``column``, and a caret under it."""
    line = "".join(character if character.isprintable() else " " for character in text)
    first = max(0, min(column - 1 - _SHOWN // 2, len(line) - _SHOWN))
    shown = line[first : first + _SHOWN]
    before = "…" if first > 0 else ""
    after = "…" if first + _SHOWN < len(line) else ""
    return f"  {before}{shown}{after}\n  {' ' * (len(before) + column - 1 - first)}^"
