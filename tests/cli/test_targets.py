"""-o and its kind: a file or a folder that need not exist, the same in every command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from scenes.cli.group import COMMANDS
from scenes.cli.targets import TargetType
from tests.commands import NoWork, command_of, right

WRITING = [
    (name, parameter)
    for name in COMMANDS
    for parameter in command_of(name).params
    if isinstance(parameter.type, TargetType) and not getattr(parameter, "hidden", False)
]
#: What a command calls a file that goes into a folder: below it, for those that make a folder for each lecture.
OWN_NAME = {
    "descend": "descent.npz",
    "basins": "basins.npz",
    "new": "lecture.yaml",
    "render": "houses/01-surface.mp4",
    "report": "intuition/intuition.pdf",
    "preview": "houses/01-surface.png",
}


@pytest.fixture
def written(invoke, tmp_path, monkeypatch):
    """Which files a command writes, or would write, where it is told to."""

    def run(name: str, parameter: click.Parameter, place: str) -> list[str]:
        work = NoWork()
        monkeypatch.setattr("scenes.production.produce.produce", work)
        before = {path for path in tmp_path.rglob("*") if path.is_file()}
        words = right(name)
        words = (place,) if isinstance(parameter, click.Argument) else (*words, parameter.opts[0], place)
        result = invoke(name, *words)
        assert result.exit_code == 0, result.output
        made = {
            path.relative_to(tmp_path)
            for path in tmp_path.rglob("*")
            if path.is_file() and path not in before
        }
        return sorted({str(path) for path in made} | {str(job.output) for job in work.jobs})  # type: ignore[attr-defined]

    return run


def test_every_command_that_writes_takes_places_alike():
    """No option for a place is of a type of its own."""
    for name in COMMANDS:
        for parameter in command_of(name).params:
            assert not isinstance(parameter.type, click.Path | click.File), (name, parameter.name)
    assert {"render", "report", "preview", "batch", "basins", "descend", "new"} <= {
        name for name, _ in WRITING
    }


@pytest.mark.parametrize(("name", "parameter"), [pair for pair in WRITING if pair[0] in OWN_NAME])
def test_a_folder_and_a_file_need_not_exist(written, tmp_path, name, parameter):
    own = OWN_NAME[name]
    (tmp_path / "is.there").mkdir()
    assert written(name, parameter, "new/deep/") == [f"new/deep/{own}"]
    assert written(name, parameter, "is.there") == [f"is.there/{own}"]
    if parameter.type.folders:
        assert written(name, parameter, "v1.2") == [f"v1.2/{own}"]
    for ending in parameter.type.endings:
        assert written(name, parameter, f"other/deep/mine{ending}") == [f"other/deep/mine{ending}"]
        assert written(name, parameter, f"mine{ending.upper()}") == [f"mine{ending.upper()}"]


def test_a_batch_goes_into_a_folder(written, tmp_path):
    (output,) = [parameter for name, parameter in WRITING if name == "batch"]
    assert all(file.startswith("new/deep/intuition/") for file in written("batch", output, "new/deep"))


@pytest.mark.parametrize(("name", "parameter"), [pair for pair in WRITING if pair[1].type.checked])
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("taken/deeper/", "taken/deeper: cannot write here"),
        ("taken/", "taken: cannot write here"),
        ("gone/x/", "gone/x: cannot write here"),
        ("out.docx", "'out.docx' "),
        ("", "an empty name; write for example"),
        ("x" * 300 + "/y/", "cannot be looked up (File name too long); choose another name"),
        ("a\0b", "cannot be looked up"),
    ],
)
def test_a_place_that_cannot_be_is_told_before_the_work(invoke, tmp_path, name, parameter, place, said):
    (tmp_path / "taken").write_text("a file")
    (tmp_path / "gone").symlink_to("nowhere")
    option = parameter.metavar if isinstance(parameter, click.Argument) else parameter.opts[0]
    words = (place,) if isinstance(parameter, click.Argument) else (*right(name), parameter.opts[0], place)
    result = invoke(name, *words)
    assert result.exit_code == 2, result.output
    assert f"{option}: " in result.stderr
    assert said in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gone", "taken"]


def test_the_mend_of_a_wrong_ending_works(invoke, tmp_path):
    said = invoke("basins", *right("basins"), "-o", "map.jpg").stderr
    for place in ("map.npz", "map.jpg/"):
        assert f"such as {place}" in said
        assert invoke("basins", *right("basins"), "-o", place).exit_code == 0
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.npz")) == [
        "map.jpg/basins.npz",
        "map.npz",
    ]


def test_a_folder_that_is_not_ours_is_told(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write anywhere
    result = invoke("report", "houses", "-o", "new/")
    assert result.exit_code == 2
    assert "is not yours to write in" in result.stderr


def test_what_cannot_be_seen_beforehand_is_told_when_it_happens(invoke, tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    result = invoke("descend", *right("descend"), "--save", "new/run.npz")
    assert result.exit_code == 2
    assert "new: cannot write here (No space left on device); choose another place" in result.stderr
