"""A lecture that stands in no file: a text, or values of Python, is the lecture that the file would be."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.lecture.model import Lecture
from scenes.lecture.read import LARGEST_FILE, read_lecture, read_lecture_text, read_lecture_values
from scenes.lecture.shipped import shipped
from scenes.lecture.source.faults import LectureError
from scenes.lecture.source.yaml_reader import parse_yaml
from tests.lecture.conftest import HOUSES


def same(lecture: Lecture) -> Lecture:
    """But for where it stands and what it is called."""
    return dataclasses.replace(lecture, digest="", path=Path(), name="", title="")


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_lecture_is_the_same_from_its_text_and_from_its_values(name: str) -> None:
    path = shipped()[name]
    text = path.read_text(encoding="utf-8")
    values: Any = parse_yaml("", text).root
    asked = same(read_lecture(path))
    assert same(read_lecture_text(text, path.parent)) == asked
    assert same(read_lecture_values(values, path.parent)) == asked


def test_data_are_below_the_folder_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "problem: {data: flats.csv, x: bedrooms, y: price}\nruns: {a: {rate: 0.001, steps: 5}}\n"
    (tmp_path / "flats.csv").write_text(HOUSES)
    assert read_lecture_text(text, tmp_path).problem.data == tmp_path / "flats.csv"
    with pytest.raises(LectureError, match="does not exist"):
        read_lecture_text(text, tmp_path.parent)
    monkeypatch.chdir(tmp_path)
    assert read_lecture_text(text).problem.data == tmp_path / "flats.csv"


RUNS = {"a": {"rate": 0.1, "steps": 5}}


def test_values_may_be_what_python_has_in_place_of_yaml() -> None:
    read = read_lecture_values(
        {
            "date": datetime.date(2026, 5, 1),
            "problem": {"formula": "(x-3)^2 + y^2", "domain": {"x": (np.float64(-9), 9.0)}},
            "runs": {
                "a": {"rate": np.float64(0.1), "steps": np.int64(5), "start": np.array([1.0, 2.0])},
                1: RUNS["a"],
            },
        }
    )
    assert read.date == "2026-05-01"
    assert read.runs["a"].start == (1.0, 2.0)
    assert read.problem.domain["x"] == (-9.0, 9.0)
    assert list(read.runs) == ["a", "1"]


def test_a_fault_in_a_text_has_its_line_and_one_in_values_its_key() -> None:
    with pytest.raises(LectureError) as caught:
        read_lecture_text('problem: {formula: "x^2"}\nruns:\n  a: {rate: -1, steps: 5}\n')
    assert str(caught.value).startswith("lecture:3:13: runs.a.rate: found -1")
    with pytest.raises(LectureError) as caught:
        read_lecture_values(
            {"problem": {"formula": "x^2"}, "runs": {"a": {"rate": -1, "steps": 5, "strt": 1}}}
        )
    assert [(fault.line, fault.column, fault.key) for fault in caught.value.faults] == [
        (None, None, "runs.a.rate"),
        (None, None, "runs.a.strt"),
    ]
    assert "did you mean start?" in str(caught.value)


@pytest.mark.parametrize(
    ("problem", "found"),
    [
        ({"formula": {1, 2}}, "a value of the type set"),
        ({"formula": b"x^2"}, "a value of the type bytes"),
        ({"formula": "x^2)"}, "this ')' closes no bracket"),
        ("x^2", 'the text "x^2"'),
        ({}, "an empty map"),
    ],
)
def test_values_that_no_lecture_holds_are_said(problem: object, found: str) -> None:
    with pytest.raises(LectureError) as caught:
        read_lecture_values({"problem": problem, "runs": RUNS})
    assert found in str(caught.value) or "neither formula, data nor name" in str(caught.value)


def test_values_that_hold_themselves_are_refused() -> None:
    endless: dict[str, Any] = {"formula": "x^2"}
    endless["labels"] = endless
    with pytest.raises(LectureError, match="levels of nesting"):
        read_lecture_values({"problem": endless, "runs": RUNS})


def test_a_text_is_bounded_as_a_file_is() -> None:
    with pytest.raises(LectureError, match=f"at most {LARGEST_FILE}"):
        read_lecture_text("#" * (LARGEST_FILE + 1))


def test_a_notebook_shows_the_faults_and_no_traceback() -> None:
    with pytest.raises(LectureError) as caught:
        read_lecture_text("problem: {}\nruns: {}\n")
    assert caught.value._render_traceback_() == [f"LectureError: {caught.value}"]
