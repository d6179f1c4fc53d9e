"""Whatever a lecturer writes is shown letter by letter, or refused with its place: it is never run, and never read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from matplotlib.text import Text

from scenes.film.kinds import scene_of
from scenes.film.recorder import RecordingPen
from scenes.layout import Frame
from scenes.lecture.faults import LectureError
from scenes.lecture.read import read_lecture
from scenes.lecture.study import Study, study
from scenes.report.document import compose
from scenes.storyboard import Story, tell
from scenes.typeset import typeset

MARKER = "a-file-nobody-may-read"
TEXTS = [
    '$#read("/marker.txt")$',
    "] #panic() [ #set text(size: 90pt)",
    '#import "@preview/x:1.0.0": y',
    r"\frac{1}{2} \input{/marker.txt}",
    "<b>&amp;</b> &lt; <!-- x -->",
    "%s {0} {point|x} {} {loss}",
    "5$ a step, 6$ a mile",
    "\"quotes\" and 'more' `too`",
]
LECTURE = """
title: {text}
author: {text}
course: {text}
question: {text}
problem: {{data: rows.csv, x: {column}, y: price, note: {text}, labels: {{price: {text}}}, predict: 3}}
runs:
  {run}: {{rate: 0.01, steps: 5}}
scenes:
  - {{kind: regression, run: {run}, title: {text}, captions: {{data: {text}}}}}
  - {{kind: surface, run: {run}, title: {text}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "marker.txt").write_text(MARKER)
    return tmp_path


def write(folder: Path, text: str) -> Path:
    column = text.replace('"', "'").replace("\n", " ")
    (folder / "rows.csv").write_text(f'"{column}",price\n1,5\n2,7\n3,9.5\n', encoding="utf-8")
    # A JSON string is a YAML double-quoted one, whatever it holds.
    quoted = {"text": _quoted(text), "run": _quoted(text[:40].strip()), "column": _quoted(column)}
    file = folder / "hostile.yaml"
    file.write_text(LECTURE.format(**quoted), encoding="utf-8")
    return file


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def worked_out(file: Path) -> tuple[Study, list[Story]]:
    found = study(read_lecture(file))
    return found, [tell(found, scene) for scene in found.lecture.scenes]


def film_texts(story: Story) -> list[str]:
    """Every text of a film at its pauses."""
    seen = []
    for seconds in story.pauses:
        pen = RecordingPen(Frame.of_pixels(854, 480))
        scene_of(story.kind).picture(story, pen.frame).paint(pen, seconds - 1e-6)
        seen += [mark.text for mark in pen.texts()]
    return seen


def page_texts(found: Study, stories: list[Story]) -> str:
    texts = [t.get_text() for page in compose(found, stories) for t in page.findobj(Text)]
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_shown_as_it_stands_in_film_and_report(folder: Path, text: str) -> None:
    found, stories = worked_out(write(folder, text))
    shown = " ".join(text.split())
    for story in stories:
        seen = film_texts(story)
        assert any(shown in each for each in seen)
        assert not any(MARKER in each for each in seen)
    page = page_texts(found, stories)
    assert MARKER not in page
    assert page.replace(" ", "").count(shown.replace(" ", "")) >= 3  # title, question, note, …


@pytest.mark.parametrize("text", TEXTS)
def test_every_letter_is_an_outline_of_its_own(text: str) -> None:
    from scenes.text import words

    alone = sum(typeset(words(letter)).width for letter in text if not letter.isspace())
    assert typeset(words(text)).width == pytest.approx(alone, rel=0.5)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\x07b", "U+0007"),
        ("梯度下降", "梯 (U+68AF)"),
        ("down 😀", "U+1F600"),
        ("zero\u200bwidth", "U+200B"),
        ("x" * 300, "200"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_place(folder: Path, text: str, named: str) -> None:
    with pytest.raises(LectureError) as caught:
        read_lecture(write(folder, text))
    titles = [fault for fault in caught.value.faults if fault.key == "title"]
    assert titles
    assert titles[0].line == 2
    assert any(named in f"{fault.found} {fault.allowed}" for fault in titles)


def test_signs_of_mathematics_are_shown(folder: Path) -> None:
    found, stories = worked_out(write(folder, "∇J → min in ℝ, x̂ ≤ ∞"))
    assert any("∇J → min in ℝ" in each for each in film_texts(stories[0]))
    assert compose(found, stories)
