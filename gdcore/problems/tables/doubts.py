"""Columns that are numbers, and perhaps are not what they seem: codes for a missing number, and dates written as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray

_CODE = re.compile(r"-?9{3,}")  # 999, -999, -9999, … stand for a missing number in many archives
_FIRST, _LAST = 19000101, 21001231
_DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True)
class Doubt:
    """What is odd about the numbers of a ``column``: found, what is right, and the mend, as of an error. All is read the same."""

    column: str
    found: str
    allowed: str
    mend: str


def doubts_about(columns: Mapping[str, FloatArray]) -> tuple[Doubt, ...]:
    """What is to be asked about columns (N,) that have been read."""
    return tuple(doubt for name, values in columns.items() for doubt in _of_one(name, values))


def _of_one(name: str, values: FloatArray) -> Iterator[Doubt]:
    if len(values) < 2:
        return
    low, high = float(values.min()), float(values.max())
    for code in (low, high):
        many = _stands_for_none(code, values)
        if many:
            yield Doubt(
                name,
                f"{code:.0f} stands in {many} of {len(values)} rows, far from all the other numbers",
                "an empty cell where a number is missing",
                "if it means that, empty these cells and leave the rows out by missing: drop (on the command line "
                "--missing drop)",
            )
    if low >= _FIRST and high <= _LAST and _are_dates(values):
        yield Doubt(
            name,
            f"every row looks like a date written as one number, such as {values[0]:.0f}",
            "a number that grows by 1 a day; from one month to the next such dates jump by 70",
            "write the days since the first row, or the year",
        )


def _stands_for_none(code: float, values: FloatArray) -> int:
    """In how many rows an extreme value stands that seems to be a code; 0 where it may be a number like the others.

    It is all nines, and stands apart: farther from the others than these from each other, or below 0 as none of them is.
    One row is enough where both hold.
    """
    if not float(code).is_integer() or not _CODE.fullmatch(f"{code:.0f}"):
        return 0
    others = values[values != code]
    if not len(others):
        return 0
    low, high = float(others.min()), float(others.max())
    is_far = min(abs(code - low), abs(code - high)) > high - low
    has_wrong_sign = code < 0 <= low
    many = len(values) - len(others)
    return many if (is_far and has_wrong_sign) or (many > 1 and (is_far or has_wrong_sign)) else 0


def _are_dates(values: FloatArray) -> bool:
    """Is every value a day of the calendar as yyyymmdd?"""
    if not (values == np.floor(values)).all():
        return False
    month, day = values // 100 % 100, values % 100
    if not ((month >= 1) & (month <= 12) & (day >= 1)).all():
        return False
    return bool((day <= _DAYS[month.astype(int) - 1]).all())
