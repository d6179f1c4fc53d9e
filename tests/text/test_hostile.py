"""Whatever a lecturer writes is shown letter by letter, or refused with its place: it is never run, and never read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text

from gdcore.notation import OPERATORS, SIGNS, SYMBOLS
from scenes.draw.recording_pen import RecordingPen
from scenes.layout import Frame
from scenes.lecture.read import read_lecture
from scenes.lecture.source.faults import LectureError
from scenes.lecture.study import Study, study
from scenes.report.document import compose
from scenes.storyboard import Story, tell
from scenes.text import words
from scenes.typeset import compiler, engine, typeset
from scenes.widgets.picture import picture_of

ROOT = Path(__file__).parents[2]
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
CAPTIONED = {"regression": "data", "surface": "start"}
LECTURE = """
title: {text}
author: {text}
course: {text}
date: {text}
question: {text}
pace: 4
problem:
  {{data: rows.csv, x: {column}, y: price, note: {text}, labels: {{price: {text}}}, predict: 3, parameters: {names}}}
runs:
  {run}: {{rate: 0.01, steps: 5}}
  {run}2: {{rate: 0.02, steps: 5}}
scenes:
  - {{kind: regression, run: {run}, name: {name}, title: {text}, captions: {{data: {text}}}}}
  - {{kind: surface, run: {run}, title: {text}, captions: {{start: {text}}}}}
  - {{kind: learning-rates, title: {text}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "marker.txt").write_text(MARKER)
    return tmp_path


def write(folder: Path, text: str, parameters: tuple[str, str] = ("import", "sqrt")) -> Path:
    """A lecture all of whose texts and names are ``text``, as far as they may be, its file's name among them."""
    column = text.replace('"', "'").replace("\n", " ")
    (folder / "rows.csv").write_text(f'"{column}",price\n1,5\n2,7\n3,9.5\n', encoding="utf-8")
    run = text[:36].strip()
    # A JSON string is a YAML double-quoted one, whatever it holds.
    quoted = {
        "text": _quoted(text),
        "run": _quoted(run),
        "column": _quoted(column),
        "name": _quoted(_file_name(text)),
    }
    lecture = LECTURE.replace("{run}2", _quoted(f"{run} 2").replace("{", "{{").replace("}", "}}"))
    file = folder / f"{_file_name(text)}.yaml"
    file.write_text(lecture.format(**quoted, names=json.dumps(parameters)), encoding="utf-8")
    return file


def _file_name(text: str) -> str:
    """As much of it as may be part of a file's name."""
    return re.sub(r'[/\\:*?"<>|\x00-\x1f]|[^\x20-\x7e]', "_", text)[:40].strip(". ") or "_"


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
        picture_of(story, pen.frame).paint(pen, seconds - 1e-6)
        seen += [mark.text for mark in pen.texts()]
    return seen


def page_texts(found: Study, stories: list[Story]) -> str:
    texts = [t.get_text() for page in compose(found, stories) for t in page.findobj(Text)]
    return " ".join(" ".join(texts).split())


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that the typesetter is given from now on."""
    given: list[str] = []
    typesetter = engine.engine().compiler

    class Spy:
        def compile(self, **wanted: Any) -> bytes:
            given.append(wanted["input"].decode())
            made: bytes = typesetter.compile(**wanted)
            return made

    monkeypatch.setattr(compiler, "engine", lambda faces=(): engine.Engine(Spy()))
    typeset.cache_clear()
    return given


# What a document may be when what stands in its string literals is taken out: our commands, and names of symbols.
_NAMES = (
    {spelling.typst for spelling in SYMBOLS.values()} | {sign.typst for sign in SIGNS.values()} | OPERATORS
)
_WORDS = {word for name in _NAMES for word in re.findall("[A-Za-z]+", name)} | {"sqrt", "abs", "hat", "op"}
_FORMULA = r"\$[^$#@`\[\]{}&;~]*\$"
_RUN = rf'(?:#text\(""\)|#box\[{_FORMULA}\]|{_FORMULA})'
_MARK = r'#box\(width: 0pt, height: 0pt\)\[#place\(rect\(width: 1pt, height: 1pt, fill: rgb\(""\)\)\)\]'
_DOCUMENT = re.compile(
    r"#set page\(width: (?:auto|[0-9.]+pt), height: auto, margin: 0pt, fill: none\)\n"
    r'#set text\(font: \("", "", ""\)[^()]*rgb\([^()]*\)[^()]*\)\n#set par\([^()]*\)\n'
    r"(?:#show math\.equation: math\.display\n)?"
    rf'{_MARK}(?:{_RUN}|#text\(fill: rgb\(""\)\)\[{_RUN}\])*{_MARK}'
)


def assert_only_ours(document: str) -> None:
    """Nothing in it is a command but what we write: all else is data, in string literals."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', document)
    assert _DOCUMENT.fullmatch(bare), document
    for formula in re.findall(_FORMULA, bare):
        assert set(re.findall("[A-Za-z]+", formula)) <= _WORDS, document


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_shown_as_it_stands_in_film_and_report(
    folder: Path, documents: list[str], text: str
) -> None:
    found, stories = worked_out(write(folder, text))
    shown = " ".join(text.split())
    for story in stories:
        titles = [each for each in film_texts(story) if each == shown]
        assert len(titles) >= len(story.pauses)
        own = [
            story.speech.text(beat.caption) for beat in story.beats if beat.id == CAPTIONED.get(story.kind)
        ]
        assert own == [shown] * (story.kind in CAPTIONED)
    page = page_texts(found, stories)
    assert (
        page.replace(" ", "").count(shown.replace(" ", "")) >= 5
    )  # title, author, course, date, question, note
    literal = text.replace("\\", "\\\\").replace('"', '\\"')
    assert any(f'#text("{literal}")' in document for document in documents)
    for document in documents:
        assert_only_ours(document)


@pytest.mark.parametrize("text", ['#text("")[x]', "#panic()", '$#read("")$', "$evil(x)$", "$x & y$", "x"])
def test_the_check_sees_a_command(documents: list[str], text: str) -> None:
    typeset(words("harmless"))
    (document,) = documents
    assert_only_ours(document)
    with pytest.raises(AssertionError):
        assert_only_ours(document.replace('#text("harmless")', text))


@pytest.mark.parametrize("text", TEXTS)
def test_every_letter_is_an_outline_of_its_own(text: str) -> None:
    """One after the other, each as it is alone: there is nothing between them and none is missing."""
    (together,) = typeset(words(text)).pieces
    at, left = 0, -1.0
    for letter in text:
        if letter.isspace():
            continue
        (alone,) = typeset(words(letter)).pieces
        part = slice(at, at := at + len(alone.codes))
        assert np.array_equal(together.codes[part], alone.codes)
        moved = together.points[part] - alone.points
        assert moved == pytest.approx(np.broadcast_to((moved[0, 0], 0.0), moved.shape), abs=1e-9)
        assert moved[0, 0] > left
        left = float(moved[0, 0])
    assert at == len(together.codes)


@pytest.mark.parametrize("name", TEXTS)
def test_a_parameter_has_a_name_or_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(LectureError) as caught:
        read_lecture(write(folder, "Nothing at all", (name, "b")))
    assert {fault.key for fault in caught.value.faults} <= {"problem.parameters", "problem.parameters[0]"}


def test_commands_run_end_to_end(folder: Path) -> None:
    """The whole program, on a lecture of such texts: nothing is read, nothing runs, and all of it is made."""
    file = write(folder, TEXTS[1] + TEXTS[0])
    small = ("-r", "228,128")
    for arguments in (
        ("check", "--beats", file.name),
        ("preview", file.name, "--scene", "surface", *small),
        ("render", file.name, "--scene", "surface", *small, "--fps", "1"),
        ("report", file.name),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "scenes.cli", *arguments],
            cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert MARKER not in done.stdout + done.stderr
        if arguments[0] == "check":
            assert done.stdout.count(" ".join((TEXTS[1] + TEXTS[0]).split())) >= 5  # titles and captions
    made = sorted(path.suffix for path in (folder / "output").rglob("*.*") if path.is_file())
    assert made == [".json", ".mp4", ".pdf", ".png"]


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


@pytest.mark.parametrize("names", ["[下, b]", "{x: 下, intercept: b}"])
def test_a_parameter_that_cannot_be_shown_is_refused(folder: Path, names: str) -> None:
    (folder / "rows.csv").write_text("x,price\n1,5\n2,7\n3,9.5\n", encoding="utf-8")
    file = folder / "names.yaml"
    file.write_text(
        f"problem: {{data: rows.csv, x: x, y: price, parameters: {names}}}\nruns: {{a: {{rate: 0.01, steps: 5}}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(LectureError) as caught:
        read_lecture(file)
    (fault,) = caught.value.faults
    assert "U+4E0B" in fault.found
    assert fault.key.startswith("problem.parameters")


@pytest.mark.parametrize("name", ["a\x1b[31mb", "a\x07b", "a\u202eb", "a\nb"])
def test_no_control_character_of_a_name_reaches_the_terminal(folder: Path, name: str) -> None:
    """Neither in what was found nor in the place before it, and not where a lecture is refused that is not there."""
    file = write(folder, "Nothing at all").rename(folder / f"{name}.yaml")
    for path in (file, folder / f"{name}-missing.yaml"):
        with pytest.raises(LectureError) as caught:
            read_lecture(path)
        assert all(letter.isprintable() or letter == "\n" for letter in str(caught.value))
        assert all("\n" not in str(fault).partition(": ")[0] for fault in caught.value.faults)
    fault = replace(caught.value.faults[0], key=f"runs.{name}")
    assert name not in str(fault)


@pytest.mark.parametrize(
    "text", ["∇J → min in ℝ, x̂ ≤ ∞", "∛x, ‖x‖, ⟨x⟩, 𝔼[x]", "ẋ, ĝ, θ̂, β̄, v⃗ and cafe\u0301"]
)
def test_signs_of_mathematics_are_shown(folder: Path, text: str) -> None:
    """In titles, captions, labels and notes, and in the names of columns and runs: a letter that is not would be told."""
    found, stories = worked_out(write(folder, text))
    for story in stories:
        assert text in film_texts(story)
    assert compose(found, stories)
