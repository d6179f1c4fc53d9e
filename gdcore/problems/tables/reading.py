"""Columns of numbers out of CSV files as people really save them.

Understood: UTF-8, UTF-16 and UTF-32 with their marks, else what Windows writes in Western Europe; separators , ; tab,
bars and blanks, also in quoted names; decimal points and commas, marks between thousands, any minus sign; quotes; LF, CRLF
and CR, also within quotes; blank lines; Excel's first line ``sep=;``. What can be read in two ways is asked about, and what
is no number is named.

The file is read piece by piece and a column takes 8 bytes a row (and at most a sixteenth more), so ten million rows
of three columns take 255 MB.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_args

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import one_of
from gdcore.base.errors import DataError, GdError, MissingColumnError
from gdcore.base.files import unreadable
from gdcore.problems.tables.encoding import UTF_8, WINDOWS, encoding_of
from gdcore.problems.tables.layout import APART, Layout, layout_of, tidy_name
from gdcore.problems.tables.left_out import LeftOut, Missing
from gdcore.problems.tables.lookalikes import lookalike_mend
from gdcore.problems.tables.one_pass import OnePass
from gdcore.problems.tables.records import ReadAgain, Way

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class DataTable:
    """Columns of numbers by name, each (N,) and read-only, and the rows that were left out of them."""

    columns: Mapping[str, FloatArray]
    left_out: LeftOut


def read_columns(path: str | Path, names: Sequence[str] | None = None) -> dict[str, FloatArray]:
    """The columns called ``names`` of the CSV file at ``path``, each (N,), in that order; None takes all.

    The first line must name the columns. Raises DataError with file, line and column for everything that keeps
    a cell from being a finite number, a missing column, an empty file and a file that cannot be read.
    """
    return dict(read_table(path, names).columns)


def read_table(
    path: str | Path, names: Sequence[str] | None = None, missing: Missing = "refuse"
) -> DataTable:
    """The columns called ``names`` of the CSV file at ``path``, each (N,), in that order; None takes all.

    ``missing="drop"`` leaves out the rows in which a number of these columns is missing: the cell is empty or says -, ?,
    a point, NA, N/A, NaN, null, none, missing or k. A. (see ``is_missing``). All else that is no number is a mistake.

    Raises what ``read_columns`` raises.
    """
    one_of(missing, get_args(Missing), "missing")
    if names is not None and (isinstance(names, str) or not names):
        raise GdError(
            f"names is {names!r}",
            "it must be a list of one or more column names",
            "write for example ['x', 'y']",
        )
    path = Path(path)

    def columns(way: Way) -> DataTable:
        layout = layout_of(path, way.encoding, way.errors, names)
        one = OnePass(path, way, layout, _places(path, way, layout, names), missing == "drop")
        found = one.read()
        return DataTable(found, one.left_out)

    return _read(path, columns)


def column_names(path: str | Path) -> tuple[str, ...]:
    """The names of the columns of the CSV file at ``path``, as ``read_columns`` takes them.

    Raises DataError as that does.
    """
    path = Path(path)
    layout = _read(path, lambda way: layout_of(path, way.encoding, way.errors, None))
    return tuple(filter(None, layout.names))


def _read(path: Path, read: Callable[[Way], _T]) -> _T:
    """What ``read`` makes of a file, begun again as often as the file shows that it is to be read in another way."""
    try:
        way = Way(encoding_of(path))
        while True:
            # What was read until a file showed that is no longer held when it is read again.
            try:
                return read(way)
            except ReadAgain as again:
                way = again.way
            except UnicodeError:
                if way.encoding != UTF_8:
                    raise DataError("the file is damaged", path, mend="save it again, in UTF-8") from None
                way = Way(WINDOWS, errors="replace")
    except IsADirectoryError:
        raise DataError("this is a folder", path, mend="give the name of a CSV file in it") from None
    except OSError as error:
        raise unreadable(path, error) from None


def _places(path: Path, way: Way, layout: Layout, names: Sequence[str] | None) -> dict[str, int]:
    """Where the columns asked for stand, by the names by which they were asked for. Raises DataError."""
    places = {}
    known = [name for name in layout.names if name]
    for asked in known if names is None else names:
        name = tidy_name(asked)
        many = layout.names.count(name) if name else 0
        if many > 1:
            raise DataError(
                f"{many} columns have this name", path, layout.line, asked, mend="rename all but one"
            )
        if not many:
            raise MissingColumnError(asked, known, path, layout.line, _mend(way, layout, name))
        places[asked] = layout.names.index(name)
    if not places:
        raise DataError(
            "the first line names no column",
            path,
            layout.line,
            mend="put a line such as bedrooms,price above",
        )
    return places


def _mend(way: Way, layout: Layout, name: str) -> str:
    """The mend for a name that is not there, where another name is not the reason; else empty."""
    if way.encoding == WINDOWS and not name.isascii():
        return "save the file in UTF-8, so that its letters are known"
    if len(layout.names) == 1 and name in re.split(APART, layout.names[0]):
        return "separate the columns by ; or commas, the same in every row"
    marked = next(
        (known for known in layout.names if known.startswith("#") and known.lstrip("# ") == name), None
    )
    if marked is not None:
        return f"choose '{marked}', or take the # away"
    return lookalike_mend(name, layout.names)
