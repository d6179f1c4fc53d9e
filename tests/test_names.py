"""No two things have one name: whoever searches for one finds it, and reads it without looking where it is from."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What every member of a family defines under one name, and commands that are called as what they do.
ALIKE = {"FORMAT", "KIND", "key_frames", "picture", "probe", "tell"}
COMMANDS = {path.stem for path in (ROOT / "scenes" / "cli").glob("*.py")}


def test_a_public_name_is_given_once() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for package in ("gdcore", "scenes"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef | ast.FunctionDef):
                    names = [node.name]
                elif isinstance(node, ast.Assign):
                    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                else:
                    continue
                for name in names:
                    command = name in COMMANDS and path.parent.name == "cli"
                    if not (name.startswith("_") or name in ALIKE or command):
                        places[name].append(str(path.relative_to(ROOT)))
    assert not {name: where for name, where in places.items() if len(where) > 1}


def test_a_file_has_one_idea() -> None:
    """As far as its length tells; one that is longer says why in its docstring, with the word 'long'."""
    for package in ("gdcore", "scenes"):
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if len(text.splitlines()) > 300:
                assert "long" in (ast.get_docstring(ast.parse(text)) or ""), path
