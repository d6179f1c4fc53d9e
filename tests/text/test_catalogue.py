"""One catalogue of sentences: every key is used as it is written, every place is filled, and values are never read."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdcore.notation import plain, typst
from gdcore.sentences.sentence import TEMPLATES
from scenes.kinds import kinds
from scenes.text import Speech, maths, number, speech, words
from scenes.text.catalogue import FOLDER, places_of
from scenes.text.grammar import MathsError
from scenes.theme import Role

ROOT = Path(__file__).parents[2]
EVIL = [
    'x$#read("/etc/hostname")$',
    "5$ a step",
    "{point|{loss}}",
    "%s {0} {",
    "\\frac{1}{2}",
    "<b>&amp;</b>",
    '"',
]


_METHODS = ("say", "formula", "count", "word")


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "scenes").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def bindings(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Every name that is given a value, each of several at once with its own."""
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=True) if both else [(target, node.value)]
            yield from ((to.id, value) for to, value in pairs if isinstance(to, ast.Name))


def is_speech(node: ast.expr, known: set[str]) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") == "speech"
    return (isinstance(node, ast.Attribute) and node.attr.strip("_") == "speech") or getattr(
        node, "id", ""
    ) in known


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every call of a method of a speech that takes a key or template, in the sources, under whatever name."""
    for path, tree in modules():
        known = {name for name, value in bindings(tree) if is_speech(value, set())}
        for node in ast.walk(tree):
            if isinstance(node, ast.arg) and node.annotation and ast.unparse(node.annotation) == "Speech":
                known.add(node.arg)
        names = {"say": "say", "formula": "formula"}
        for name, value in bindings(tree):
            if isinstance(value, ast.Attribute) and value.attr in _METHODS and is_speech(value.value, known):
                names[name] = value.attr
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Name) and called.id in names:
                yield path, node, names[called.id]
            elif isinstance(called, ast.Attribute) and (
                called.attr in ("say", "formula")
                or (called.attr in _METHODS and is_speech(called.value, known))
            ):
                yield path, node, called.attr


def keys_of(path: Path, call: ast.Call) -> list[str]:
    """The keys that a call can have: a literal, one of several, or those of a table in its module. Else none."""
    return literals(path, call.args[0]) if call.args else []


def literals(path: Path, first: ast.expr) -> list[str]:
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return [first.value]
    if isinstance(first, ast.IfExp):
        one, other = literals(path, first.body), literals(path, first.orelse)
        return [*one, *other] if one and other else []
    if not (isinstance(first, ast.Subscript) and isinstance(first.value, ast.Name)):
        return []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == first.value.id for target in targets):
            tables = [part for part in ast.walk(node) if isinstance(part, ast.Dict)]
            return [
                value.value for table in tables for value in table.values if isinstance(value, ast.Constant)
            ]
    return []


def in_catalogue(path: Path) -> bool:
    return path == ROOT / "scenes" / "text" / "catalogue.py"


def test_every_sentence_is_asked_for_by_a_literal_key_with_just_its_values() -> None:
    sentences = speech().sentences
    wrong = []
    for path, call, name in calls():
        if in_catalogue(path):
            continue
        given = {keyword.arg for keyword in call.keywords}
        place = f"{path.relative_to(ROOT)}:{call.lineno}"
        keys = keys_of(path, call)
        if not keys:
            wrong.append(f"{place}: {name} with something other than a literal")
        for literal in keys:
            if name == "formula":
                if given != places_of(f"${literal}$"):
                    wrong.append(f"{place}: the formula {literal!r} with {sorted(map(str, given))}")
            elif name == "count":
                if f"count.{literal}.other" not in sentences:
                    wrong.append(f"{place}: nothing is called {literal!r}")
            elif literal not in sentences:
                wrong.append(f"{place}: no sentence {literal!r}")
            elif given != places_of(sentences[literal]):
                wrong.append(f"{place}: {literal!r} with {sorted(map(str, given))}")
    assert not wrong, "\n".join(wrong)


def test_no_sentence_is_left_over() -> None:
    used = {
        f"count.{key}.{form}" if name == "count" else key
        for path, call, name in calls()
        for key in keys_of(path, call)
        for form in ("one", "other")
    }
    keys = {
        key for key in speech().sentences if not key.startswith(("list.", "number.")) and key not in TEMPLATES
    }
    left = sorted(keys - used)
    assert not left, "nobody asks for these"


@pytest.mark.parametrize("language", [path.stem for path in FOLDER.glob("*.toml")])
def test_a_language_is_complete_and_can_be_read(language: str) -> None:
    ours, english = speech(language).sentences, speech("en").sentences
    assert ours.keys() == english.keys()
    for kind in kinds().values():
        if kind.sentences("en").is_file():  # what a kind does not translate would be English
            own, its = (tomllib.loads(kind.sentences(code).read_text("utf-8")) for code in (language, "en"))
            assert own.keys() == its.keys(), kind.name
    for key, template in ours.items():
        assert places_of(template) == places_of(english[key]), key
        values = {name: number(1.5) for name in places_of(template)}
        assert speech(language).say(key, **values) is not None, key


def test_the_file_holds_text_and_nothing_else() -> None:
    def leaves(table: object) -> Iterator[object]:
        if isinstance(table, dict):
            for inner in table.values():
                yield from leaves(inner)
        else:
            yield table

    for file in (ROOT / "scenes").rglob("sentences/*.toml"):
        assert all(isinstance(leaf, str) for leaf in leaves(tomllib.loads(file.read_text("utf-8"))))


@pytest.mark.parametrize("text", EVIL)
def test_a_value_is_shown_as_it_stands(text: str) -> None:
    made = Speech("x", {"k": "{good|at {name}} and ${name}$ {name}"}).say
    with pytest.raises(MathsError):
        made("k", name=text)  # words are no formula
    said = Speech("x", {"k": "At {good|{name}}: {name}."}).say("k", name=text)
    assert said.plain() == " ".join(f"At {text}: {text}.".split())
    assert [run.role for run in said.runs] == [None, Role.GOOD, None, None, None]


def test_colours_formulae_and_counts() -> None:
    ours = speech("en")
    said = ours.say("tangent.start", p=ours.formula("w_1"), w=number(6.0))
    assert said.plain() == "We stand at w₁ = 6. Which way is down, and how far?"
    assert {run.role for run in said.runs} == {None, Role.POINT}
    assert ours.count("step", 1).plain() == "1 step"
    assert ours.count("step", 20000).plain() == "20,000 steps"
    assert ours.listed([words("a"), words("b"), words("c")]).plain() == "a, b and c"


def test_our_letters_give_way_to_the_users() -> None:
    said = speech("en", ["J", "alpha", "k"]).say("learning-rates.useful", limit=number(2.0))
    assert said.plain() == "Below η = 2 it gets home."
    assert plain(speech("en", ["J"]).formula("J({p})", p=number(1.0))) == "C(1)"


_TAKE_TEXT = ("words", "Words", "Word", "maths", "Maths", "read_maths", *_METHODS)


def put_together(node: ast.expr) -> bool:
    """Is it, or does it hold, a text made of pieces: an f-string, a sum or remainder with a text, format or join?"""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            return True
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Mod):
            sides = (part.left, part.right)
            if any(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in sides):
                return True
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "format":
            return True
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "join":
            return True
    return False


def takes_text(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in _TAKE_TEXT


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('words(f" {x}")', True),
        ('words("a" + x)', True),
        ('say("k", v="%s" % x)', True),
        ('speech.formula("{}".format(x))', True),
        ('Words(" ".join(x))', True),
        ("words(x)", False),
        ('words("a") + words(x)', False),
        ('say("k", v=words(x))', False),
    ],
)
def test_a_text_that_is_put_together_is_seen(source: str, found: bool) -> None:
    call = next(
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and takes_text(node)
    )
    assert (
        any(put_together(value) for value in (*call.args, *(each.value for each in call.keywords))) is found
    )


def test_no_text_is_put_together_on_the_way_to_the_page() -> None:
    """A sentence is one template with values, and a row of words and formulae is made of whole ones."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:80]}"
        for path, tree in modules()
        if path.parent != ROOT / "scenes" / "text"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and takes_text(node)
        if any(put_together(value) for value in (*node.args, *(each.value for each in node.keywords)))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_markup_is_built_outside_the_writers() -> None:
    """Typst's spelling is written in one module, and only the typesetter puts it into a document."""
    callers = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "scenes").rglob("*.py"))
        if any(
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("gdcore.notation")
            and {"typst", "quoted", "typst_name", "typst_number"} & {alias.name for alias in node.names}
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    ]
    assert callers == ["scenes/typeset/markup.py"]
    assert typst(maths(number(1.5)).runs[0].node) == "1.5"  # type: ignore[union-attr]
