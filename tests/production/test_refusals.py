"""What keeps a scene from being shown is told at its place in the lecture, and a thing once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from gdcore.base.errors import GdError
from scenes.cli import main
from scenes.lecture.read import read_lecture
from scenes.production.errors import RehearsalError, scene_fault
from scenes.production.rehearsal import rehearse

LECTURE = """\
title: Quick
problem: {formula: "(w-3)^2 + 2"}
runs:
  adam: {rate: 0.1, start: 6, steps: 20, optimizer: adam}
  slow: {rate: 0.001, start: 6, steps: 20}
scenes:
  - {kind: tangent, run: adam}
  - kind: overshoot
    run: slow
  - {kind: tangent, name: again, run: adam}
  - {kind: tangent, name: captioned, run: slow, captions: {start: Here, strat: There}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("quick.yaml").write_text(LECTURE)
    return tmp_path


def refusal(path: str = "quick.yaml") -> RehearsalError:
    with pytest.raises(RehearsalError) as caught:
        rehearse(read_lecture(path))
    return caught.value


def test_every_scene_is_told_at_its_line_and_column(folder: Path) -> None:
    found = [(fault.key, fault.line, fault.column) for fault in refusal().faults]
    assert found == [
        ("scenes[0].run", 7, 26),
        ("scenes[1]", 8, 5),
        ("scenes[2].run", 10, 39),
        ("scenes[3].captions.strat", 11, 73),
    ]
    lines = LECTURE.splitlines()
    for (_, line, column), word in zip(found, ("adam", "kind", "adam", "strat"), strict=True):
        assert lines[line - 1][column - 1 :].startswith(word)


def test_scenes_with_one_fault_are_told_together_and_nothing_twice(folder: Path) -> None:
    told = str(refusal()).splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        "quick.yaml:7:26",
        "quick.yaml:8:5",
        "quick.yaml:11:73",
    ]
    assert told[0].startswith(
        "quick.yaml:7:26: scenes 'tangent' and 'again' (line 10): run 'adam' is no plain"
    )
    for line in told:
        assert line.count("quick.yaml") == 1
        assert "mend:" not in line
        assert "found" not in line
        sentences = [part.strip() for part in line.replace(";", ".").split(".") if len(part.split()) > 3]
        assert len(sentences) == len(set(sentences)), line


def test_a_scene_that_comes_by_default_has_the_place_of_the_problem(folder: Path) -> None:
    head = LECTURE.partition("scenes:")[0].partition("\n")[2]
    Path("default.yaml").write_text("title: D\n" + head.partition("  slow:")[0])  # no run that it could show
    (fault,) = refusal("default.yaml").faults
    assert (fault.key, fault.line, fault.column) == ("problem", 2, 1)
    assert str(fault).startswith("default.yaml:2:1: scene 'tangent', which comes by default: run 'adam' is")


def test_a_scene_made_in_python_has_no_place(folder: Path) -> None:
    from dataclasses import replace

    lecture = read_lecture("quick.yaml")
    fault = scene_fault(
        lecture, replace(lecture.scenes[0], origin=None), GdError("it is so", mend="change it")
    )
    assert str(fault) == f"{lecture.path}: scene 'tangent': it is so. Change it."


def test_a_refusal_survives_the_way_from_a_worker(folder: Path) -> None:
    error = refusal()
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_every_command_tells_it_alike(folder: Path) -> None:
    def said(*words: str) -> str:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2, result.output
        assert [path.name for path in folder.iterdir()] == ["quick.yaml"]
        return result.stderr.removeprefix("Error: ").strip()

    whole = str(refusal())
    assert said("check", "quick.yaml") == whole
    for command in ("render", "report", "batch"):
        assert said(command, "quick.yaml") == whole
    for number, scene in enumerate(("overshoot", "captioned"), 1):
        one = whole.splitlines()[number]
        assert said("render", "quick.yaml", "--scene", scene) == one
        assert said("preview", "quick.yaml", "--scene", scene) == one
    assert said("preview", "quick.yaml", "--scene", "again").startswith(
        "quick.yaml:10:39: scene 'again': run 'adam'"
    )


def test_a_warning_has_its_place_and_is_told_by_every_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.commands import NoWork

    monkeypatch.setattr("scenes.production.produce.produce", NoWork())
    Path("quick.yaml").write_text(
        LECTURE.partition("  - {kind")[0]
        + "  - {kind: tangent, run: slow, captions: {end: 'at last {J[99]}'}}\n"
    )
    for command in ("check", "render", "report", "batch", "preview"):
        result = CliRunner().invoke(main, [command, "quick.yaml"])
        assert result.exit_code == 0, result.output
        assert "warning: quick.yaml:7:43: scenes[0].captions.end: found {J[99]}" in result.stderr
