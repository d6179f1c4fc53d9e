"""The records of a table, many at a time, and the lines where they begin; where a quote is not closed, that is told."""

from __future__ import annotations

import collections
import contextlib
import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from gdcore.base.errors import DataError
from gdcore.problems.tables.layout import Layout, quote_not_closed
from gdcore.problems.tables.numerals import DecimalMark

_CELLS = 1500  # held at once: few enough that what a file takes is what its numbers take


@dataclass(frozen=True)
class Way:
    """How a file is read, as far as it has shown.

    ``decimal`` is the mark that the cell ``by`` in ``decided_in`` has decided on. From the line ``irregular`` on,
    quotes are not as they should be.
    """

    encoding: str
    errors: str = "strict"
    decimal: DecimalMark | None = None
    by: str = ""
    decided_in: int = 0
    irregular: int | None = None


class ReadAgain(Exception):  # noqa: N818 - it is no mistake
    """What has been read shows that the file is to be read in another ``way``."""

    def __init__(self, way: Way) -> None:
        super().__init__(way)
        self.way = way


@dataclass(frozen=True)
class Records:
    """Successive records and the line where the first begins."""

    line: int
    rows: list[list[str]]

    def lines(self) -> list[int]:
        """The line where each begins."""
        found = [self.line]
        for row in self.rows:
            found.append(found[-1] + 1 + sum(map(breaks, row)))
        return found[:-1]


def records_below(path: Path, way: Way, layout: Layout) -> Iterator[Records]:
    """All records below the names, blank ones too.

    A quote that is not closed would swallow what follows up to the next one, row after row, unseen. So quotes must be
    regular wherever a cell goes over several lines.

    Raises ReadAgain where quotes turn out to be irregular, DataError where a cell is then not closed, and OSError
    and UnicodeError.
    """
    with path.open(encoding=way.encoding, errors=way.errors, newline="") as stream:
        reader = csv.reader(
            stream, delimiter=layout.separator, skipinitialspace=True, strict=way.irregular is None
        )
        many = max(1, _CELLS // len(layout.names))
        try:
            collections.deque(islice(reader, layout.records + 1), maxlen=0)
            while True:
                last = reader.line_num
                rows = list(islice(reader, many))
                if not rows:
                    return
                found = Records(last + 1, rows)
                if way.irregular is not None and reader.line_num - last > len(rows):
                    _check_closed(path, way.irregular, found)
                yield found
        except csv.Error as error:
            if way.irregular is None:
                raise ReadAgain(replace(way, irregular=reader.line_num)) from None
            raise _stuck(path, way, layout, error) from None


def breaks(text: str) -> int:
    """The line breaks in a cell."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _check_closed(path: Path, irregular: int, found: Records) -> None:
    for line, row in zip(found.lines(), found.rows, strict=True):
        before = 0
        for cell in row:
            inside = breaks(cell)
            if inside and line + before + inside >= irregular:
                raise quote_not_closed(path, line + before)
            before += inside


def _stuck(path: Path, way: Way, layout: Layout, error: csv.Error) -> DataError:
    """What is said where a cell is too long for one: it may have swallowed lines."""
    with path.open(encoding=way.encoding, errors=way.errors, newline="") as stream:
        reader = csv.reader(stream, delimiter=layout.separator, skipinitialspace=True)
        last = 0
        with contextlib.suppress(csv.Error):
            for _ in reader:
                last = reader.line_num
        if reader.line_num > last + 1:
            return quote_not_closed(path, last + 1)
    return DataError(f"this is not a table ({error})", path, mend="save it as CSV")
