"""Columns of numbers out of CSV files as people really save them.

Understood: a byte-order mark, UTF-8, UTF-16 with its mark, Latin-1; separators , ; tab; a decimal comma beside
; or tab or in quotes; quotes; LF, CRLF and CR; blank lines; Excel's first line ``sep=;``. The file is read line by
line and a column takes 8 bytes a row (and at most a sixteenth more), so ten million rows of three columns
take 255 MB.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import math
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import DataError, GdError, MissingColumnError
from gdcore.base.files import unreadable

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_SEPARATORS = ("\t", ";", ",")


def read_columns(path: str | Path, names: Sequence[str] | None = None) -> dict[str, FloatArray]:
    """The columns called ``names`` of the CSV file at ``path``, each (N,), in that order; None takes all.

    The first line must name the columns. Raises DataError with file, line and column for everything that keeps
    a cell from being a finite number, a missing column, an empty file and a file that cannot be read.
    """
    path = Path(path)
    try:
        with contextlib.suppress(UnicodeDecodeError):
            return _Reader(path, _encoding(path), names).read()
        # Latin-1 reads any bytes, and CSV files that are not UTF-8 come from Western European Windows. What was read
        # until the mistake was found is no longer held here.
        return _Reader(path, "latin-1", names).read()
    except IsADirectoryError:
        raise DataError("this is a folder", path, mend="give the name of a CSV file in it") from None
    except csv.Error as error:
        raise DataError(f"this is not a table ({error})", path, mend="save it as CSV") from None
    except OSError as error:
        raise unreadable(path, error) from None


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise DataError("this is not a text file", path, mend="save the table as CSV")
    return "utf-8-sig"


@dataclass
class _Column:
    name: str
    place: int
    values: array[float] = field(default_factory=lambda: array("d"))

    def finished(self) -> FloatArray:
        """The numbers (N,), read-only, without a copy."""
        numbers = np.frombuffer(self.values)
        numbers.setflags(write=False)
        return numbers


class _Reader:
    """One pass over one file."""

    def __init__(self, path: Path, encoding: str, names: Sequence[str] | None) -> None:
        self.path = path
        self.encoding = encoding
        self.names = names
        self.separator = ","
        self.decimal_comma: int | None = None  # the line where the first one stood
        self.decimal_point: int | None = None

    def read(self) -> dict[str, FloatArray]:
        with self.path.open(encoding=self.encoding, newline="") as stream:
            lines = self._lines(stream)
            rows = self._rows(lines)
            try:
                line, header = next(rows)
            except StopIteration:
                raise DataError(
                    "the file is empty",
                    self.path,
                    allowed="the first line names the columns, such as bedrooms,price",
                    mend="write it, and a row of numbers in each line below",
                ) from None
            columns = self._columns(line, header)
            width = len(header)
            for line, cells in rows:
                if len(cells) != width:
                    self._check_width(line, cells, header)
                for column in columns:
                    column.values.append(self._number(line, column.name, cells[column.place]))
        if not columns[0].values:
            raise DataError(
                f"there are no rows below the names in line {line}", self.path, line, mend="add some"
            )
        return {column.name: column.finished() for column in columns}

    def _lines(self, stream: Iterator[str]) -> Iterator[str]:
        """The lines; the first one that is not blank decides on the separator."""
        decided = False
        for line in stream:
            if not decided and line.strip():
                decided = True
                said = re.fullmatch(r'"?sep=(.)"?', line.strip("\r\n"))
                if said:
                    self.separator = said[1]
                    yield "\n"  # keeps the count of lines
                    continue
                bare = re.sub(r'"[^"]*"', "", line)
                self.separator = max(_SEPARATORS, key=bare.count)
            yield line

    def _rows(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        """(line number, cells) of every line that has any cell filled."""
        # csv.reader takes its separator when it is made: so the first line is looked at before.
        first = [next(lines, "")]
        while first[-1] and not first[-1].strip():
            first.append(next(lines, ""))

        def again() -> Iterator[str]:
            yield from first
            yield from lines

        reader = csv.reader(again(), delimiter=self.separator, skipinitialspace=True, strict=False)
        for cells in reader:
            cells = list(map(str.strip, cells))
            if any(cells):
                yield reader.line_num, cells

    def _columns(self, line: int, header: list[str]) -> list[_Column]:
        if all(_as_number(name) is not None for name in header if name):
            raise DataError(
                f"the first line is numbers: {', '.join(header)}",
                self.path,
                line,
                allowed="it must name the columns",
                mend="put a line such as bedrooms,price above them",
            )
        columns = []
        for name in self._wanted(header):
            if name not in header:
                raise MissingColumnError(name, [known for known in header if known], self.path, line)
            if header.count(name) > 1:
                raise DataError(
                    f"{header.count(name)} columns have this name",
                    self.path,
                    line,
                    name,
                    mend="rename all but one",
                )
            columns.append(_Column(name, header.index(name)))
        return columns

    def _wanted(self, header: list[str]) -> Sequence[str]:
        if self.names is None:
            return [name for name in header if name]
        if isinstance(self.names, str) or not self.names:
            raise GdError(
                f"names is {self.names!r}",
                "it must be a list of one or more column names",
                "write for example ['x', 'y']",
            )
        return self.names

    def _check_width(self, line: int, cells: list[str], header: list[str]) -> None:
        extra = [cell for cell in cells[len(header) :] if cell]
        if len(cells) >= len(header) and not extra:
            return
        mend = "fill in or remove the line"
        if self.separator == "," and len(cells) > len(header):
            mend = "with a decimal comma, separate the columns by ; instead, or put the numbers in quotes"
        raise DataError(
            f"found {len(cells)} cells",
            self.path,
            line,
            allowed=f"the first line names {len(header)} columns",
            mend=mend,
        )

    def _number(self, line: int, name: str, cell: str) -> float:
        if cell.isdecimal() and cell.isascii() and len(cell) < 300:
            return float(cell)  # most cells of most tables, quickly
        number = _as_number(cell)
        if number is None:
            raise self._no_number(line, name, cell)
        if self.separator == "," and re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]{3}", cell):
            plain = cell.replace(",", "")
            raise DataError(
                f"'{cell}' can mean {plain} or {cell.replace(',', '.')}",
                self.path,
                line,
                name,
                mend="write it without the comma",
            )
        if math.isinf(number):
            raise DataError(
                f"'{cell}' is larger than any 64-bit number", self.path, line, name, mend="correct it"
            )
        if "," in cell and self.decimal_comma is None:
            self.decimal_comma = line
        if "." in cell and self.decimal_point is None:
            self.decimal_point = line
        if self.decimal_comma is not None and self.decimal_point is not None:
            raise DataError(
                f"'{cell}' does not fit the rest: there is a decimal comma in line {self.decimal_comma} and a "
                f"decimal point in line {self.decimal_point}",
                self.path,
                line,
                name,
                mend="use one of them throughout",
            )
        return number

    def _no_number(self, line: int, name: str, cell: str) -> DataError:
        shown = cell if len(cell) <= 40 else cell[:39] + "…"
        found, allowed = f"'{shown}' is not a number", ""
        if not cell:
            found, allowed = "this cell is empty", "every row needs a number"
            mend = "fill it in or remove the row"
        elif cell.lower().lstrip("+-") in ("nan", "inf", "infinity", "na", "n/a", "null", "none"):
            found, mend = f"'{shown}' is no finite number", "fill in the number or remove the row"
        elif re.fullmatch(r"[+-]?[0-9]{1,3}([.,' ][0-9]{3})+([.,][0-9]+)?", cell):
            mend = "leave out the marks between the thousands"
        elif re.search(r"[0-9]", cell):
            mend = "leave out units and signs such as % or $"
        else:
            mend = "correct it, or choose another column"
        return DataError(found, self.path, line, name, allowed=allowed, mend=mend)


def _as_number(cell: str) -> float | None:
    """The number in a cell with a decimal point or one decimal comma; None when it is none."""
    if "," in cell:
        if "." in cell or cell.count(",") > 1:
            return None
        cell = cell.replace(",", ".")
    return float(cell) if _NUMBER.fullmatch(cell) else None
