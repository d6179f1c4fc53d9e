from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scenes.cli import main

ROOT = Path(__file__).parents[2]

LECTURE = """\
title: Quick
pace: 1
problem: {formula: "(w-3)^2 + 2"}
runs: {careful: {rate: 0.1, start: 6, steps: 20}}
scenes:
  - {kind: tangent}
  - {kind: tangent, name: again}
"""


@pytest.fixture(autouse=True)
def imported_first(monkeypatch: pytest.MonkeyPatch) -> str:
    """What stands in PYTHONPATH for the processes that tests start: they take this checkout."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    monkeypatch.setenv("PYTHONPATH", path)
    return path


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command in this process, with tmp_path as the working directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("OUTPUT", "QUALITY", "JOBS", "THEME", "PAPER", "TIMEOUT"):
        monkeypatch.delenv(f"STEEPEST_{name}", raising=False)

    def run(*arguments: object, env: dict[str, str] | None = None) -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, words, env=env, prog_name="steepest")

    return run


@pytest.fixture
def program() -> Path:
    """The command as the package installs it, beside the interpreter that runs the tests."""
    return Path(sys.executable).with_name("steepest")


@pytest.fixture
def steepest(tmp_path: Path, program: Path):
    """Run the command as a process of its own in tmp_path."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [program, *(str(argument) for argument in arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    """A lecture of two short scenes in tmp_path."""
    path = tmp_path / "quick.yaml"
    path.write_text(LECTURE)
    return path
