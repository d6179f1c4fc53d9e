"""Every key of a lecture file as an entry of its reference, in the order of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from gdcore.base.errors import GdError
from scenes.kinds import kinds
from scenes.lecture.source.key_notes import notes_on, spelled
from scenes.lecture.source.keys import Keys
from scenes.lecture.source.schema import SCENE_MODELS, LectureBlock, SceneBlock, as_sentence
from scenes.lecture.source.synonyms import meant_by

from .allowed import allowed_values

NAME, KIND = "NAME", "KIND"
"""What stands in an example for the name of a run, and for the kind of a scene, of one's own choice."""


@dataclass(frozen=True)
class KeyEntry:
    """What there is to know of a key.

    `path` leads to it from the top, without the names that a lecture chooses: ("runs", "rate"), and for the options of
    a kind of scene ("scenes", "tangent", "predict"). `example` is a piece of a lecture file, of several lines.
    `default` is the value of a key that is left out, as it would be written, or empty; `otherwise` says what holds then.
    `needed`: must it be given? `of` names the key beside which alone it may stand. `instead` is not empty where the
    key is not available yet: what there is. `keys_as`: its own keys are those that this other key has. `shows` is not
    empty where the entry is no key but a kind of scene: what such a scene shows. `cases`: what the key may hold beside
    each value of another key.
    """

    path: tuple[str, ...]
    meaning: str
    allowed: str
    example: str
    needed: bool = False
    default: str = ""
    otherwise: str = ""
    of: str = ""
    instead: str = ""
    keys_as: tuple[str, ...] = ()
    shows: str = ""
    cases: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The path with dots: `runs.rate`."""
        return ".".join(self.path)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What holds of the key beside its meaning and example, each with a name of one or two words."""
        later = f"refused until it is available; for now there is {self.instead}" if self.instead else ""
        told = {
            "shows": self.shows,
            "allowed": f"{self.allowed}, those of {'.'.join(self.keys_as)}" if self.keys_as else self.allowed,
            "default": self.default,
            "left out": "it must be given" if self.needed else self.otherwise,
            "only with": self.of,
            "not yet": later,
        }
        facts = ((name, text) for name, text in told.items() if text)
        return (*facts, *((f"with {case}", text) for case, text in self.cases))

    def as_data(self) -> dict[str, Any]:
        """The entry in the kinds JSON has; what does not hold of it is left out."""
        told = {
            "shows": self.shows,
            "allowed": self.allowed,
            "default": self.default,
            "left_out": self.otherwise,
            "only_with": self.of,
            "not_available": self.instead,
            "keys_as": ".".join(self.keys_as),
        }
        return {
            "key": self.name,
            "meaning": self.meaning,
            "needed": self.needed,
            "example": self.example,
            **{name: text for name, text in told.items() if text},
            **({"cases": dict(self.cases)} if self.cases else {}),
        }


@cache
def key_entries() -> tuple[KeyEntry, ...]:
    """All entries of a lecture file, each block before its keys."""
    return entries_of(LectureBlock)


def entries_of(block: type[Keys]) -> tuple[KeyEntry, ...]:
    """The entries of the keys in a block, and in the blocks in it."""
    return tuple(_Walk().block(block, _Place()))


def explain(text: str) -> tuple[KeyEntry, ...]:
    """The entries that `text` means: keys by their last name (`rate`), or by more of their path (`runs.rate`).

    A key may be given as faults do: `runs.careful.rate`, `scenes[1].range`. Raises GdError where there is none.
    """
    entries = key_entries()
    known = {part for entry in entries for part in entry.path}
    wanted = re.sub(r"\[\d+\]", "", text.strip().strip(".")).split(".")
    *above, last = wanted
    parts = (*(part for part in above if part in known), last)
    for fits in (_is_end, _is_within):
        found = tuple(entry for entry in entries if fits(parts, entry.path))
        if found:
            return found
    near = meant_by(last, known)
    meant = [".".join((*parts[:-1], near)), near] if near else []
    raise GdError(
        f"a lecture file has no key {text!r}",
        "`steepest reference` lists all keys",
        next((f"did you mean {key}?" for key in meant if _is_there(key)), "choose one of them"),
    )


def keys_below(entry: KeyEntry) -> tuple[KeyEntry, ...]:
    """The entries of the keys in a block, and in the blocks in it."""
    length = len(entry.path)
    return tuple(e for e in key_entries() if len(e.path) > length and e.path[:length] == entry.path)


def _is_end(parts: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return path[-len(parts) :] == parts


def _is_within(parts: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Do the parts stand on the path in their order, the last of them at its end?"""
    rest = iter(path)
    return parts[-1] == path[-1] and all(part in rest for part in parts)


def _is_there(key: str) -> bool:
    return any(_is_within(tuple(key.split(".")), entry.path) for entry in key_entries())


@dataclass(frozen=True)
class _Place:
    """Where a block stands: its path, the lines of an example above it, and how far in its keys stand."""

    path: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    depth: int = 0

    def written(self, key: str, example: object) -> str:
        return "\n".join((*self.lines, f"{'  ' * self.depth}{key}: {example}"))

    def inside(self, key: str, *more: str) -> _Place:
        """The place of the keys in the map that `key` holds; each of `more` is one level further in."""
        opened = (f"{key}:", *more)
        lines = (f"{'  ' * (self.depth + i)}{line}" for i, line in enumerate(opened))
        return _Place((*self.path, key), (*self.lines, *lines), self.depth + len(opened))


class _Walk:
    """Goes through the blocks of the schema. A block that is met again is referred to where it was first."""

    def __init__(self) -> None:
        self._met: dict[type[Keys], tuple[str, ...]] = {}

    def block(self, block: type[Keys], place: _Place) -> Iterator[KeyEntry]:
        self._met[block] = place.path
        for key, field in block.model_fields.items():
            yield from self._key(key, field, place)

    def _key(self, key: str, field: FieldInfo, place: _Place) -> Iterator[KeyEntry]:
        entry = _entry(key, field, place)
        block, named = _block_in(field.annotation)
        if block is None:
            yield entry
        elif block in self._met:
            yield replace(entry, keys_as=self._met[block])
        else:
            yield entry
            if issubclass(block, SceneBlock):
                yield from self._scenes(place, key)
            else:
                yield from self.block(block, place.inside(key, f"{NAME}:") if named else place.inside(key))

    def _scenes(self, place: _Place, key: str) -> Iterator[KeyEntry]:
        """What all scenes take, then the kinds, each with its options."""
        self._met |= dict.fromkeys(SCENE_MODELS.values(), (*place.path, key))
        common = place.inside(key, f"- kind: {KIND}")
        first = next(iter(SCENE_MODELS.values()))
        choice = _entry("kind", first.model_fields["kind"], common)
        example = "\n".join(common.lines)
        yield replace(
            choice, meaning="What the scene shows.", allowed=", ".join(SCENE_MODELS), example=example
        )
        for name, field in SceneBlock.model_fields.items():
            yield from self._key(name, field, common)
        for name, kind in kinds().items():
            own = replace(place.inside(key, f"- kind: {name}"), path=(*place.path, key, name))
            yield KeyEntry(own.path, as_sentence(kind.about), "", "\n".join(own.lines), shows=_shown(name))
            for option in kind.options:
                yield from self._key(option.name, SCENE_MODELS[name].model_fields[option.name], own)


def _entry(key: str, field: FieldInfo, place: _Place) -> KeyEntry:
    notes = notes_on(field)
    words = list(notes.words()) if notes.words is not None else []
    return KeyEntry(
        path=(*place.path, key),
        meaning=field.description or "",
        allowed=", ".join(words) or allowed_values(field.annotation, field.metadata),
        example=place.written(key, (field.examples or [""])[0]),
        needed=field.is_required(),
        default=spelled(notes.default),
        otherwise=notes.otherwise,
        of=notes.of,
        instead=notes.instead,
        cases=tuple(notes.cases().items()) if notes.cases is not None else (),
    )


def _block_in(annotation: Any, named: bool = False) -> tuple[type[Keys] | None, bool]:
    """The block that a type holds, if any, and whether it is one of several by name."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return annotation, named
    for part in get_args(annotation):
        found = _block_in(part, named or getattr(annotation, "__origin__", None) is dict)
        if found[0] is not None:
            return found
    return None, False


def _shown(name: str) -> str:
    """What a kind of scene shows: how many runs of which problems."""
    kind = kinds()[name]
    fewest, most = kind.runs
    runs = (f"{fewest} to {most} runs" if most != fewest else f"{most} runs") if most > 1 else "one run"
    number = {None: "", 1: " of one parameter", 2: " of two parameters"}
    what = number.get(kind.parameters, f" of {kind.parameters} parameters")
    return f"{runs} of a problem{what}{' with data' if kind.needs_data else ''}"
