"""Who needs a lecture pays for a lecture, not for a film."""

from __future__ import annotations

import subprocess
import sys

import pytest

ROOMS = ["scenes.lecture.read", "scenes.lecture.study", "scenes.lecture.shipped", "scenes.lecture.starter"]


def loaded_by(module: str, *names: str) -> set[str]:
    code = f"import {module}, sys; print(*[n for n in {names!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("room", ["scenes.lecture", *ROOMS])
def test_no_drawing_library_and_no_command(room):
    assert loaded_by(room, "click", "manim", "matplotlib", "PIL", "av", "typst") == set()


def test_the_model_needs_no_reader():
    assert loaded_by("scenes.lecture.model", "pydantic", "ruamel.yaml", "gdcore") == set()
