"""The reference explains every key, and nothing in it is wrong: examples are accepted, defaults change nothing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from gdcore.base.errors import GdError
from scenes.film.still import render_still
from scenes.kinds import kinds
from scenes.lecture.model import Lecture
from scenes.lecture.read import read_lecture
from scenes.lecture.reference import KeyEntry, explain, key_entries, keys_below
from scenes.lecture.reference.entries import entries_of
from scenes.lecture.source.faults import LectureError
from scenes.lecture.source.json_schema import json_schema
from scenes.lecture.source.keys import Keys, key
from scenes.lecture.source.schema import SCENE_MODELS, LectureBlock
from scenes.lecture.source.values import Finite, Text
from scenes.lecture.source.yaml_reader import parse_yaml
from scenes.lecture.study import study
from scenes.storyboard import tell
from scenes.typeset import font_files
from tests.lecture.conftest import HOUSES

LINE = {"formula": "(x-3)^2+2"}
PLANE = {"formula": "x^2 + y^2"}
DATA = {"data": "houses.csv", "x": "bedrooms", "y": "price"}
NAMED = {"data": "houses.csv", "x": "bedrooms", "y": "price", "parameters": ["m", "b"]}
RUNS = {
    "steady": {"rate": 0.1, "steps": 5},
    "slow": {"rate": 0.1, "steps": 5},
    "fast": {"rate": 0.2, "steps": 5},
}


def bases() -> Iterator[dict[str, Any]]:
    """Small sound lectures of many kinds: for every key there is one in which it has its place."""
    for problem in (LINE, PLANE, DATA, NAMED, {"name": "himmelblau"}):
        for name, kind in kinds().items():
            shown = list(RUNS)[: kind.runs[0]]
            lecture = {"problem": problem, "runs": RUNS, "scenes": [{"kind": name, "runs": shown}]}
            yield lecture
            yield with_value(lecture, ("scenes", 0), {"kind": name})
            if kind.runs[0] == 1:  # a run on a problem of the scene's own is written beside it
                yield with_value(
                    lecture, ("scenes", 0), {"kind": name, "run": {**RUNS["steady"], "start": 1}}
                )
            for more in ({"epochs": 5, "rate": 0.1}, {"stop": {"patience": 10}}, {"optimizer": "momentum"}):
                own = more if "epochs" in more else {**RUNS["steady"], **more}
                yield with_value(lecture, ("runs", "steady"), own)


def with_value(lecture: Any, path: tuple[str | int, ...], value: object) -> Any:
    """A copy with another value at a path."""
    if not path:
        return value
    if isinstance(lecture, list):
        return [
            with_value(inner, path[1:], value) if i == path[0] else inner for i, inner in enumerate(lecture)
        ]
    return {**(lecture or {}), path[0]: with_value((lecture or {}).get(path[0]), path[1:], value)}


def merged(below: Any, above: Any) -> Any:
    """Maps key by key, scenes one by one; else what stands above."""
    if isinstance(below, dict) and isinstance(above, dict):
        keys = dict.fromkeys([*below, *above])
        return {key: merged(below.get(key), above[key]) if key in above else below[key] for key in keys}
    if isinstance(below, list) and isinstance(above, list) and isinstance(above[0], dict):
        return [merged(below[0], above[0])]
    return above


def written(entry: KeyEntry, kind: str) -> Any:
    """An entry's example with names filled in, as the values that it means."""
    document = parse_yaml("example", entry.example.replace("NAME", "steady").replace("KIND", kind))
    assert not document.faults, entry
    return document.root


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[Any], Lecture]:
    """Write a lecture beside the files that examples name, and read it."""
    (tmp_path / "houses.csv").write_text(HOUSES)
    TTFont(font_files()[0]).save(tmp_path / "font.ttf")

    def keep(lecture: Any) -> Lecture:
        path = tmp_path / "lecture.yaml"
        path.write_text(json.dumps(lecture), encoding="utf-8")  # JSON is YAML
        return read_lecture(path)

    return keep


@pytest.mark.parametrize("entry", key_entries(), ids=lambda entry: entry.name)
def test_every_example_is_accepted(entry: KeyEntry, kept: Callable[[Any], Lecture]) -> None:
    """In some small lecture; that of a key that is not available yet is refused, and for no other reason."""
    troubles = set()
    for base in bases():
        try:
            kept(merged(base, written(entry, base["scenes"][0]["kind"])))
            assert not entry.instead
            return
        except LectureError as error:
            troubles.add(str(error))
            soon = f"{entry.path[-1]}, which is not available yet"
            if all(fault.found == soon for fault in error.faults) and (entry.instead or "font" in entry.path):
                return
    pytest.fail("\n".join(sorted(troubles, key=len)[:3]))


@pytest.mark.parametrize(
    "entry", [entry for entry in key_entries() if entry.default], ids=lambda entry: entry.name
)
def test_a_default_is_what_holds_without_the_key(entry: KeyEntry, kept: Callable[[Any], Lecture]) -> None:
    """Given or not: the same numbers, and of a scene's option the same picture."""
    *lines, last = entry.example.splitlines()
    spelled = dataclasses.replace(
        entry, example="\n".join([*lines, f"{last.partition(':')[0]}: {entry.default}"])
    )
    tried = 0
    for base in bases():
        given = merged(base, written(spelled, base["scenes"][0]["kind"]))
        try:
            without, with_it = kept(base), kept(given)
        except LectureError:
            continue
        same_kind = without.scenes[0].kind == with_it.scenes[0].kind
        if given != base and same_kind and f'"{entry.path[-1]}"' not in json.dumps(base):
            tried += 1
            assert shown(without, entry) == shown(with_it, entry), base
        if tried == 3:
            break
    assert tried


def shown(lecture: Lecture, entry: KeyEntry) -> list[object]:
    """What a lecture says, but for how it is written."""
    studied = study(lecture)
    told: list[object] = [run.parameters.tobytes() for run in studied.trajectories.values()]
    told += [lecture.problem, lecture.theme, lecture.pace, lecture.language, lecture.report]
    if entry.path[0] == "scenes":
        story = tell(studied, lecture.scenes[0])
        told += [story.seconds, render_still(story, story.seconds, width=256, height=144).tobytes()]
    return told


@pytest.mark.parametrize("entry", key_entries(), ids=lambda entry: entry.name)
def test_every_key_is_explained(entry: KeyEntry) -> None:
    """A key that is new says its meaning, an example, and what holds without it: `key` in `source/keys.py`."""
    assert entry.meaning.endswith(".")
    assert entry.meaning[0].isupper()
    assert "Default" not in entry.meaning, "the default is a field of its own"
    assert entry.example.strip()
    assert entry.allowed or entry.shows
    assert entry.shows or entry.needed or entry.default or entry.otherwise or entry.instead, (
        "what if left out?"
    )


def test_every_key_of_the_schema_has_an_entry() -> None:
    names = [entry.path for entry in key_entries()]
    assert len(names) == len(set(names))
    assert {(key,) for key in LectureBlock.model_fields} <= set(names)
    for kind, model in SCENE_MODELS.items():
        for name in model.model_fields:
            assert ("scenes", name) in names or ("scenes", kind, name) in names, (kind, name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rate", ["runs.rate"]),
        ("problem.data", ["problem.data"]),
        ("title", ["title", "scenes.title"]),
        ("runs.careful.stop.gradient", ["runs.stop.gradient"]),
        ("scenes[1].range", ["scenes.range"]),
        ("scenes.tangent", ["scenes.tangent"]),
        ("scenes.view", ["scenes.surface.view", "scenes.regression.view"]),
    ],
)
def test_a_key_is_found_by_what_a_user_knows_of_it(text: str, names: list[str]) -> None:
    assert [entry.name for entry in explain(text)] == names


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("problem.dta", "did you mean problem.data?"),
        ("rat", "did you mean rate?"),
        ("zzz", "choose one of them"),
    ],
)
def test_a_key_that_there_is_not(text: str, mend: str) -> None:
    with pytest.raises(GdError) as caught:
        explain(text)
    assert caught.value.mend == mend
    assert "`steepest reference` lists" in caught.value.allowed


def test_a_block_has_its_keys_below_it() -> None:
    (stop,) = explain("stop")
    assert "runs.stop.patience" in [entry.name for entry in keys_below(stop)]


def test_the_schema_for_editors_says_the_same() -> None:
    """Of every key that a lecture may have; one that is not available yet is not offered."""
    schema = json.loads(json_schema())
    for entry in key_entries():
        if entry.shows:
            continue
        told = _in_schema(schema, entry.path)
        if entry.instead:
            assert told is None
            continue
        assert told is not None, entry.name
        assert told["description"].startswith(entry.meaning) or entry.name == "scenes.kind"
        assert told["examples"]
        if entry.default:
            assert told["default"] == parse_yaml("", entry.default).root
            assert f"Default: {entry.default}." in told["description"]
        if entry.otherwise:
            assert entry.otherwise in told["description"]


def _in_schema(schema: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any] | None:
    """What a JSON Schema says at a path of keys; of scenes that of the kind, or of the first."""
    here: Any = schema
    for i, part in enumerate(path):
        if i and path[i - 1] == "scenes":
            models = [schema["$defs"][choice["$ref"].rpartition("/")[2]] for choice in here["items"]["oneOf"]]
            by_kind = {model["properties"]["kind"]["const"]: model for model in models}
            here = by_kind.get(part) or models[0]
            if part in by_kind:
                continue
        elif i and path[i - 1] == "runs":
            here = here["additionalProperties"]
        here = schema["$defs"][here["$ref"].rpartition("/")[2]] if "$ref" in here else here
        here = here["properties"].get(part)
        if here is None:
            return None
    return here


class Inner(Keys):
    """A block that two keys take, and that may hold itself."""

    depth: Finite | None = key("How deep.", 1, default=0)
    again: Inner | None = key("One more.", "{depth: 2}", otherwise="none")


class Outer(Keys):
    """A block with a block by name, and the same one as a choice."""

    first: dict[str, Inner] = key("By name.", "{a: {depth: 1}}", needed=True)
    second: Text | Inner | None = key("A name, or a block.", "a", otherwise="none")


def test_a_block_that_is_met_again_is_referred_to() -> None:
    found = {entry.path: entry for entry in entries_of(Outer)}
    assert list(found) == [("first",), ("first", "depth"), ("first", "again"), ("second",)]
    assert found["first", "depth"].example == "first:\n  NAME:\n    depth: 1"
    assert found["first", "again"].keys_as == found["second",].keys_as == ("first",)
    assert ("allowed", "text of at most 200 characters or a map of its keys, those of first") in found[
        "second",
    ].facts
