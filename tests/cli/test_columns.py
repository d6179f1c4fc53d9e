"""--x, --y and --missing: any column of any table can be chosen, and rows that lack a number can be left out."""

from __future__ import annotations

import json
import shlex

import pytest

COMMAS = "Größe, cm;Alter;Gewicht, kg\n160;20;55\n170;30;64\n182;50;80\n"
CLASH = 'a,b,"a,b",y\n1,2,3,4\n2,3,5,6\n4,4,4,4\n'


@pytest.fixture
def columns(invoke, tmp_path):
    """The columns that options choose of a table."""

    def chosen(table, *options, env=None):
        (tmp_path / "table.csv").write_text(table)
        done = invoke(
            "descend", "--data", "table.csv", "--rate", "1e-9", "--steps", "1", "--json", *options, env=env
        )
        assert done.exit_code == 0, done.stderr
        problem = json.loads(done.stdout)["problem"]
        return problem["x"], problem["y"]

    return chosen


@pytest.mark.parametrize(
    ("options", "x"),
    [
        (["--x", "Größe, cm"], ["Größe, cm"]),
        (["--x", "Größe, cm,Alter"], ["Größe, cm", "Alter"]),
        (["--x", "Alter, Größe, cm"], ["Alter", "Größe, cm"]),
        (["--x", "Größe, cm", "--x", "Alter"], ["Größe, cm", "Alter"]),
        (["--x", '"Größe, cm",Alter'], ["Größe, cm", "Alter"]),
        (["--x", "Alter"], ["Alter"]),
    ],
)
def test_names_may_hold_commas(columns, options, x):
    assert columns(COMMAS, *options, "--y", "Gewicht, kg") == (x, "Gewicht, kg")


def test_the_environment_names_a_column_with_blanks(columns):
    env = {"STEEPEST_DESCEND_X": "Größe, cm"}
    assert columns(COMMAS, "--y", "Alter", env=env) == (["Größe, cm"], "Alter")


def test_what_can_be_cut_in_two_ways_is_asked_about_and_both_mends_work(columns, invoke, tmp_path):
    (tmp_path / "table.csv").write_text(CLASH)
    result = invoke("descend", "--data", "table.csv", "--x", "a,b", "--y", "y", "--rate", "0.1")
    assert result.exit_code == 2
    told = " ".join(result.stderr.split())
    mends = told.rpartition("; write ")[2].removesuffix(".").split(" or ")
    for mend, names in zip(mends, [["a,b"], ["a", "b"]], strict=True):
        assert columns(CLASH, *shlex.split(mend), "--y", "y") == (names, "y")


@pytest.mark.parametrize(
    ("x", "told"),
    [
        ("Größe", "Did you mean Größe, cm?"),
        ("Alter,Höhe", "there is no column 'Höhe'"),
        ("Alter,", "is not a list of names"),
        ("", "is not a list of names"),
        ("Alter,Alter", "named twice"),
    ],
)
def test_a_column_that_is_not_there(invoke, tmp_path, x, told):
    (tmp_path / "table.csv").write_text(COMMAS)
    result = invoke("descend", "--data", "table.csv", "--x", x, "--y", "Gewicht, kg", "--rate", "0.1")
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", [["descend", "--rate", "0.01"], ["sweep", "--rates", "0.01"]])
@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("x,y\n1,2\n2,\n3,?\n4,8\n5,NA\n6,12\n", "3 of 6 rows are left out: they lack a number in x or y"),
        ("x,y\n1,2\n2,\n3,6\n", "1 of 3 rows is left out: it lacks a number in x or y"),
        ("x,y\n1,2\n2,4\n", ""),
    ],
)
def test_rows_that_lack_a_number_are_left_out_when_asked_for(invoke, tmp_path, command, table, told):
    (tmp_path / "gaps.csv").write_text(table)
    asked = (*command, "--data", "gaps.csv", "--x", "x", "--y", "y", "--json")
    done = invoke(*asked, "--missing", "drop")
    assert done.exit_code == 0, done.stderr
    assert told in done.stderr
    assert bool(done.stderr) == bool(told)
    document = json.loads(done.stdout)
    if command[0] == "descend":
        assert document["problem"]["missing"] == "drop"
    refused = invoke(*asked)
    assert refused.exit_code == (2 if told else 0)
    assert ("--missing drop" in refused.stderr) == bool(told)
