"""Another language is one more file: in a made-up one no English is left in film, report and command output."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from matplotlib.text import Text

from scenes.cli import main
from scenes.draw.recording_pen import RecordingPen
from scenes.layout import Frame
from scenes.lecture.read import read_lecture
from scenes.lecture.study import study
from scenes.report.document import compose
from scenes.storyboard import tell
from scenes.text import catalogue, speech
from scenes.widgets.picture import picture_of

# Every letter of ours becomes one with a sign on it, which no lecture, number or formula here has.
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áбćđéфĝĥíĵķĺмńóпяŕśťúвŵхýźÁБĆĐÉФĜĤÍĴĶĹМŃÓПЯŔŚŤÚВŴХÝŹ",
)
_MARK = re.compile(r"\$[^$]*\$|\{[a-z]+\||\{[a-z_0-9]+\}|\}")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
LECTURES = {
    "one": """
title: "1 2 3"
author: "4"
problem: {formula: "0.5*(w-3)^2 + 2.25"}
runs:
  "1": {rate: 0.1, start: 6.5, steps: 20}
  "2": {rate: 2.2, start: 6.5, steps: 14}
scenes:
  - {name: "1", kind: tangent, run: "1", derivative: true}
  - {name: "9", kind: learning-rates, runs: ["1", "2"]}
  - {name: "2", kind: overshoot, run: "2"}
""",
    "two": """
title: "1 2 3"
problem: {data: rows.csv, x: "ε", y: "ζ", predict: 3.5, parameters: [m, b]}
runs:
  "1": {rate: 0.02, steps: 60}
  "2": {rate: 0.09, steps: 60}
  "3": {rate: 0.2, steps: 30}
scenes:
  - {name: "3", kind: surface, run: "1"}
  - {name: "4", kind: regression, run: "2"}
  - {name: "9", kind: learning-rates, runs: ["1", "2", "3"]}
""",
    "left": """
title: "1 2 3"
problem: {formula: "log(x) + 1/x"}
runs:
  "1": {rate: 5, start: 0.3, steps: 10}
  "2": {rate: 0.4, start: 3, steps: 5}
scenes:
  - {name: "1", kind: tangent, run: "1"}
  - {name: "9", kind: learning-rates, runs: ["1", "2"]}
""",
    "hilltop": """
title: "1 2 3"
problem: {formula: "(x^2-1)^2"}
runs:
  "1": {rate: 0.05, start: 0, steps: 6}
  "2": {rate: 0.05, start: 0.01, steps: 60}
scenes:
  - {name: "1", kind: tangent, run: "1"}
  - {name: "2", kind: tangent, run: "2"}
  - {name: "9", kind: learning-rates, runs: ["1", "2"]}
""",
    "rules": """
title: "1 2 3"
problem: {formula: "(w-3)^2 + 2"}
runs:
  "1": {rate: 0.1, start: 6, steps: 10, optimizer: gd, set: {weight_decay: 0.5}}
  "2": {rate: 0.3, start: 6, steps: 200, optimizer: adam}
  "3": {rate: 0.1, start: 5, steps: 40, optimizer: momentum}
scenes:
  - {name: "8", kind: learning-rates, runs: ["1", "2"]}
  - {name: "9", kind: learning-rates, runs: ["1", "2", "3"]}
""",
    "saddle": """
title: "1 2 3"
problem: {formula: "x^2 - y^2"}
runs:
  "1": {rate: 0.1, start: [1, 0], steps: 30}
  "2": {rate: 0.4, start: [1, 0.001], steps: 60}
scenes:
  - {name: "1", kind: surface, run: "1"}
  - {name: "2", kind: surface, run: "2"}
""",
}


def pseudo(template: str) -> str:
    """A sentence in brackets, a third longer, with signs on its letters; its marks stay as they are."""
    said = "".join(
        part if i % 2 else part.translate(_ACCENTED)
        for i, part in enumerate(re.split(f"({_MARK.pattern})", template))
    )
    return f"[{said}{'·' * (len(template) // 3)}]"


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a language called en, in which there are lectures."""
    folder = tmp_path / "sentences"
    folder.mkdir()
    lines = []
    for key, template in speech("en").sentences.items():
        said = {"number.decimal": ",", "number.thousands": "."}.get(key, pseudo(template))
        lines.append(f"{_quoted(key)} = {_quoted(said)}")
    (folder / "en.toml").write_text("\n".join(lines), encoding="utf-8")
    assert len(tomllib.loads((folder / "en.toml").read_text("utf-8"))) == len(lines)
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    for name, text in LECTURES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "rows.csv").write_text("ε,ζ\n1.5,5\n2.5,7.25\n3.5,9\n4,10.5\n", encoding="utf-8")
    return tmp_path


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Names as a lecture's file writes them, of functions, rules and their settings, are names in any language.
_NAMES = frozenset(["ln", "gd", "adam", "momentum", "weight", "decay"])
_FINGERPRINT = re.compile(r"\b[0-9a-f]{8}\b")


def english_in(text: str) -> list[str]:
    return [word for word in _ENGLISH.findall(_FINGERPRINT.sub("", text)) if word not in _NAMES]


@pytest.mark.parametrize("name", LECTURES)
def test_no_english_is_left_in_film_and_report(made_up: Path, name: str) -> None:
    found = study(read_lecture(made_up / f"{name}.yaml"))
    stories = [tell(found, scene) for scene in found.lecture.scenes]
    left: dict[str, list[str]] = {}
    for story in stories:
        for frame in (Frame.of_pixels(854, 480), Frame.of_pixels(480, 854)):
            picture = picture_of(story, frame)
            for seconds in story.pauses:
                pen = RecordingPen(frame, decimal=story.speech.decimal)
                picture.paint(pen, seconds - 1e-6)
                for mark in pen.texts():
                    if english_in(mark.text) or re.search(r"\d\.\d", mark.text):
                        left.setdefault(mark.text, []).append(story.kind)
    assert not left
    for page in compose(found, stories):
        for text in page.findobj(Text):
            shown = text.get_text()
            # The maker's name and the lecture's fingerprint in the footer are names.
            if "steepest" not in shown and english_in(shown):
                left.setdefault(shown, []).append("report")
    assert not left


def test_no_english_is_left_in_what_commands_say_of_a_lecture(
    made_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made_up)
    for arguments in (["check", "one.yaml"], *(["check", f"{name}.yaml", "--beats"] for name in LECTURES)):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        ours = re.sub(
            r"\S*\.yaml|(?<=\d)  \S+|^\S+-\d:|^(tangent|overshoot|surface|regression|learning-rates):",
            "",
            done.output,
            flags=re.M,
        )
        assert not english_in(ours), ours
        assert not re.search(r"\d\.\d", ours), ours


def test_no_english_is_left_in_what_is_said_while_something_is_made(
    made_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made_up)
    done = CliRunner().invoke(main, ["report", "one.yaml"])
    assert done.exit_code == 0, done.output
    said = re.sub(r"\S*/\S*", "", done.stderr)  # without the names of jobs and files
    assert len(said.split()) >= 4
    assert not english_in(said), said
