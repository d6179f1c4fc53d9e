"""Lectures on tables as people have them: rows that lack a number, and names with commas and line breaks."""

from __future__ import annotations

import pytest

from gdcore.problems import LeastSquares, LeftOut
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
