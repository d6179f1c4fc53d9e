"""The rooms of the core know each other in one direction, and so do the files within a room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import gdcore

PACKAGE = Path(gdcore.__file__).parent

# From the ground up: which rooms each may know. Only the front door, ``gdcore`` itself, knows them all.
MAY_KNOW: dict[str, set[str]] = {
    "base": set(),
    "exercises": set(),
    "notation": set(),
    "sentences": {"notation"},
    "formula": {"base", "notation"},
    "problems": {"base", "formula", "notation"},
    "optimizers": {"base", "problems"},
    "schedules": {"base", "optimizers"},
    "rest": {"base", "optimizers", "problems"},
    "run": {"base", "formula", "notation", "optimizers", "problems", "rest", "schedules", "sentences"},
    "analysis": {"base", "optimizers", "problems", "rest", "run"},
    "storage": {"analysis", "base", "notation", "problems", "rest", "run", "sentences"},
}


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def known_to(path: Path) -> Iterator[str]:
    """The modules of the core that a file imports, at any depth of its code; a package stands for its ``__init__``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in FILES else node.module for name in names if node.module in FILES)


GRAPH = {module: set(known_to(path)) for module, path in FILES.items()}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", [module for module in FILES if "." in module])
def test_a_file_knows_only_what_its_room_may_know(module: str) -> None:
    room = room_of(module)
    assert {room_of(other) for other in GRAPH[module]} <= MAY_KNOW[room] | {room}


def test_the_table_has_every_room_and_names_none_that_is_not_known() -> None:
    knows: dict[str, set[str]] = {room_of(module): set() for module in FILES if "." in module}
    for module, others in GRAPH.items():
        if "." in module:
            knows[room_of(module)] |= {room_of(other) for other in others} - {room_of(module)}
    assert knows == MAY_KNOW


@pytest.mark.parametrize("graph", [MAY_KNOW, GRAPH], ids=["rooms", "files"])
def test_nothing_knows_itself_by_a_way_round(graph: dict[str, set[str]]) -> None:
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")
