"""Lectures on tables as people have them: rows that lack a number, and names with commas and line breaks."""

from __future__ import annotations

import pytest

from gdcore.problems import LeastSquares, LeftOut
from scenes.lecture.study import study

RUNS = "runs: {a: {rate: 0.01, steps: 5}}\n"
GAPS = "x,y\n1,2\n2,\n3,?\n4,8\n5,NA\n6,12\n"


@pytest.fixture
def gaps(folder):
    (folder / "gaps.csv").write_text(GAPS)


def problem(missing: str) -> str:
    return f"title: Gaps\nproblem: {{data: gaps.csv, x: x, y: y{missing}}}\n{RUNS}"


def test_rows_that_lack_a_number_are_left_out_and_counted(read, gaps):
    lecture = read(problem(", missing: drop"))
    (warning,) = lecture.warnings
    assert (warning.key, warning.line, warning.column) == ("problem.missing", 2, 48)
    assert '3 of 6 rows of gaps.csv without a number in "x" or "y"' in warning.found
    built = study(lecture).problem
    assert isinstance(built, LeastSquares)
    assert built.left_out == LeftOut(3, 6)
    assert built.targets.tolist() == [2, 8, 12]
    assert built.spec()["missing"] == "drop"


def test_nothing_is_said_where_nothing_is_missing(read, folder):
    (folder / "gaps.csv").write_text("x,y\n1,2\n2,4\n")
    lecture = read(problem(", missing: drop"))
    assert not lecture.warnings
    assert study(lecture).problem.left_out == LeftOut(0, 2)


@pytest.mark.parametrize("missing", ["", ", missing: refuse"])
def test_without_being_asked_no_row_is_left_out(the_fault, gaps, missing):
    fault = the_fault(problem(missing))
    assert (fault.line, fault.key, fault.found) == (3, "column y", "this cell is empty")
    assert "missing: drop" in fault.mend


@pytest.mark.parametrize(
    ("table", "x", "name"),
    [
        ("Größe, cm;y\n160;55\n170;64\n", '"Größe, cm"', "Größe, cm"),
        ("Größe, cm;y\n160;55\n170;64\n", '["Größe, cm"]', "Größe, cm"),
        ('"size\n(cm)",y\n1,2\n2,4\n', "size (cm)", "size (cm)"),
        ("Preis (€);y\n1,5;2\n2;4\n", "Preis (€)", "Preis (€)"),
    ],
)
def test_any_name_can_be_chosen(read, folder, table, x, name):
    encoding = "cp1252" if "€" in table else "utf-8"
    (folder / "table.csv").write_bytes(table.encode(encoding))
    lecture = read(f"problem: {{data: table.csv, x: {x}, y: y}}\n{RUNS}")
    assert lecture.problem.x == (name,)
    assert study(lecture).problem.x_names == (name,)
