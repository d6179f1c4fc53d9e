"""What the documents say is true: the README's lecture works, its files and commands exist, its pictures are current."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from scenes.kinds import kinds
from scenes.lecture.read import read_lecture
from scenes.lecture.study import study
from scenes.storyboard import tell

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readmes_lecture_is_told(tmp_path: Path) -> None:
    block = re.search(r"<!-- lecture -->\n```yaml\n(.*?)```\n<!-- /lecture -->", README, re.DOTALL)
    assert block is not None
    path = tmp_path / "mine.yaml"
    path.write_text(block.group(1), encoding="utf-8")
    lecture = read_lecture(path)
    worked_out = study(lecture)
    for scene in lecture.scenes:
        assert tell(worked_out, scene).seconds > 10


def test_every_file_that_is_linked_exists() -> None:
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (ROOT / target).is_file(), f"{document} links {target}"


def test_every_file_that_is_named_exists() -> None:
    """Paths in backquotes, from the root or from the room of the sentence; * stands for any name."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "docs/kinds.md"))
    named = set(re.findall(r"`((?:[\w*]+/)+[\w*.]*|\w+\.py)`", text)) - {"sentences/en.toml"}
    assert len(named) > 30
    rooms = [ROOT, ROOT / "scenes", *(path for path in (ROOT / "scenes").iterdir() if path.is_dir())]
    rooms += [ROOT / "scenes" / "lecture" / "source", ROOT / "scenes" / "film" / "manim"]
    for name in sorted(named):
        assert any(list(room.glob(name)) for room in rooms), name


def test_the_page_of_all_keys_is_current() -> None:
    made = tool("make_reference")
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "python tools/make_reference.py"


def test_every_scene_kind_is_shown() -> None:
    for kind in kinds():
        shown = f"**{kind}**" in README and f"docs/pictures/{kind}.png" in README
        assert shown, f"README.md needs a line for {kind}, with its picture (a row in tools/make_pictures.py)"


def test_every_command_in_the_readme_is_one() -> None:
    from click.testing import CliRunner

    from scenes.cli import main

    for name in set(re.findall(r"^steepest (\w+)", README, re.MULTILINE)):
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0, name


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_picture_shows_what_the_program_draws(name: str) -> None:
    made = tool("make_pictures")
    now, kept = made.still(name).astype(float), made.stored(name).astype(float)
    assert now.shape == kept.shape
    assert np.abs(now - kept).mean() < made.TOLERANCE, (
        "look at it and bless it: python tools/make_pictures.py"
    )


def test_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")]
    assert sizes
    assert max(sizes) < 150_000
    assert sum(sizes) < 2_000_000
