"""Imports run one way: this table is the architecture, and the code is held against it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# The rooms of `scenes`, from the ground up, and which others each may know beside the core. A folder within a room
# belongs to the room unless it stands here itself. In `kinds/*` each part is a room, which knows no other kind.
MAY_KNOW: dict[str, set[str]] = {
    "theme": set(),
    "malloc": set(),
    "garbage": set(),
    "layout": set(),
    "lectures": set(),
    "kinds": set(),
    "kinds/*": set(),
    "kinds/*/spec": {"kinds"},
    "text": {"kinds", "theme"},
    "typeset": {"text", "theme"},
    "lecture": {"kinds", "lectures", "text", "typeset"},
    "storyboard": {"kinds", "layout", "lecture", "text", "theme"},
    "kinds/*/story": {"layout", "lecture", "storyboard", "text", "theme"},
    "draw": {"layout", "text", "theme", "typeset"},
    "widgets": {"draw", "kinds", "layout", "storyboard", "text", "theme"},
    "kinds/*/picture": {"draw", "kinds/*/story", "layout", "storyboard", "text", "theme", "widgets"},
    "film": {"draw", "layout", "malloc", "storyboard", "theme", "widgets"},
    "film/manim": {"draw", "film", "kinds", "layout", "lecture", "malloc", "storyboard", "theme", "widgets"},
    "audience": {"draw", "film", "layout", "storyboard", "text", "theme", "typeset", "widgets"},
    "report": {"kinds", "layout", "lecture", "storyboard", "text", "theme", "typeset"},
    "kinds/*/figures": {"kinds/*/story", "layout", "lecture", "report", "storyboard", "text", "theme"},
    "production": {
        "audience",
        "film",
        "film/manim",
        "garbage",
        "kinds",
        "lecture",
        "malloc",
        "report",
        "storyboard",
        "text",
        "typeset",
    },
    "notebook": {"film", "film/manim", "lecture", "production", "report", "storyboard", "text"},
    "cli": {
        "audience",
        "film",
        "garbage",
        "lecture",
        "production",
        "report",
        "storyboard",
        "text",
        "theme",
        "typeset",
    },
}
# What the rooms that know no problem may have of the core.
PART_OF_CORE = {
    "text": ("base", "notation", "sentences"),
    "typeset": ("base", "notation", "sentences"),
    "kinds": ("base",),
    "layout": ("base",),
    "draw": ("base",),
    "theme": ("base",),
    "audience": ("base", "notation"),
}
NO_CORE = {"malloc", "garbage", "lectures"}
# Which rooms may use a library; NumPy is everybody's but those that draw nothing and reckon nothing.
LIBRARIES: dict[str, set[str]] = {
    "manim": {"film/manim"},
    "cairo": {"draw"},
    "contourpy": {"storyboard"},
    "matplotlib": {"report", "kinds/*/figures"},
    "click": {"cli"},
    "pydantic": {"lecture"},
    "pydantic_core": {"lecture"},
    "ruamel": {"lecture"},
    "typst": {"typeset", "production"},
    "fontTools": {"typeset"},
    "av": {"film", "film/manim", "production"},
    "PIL": {"production", "notebook", "cli"},
}
NO_NUMPY = {"malloc", "garbage", "lectures", "kinds", "kinds/*/spec"}


def room_of(parts: tuple[str, ...]) -> str:
    """The room of a module `scenes.a.b…`, from its parts without `scenes`: the longest that the table has."""
    of_a_kind = parts[0] == "kinds" and len(parts) > 1 and (ROOT / "scenes/kinds" / parts[1]).is_dir()
    named = ("kinds", "*", *parts[2:]) if of_a_kind else parts
    for length in range(len(named), 0, -1):
        room = "/".join(named[:length])
        if room in MAY_KNOW:
            return room
    raise AssertionError(f"scenes.{'.'.join(parts)} is in no room")


def imports(path: Path) -> Iterator[str]:
    """Absolute dotted names of everything a file imports, at any depth of its code."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")] if node.module else base)
            for alias in node.names:
                deeper = ROOT.joinpath(*module.split("."), f"{alias.name}")
                within = deeper.is_dir() or deeper.with_suffix(".py").is_file()
                yield f"{module}.{alias.name}" if within else module


def sources() -> list[Path]:
    return [p for package in ("gdcore", "scenes") for p in sorted((ROOT / package).rglob("*.py"))]


def trouble(path: Path, name: str) -> str | None:
    """Why a file may not import a module; None where it may."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    here = tuple(part for part in parts[1:] if part != "__init__")
    top, *rest = name.split(".")
    if top in sys.stdlib_module_names:
        return None
    if parts[0] == "gdcore":
        return None if top in ("gdcore", "numpy") else f"gdcore must not know {name}"
    room = room_of(here) if here else "scenes"
    if top == "gdcore":
        allowed = PART_OF_CORE.get(room)
        fine = room not in NO_CORE and (allowed is None or rest[0] in allowed)
        return None if fine else f"{room} needs no numerics: {name}"
    if top == "scenes":
        target = room_of(tuple(rest))
        if target.startswith("kinds/*") and here[:2] != tuple(rest[:2]):
            return f"a kind must not know another: {name}"
        return None if target == room or target in MAY_KNOW[room] else f"{room} must not know {target}"
    users = set(MAY_KNOW) - NO_NUMPY if top == "numpy" else LIBRARIES.get(top, set())
    return None if room in users else f"{room} must not use {top}"


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may_know(path: Path) -> None:
    assert not [found for name in imports(path) if (found := trouble(path, name))]


def test_the_rooms_know_each_other_in_no_circle() -> None:
    assert tuple(TopologicalSorter(MAY_KNOW).static_order())


def test_a_room_says_what_lives_in_it() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for package in ("gdcore", "scenes")
        for file in (ROOT / package).rglob("__init__.py")
        if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_no_star_imports() -> None:
    for path in sources():
        assert "import *" not in path.read_text(encoding="utf-8"), path


def test_manims_configuration_is_touched_in_one_module() -> None:
    touching = [
        path.name
        for path in (ROOT / "scenes").rglob("*.py")
        if "tempconfig" in (text := path.read_text(encoding="utf-8")) or "manim import config" in text
    ]
    assert touching == ["session.py"]


def loaded_by(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter has after a statement."""
    code = f"import sys\n{statement}\nprint(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(out.stdout.split())


HEAVY = {"manim", "matplotlib", "cairo", "typst", "click", "pydantic", "ruamel", "av", "scipy", "PIL"}


def test_the_core_loads_numpy_and_nothing_else() -> None:
    strangers = loaded_by("import gdcore") - loaded_by("import numpy") - set(sys.stdlib_module_names)
    assert strangers <= {"gdcore"} | {n for n in strangers if n.startswith("__editable__")}


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import scenes.kinds; scenes.kinds.kinds()", HEAVY),
        ("import scenes.storyboard, scenes.lecture", HEAVY - {"pydantic", "ruamel"}),
        ("import scenes.film.still", {"manim", "av", "click", "scipy"}),
        ("import scenes.notebook", HEAVY - {"pydantic", "ruamel"}),
        ("import scenes.cli", HEAVY - {"click"}),
        ("import scenes.report.document", {"manim", "click", "cairo", "av"}),
        ("import scenes.film.trial, scenes.report.trial", {"manim", "click", "av"}),
    ],
)
def test_rooms_stay_light(statement: str, absent: set[str]) -> None:
    assert not loaded_by(statement) & absent
