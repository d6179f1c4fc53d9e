"""What the documents say is true: the README's lecture works, its files and commands exist, its pictures are current."""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import av
import numpy as np
import pytest

from scenes.kinds import kinds
from scenes.lecture.read import read_lecture
from scenes.lecture.study import study
from scenes.storyboard import tell

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


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
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).is_file(), f"{document.name} links {target}"


def test_the_way_in_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\(([\w./]+)\)", (ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= linked
    assert "docs/README.md" in README


def test_every_file_that_is_named_exists() -> None:
    """Paths in backquotes, from the root or from the room of the sentence; * stands for any name."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "docs/kinds.md"))
    named = set(re.findall(r"`((?:[\w*]+/)+[\w*.]*|\w+\.py)`", text)) - {"sentences/en.toml"}
    assert len(named) > 30
    rooms = [ROOT, ROOT / "scenes", *(path for path in (ROOT / "scenes").iterdir() if path.is_dir())]
    rooms += [ROOT / "scenes" / "lecture" / "source", ROOT / "scenes" / "film" / "manim"]
    for name in sorted(named):
        assert any(list(room.glob(name)) for room in rooms), name


def test_the_readmes_lines_of_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The film smaller than they say."""
    block = re.search(r"<!-- python -->\n```python\n(.*?)```\n<!-- /python -->", README, re.DOTALL)
    assert block is not None
    lines, film = block.group(1), 'houses.film("surface")'
    assert film in lines
    monkeypatch.chdir(tmp_path)
    exec(lines.replace(film, 'houses.film("surface", size=(128, 128), fps=1)'), {})
    assert {path.name for path in tmp_path.iterdir()} == {"surface.mp4", "houses.pdf"}


def test_every_example_for_python_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert found.attempted > 25
    assert found.failed == 0
    assert {path.name for path in tmp_path.iterdir()} >= {
        "stride.pdf",
        "overshoot.mp4",
        "runs.png",
        "tangent.png",
    }


def test_the_scene_of_ones_own_renders_with_plain_manim(tmp_path: Path) -> None:
    block = re.search(r"<!-- mine.py -->\n```python\n(.*?)```\n", PYTHON, re.DOTALL)
    assert block is not None
    (tmp_path / "mine.py").write_text(block.group(1), encoding="utf-8")
    command = [sys.executable, "-m", "manim", "-r", "320,180", "--fps", "4", "-v", "ERROR", "mine.py", "Mine"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    (film,) = (path for path in tmp_path.rglob("*.mp4") if "partial_movie_files" not in path.parts)
    with av.open(str(film)) as container:
        *_, before, _, last = (
            frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)
        )
    red, earlier = (picture[:, :, 0] - picture[:, :, 1] for picture in (last, before))
    assert (red > earlier + 30).sum() > 20, "a circle grows"


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
