"""constraints.txt names a version of everything the package asks for, and no place where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PINS = (ROOT / "constraints.txt").read_text().splitlines()


def canonical(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_is_a_plain_pin() -> None:
    assert [line for line in PINS if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []


def test_every_direct_dependency_is_pinned_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    pinned = [canonical(line.partition("==")[0]) for line in PINS]
    assert len(pinned) == len(set(pinned))
    names = (re.match(r"[\w.-]+", line) for line in wanted)
    assert {canonical(match.group()) for match in names if match} <= set(pinned)
