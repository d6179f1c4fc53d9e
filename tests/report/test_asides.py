"""A scene with a problem of its own has a section and a summary of its own, and never the lecture's numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from scenes.film.still import render_still
from scenes.lecture.study import Study
from scenes.production.errors import ProductionError
from scenes.production.options import Options
from scenes.production.outputs.report import ReportJob
from scenes.report.block import Block
from scenes.report.document import compose
from scenes.report.section import Counter, section
from scenes.report.style import PAGE
from scenes.report.summary import summary
from scenes.report.table import Table
from scenes.report.text import Paragraph
from tests.lectures import Lesson, written
from tests.report.drawn import everything_written

LECTURE = """\
title: Prices, and a parabola
question: What does a car cost?
problem: {data: cars.csv, x: km, y: price, predict: 3}
runs:
  a: {rate: 0.1, steps: 5}
  b: {rate: 0.05, steps: 5}
scenes:
  - {kind: tangent, name: parabola, problem: {formula: "v^2", note: Of our own}, run: {rate: 0.25, start: -1, steps: 4}}
  - {kind: regression, run: a}
  - {kind: regression, name: again, run: a}
  - {kind: regression, name: homes, problem: {data: homes.csv, x: size, y: rent, predict: 2}, runs: {a: {rate: 0.2, steps: 3}}}
"""
FILES = {"cars": "km,price\n1,9\n2,7\n3,6\n", "homes": "size,rent\n1,3\n2,4\n4,9\n"}


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return written(tmp_path, LECTURE, **FILES)


def said(study: Study, blocks: list[Block]) -> str:
    return "\n".join(study.speech.text(block.content) for block in blocks if isinstance(block, Paragraph))


def test_a_section_is_about_its_own_problem(lesson: Lesson) -> None:
    study, stories = lesson
    counter = Counter()
    sections = [list(section(n, study, story, PAGE, counter)) for n, story in enumerate(stories, 1)]
    own, first, second, homes = (said(study, blocks) for blocks in sections)
    assert "J(v) = v²" in own
    assert "J′(v) = 2v" in own
    assert "Of our own" in own
    assert "(w" not in own
    assert "Table 1. Run “parabola”" in own
    assert "v²" not in first + second + homes
    # The run a of the lecture has one table; that of the aside is another one.
    assert "Table 2. Run “a”" in first
    assert "stand in table 2" in second
    assert "Table 3. Run “a”" in homes
    assert "Wanted are the parameters" in homes
    heads = [
        study.speech.text(c.head)
        for block in sections[3]
        if hasattr(block, "blocks")
        for c in table_in(block)
    ]
    assert {"size", "rent"} <= set(heads)


def test_rates_of_an_aside_are_those_of_its_own_parameters(tmp_path: Path) -> None:
    aside = '{kind: surface, problem: {formula: "u^2 + 4 * v^2"}, run: {rate: {u: 0.3, v: 0.1}, start: [1, 1], steps: 3}}'
    study, stories = written(tmp_path, LECTURE + f"  - {aside}\n", **FILES)
    own, first = (
        said(study, list(section(n, study, stories[n], PAGE, Counter()))) for n in (len(stories) - 1, 1)
    )
    assert "α = (α_u, α_v); a single α is that of all" in own
    assert "α = (0.3, 0.1)" in own
    assert "α = (" not in first
    legends = said(study, list(summary(study, frozenset())))
    assert "what all rates of its run may be multiplied by" in legends


def table_in(block: Block) -> tuple:  # type: ignore[type-arg]
    return next((part.columns for part in block.blocks if isinstance(part, Table)), ())  # type: ignore[attr-defined]


def test_every_run_stands_in_the_table_of_its_problem(lesson: Lesson) -> None:
    study, _ = lesson
    blocks = list(summary(study, frozenset({"a"})))
    tables = [[row.cells[0] for row in block.rows] for block in blocks if isinstance(block, Table)]
    assert tables == [["a", "b", "least squares"], ["parabola", "minimum"], ["a", "least squares"]]
    heads = [
        [study.speech.text(column.head) for column in block.columns]
        for block in blocks
        if isinstance(block, Table)
    ]
    assert "v" in heads[1]
    assert "w" not in heads[1]
    assert "at 3" in heads[0]
    assert "at 2" in heads[2]
    assert "J(v) = v²" in said(study, blocks)


def test_the_first_page_and_the_question_are_of_the_lecture(lesson: Lesson) -> None:
    study, stories = lesson
    pages: list[Figure] = compose(study, stories)
    words = " ".join(drawn.what for page in pages[:1] for drawn in everything_written(page))
    assert "km" in words
    assert "rent" not in words
    asked = [story.speech.text(story.beat("question").caption) for story in stories[1:]]
    assert "What does a car cost?" in asked[0]
    assert asked[2] == "What goes with size = 2? A line through the dots would tell."


def test_an_aside_is_drawn(lesson: Lesson) -> None:
    for story in lesson[1]:
        assert render_still(story, story.pauses[-1], width=160, height=90, theme="dark").std() > 1


def test_a_change_in_the_data_of_an_aside_is_seen(lesson: Lesson, tmp_path: Path) -> None:
    (job,) = ReportJob.plan(lesson[0].lecture, Options(output=tmp_path))
    assert list(job.study().asides) == ["parabola", "homes"]
    (tmp_path / "homes.csv").write_text("size,rent\n1,3\n2,4\n4,10\n")
    with pytest.raises(ProductionError, match="changed while it was being made"):
        job.study()
