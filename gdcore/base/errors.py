"""The mistakes a user can make, told in full: the place, what was found, what is allowed, the mend.

Each part is a field of its own, a plain clause in English without a capital or a full stop; ``str(error)`` joins them.
Whoever needs a part takes the field: no sentence is read again to find it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path

from gdcore.base.nearest import did_you_mean

_SHOWN = 72  # characters of a formula shown around the mistake, so that the caret stays on one line
_CLOSED = (".", "?", "!", ":", "…")


class GdError(ValueError):
    """A mistake in what the user gave. ``str(error)`` can be shown as it is, without a traceback.

    ``found``: what is wrong, "rate is -1"; ``allowed``: what would be right, "it must be above 0", or empty;
    ``mend``: what to do, "try 0.1", or empty.
    """

    def __init__(self, found: str, allowed: str = "", mend: str = "") -> None:
        self.found = found
        self.allowed = allowed
        self.mend = mend
        super().__init__(found, allowed, mend)

    @property
    def message(self) -> str:
        """The three parts as one or two sentences, without the place."""
        told = f"{self.found}; {self.allowed}" if self.allowed else self.found
        return " ".join(_closed(part) for part in (told, self.mend[:1].upper() + self.mend[1:]) if part)

    def __str__(self) -> str:
        return self.message


class FormulaError(GdError):
    """A formula that cannot be read.

    ``text`` is the formula, ``column`` the 1-based place of the mistake. ``mended`` is the whole formula as it was
    probably meant, which can be read, or empty where that cannot be worked out. ``str(error)`` adds the ``excerpt``.
    """

    def __init__(
        self, text: str, column: int, found: str, allowed: str = "", mend: str = "", mended: str = ""
    ) -> None:
        super().__init__(found, allowed, mend)
        self.text = text
        self.column = column
        self.mended = mended

    @property
    def excerpt(self) -> str:
        """Two lines: the formula, or the part of it around the mistake, and a caret under the place."""
        return _point_at(self.text, self.column)

    def __str__(self) -> str:
        return f"column {self.column}: {self.message}\n{self.excerpt}"

    def __reduce__(self) -> tuple[object, ...]:
        return _without_fields, (type(self), self.args), vars(self)


class UnclearNameError(FormulaError):
    """A name in a formula that may be something else, such as the product x*y where x and y are there, too.

    ``name`` is the name; ``meant`` is what it may be ("the product") and ``piece`` how that is written ("x*y"), with
    which ``mended`` is the whole formula. ``parameters`` are all names of the formula if ``name`` is one: given to
    ``parse``, they settle it.
    """

    def __init__(
        self,
        text: str,
        column: int,
        found: str,
        name: str,
        meant: str,
        piece: str,
        parameters: Sequence[str],
        mended: str = "",
    ) -> None:
        mend = f"write {piece} for {meant}, or name the parameters: {', '.join(parameters)}"
        super().__init__(text, column, found, mend=mend, mended=mended)
        self.name = name
        self.meant = meant
        self.piece = piece
        self.parameters = tuple(parameters)

    def told_to(self, settle: str) -> UnclearNameError:
        """The same question with another way to settle it in the mend, such as "give --parameters x,xy,y"."""
        told = copy(self)
        told.mend = f"write {self.piece} for {self.meant}, or {settle} if {self.name} is one name"
        return told


class DataError(GdError):
    """A table or a saved file that cannot be used.

    ``file`` is its path, ``line`` the 1-based line or None, ``column`` the name of the column or None.
    """

    def __init__(
        self,
        found: str,
        file: str | Path,
        line: int | None = None,
        column: str | None = None,
        *,
        allowed: str = "",
        mend: str = "",
    ) -> None:
        super().__init__(found, allowed, mend)
        self.file = Path(file)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = str(self.file)
        if self.line is not None:
            place += f":{self.line}"
        if self.column is not None:
            place += f", column '{self.column}'"
        return f"{place}: {self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        return _without_fields, (type(self), self.args), vars(self)


class MissingColumnError(DataError):
    """A table without a column that was asked for: ``missing`` is its name, ``known`` are the names there are.

    ``mend`` is for one that is missing for another reason than its name.
    """

    def __init__(
        self, missing: str, known: Sequence[str], file: str | Path, line: int | None = None, mend: str = ""
    ) -> None:
        super().__init__(
            f"there is no column '{missing}'",
            file,
            line,
            allowed="there are " + (", ".join(f"'{name}'" for name in known) or "none"),
            mend=mend or did_you_mean(missing, known, "choose one of them"),
        )
        self.missing = missing
        self.known = tuple(known)


def _closed(clause: str) -> str:
    return clause if clause.endswith(_CLOSED) else clause + "."


def _without_fields(kind: type[GdError], args: tuple[str, str, str]) -> GdError:
    """A pickled error of any kind, before its fields are filled in."""
    return kind.__new__(kind, *args)


def _point_at(text: str, column: int) -> str:
    """Two indented lines: the part of ``text`` around ``column``, and a caret under it."""
    line = "".join(character if character.isprintable() else " " for character in text)
    first = max(0, min(column - 1 - _SHOWN // 2, len(line) - _SHOWN))
    shown = line[first : first + _SHOWN]
    before = "…" if first > 0 else ""
    after = "…" if first + _SHOWN < len(line) else ""
    return f"  {before}{shown}{after}\n  {' ' * (len(before) + column - 1 - first)}^"
