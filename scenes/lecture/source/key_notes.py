"""What the schema says of a key beside its type, its meaning and its example."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

ABSENT = "x-absent"
"""The mark of a key that editors are not to offer, in a JSON Schema that is not finished yet."""

Default = str | float | bool | None


def spelled(value: Default) -> str:
    """A default as a lecture file would have it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class KeyNotes:
    """Notes on a key.

    `default` is the value that stands in for a key that is left out, or None; where that is no value of its own,
    `otherwise` says what happens then. `of` is the key beside which alone it may stand. `words` are those that it may be, where they are
    found in a registry and not in its type, `cases` what it may hold beside each value of another key. `instead`: what
    there is as long as the key is not available yet.
    """

    default: Default = None
    otherwise: str = ""
    of: str = ""
    words: Callable[[], Collection[str]] | None = None
    instead: str = ""
    cases: Callable[[], Mapping[str, str]] | None = None

    def __call__(self, schema: dict[str, Any]) -> None:
        """Complete the JSON Schema of the key. Its examples, which are YAML, become the values that they mean."""
        from .yaml_reader import parse_yaml

        more = [schema["description"]]
        if self.of:
            more.append(f"Only with {self.of}.")
        if self.default is not None:  # which editors do not show by themselves
            more.append(f"Default: {spelled(self.default)}.")
        if self.otherwise:
            more.append(f"Left out: {self.otherwise}.")
        schema["description"] = " ".join(more)
        schema["examples"] = [parse_yaml("", str(example)).root for example in schema["examples"]]
        schema["default"] = self.default
        if self.words is not None:
            schema["enum"] = list(self.words())
        if self.instead:
            schema[ABSENT] = True


def notes_on(field: FieldInfo) -> KeyNotes:
    """The notes on a key; empty ones where the schema has none."""
    notes = field.json_schema_extra
    return notes if isinstance(notes, KeyNotes) else KeyNotes()


def notes_in(block: type[BaseModel]) -> Iterator[tuple[str, KeyNotes]]:
    """The keys of a block, each with its notes."""
    return ((name, notes_on(field)) for name, field in block.model_fields.items())
