"""A kind of scene is one folder of four parts: a package can bring one, and a part that is missing is told at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest
from pypdf import PdfReader

from scenes.kinds import Kind, KindError, Option, kinds
from scenes.kinds.kind import PARTS, TAKEN
from scenes.lecture.source.json_schema import SCHEMA_FILE
from scenes.lecture.source.schema import SceneBlock

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
# The kind that the page for authors of kinds shows, file by file.
SOURCES = dict(re.findall(r"<!-- (\S+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))
LECTURE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]


def bring(folder: Path, package: str = "my_strides", **changes: str | None) -> None:
    """A package with a kind, installed into a folder; `changes` are parts to replace or, with None, to leave out."""
    changed = {f"{part}.py": source for part, source in changes.items()}
    for name, source in {"__init__.py": "", **SOURCES, **changed}.items():
        if source is not None:
            file = folder / package / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, encoding="utf-8")
    facts = folder / f"{package}-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8"
    )
    (facts / "entry_points.txt").write_text(f"[steepest.kinds]\nstrides = {package}\n", encoding="utf-8")


def steepest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder whose packages are installed."""
    (folder / "mine.yaml").write_text(LECTURE, encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "scenes.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_brings_a_kind(tmp_path: Path) -> None:
    bring(tmp_path)
    listed = steepest(tmp_path, "list", "scenes")
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines()[-1].split(maxsplit=1) == [
        "strides",
        "how long each step is: close to the minimum they shrink by themselves",
    ]

    explained = steepest(tmp_path, "reference", "strides.stems")
    assert "Draw a line below each point." in explained.stdout

    checked = steepest(tmp_path, "check", "mine.yaml", "--json")
    assert checked.returncode == 0, checked.stderr
    (scene,) = json.loads(checked.stdout)["lectures"][0]["scenes"]
    assert scene["kind"] == "strides"
    assert [beat["caption"] for beat in scene["beats"]] == [
        "How long is each step?",
        "The first step is 0.6 long.",
        "After 12 steps a step is only 0.0515 long: the slope has become small.",
    ]

    rendered = steepest(tmp_path, "render", "mine.yaml", "-q", "l", "-r", "256,144", "--fps", "6", "-j", "1")
    assert rendered.returncode == 0, rendered.stderr
    (film,) = (tmp_path / "output" / "mine").glob("*.mp4")
    with av.open(str(film)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (256, 144)
        (frames,) = (
            [frame.to_ndarray(format="rgb24") for frame in stream] for stream in [container.decode(video=0)]
        )
    assert len(frames) == round(scene["seconds"] * 6)
    still = frames[-1].astype(int)
    assert (still.max(axis=2) - still.min(axis=2) > 30).sum() > 60, "points and stems are there, in colour"

    reported = steepest(tmp_path, "report", "mine.yaml")
    assert reported.returncode == 0, reported.stderr
    (report,) = (tmp_path / "output" / "mine").glob("*.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(report).pages)
    assert "The length of every step. In the film at" in " ".join(text.split())


def test_an_option_of_a_kind_from_elsewhere_is_checked(tmp_path: Path) -> None:
    bring(tmp_path)
    (tmp_path / "odd.yaml").write_text(LECTURE.replace("stems: true", "stems: very"), encoding="utf-8")
    found = steepest(tmp_path, "check", "odd.yaml")
    assert found.returncode == 2
    assert "stems" in found.stderr
    assert "true or false" in found.stderr


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("__init__", "import nothing_of_this_name\n"),
        ("spec", "1 / 0\n"),
        ("story", "from scenes.storyboard import nothing\n"),
        ("picture", "def (\n"),
    ],
)
def test_a_part_that_cannot_be_imported_says_why(part: str, source: str, tmp_path: Path) -> None:
    bring(tmp_path, **{part: source})
    found = steepest(tmp_path, "preview", "mine.yaml", "-q", "l")
    assert found.returncode in (1, 2)
    assert "my_strides" in found.stderr
    assert "cannot be imported" in found.stderr
    assert "Traceback" not in found.stderr


def test_an_option_cannot_take_the_name_of_a_key_that_every_scene_has() -> None:
    assert {*SceneBlock.model_fields, "kind"} == TAKEN
    with pytest.raises(KindError, match="'title'"):
        Kind("mine", "about mine", options=(Option("title", str, "A title.", example="x"),))


@pytest.mark.parametrize("part", PARTS)
def test_a_kind_without_one_of_its_parts_fails_at_once(part: str, tmp_path: Path) -> None:
    bring(tmp_path, **{part: None})
    for command in (("list", "scenes"), ("check", "houses")):  # neither asks for the part itself
        found = steepest(tmp_path, *command)
        assert found.returncode == 2, found.stderr
        assert f"my_strides has no part {part}" in found.stderr
        assert f"Add my_strides.{part}" in found.stderr
        assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("part", "command"),
    [("spec", "check"), ("story", "check"), ("picture", "render"), ("figures", "report")],
)
def test_a_part_that_does_not_define_its_name_says_which(part: str, command: str, tmp_path: Path) -> None:
    bring(tmp_path, **{part: '"""Nothing yet."""\n'})
    found = steepest(tmp_path, command, "mine.yaml")
    assert found.returncode in (1, 2)
    assert f"my_strides.{part} has no {PARTS[part]}" in found.stderr
    assert "Traceback" not in found.stderr


def test_two_kinds_of_one_name_are_told_with_both_packages(tmp_path: Path) -> None:
    bring(tmp_path)
    bring(tmp_path, "your_strides")
    found = steepest(tmp_path, "list", "scenes")
    assert found.returncode == 2
    assert "'strides'" in found.stderr
    assert "my_strides" in found.stderr
    assert "your_strides" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_kind_cannot_take_the_name_of_a_shipped_one(tmp_path: Path) -> None:
    bring(tmp_path, spec=SOURCES["spec.py"].replace('"strides"', '"tangent"'))
    found = steepest(tmp_path, "list", "scenes")
    assert found.returncode == 2
    assert "my_strides and scenes.kinds.tangent both bring a kind of scene called 'tangent'" in found.stderr


def test_an_installed_kind_whose_package_is_gone_is_named(tmp_path: Path) -> None:
    bring(tmp_path)
    shutil.rmtree(tmp_path / "my_strides")
    found = steepest(tmp_path, "list", "scenes")
    assert found.returncode == 2
    assert "my_strides" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("name", kinds())
def test_a_shipped_kind_is_whole(name: str) -> None:
    kind = kinds()[name]
    assert isinstance(kind.part("spec"), Kind)
    assert all(callable(kind.part(part)) for part in PARTS if part != "spec")
    assert kind.part("spec").name == kind.name == name
    assert kind.about


def test_the_schema_shows_every_kind_with_its_options() -> None:
    """What an editor completes is what the kinds say of themselves."""
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    common = {*SceneBlock.model_fields, "kind"}
    shown = {
        block["properties"]["kind"]["const"]: {
            key: value for key, value in block["properties"].items() if key not in common
        }
        for block in schema["$defs"].values()
        if "const" in block.get("properties", {}).get("kind", {})
    }
    assert set(shown) == set(kinds())
    for name, kind in kinds().items():
        assert set(shown[name]) == {option.name for option in kind.options}
        for option in kind.options:
            told = shown[name][option.name]
            assert told["description"].startswith(option.about)
            assert told.get("default") == option.default
            assert (told.get("minimum"), told.get("maximum")) == (option.low, option.high)
