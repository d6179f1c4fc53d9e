"""One pass over the rows of a table: the numbers of the columns that are asked for."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import DataError
from gdcore.problems.tables.cells import is_missing, is_rule, shown
from gdcore.problems.tables.layout import Layout
from gdcore.problems.tables.left_out import LeftOut
from gdcore.problems.tables.numerals import (
    MARK_NAMES,
    OTHER_MARK,
    DecimalMark,
    decided_by,
    in_bulk,
    tidy_cell,
    value_under,
)
from gdcore.problems.tables.records import ReadAgain, Records, Way, records_below
from gdcore.problems.tables.row_faults import row_fault, total_fault, width_fault


class OnePass:
    """Reads the columns at ``places``, by name, in one ``way``. ``left_out`` counts when all is read.

    What is 1234 or 1.234 as the mark is meant is read as 1.234 until a cell decides otherwise: then ReadAgain is raised.
    """

    def __init__(self, path: Path, way: Way, layout: Layout, places: Mapping[str, int], drop: bool) -> None:
        self.path = path
        self.way = way
        self.layout = layout
        self.places = places
        self.drop = drop
        self._values = {name: array("d") for name in places}
        self._dropped = 0
        # Line, column and cell of the first that leaves the mark open.
        self._open: tuple[int, str, str] | None = None
        self._last: tuple[Records, int] | None = None  # that was taken

    def read(self) -> dict[str, FloatArray]:
        """The columns, each (N,) and read-only.

        Raises DataError for what is no number and where there are no rows; ReadAgain, OSError and UnicodeError.
        """
        for records in records_below(self.path, self.way, self.layout):
            if not self._take_at_once(records):
                self._take_one_by_one(records)
        if self._last is None:
            raise self._no_rows()
        records, i = self._last
        if self.left_out.of > 1:
            fault = total_fault(self.path, records.lines()[i], records.rows[i], self.places)
            if fault is not None:
                raise fault
        if self._open is not None and self.way.decimal is None:
            self._ask(*self._open)
        return {name: _finished(values) for name, values in self._values.items()}

    @property
    def left_out(self) -> LeftOut:
        """How many rows lacked a number."""
        taken = len(next(iter(self._values.values())))
        return LeftOut(self._dropped, taken + self._dropped)

    def _take_at_once(self, records: Records) -> bool:
        """Take many rows of plain numbers, which most are; False, and none taken, where one needs a closer look."""
        rows = list(filter(None, records.rows))  # without the blank lines
        lengths = {*map(len, rows), self.layout.width}
        names = len(self.layout.names)
        if min(lengths) < self.layout.width or (
            max(lengths) > names and any("".join(row[names:]) for row in rows)
        ):
            return False
        taken = []
        for place in self.places.values():
            cells = [row[place] for row in rows]
            numbers = in_bulk(cells, self.way.decimal, may_be_open=self._open is not None)
            if numbers is None:
                return False
            taken.append(numbers)
        for values, numbers in zip(self._values.values(), taken, strict=True):
            values.fromlist(numbers)
        if rows:
            self._last = records, max(i for i, row in enumerate(records.rows) if row)
        return True

    def _take_one_by_one(self, records: Records) -> None:
        for i, row in enumerate(records.rows):
            if any(map(str.strip, row)):
                numbers = self._numbers(records, i)
                if None in numbers:
                    self._dropped += 1
                    continue
                for values, number in zip(self._values.values(), numbers, strict=True):
                    values.append(number)  # type: ignore[arg-type]  # none is None
                self._last = records, i

    def _numbers(self, records: Records, i: int) -> list[float | None]:
        """The numbers of one row; None in place of those that are missing, if its row may be left out."""
        row = records.rows[i]
        if len(row) != len(self.layout.names):
            fault = width_fault(self.path, records.lines()[i], row, self.layout)
            if fault is not None:
                raise fault
        found: list[float | None] = []
        for name, place in self.places.items():
            cell = tidy_cell(row[place])
            number = self._number(records, i, name, cell)
            if number is None and not (self.drop and is_missing(cell) and not is_rule(row)):
                raise self._row_fault(records, i)
            found.append(number)
        return found

    def _row_fault(self, records: Records, i: int) -> DataError:
        below = None
        if not self.left_out.of:  # the first row: it may give the units
            below = next((row for row in records.rows[i + 1 :] if any(map(str.strip, row))), None)
        line, separator = records.lines()[i], self.layout.separator
        return row_fault(self.path, line, self.places, records.rows[i], below, self._column, separator)

    def _column(self, name: str) -> Iterator[tuple[int, str]]:
        """The lines and cells of a column, tidied, from the top to the end of the file."""
        for records in records_below(self.path, self.way, self.layout):
            for line, row in zip(records.lines(), records.rows, strict=True):
                if self.places[name] < len(row):
                    yield line, tidy_cell(row[self.places[name]])

    def _number(self, records: Records, i: int, name: str, cell: str) -> float | None:
        """The number in a tidied cell; None where there is none."""
        if cell.isdecimal() and cell.isascii() and len(cell) < 300:
            return float(cell)
        decimal = self.way.decimal
        number = value_under(decimal or ".", cell)
        if decimal is None or number is None:
            other = OTHER_MARK[decimal or "."]
            by_other = value_under(other, cell)
            if number != by_other:
                if decimal is not None:
                    raise self._conflict(records.lines()[i], name, cell)
                if number is None or by_other is None:
                    self._decide(other if number is None else ".", records.lines()[i], cell)
                elif self._open is None:
                    self._open = records.lines()[i], name, cell
        if number is not None and math.isinf(number):
            raise DataError(
                f"{shown(cell)} is larger than any 64-bit number",
                self.path,
                records.lines()[i],
                name,
                mend="correct it",
            )
        return number

    def _decide(self, decimal: DecimalMark, line: int, cell: str) -> None:
        """From here on the mark is known; what was read before in another way is read again."""
        self.way = replace(self.way, decimal=decimal, by=cell, decided_in=line)
        if decimal == ",":
            raise ReadAgain(self.way)

    def _conflict(self, line: int, name: str, cell: str) -> DataError:
        assert self.way.decimal is not None
        told = [
            (self.way.decided_in, _told(self.way.decimal, self.way.by)),
            (line, _told(OTHER_MARK[self.way.decimal], cell)),
        ]
        (one, first), (other, second) = sorted(told, key=lambda pair: "comma" not in pair[1])
        return DataError(
            f"{shown(cell)} does not fit the rest: there is {first} in line {one} and {second} in line {other}",
            self.path,
            line,
            name,
            mend="use one of them throughout",
        )

    def _ask(self, line: int, name: str, cell: str) -> None:
        """Let the other columns decide, or raise the DataError that asks whether a mark is one of thousands."""
        told = {decided_by(cell) for cell in self._cells_beside()} - {None}
        if told == {","}:
            raise ReadAgain(replace(self.way, decimal=",", by=cell, decided_in=line))
        if told == {"."}:
            return
        mark: DecimalMark = "." if "." in cell else ","
        quote = '"' if self.layout.separator == "," else ""
        whole, decimals = cell.replace(mark, ""), cell.replace(mark, ".").rstrip("0").rstrip(".")
        one, two = f"{cell}0", f"{cell}{OTHER_MARK[mark]}0"
        raise DataError(
            f"{shown(cell)} can mean {whole} or {decimals}",
            self.path,
            line,
            name,
            allowed=f"no cell of the table tells whether the {MARK_NAMES[mark]} marks thousands or decimals",
            mend=f"write this cell as {quote}{two}{quote} if it marks thousands and as {quote}{one}{quote} if it marks "
            "decimals: one such cell decides for all",
        )

    def _cells_beside(self) -> Iterator[str]:
        """The cells of the columns that are not asked for, tidied."""
        asked = set(self.places.values())
        for records in records_below(self.path, self.way, self.layout):
            for row in records.rows:
                yield from (tidy_cell(cell) for i, cell in enumerate(row) if i not in asked)

    def _no_rows(self) -> DataError:
        line = self.layout.line
        if not self._dropped:
            return DataError(
                f"there are no rows below the names in line {line}", self.path, line, mend="add some"
            )
        every = f"each of the {self._dropped} rows lacks" if self._dropped > 1 else "the only row lacks"
        return DataError(
            f"{every} a number in {'one of the columns ' * (len(self.places) > 1)}{', '.join(self.places)}",
            self.path,
            line,
            mend="fill them in, or choose other columns",
        )


def _told(decimal: DecimalMark, cell: str) -> str:
    """What there is in a cell that decides on a mark."""
    if decimal in cell:
        return f"a decimal {MARK_NAMES[decimal]}"
    return f"a {MARK_NAMES[OTHER_MARK[decimal]]} between thousands"


def _finished(values: array[float]) -> FloatArray:
    """The numbers (N,), read-only, without a copy."""
    numbers = np.frombuffer(values)
    numbers.setflags(write=False)
    return numbers
