"""The raw document against the schema: every pydantic error becomes a fault with its place and its mend."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .document import Document, Path, key_of
from .faults import clipped, comma_list, in_quotes
from .keys import Keys
from .misplaced import level_above
from .schema import SCENE_MODELS, LectureBlock, Scene, SceneBlock
from .synonyms import key_called, meant_by
from .value_mends import OF_TEXT, allowed_at, allowed_for, example_at, keys_at, mend_for
from .values import is_tag

B = TypeVar("B", bound=BaseModel)

# Kinds of the design that nobody has built yet: asking for one is no spelling mistake.
_PLANNED = (
    "minima",
    "contour",
    "weight-curve",
    "partials",
    "update-rule",
    "stochastic",
    "race",
    "scaling",
    "title",
    "recap",
)

_SCENE: TypeAdapter[SceneBlock] = TypeAdapter(Scene)


def validate(document: Document) -> None:
    """Report everything that the schema finds wrong, and every key without a value."""
    if document.root is None and not document.faults:
        mend = "`steepest new FILE` writes a lecture to start from"
        document.report((), "an empty file", "a map with `problem` and `runs`", mend)
        return
    if not isinstance(document.root, dict):
        if not document.faults:
            found = document.shown(())
            mend = "start with `title:`, `problem:` and `runs:`; `steepest new FILE` writes an example"
            document.report((), found, "a map with `problem` and `runs`", mend)
        return
    known = {fault.key for fault in document.faults}
    nulls, wrong = _nulls(document.root), list[ErrorDetails]()
    try:
        LectureBlock.model_validate(without_nulls(document.root))
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    texts = {_path(details["loc"]) for details in wrong if details["type"] in OF_TEXT}
    for path in nulls:
        # Else it is an alias, reported where it was read, or part of a text that lacks its quotes.
        if key_of(path) not in known and not any(path[: len(text)] == text for text in texts):
            _report_null(document, path)
    for details in wrong:
        path = _path(details["loc"])
        if path in nulls:
            continue
        document.forget_spelling((*path, "kind") if details["type"].startswith("union_tag") else path)
        emptied = details["type"] == "too_short" and any(null[: len(path)] == path for null in nulls)
        if not emptied:  # else it is only short of the keys without a value
            _report(document, path, details)


def salvage(block: type[B], value: object) -> B | None:
    """The block without its faulty keys, so that what hangs on the sound ones can be checked too."""
    sound = without_nulls(value)
    while isinstance(sound, dict):
        try:
            return block.model_validate(sound)
        except ValidationError as error:
            if not _drop(sound, [details["loc"] for details in error.errors(include_url=False)]):
                return None
    return None


def salvage_scene(value: object) -> SceneBlock | None:
    """`salvage` for a scene, whose model follows from its kind. None for an unknown kind."""
    sound = without_nulls(value)
    while isinstance(sound, dict):
        try:
            return _SCENE.validate_python(sound)
        except ValidationError as error:
            if not _drop(sound, [details["loc"][1:] for details in error.errors(include_url=False)]):
                return None
    return None


def without_nulls(value: object) -> object:
    """A deep copy without the keys that have no value: those are reported by themselves."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value]
    return copy.copy(value)


def _drop(block: dict[str, Any], places: Sequence[tuple[int | str, ...]]) -> bool:
    """Take the keys at the given places out of the block; False when that changes nothing."""
    keys = {place[0] for place in places if place}
    dropped = [block.pop(key) for key in keys if isinstance(key, str) and key in block]
    return bool(dropped)


def _nulls(value: object, path: Path = ()) -> list[Path]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in _null_or_inner(inner, (*path, key))]
    if isinstance(value, list):
        return [found for i, inner in enumerate(value) for found in _nulls(inner, (*path, i))]
    return []


def _null_or_inner(value: object, path: Path) -> list[Path]:
    return [path] if value is None else _nulls(value, path)


def _path(place: tuple[int | str, ...]) -> Path:
    """pydantic's way to an error, without the names of union members that it puts in between."""
    match place:
        case ("scenes", int(), str(kind), *rest) if kind in SCENE_MODELS:
            return _path((*place[:2], *rest))
        case (*_, "[key]"):
            return _path(place[:-1])
    return tuple(part for part in place if not is_tag(part))


def _report(document: Document, path: Path, details: ErrorDetails) -> None:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        _report_unknown(document, path)
    elif kind == "missing":
        report_missing(document, path)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        _report_kind(document, (*path, "kind"))
    else:
        value = details["input"]
        allowed = allowed_for(kind, context, details["msg"])
        document.report(path, document.shown(path), allowed, mend_for(document, path, kind, value, context))


def report_missing(document: Document, path: Path) -> None:
    """Report a key that must be there and is not."""
    document.report(path, "nothing", allowed_at(document, path), example_at(document, path))


def _report_null(document: Document, path: Path) -> None:
    block, key = keys_at(document, path[:-1]), path[-1]
    if block is not None and key not in block.model_fields:
        _report_unknown(document, path)
    else:
        document.report(path, "nothing", allowed_at(document, path), example_at(document, path), at_key=True)


def _report_unknown(document: Document, path: Path) -> None:
    block, key = keys_at(document, path[:-1]), str(path[-1])
    keys = _keys(block)
    beside = document.at(path[:-1])
    near = key_called(key, [name for name in keys if not isinstance(beside, dict) or name not in beside])
    near = near or meant_by(key, keys)
    mend = f"did you mean {near}?" if near else "take the key away"
    if key.isdigit() and document.at(path) is None:
        mend = "if this is a decimal comma, write a decimal point"
    elif not near and block is not None and issubclass(block, SceneBlock):
        having = [name for name, model in SCENE_MODELS.items() if key in model.model_fields]
        if having:
            mend = f"take it away; {key} belongs to scenes of kind {comma_list(having)}"
    above = level_above(document, path) if not near else None
    if above is not None:
        holder = clipped(str(path[len(above)]))
        mend = f"move it out of {holder}, and indent it as far as {holder}"
    document.report(path, f"the unknown key {in_quotes(key)}", comma_list(keys), mend, at_key=True)


def _report_kind(document: Document, path: Path) -> None:
    if document.at(path[:-1]) is not None and path not in document.value_places:
        mend = "say what the scene shows, such as `kind: tangent`"
        document.report(path, "nothing", comma_list(SCENE_MODELS), mend)
        return
    kind = str(document.at(path))
    if kind in _PLANNED:
        mend = "choose another kind, or take the scene away"
        document.report(path, f"{kind}, which is not available yet", comma_list(SCENE_MODELS), mend)
        return
    near = meant_by(kind, SCENE_MODELS)
    mend = f"did you mean {near}?" if near else "choose one of the allowed kinds"
    document.report(path, document.shown(path), comma_list(SCENE_MODELS), mend)


def _keys(block: type[Keys] | None) -> list[str]:
    return list(block.model_fields) if block is not None else []
