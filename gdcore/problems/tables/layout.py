"""How a table is laid out: what separates its columns, and where their names stand.

Whole records are looked at, not lines, and all that could separate them is tried: a name may hold separators and line
breaks in quotes. The names that are asked for say most; without them counts decide, for each record of a table has as
many cells as there are names.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from gdcore.base.errors import DataError
from gdcore.problems.tables.cells import is_comment, is_rule, shown
from gdcore.problems.tables.numerals import UNSEEN, says_a_number, tidy_cell

_SEPARATORS = ("\t", ";", ",", "|", " ")
APART = r"[\s:/&^~]+"
"""What may have been meant to separate columns where nothing else does."""

_LOOKED_AT = 60  # records
_ENOUGH = 0.8  # of the records have as many cells as there are names
_NAMED = "the first line names the columns"


@dataclass(frozen=True)
class Layout:
    """``names`` are those of the columns, tidied, with "" where there is none; ``line`` is where they begin.

    ``records`` counts those before the names, blank ones too.
    """

    separator: str
    names: tuple[str, ...]
    line: int
    records: int

    @property
    def width(self) -> int:
        """How many cells a row has at least: names at the end may be empty, and so may be left out."""
        return max((i for i, name in enumerate(self.names, 1) if name), default=0)


@dataclass(frozen=True, eq=False)
class _Record:
    place: int  # among all records, blank ones too
    line: int
    lines: int
    cells: list[str]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(map(tidy_name, self.cells))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The places of the cells that are numbers."""
        return frozenset(i for i, cell in enumerate(self.cells) if says_a_number(tidy_cell(cell)))

    @cached_property
    def filled(self) -> int:
        return sum(map(bool, self.cells))

    def fits(self, names: _Record) -> bool:
        """Has it a cell for each name, and none beside them?"""
        width = max((i for i, name in enumerate(names.cells, 1) if name), default=0)
        return len(self.cells) >= width and not any(self.cells[len(names.cells) :])


@dataclass(frozen=True)
class _Try:
    """The beginning of a file under one separator: its records that are not blank."""

    separator: str
    records: list[_Record]

    @property
    def first(self) -> _Record:
        return self.records[0]

    def fit(self, at: int = 0) -> float:
        """How many of the records below fit to that one, as a share of 1."""
        below = self.records[at + 1 :]
        return sum(record.fits(self.records[at]) for record in below) / len(below) if below else 1.0


def tidy_name(text: str) -> str:
    """A column's name on one line, however it was broken, spaced and composed."""
    return " ".join(unicodedata.normalize("NFC", text).translate(UNSEEN).split())


def quote_not_closed(path: Path, line: int) -> DataError:
    """What is said of a cell that begins with a quote in ``line`` and goes on over lines that are not its own."""
    return DataError(
        'a quote (") opens here that is not closed, or not at the end of its cell',
        path,
        line,
        mend="close it or take it away; a quote within a quoted cell is written twice",
    )


def layout_of(path: Path, encoding: str, errors: str, names: Sequence[str] | None) -> Layout:
    """The layout of the file at ``path``; ``names`` are those asked for.

    Raises DataError where it is empty or its first line does not name the columns, and OSError and UnicodeError.
    """
    line, text = _first_line(path, encoding, errors)
    said = re.fullmatch(r'"?sep=(.)"?', text)  # which tells Excel the separator
    separators = _SEPARATORS if said is None else (said[1],)
    found = [_Try(one, list(_records(path, encoding, errors, one, said is not None))) for one in separators]
    tries = [one for one in found if one.records]
    if text and said is None and text.count('"') % 2 and any(not one.records for one in found[:-1]):
        raise quote_not_closed(path, line)  # the names never end
    if not tries:
        long = bool(text and said is None)
        raise DataError(
            "this is not a table" if long else "the file is empty",
            path,
            line if long else None,
            allowed=f"{_NAMED}, such as bedrooms,price",
            mend="save it as CSV" if long else "write it, and a row of numbers in each line below",
        )
    wanted = {tidy_name(name) for name in names or ()}
    best = _by_names(path, tries, wanted) or _by_counts(path, tries)
    first = best.first
    if first.lines > 1:
        _check_closed_names(path, encoding, errors, best)
    if len(first.numbers) == first.filled:
        raise DataError(
            f"the first line is numbers: {', '.join(filter(None, first.cells))}",
            path,
            first.line,
            allowed="it must name the columns",
            mend="put a line such as bedrooms,price above them",
        )
    return Layout(best.separator, first.names, first.line, first.place)


def _first_line(path: Path, encoding: str, errors: str) -> tuple[int, str]:
    """The first line that is not blank, and its number; "" without one."""
    with path.open(encoding=encoding, errors=errors, newline="") as stream:
        return next(((i, line.strip("\r\n")) for i, line in enumerate(stream, 1) if line.strip()), (1, ""))


def _records(path: Path, encoding: str, errors: str, separator: str, said: bool) -> Iterator[_Record]:
    """The first records that are not blank; the one that only says the separator does not count."""
    with path.open(encoding=encoding, errors=errors, newline="") as stream:
        reader = csv.reader(stream, delimiter=separator, skipinitialspace=True)
        line = 1
        try:
            for place, cells in enumerate(islice(reader, _LOOKED_AT)):
                cells = [cell.strip() for cell in cells]
                if any(cells):
                    if not said:
                        yield _Record(place, line, reader.line_num - line + 1, cells)
                    said = False
                line = reader.line_num + 1
        except csv.Error:  # told when the rows are read
            return


def _check_closed_names(path: Path, encoding: str, errors: str, found: _Try) -> None:
    """Names that go over several lines must be quoted as they should: else they have swallowed rows."""
    with path.open(encoding=encoding, errors=errors, newline="") as stream:
        reader = csv.reader(stream, delimiter=found.separator, skipinitialspace=True, strict=True)
        try:
            for _ in islice(reader, found.first.place + 1):
                pass
        except csv.Error:
            raise quote_not_closed(path, found.first.line) from None


def _by_names(path: Path, tries: Sequence[_Try], wanted: set[str]) -> _Try | None:
    """The reading under which the first record has all names that are asked for."""
    having = [one for one in tries if wanted <= set(one.first.names)]
    if not wanted or having:
        sound = [one for one in having if wanted and one.fit() >= _ENOUGH]
        return max(sound, key=lambda one: (one.fit(), len(one.first.cells)), default=None)
    for one in tries:
        for at, record in enumerate(one.records[:-1]):
            if wanted <= set(record.names) and not record.numbers:
                below = one.records[at + 1].numbers
                if all(record.names.index(name) in below for name in wanted):
                    raise _above(path, one.records[:at], record)
    return None


def _by_counts(path: Path, tries: Sequence[_Try]) -> _Try:
    """The reading under which most records have as many cells as the first one, which must have several."""
    marked = [one for one in tries if one.separator != " "]
    several = [one for one in marked if len(one.first.cells) > 1] or list(filter(_is_spaced, tries))
    best = max(several, key=lambda one: (one.fit(), len(one.first.cells)), default=None)
    unsound = best is None or best.fit() < _ENOUGH or best.first.filled < 2 or is_comment(best.first.cells[0])
    for one in marked if unsound else ():
        if at := _names_below(one):
            raise _above(path, one.records[:at], one.records[at])
    # Without several columns one, under a separator that its cells do not hold.
    return best or max(tries, key=lambda one: (len(one.first.cells) == 1, one.fit()))


def _is_spaced(one: _Try) -> bool:
    """Do blanks separate the columns? Texts and numbers have blanks too: every record must fit, and be no number."""
    below = one.records[1:]
    if one.separator != " " or len(one.first.cells) < 2 or not below or one.fit() < 1.0:
        return False
    return not all(says_a_number(" ".join(record.cells)) for record in below)


def _names_below(one: _Try) -> int:
    """The place of the names under titles and comments; 0 if the records do not show such."""
    for at, names in enumerate(one.records[:-1]):
        above = one.records[:at]
        if above and names.filled > 1 and not names.numbers and not is_rule(names.cells):
            lower = all(record.filled < names.filled or is_comment(record.cells[0]) for record in above)
            return at if lower and one.fit(at) >= _ENOUGH else 0
    return 0


def _above(path: Path, above: Sequence[_Record], names: _Record) -> DataError:
    what = "a comment" if is_comment(above[0].cells[0]) else "a title"
    first, last = above[0].line, names.line - 1
    told = ", ".join(filter(None, above[0].cells))
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return DataError(
        f"{shown(told)} is {what} above the names of the columns, which stand in line {names.line}",
        path,
        first,
        allowed=_NAMED,
        mend=f"take away {lines}",
    )
