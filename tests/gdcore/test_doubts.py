"""Numbers that may not be what they seem are asked about, and ordinary columns are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gdcore.problems.tables import doubts_about, read_columns

SHIPPED = sorted(Path(__file__).parents[2].glob("scenes/lectures/*.csv"))


def asked(values: list[float]) -> list[str]:
    return [doubt.found for doubt in doubts_about({"x": np.array(values, dtype=float)})]


@pytest.mark.parametrize(
    ("values", "code", "many"),
    [
        ([3, -999, 4, -999, 5], "-999", 2),
        ([3, -999, 4, 5], "-999", 1),
        ([12.5, 13, -9999, 11.25], "-9999", 1),
        ([12.5, 9999, 11.25, 9999], "9999", 2),
        ([999, 1, 2, 999, 3], "999", 2),
        ([-999, -5, 7, -999], "-999", 2),
        ([0, 20000, -9999, -9999, 5000], "-9999", 2),
        ([3, 3, -999], "-999", 1),
    ],
)
def test_a_code_for_a_missing_number_is_asked_about(values: list[float], code: str, many: int) -> None:
    (found,) = asked(values)
    assert found.startswith(f"{code} stands in {many} of {len(values)} rows")
    (doubt,) = doubts_about({"x": np.array(values, dtype=float)})
    assert "missing: drop" in doubt.mend
    assert "--missing drop" in doubt.mend


@pytest.mark.parametrize(
    "values",
    [[20200101, 20200102, 20200331], [20200101, 20200101], [19991231, 20000229, 20240701, 20240702]],
)
def test_dates_written_as_one_number_are_asked_about(values: list[float]) -> None:
    (found,) = asked(values)
    assert found == f"every row looks like a date written as one number, such as {values[0]}"


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 3],
        [997, 998, 999, 999],  # at the end of the others, not apart
        [999, 1200, 400, 650],
        [12.5, 9999, 11.25],  # an outlier, once
        [-999, 500, -2000],
        [-999, -998.5, -999, -1000],
        [999, 999, 999],
        [-999, -999],
        [99, 12, 14, 99],
        [-1, 3, -1, 5],
        [1960, 1970, 2020],
        [20200101, 20200199],
        [20201301, 20200101],
        [20200101.5, 20200102],
        [20200101],
        [0, 0, 1e300, -1e300],
        [150000, 240000, 310000],
    ],
)
def test_ordinary_numbers_are_not(values: list[float]) -> None:
    assert asked(values) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_tables_are_not(path: Path) -> None:
    assert not doubts_about(read_columns(path))
