"""What the core says in words is shown, never read: no module of scenes looks into the text of an error or a reason."""

import ast
from pathlib import Path

import scenes

TOLD = {"message", "reason", "found", "allowed", "mend"}
ASKING = {"search", "match", "fullmatch", "findall", "finditer", "split"}


def _caught(tree: ast.AST) -> set[str]:
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name}


def _is_told(node: ast.AST, caught: set[str]) -> bool:
    """Is it the text of an error (``str(error)``, ``error.found``, …) or the reason of a run?"""
    if isinstance(node, ast.Attribute):
        return node.attr in TOLD
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "repr"):
        return any(isinstance(inner, ast.Name) and inner.id in caught for inner in node.args)
    return False


def looks_into_text(source: str) -> list[int]:
    """The lines of ``source`` that ask the text of an error or a reason something."""
    tree = ast.parse(source)
    caught = _caught(tree)
    lines = []
    for node in ast.walk(tree):
        asked: list[ast.AST] = []
        if isinstance(node, ast.Compare) and not all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.Attribute | ast.Subscript):
            asked = [node.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING:
            asked = list(node.args)
        if any(_is_told(part, caught) for part in asked):
            lines.append(node.lineno)
    return lines


def test_the_rule_sees_what_it_forbids() -> None:
    for source in (
        'if "left the domain" in run.reason: pass',
        "found = error.message.startswith('there is')",
        "re.findall('x', error.message)",
        "error.found == 'x'",
        "try: pass\nexcept ValueError as error: first = str(error).splitlines()[0]",
    ):
        assert looks_into_text(source), source
    for source in ("print(run.reason)", "output.reason is None", "f'{error.found}; {error.mend}'"):
        assert not looks_into_text(source), source


def test_no_module_of_scenes_looks_into_a_sentence() -> None:
    looking = [
        f"{file.relative_to(root)}:{line}"
        for root in (Path(scenes.__path__[0]),)
        for file in sorted(root.rglob("*.py"))
        for line in looks_into_text(file.read_text(encoding="utf-8"))
    ]
    assert not looking


def test_every_mistake_of_scenes_says_its_mend() -> None:
    places = {"GdError": 2, "ProductionError": 2, "StoryError": 3}
    without = [
        f"{file.name}:{node.lineno}"
        for file in sorted(Path(scenes.__path__[0]).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places
        if len(node.args) <= places[node.func.id] and all(keyword.arg != "mend" for keyword in node.keywords)
        if not any(isinstance(argument, ast.Starred) for argument in node.args)
    ]
    assert not without
