"""What a type of the schema lets a key be, in words."""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator

from scenes.lecture.source.values import Said

_PLAIN = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def allowed_values(annotation: Any, metadata: Iterable[object] = ()) -> str:
    """The words for a type and its bounds: `a number above 0`, `a4, letter`, `a map by name, each a number`.

    Raises TypeError for a type that a lecture file does not have.
    """
    inner, more = _unpacked(annotation, metadata)
    for note in more:
        if isinstance(note, Said):
            return note.words
        if isinstance(note, Discriminator) and note.custom_error_message:
            return note.custom_error_message
    origin, parts = get_origin(inner), get_args(inner)
    if origin in (Union, UnionType):
        return _either_of(parts, more)
    if origin is Literal:
        return ", ".join(str(word).lower() if isinstance(word, bool) else str(word) for word in parts)
    if origin is list:
        return f"a list, each entry {allowed_values(parts[0])}"
    if origin is dict:
        return f"a map by name, each {allowed_values(parts[1])}"
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return "a map of its keys"
    if inner not in _PLAIN:
        raise TypeError(f"there are no words for {inner!r}")
    return _PLAIN[inner] + _bounds(inner, more)


def _unpacked(annotation: Any, metadata: Iterable[object]) -> tuple[Any, list[object]]:
    """A type without what is noted on it, and the notes."""
    notes = list(metadata)
    if get_origin(annotation) is Annotated:
        annotation, *own = get_args(annotation)
        notes = [*own, *notes]
    flat = [inner for note in notes for inner in (note, *getattr(note, "metadata", ()))]
    return annotation, flat


def _either_of(parts: tuple[Any, ...], notes: list[object]) -> str:
    """The alternatives in their order, each once: the blocks of scenes are all maps."""
    words = dict.fromkeys(allowed_values(part, notes) for part in parts if part is not NoneType)
    if _PLAIN[float] in words:
        words.pop(_PLAIN[int], None)
    return " or ".join(words)


def _bounds(kind: type, notes: Iterable[object]) -> str:
    """` above 0`, ` from 1 to 12`, ` of at most 200 characters`; pydantic notes each bound under its short name."""
    found = {
        name: value
        for note in notes
        for name in ("gt", "ge", "lt", "le", "max_length")
        if (value := getattr(note, name, None)) is not None
    }
    match kind, found:
        case _ if kind is str:
            return f" of at most {found['max_length']} characters" if "max_length" in found else ""
        case _, {"ge": low, "le": high}:
            return f" from {_written(low)} to {_written(high)}"
        case _, {"ge": low}:
            return f" from {_written(low)} on"
        case _, {"le": high}:
            return f" up to {_written(high)}"
        case _, {"gt": low, "lt": high}:
            return f" above {_written(low)} and below {_written(high)}"
        case _, {"gt": low}:
            return f" above {_written(low)}"
        case _, {"lt": high}:
            return f" below {_written(high)}"
    return ""


def _written(bound: float) -> str:
    return str(int(bound)) if float(bound).is_integer() else str(bound)
