"""What is said of a row that is no row of numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from gdcore.base.errors import DataError
from gdcore.problems.tables.cells import described, is_comment, is_missing, is_rule, is_total, shown
from gdcore.problems.tables.layout import APART, Layout, tidy_name
from gdcore.problems.tables.numerals import says_a_number, tidy_cell


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
    path: Path, line: int, places: Mapping[str, int], row: Sequence[str], below: Sequence[str] | None
) -> DataError:
    """What is wrong with a row in which one of the columns at ``places`` has no number.

    ``below`` is the next row, if this one is the first. A cell that says something is told before one that is missing.
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
    if below is not None and not any(map(says_a_number, read.values())) and _has_numbers(below, places):
        return DataError(
            f"this row has no numbers, as if it gave units: {shown(', '.join(filter(None, read.values())))}",
            path,
            line,
            mend="remove it; units may stand in the names, as in size (cm)",
        )
    cell = read[wrong[0]]
    found, mend = described(cell)
    if len(cells) == 1 and any(map(says_a_number, re.split(APART, cell))):
        mend = "separate the columns by ; or commas, the same in every row"
    return DataError(found, path, line, wrong[0], mend=mend)


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
