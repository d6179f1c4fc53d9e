"""Lectures on tables as people have them: rows that lack a number, and names with commas and line breaks."""

from __future__ import annotations

import pytest

from gdcore.problems import LeastSquares, LeftOut
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import find_lecture
from scenes.lecture.study import study
from scenes.production.rehearsal import Attempt, rehearse
from scenes.storyboard import tell

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


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (GAPS, "Each of the 3 dots is one row of data: x along the bottom, y up the side. 3 of 6 rows lack a number: left out."),
        ("x,y\n1,2\n2,4\n3,\n", "Each of the 2 dots is one row of data: x along the bottom, y up the side. 1 of 3 rows lacks a number: left out."),
        ("x,y\n1,2\n2,4\n", "Each of the 2 dots is one row of data: x along the bottom, y up the side."),
    ],
)  # fmt: skip
def test_a_film_says_how_many_rows_are_left_out(read, folder, rows, said):
    (folder / "gaps.csv").write_text(rows)
    studied = study(read(problem(", missing: drop") + "scenes: [{kind: regression}]\n"))
    story = tell(studied, studied.lecture.scenes[0])
    assert story.speech.text(story.beat("data").caption) == said


def test_check_counts_the_rows_that_are_left_out(read, gaps):
    def told(text):
        return Attempt("gaps", rehearse(read(text))).as_data()["left_out"]

    own = "scenes: [{kind: tangent, run: {rate: 0.1, start: 1, steps: 3}, problem: {formula: x^2}}]\n"
    assert told(problem(", missing: drop") + own) == {"rows": 3, "of": 6}
    free = f'title: T\nproblem: {{formula: "x^2"}}\n{RUNS}scenes:\n'
    assert told(free + "  - kind: tangent\n") is None


@pytest.mark.parametrize(
    ("rows", "at", "found", "mend"),
    [
        ("x,y\n1,2\n-999,4\n3,5\n", ("problem.x", 2, 30), "-999 stands in 1 of 3 rows", "missing: drop"),
        (
            "x,y\n1,2\n2,9999\n3,9999\n4,5\n",
            ("problem.y", 2, 36),
            "9999 stands in 2 of 4 rows",
            "missing: drop",
        ),
        ("x,y\n20200101,2\n20200102,3\n", ("problem.x", 2, 30), "a date written as one number", "days since"),
    ],
)
def test_what_is_perhaps_no_number_gets_a_warning(read, folder, rows, at, found, mend):
    (folder / "gaps.csv").write_text(rows)
    (warning,) = read(problem("")).warnings
    assert (warning.key, warning.line, warning.column) == at
    assert found in warning.found
    assert mend in warning.mend


def test_the_mend_of_a_code_for_a_missing_number_works(read, folder):
    (folder / "gaps.csv").write_text("x,y\n1,2\n-999,4\n3,5\n".replace("-999", ""))
    assert ["left out" in warning.found for warning in read(problem(", missing: drop")).warnings] == [True]


@pytest.mark.parametrize("name", ["houses", "park"])
def test_a_shipped_lecture_gets_none(name):
    assert not read_lecture(find_lecture(name)).warnings


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
