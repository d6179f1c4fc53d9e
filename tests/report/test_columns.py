"""The digits of tables: every row is true as it is printed, and rows that differ look different."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from scenes.lecture.study import Study
from scenes.report.columns import cells
from scenes.report.run_tables import compared_table, worked_table
from tests.lectures import shipped_lecture, written

LECTURES = {
    "rough": """
title: Rough
problem: {formula: "0.37*(x-1.234567)^2 + 0.11*x^4"}
runs: {one: {rate: 0.0731, steps: 60, start: 2.717171}, two: {rate: 0.1234567, steps: 40, start: -1.1}}
""",
    "far away": """
title: Far
problem: {formula: "0.001*(w-10000000)^2 + 10000000"}
runs: {one: {rate: 100, steps: 30, start: 10000005}}
""",
    "away": """
title: Away
problem: {formula: "0.0000001*(x-1)^2"}
runs: {one: {rate: 11000000, steps: 4000, start: 3}, two: {rate: 1000000, steps: 300, start: 3}}
scenes: [{kind: overshoot, run: one}]
""",
    "near the largest number": """
title: Large
problem: {formula: "4e307*sin(3*x)"}
runs: {one: {rate: 1.75e-308, steps: 6, start: 0.5}, two: {rate: 2.5e-309, steps: 6, start: 0.5}}
""",
    "two": """
title: Two
problem: {formula: "(1-x)^2 + 100*(y-x^2)^2"}
runs: {one: {rate: 0.001, steps: 500, start: [-1.2, 1]}}
""",
    "momentum": """
title: Momentum
problem: {formula: "x^2 + 0.3*y^2"}
runs:
  one: {rate: 0.05, steps: 80, start: [2, 1], optimizer: momentum}
  two: {rate: 0.05, steps: 80, start: [2, 1]}
scenes: [{kind: learning-rates}]
""",
}
NAMES = ["houses", "intuition", "park", *LECTURES]


def lecture(name: str, folder: Path) -> Study:
    return written(folder, LECTURES[name])[0] if name in LECTURES else shipped_lecture(name)[0]


def read(cell: str) -> Decimal | None:
    """The number of a cell as a reader takes it; None for a dash."""
    match = re.fullmatch(r"(−?)([\d.]+)?(?: × )?(?:10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", cell)
    if match is None:
        return None
    power = int((match[3] or "⁰").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
    return Decimal(match[1].replace("−", "-") + (match[2] or "1")).scaleb(power)


def is_rounded(exact: Decimal, shown: Decimal) -> bool:
    last = int(shown.as_tuple().exponent)
    return abs(exact - shown) <= Decimal(5).scaleb(last - 1)


@pytest.mark.parametrize("name", NAMES)
def test_old_value_minus_step_is_the_next_value_in_the_digits_shown(name: str, tmp_path: Path) -> None:
    study = lecture(name, tmp_path)
    d = len(study.problem.parameters)
    checked = 0
    for run, trajectory in study.trajectories.items():
        rate = Decimal(repr(trajectory.rate))
        for row in worked_table(study, run)[1].rows:
            old, slope, move, new = (
                [read(cell) for cell in row.cells[at : at + d]] for at in (1, 2 + d, 2 + 2 * d, 2 + 3 * d)
            )
            for a, s, b, c in zip(old, slope, move, new, strict=True):
                if a is None or b is None or c is None or s is None:
                    continue
                assert is_rounded(a - b, c), (run, row.cells)
                if trajectory.plain and not any("× 10" in cell for cell in row.cells):
                    assert is_rounded(rate * s, b), (run, row.cells)
                checked += 1
    assert checked > 10


@pytest.mark.parametrize("name", NAMES)
def test_the_first_rows_look_as_different_as_they_are(name: str, tmp_path: Path) -> None:
    study = lecture(name, tmp_path)
    for run, trajectory in study.trajectories.items():
        rows = worked_table(study, run)[1].rows[:11]
        for i in range(len(study.problem.parameters)):
            shown = [row.cells[1 + i] for row in rows]
            values = trajectory.parameters[: len(rows), i].tolist()
            for a, b, one, other in zip(values, values[1:], shown, shown[1:], strict=False):
                assert (one != other) or abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-300), (run, one, a, b)


def test_a_run_that_grows_keeps_its_first_numbers() -> None:
    texts = cells(np.array([3.0, -1.4, 3.88, -2.456, 5e4, 2e9, 4e13]), ".")
    assert texts == ["3", "−1.4", "3.88", "−2.456", "50000", "2 × 10⁹", "4 × 10¹³"]


def test_runs_beside_one_another_have_a_row_for_each_step_and_dashes_where_one_is_over() -> None:
    study, _ = shipped_lecture("houses")
    about, table = compared_table(study, tuple(study.trajectories))
    assert about.plain() == "The cost J after k steps of each run; below the thin line steps are left out."
    assert [row.cells[0] for row in table.rows][:12] == [*map(str, range(11)), "25"]
    assert [row.apart for row in table.rows].count(True) == 1
