"""A scene kind that does not fit a lecture says so, with the mend."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scenes.lecture.read import read_lecture
from scenes.lecture.study import study
from scenes.storyboard import tell
from scenes.storyboard.requirements import StoryError

_LECTURE = """\
title: T
problem: {{formula: "{formula}"}}
runs:
  a: {{rate: 0.1, steps: 5, start: {start}{more}}}
  b: {{rate: 0.2, steps: 5, start: {start}}}
scenes:
  - {{kind: learning-rates, runs: [a, b]}}
"""


def tell_it(folder: Path, kind: str, formula: str, start: str, more: str = "") -> None:
    path = folder / "t.yaml"
    path.write_text(_LECTURE.format(formula=formula, start=start, more=more), encoding="utf-8")
    lecture = read_lecture(path)
    # The reader of lectures refuses misfits with their place; a scene made in Python is told here.
    tell(study(lecture), replace(lecture.scenes[0], kind=kind, runs=("a",)))


@pytest.mark.parametrize("kind", ["tangent", "overshoot"])
def test_one_parameter_is_asked_for(kind: str, tmp_path: Path) -> None:
    with pytest.raises(
        StoryError, match=r"needs an objective of one parameter, this one has 2 \(x, y\)\. Use"
    ):
        tell_it(tmp_path, kind, "x^2 + y^2", "[1, 1]")


def test_two_parameters_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"needs an objective of two parameters, this one has 1 \(x\)\. Use"):
        tell_it(tmp_path, "surface", "x^2", "1")


@pytest.mark.parametrize(
    ("kind", "formula", "start"), [("tangent", "x^2", "1"), ("surface", "x^2 + y^2", "[1, 1]")]
)
def test_steps_that_are_written_out_are_those_of_gradient_descent(
    kind: str, formula: str, start: str, tmp_path: Path
) -> None:
    with pytest.raises(StoryError, match=r"run 'a' is no plain gradient descent \(adam.*old value") as caught:
        tell_it(tmp_path, kind, formula, start, ", optimizer: adam")
    assert "'learning-rates'" in caught.value.mend
    assert caught.value.mend.startswith("choose a run that is, such as 'b'")


def test_another_optimizer_is_shown_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        'title: T\nproblem: {formula: "x^2"}\nruns:\n'
        "  a: {rate: 0.1, steps: 5, start: 1}\n"
        "  b: {rate: 0.1, steps: 5, start: 1, optimizer: momentum}\n"
        "scenes:\n  - {kind: learning-rates, runs: [a, b]}\n",
        encoding="utf-8",
    )
    lecture = read_lecture(path)
    assert tell(study(lecture), lecture.scenes[0]).beats


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ("x: [5, 9], y: [5, 9]", "nowhere lower than J"),
        ("x: [1.9, 9], J: [-5, -3]", "nowhere lower than J"),
        ("J: [1000, 2000]", "nowhere higher than J = 1000"),
    ],
)
def test_a_window_in_which_no_surface_is_to_be_seen_is_refused(window: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(
        'problem: {formula: "x^2 + 3*y^2"}\nruns: {a: {rate: 0.1, steps: 20, start: [2, 1]}}\n'
        f"scenes: [{{kind: surface, range: {{{window}}}}}]\n",
        encoding="utf-8",
    )
    lecture = read_lecture(path)
    with pytest.raises(StoryError, match=why):
        tell(study(lecture), lecture.scenes[0])
