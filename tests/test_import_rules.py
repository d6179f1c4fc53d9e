"""Imports run one way: this table is the architecture, and the code is held against it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Which rooms of `scenes` a room may know, beside itself and gdcore.
MAY_KNOW: dict[str, set[str]] = {
    "theme": set(),
    "heap": set(),
    "text": {"theme"},
    "typeset": {"text", "theme"},
    "layout": set(),
    "lecture": {"lectures", "text", "typeset"},
    "lectures": set(),
    "storyboard": {"lecture", "layout", "text", "theme"},
    "film": {"heap", "lecture", "layout", "text", "storyboard", "theme", "typeset"},
    "report": {"lecture", "layout", "text", "storyboard", "theme", "typeset"},
    "production": {"film", "heap", "lecture", "report", "storyboard", "text", "theme", "typeset"},
    "cli": {"film", "lecture", "production", "report", "storyboard", "text", "theme", "typeset"},
}
# Which rooms may use a library.
LIBRARIES: dict[str, set[str]] = {
    "numpy": {
        "gdcore",
        "layout",
        "text",
        "typeset",
        "storyboard",
        "film",
        "report",
        "lecture",
        "production",
        "cli",
    },
    "manim": {"film", "production", "cli"},
    "cairo": {"film"},
    "contourpy": {"film", "report"},
    "matplotlib": {"film", "report"},
    "click": {"cli"},
    "pydantic": {"lecture"},
    "pydantic_core": {"lecture"},
    "ruamel": {"lecture"},
    "typst": {"typeset", "production"},
    "fontTools": {"typeset"},
    "av": {"film", "production", "cli"},
    "PIL": {"cli", "production"},
}


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    if parts[0] == "gdcore":
        return "gdcore"
    return parts[1].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Absolute dotted names of everything a file imports, at any depth of its code."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = [*base, *(node.module or "").split(".")] if node.module else base
            name = ".".join(module)
            if name in ("scenes", ""):
                yield from (f"scenes.{alias.name}" for alias in node.names)
            else:
                yield name


def sources() -> list[Path]:
    return [p for package in ("gdcore", "scenes") for p in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may_know(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert not list(imports(path))
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "__future__" or parts[0] in sys.stdlib_module_names:
            continue
        if parts[0] == "gdcore":
            knows = room not in ("theme", "text", "typeset", "layout") or (
                room in ("text", "typeset") and parts[1] in ("notation", "sentences")
            )
            assert knows, f"{room} needs no numerics: {name}"
        elif parts[0] == "scenes":
            assert room != "gdcore", f"gdcore must not know {name}"
            target = parts[1]
            assert target == room or target in MAY_KNOW[room], f"{room} must not know {target}"
        else:
            assert room in LIBRARIES.get(parts[0], set()), f"{room} must not use {parts[0]}"


def test_no_star_imports() -> None:
    for path in sources():
        assert "import *" not in path.read_text(encoding="utf-8"), path


def test_manims_configuration_is_touched_in_one_module() -> None:
    touching = [
        path.name
        for path in (ROOT / "scenes").rglob("*.py")
        if "tempconfig" in (text := path.read_text(encoding="utf-8")) or "manim import config" in text
    ]
    assert touching == ["stage.py"]


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
        ("import scenes.storyboard, scenes.lecture", HEAVY - {"pydantic", "ruamel"}),
        ("import scenes.cli", HEAVY - {"click"}),
        ("import scenes.report.document", {"manim", "click", "cairo", "av"}),
    ],
)
def test_rooms_stay_light(statement: str, absent: set[str]) -> None:
    assert not loaded_by(statement) & absent
