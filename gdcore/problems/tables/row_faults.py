"""What is said of a row that is no row of numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gdcore.base.errors import DataError
from gdcore.problems.tables.cells import is_comment, is_missing, is_rule, is_total, shown
from gdcore.problems.tables.kinds import described, is_of_a_kind, mark_of
from gdcore.problems.tables.layout import APART, Layout, tidy_name
from gdcore.problems.tables.numerals import says_a_number, tidy_cell

_NO_DIGITS = str.maketrans("", "", "0123456789")
_COMMA_PROPOSED = re.compile(r"(?<=\bwrite )-?[0-9.]*,[0-9.,]*[0-9]")


def width_fault(path: Path, line: int, cells: Sequence[str], layout: Layout) -> DataError | None:
    """What is wrong with the number of cells in a row; None where there is one for each name."""
    names = len(layout.names)
    if len(cells) >= layout.width and not any(cell.strip() for cell in cells[names:]):
        return None
    if is_comment(cells[0].strip()):
        return _remove(path, line, f"{shown(cells[0])} is a comment")
    mend = "fill in or remove the line"
    if len(cells) > names and layout.separator == ",":
        mend = (
            "name every column in the first line; with decimal commas, separate the columns by ; instead, "
            "or put the numbers in quotes"
        )
    elif len(cells) > names and layout.separator == " ":
        mend = "separate the columns by ; instead, or put what holds blanks in quotes"
    return DataError(
        f"{len(cells)} cell{'s' * (len(cells) != 1)}",
        path,
        line,
        allowed=f"the first line names {names} columns",
        mend=mend,
    )


def row_fault(
    path: Path,
    line: int,
    places: Mapping[str, int],
    row: Sequence[str],
    below: Sequence[str] | None,
    column: Callable[[str], Iterable[tuple[int, str]]],
    separator: str,
) -> DataError:
    """What is wrong with a row in which one of the columns at ``places`` has no number.

    ``below`` is the next row, if this one is the first. A cell that says something is told before one that is missing.
    ``column`` gives the lines and tidied cells of a whole column: what is to be done to all of it must be right for all.
    """
    cells = [tidy_cell(cell) for cell in row]
    read = {name: cells[place] for name, place in places.items()}
    if is_rule(cells):
        return _remove(path, line, "this is a drawn line, not a row")
    if all(tidy_name(row[place]) == tidy_name(name) for name, place in places.items()):
        return _remove(path, line, "the names of the columns stand here again")
    wrong = [name for name, cell in read.items() if not says_a_number(cell) and not is_missing(cell)]
    if not wrong:
        name = next(name for name, cell in read.items() if is_missing(cell))
        return _missing_fault(path, line, name, read[name])
    if total := next(filter(is_total, cells), None):
        return _total(path, line, total)
    gives_units = below is not None and all(mark_of(cell) is None for cell in cells)
    if gives_units and below is not None and _has_numbers(below, places):
        return DataError(
            f"this row has no numbers, as if it gave units: {shown(', '.join(filter(None, read.values())))}",
            path,
            line,
            mend="remove it; units may stand in the names, as in size (cm)",
        )
    cell = read[wrong[0]]
    found, mend = _of_column(cell, column(wrong[0])) or described(cell)
    if separator == ",":  # without quotes it would be two cells
        mend = _COMMA_PROPOSED.sub(r'"\g<0>"', mend)
    if len(cells) == 1 and any(map(says_a_number, re.split(APART, cell))):
        mend = "separate the columns by ; or commas, the same in every row"
    return DataError(found, path, line, wrong[0], mend=mend)


def _of_column(cell: str, column: Iterable[tuple[int, str]]) -> tuple[str, str] | None:
    """What is found of a cell, and the mend, where that depends on the others of its column; else None."""
    mark = mark_of(cell)
    if mark is not None:
        return _mixture(cell, mark, column)
    return None if is_of_a_kind(cell) else _two_words(cell, column)


def _two_words(cell: str, column: Iterable[tuple[int, str]]) -> tuple[str, str] | None:
    """What is said of a cell whose column holds no other than one of two words."""
    words: dict[str, str] = {}
    for _, other in column:
        if not is_missing(other):
            words.setdefault(other.casefold(), other)
        if says_a_number(other) or len(words) > 2:
            return None
    if len(words) < 2:
        return None
    one, two = map(shown, words.values())
    return described(cell)[
        0
    ], f"write 1 for one of {one} and {two} and 0 for the other, or choose another column"


def _mixture(cell: str, mark: str, column: Iterable[tuple[int, str]]) -> tuple[str, str] | None:
    """What is found of a cell whose column has numbers with other marks: no one mend is right for all of them."""
    seen = set()
    for at, other in column:
        beside = other.translate(
            _NO_DIGITS
        )  # what is alike but for its digits has one mark: millions are quick to look at
        if beside in seen:
            continue
        seen.add(beside)
        theirs = mark_of(other)
        if theirs is not None and theirs != mark:
            has = f"has {theirs}" if theirs else f"has no {mark}"
            return (
                f"{described(cell)[0]}, but {shown(other)} in line {at} {has}",
                "bring the whole column to one form first, then write the numbers alone and let the column's name say which",
            )
    return None


def _has_numbers(row: Sequence[str], places: Mapping[str, int]) -> bool:
    return all(place < len(row) and says_a_number(tidy_cell(row[place])) for place in places.values())


def _missing_fault(path: Path, line: int, name: str, cell: str) -> DataError:
    """What is said of a tidied cell whose number is missing where none may be."""
    found = (
        f"{shown(cell)} is no finite number: it marks one that is missing" if cell else "this cell is empty"
    )
    fill = "fill in the number" if cell else "fill it in"
    mend = f"{fill}, remove the row, or leave out such rows by missing: drop (on the command line --missing drop)"
    return DataError(found, path, line, name, allowed="every row needs a number", mend=mend)


def total_fault(path: Path, line: int, row: Sequence[str], places: Mapping[str, int]) -> DataError | None:
    """Is the last row the total of those above? Its numbers would count as one row more."""
    beside = [
        cell.strip()
        for i, cell in enumerate(row)
        if i not in places.values() and not is_missing(cell.strip())
    ]
    total = next(filter(is_total, beside), None)
    return None if total is None else _total(path, line, total)


def _total(path: Path, line: int, cell: str) -> DataError:
    return DataError(
        f"{shown(cell)} says that this row is made of those above",
        path,
        line,
        allowed="every row counts as one",
        mend="remove the row; if it is one like the others, write another word",
    )


def _remove(path: Path, line: int, found: str) -> DataError:
    return DataError(found, path, line, allowed="every line below the names is a row", mend="remove the line")
