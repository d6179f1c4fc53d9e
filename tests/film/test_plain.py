"""Plain Manim finds a scene of every kind in one file, and tells a story of one's own with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from scenes.film.manim import plain
from scenes.film.manim.session import session
from scenes.film.still import render_still
from scenes.kinds import kinds
from scenes.theme import DARK
from tests.lectures import first_of, written

ROOT = Path(__file__).parents[2]
FILE = Path(plain.__file__)
# Manim loads a file under a name of its own and puts its folder on the path: better in a process of its own.
_DISCOVER = """
import sys
from pathlib import Path
from manim.utils.module_ops import scene_classes_from_file
for scene in scene_classes_from_file(Path(sys.argv[1]), full_list=True):
    print(scene.__name__, scene.kind)
"""
OWN = """
title: Mine
problem: {formula: "w^2"}
runs: {mine: {rate: 0.25, start: 2, steps: 2}}
scenes: [{kind: tangent, title: Only mine}]
"""


@pytest.mark.parametrize("place", [FILE.relative_to(ROOT), FILE], ids=["relative", "absolute"])
def test_manim_finds_a_scene_of_every_kind(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _DISCOVER, str(place)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    found = dict(line.split() for line in done.stdout.splitlines())
    assert found == {name.title().replace("-", ""): name for name in kinds()}


def test_the_command_manim_renders_one(tmp_path: Path) -> None:
    """As its first line says, only smaller."""
    command = [sys.executable, "-m", "manim", "-r", "128,72", "--fps", "2", "--media_dir", str(tmp_path)]
    done = subprocess.run(
        [*command, "-v", "ERROR", "--progress_bar", "none", str(FILE.relative_to(ROOT)), "Tangent"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    films = [path.name for path in tmp_path.rglob("*.mp4") if "partial_movie_files" not in path.parts]
    assert films == ["Tangent.mp4"]


def rendered(folder: Path, scene: type, **given: object) -> tuple[int, np.ndarray]:
    """How many frames a scene has, and its last one."""
    seen: list[tuple[int, int]] = []
    with session(folder, width=128, height=72, fps=2, theme=DARK):
        made = scene(progress=lambda done, total: seen.append((done, total)), **given)
        made.render()
        assert seen[-1][0] == seen[-1][1]
        return seen[-1][1], np.array(made.renderer.camera.pixel_array)


def test_a_scene_tells_the_story_that_it_is_given(tmp_path: Path) -> None:
    _, (own,) = written(tmp_path, OWN)
    frames, last = rendered(tmp_path, plain.Tangent, story=own)  # type: ignore[attr-defined]
    assert frames == round(own.seconds * 2)
    assert np.array_equal(last, render_still(own, own.seconds, width=128, height=72))


def test_without_a_story_it_tells_the_first_shipped_one(tmp_path: Path) -> None:
    told = first_of("overshoot")
    frames, last = rendered(tmp_path, plain.Overshoot)  # type: ignore[attr-defined]
    assert frames == round(told.seconds * 2)
    assert np.array_equal(last, render_still(told, told.seconds, width=128, height=72))


def test_manim_leaves_the_messages_of_other_libraries_alone() -> None:
    """A notebook that has made a film shows no more of what libraries note than before."""
    code = (
        "import logging; before = list(logging.getLogger().handlers), logging.getLogger().level\n"
        "import scenes.film.manim\n"
        "assert (list(logging.getLogger().handlers), logging.getLogger().level) == before\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
