"""What a lecturer writes is set letter by letter; numbers have the mark of the lecture's language."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from matplotlib.image import imread
from pypdf import PdfReader

from gdcore import GradientDescent, find_basins, landscape
from scenes.report.basins_map import draw_basins
from scenes.report.document import write_report
from scenes.storyboard import tell
from scenes.text import Speech
from tests.lectures import shipped_lecture, written

LECTURE = r"""
title: 'Costs $5$ and x^2_3 for {name}'
author: 'A_da $x$'
course: '#1 & \frac{1}{2}'
question: 'Is $\alpha$ or $a$ larger?'
problem: {formula: "(w_max-3)^2", note: 'A note of $1$ * _b_'}
runs: {"r$1$_2": {rate: 0.1, steps: 20, start: 6}, "_b": {rate: 0.2, steps: 20, start: 6}}
scenes:
  - {kind: tangent, run: "r$1$_2", title: 'Title $x$ {point|a}', derivative: true}
  - {kind: learning-rates, runs: ["r$1$_2", "_b"]}
"""


def text_of(path: Path) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_users_words_are_set_literally(tmp_path: Path) -> None:
    write_report(*written(tmp_path, LECTURE), tmp_path / "report.pdf")
    text = text_of(tmp_path / "report.pdf")
    for words in (
        "Costs $5$ and x^2_3 for {name}",
        "A_da $x$",
        r"#1 & \frac{1}{2}",
        r"Is $\alpha$ or $a$ larger?",
        "A note of $1$ * _b_",
        "Title $x$ {point|a}",
        "“r$1$_2”",
        "“_b”",
    ):
        assert " ".join(words.split()) in text, words
    facts = PdfReader(tmp_path / "report.pdf").metadata
    assert facts is not None
    assert facts["/Title"] == "Costs $5$ and x^2_3 for {name}"
    assert facts["/Author"] == "A_da $x$"


def test_names_in_a_map_of_basins_are_no_mathtext() -> None:
    found = find_basins(landscape("himmelblau"), GradientDescent(), rate=0.005, grid=10)
    strange = replace(found, parameters_names=("$x^", "_\\frac"))
    assert imread(io.BytesIO(draw_basins(strange))).shape[1] == 1600


def test_the_decimal_mark_is_that_of_the_language(tmp_path: Path) -> None:
    study, _ = shipped_lecture("houses")
    sentences = {**study.speech.sentences, "number.decimal": ",", "number.thousands": "."}
    other = replace(study, speech=Speech("x", sentences, study.speech.letters))
    stories = [tell(other, scene) for scene in other.lecture.scenes]
    write_report(other, stories, tmp_path / "report.pdf")
    text = text_of(tmp_path / "report.pdf")
    for number in ("72,385", "−1,8954", "5959,73", "0,081284", "α = 0,0075"):
        assert number in text, number
    for number in ("72.385", "5959.7", "0.0812"):
        assert number not in text, number


def test_why_a_run_ended_is_printed_with_true_minus_signs_and_powers_of_ten(tmp_path: Path) -> None:
    text = """
title: Away
problem: {formula: "(x-3)^2 + 2"}
runs: {far: {rate: 1.3, steps: 60, start: -6}}
scenes: [{kind: overshoot, run: far}]
"""
    write_report(*written(tmp_path, text), tmp_path / "report.pdf")
    found = text_of(tmp_path / "report.pdf")
    assert "Diverged. The loss rose" in found
    assert " × 10" in found
    assert "e+" not in found
    assert " -" not in found


def test_signs_that_the_family_has_not_are_drawn_and_can_be_found(tmp_path: Path) -> None:
    text = (
        'title: "∇J → 0 in ℝ"\nproblem: {formula: "(x-1)^2"}\nruns: {"x̂": {rate: 0.1, steps: 5, start: 3}}\n'
    )
    write_report(*written(tmp_path, text), tmp_path / "report.pdf")
    assert "J → 0 in" in text_of(tmp_path / "report.pdf")
