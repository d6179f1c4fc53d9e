"""What the maps of a lecture file have in common, and how a key of one is described."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from .key_notes import Default, KeyNotes


class Keys(BaseModel):
    """A map of the lecture file: unknown keys are mistakes, and no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def key(
    about: str,
    example: object,
    *,
    needed: bool = False,
    default: Default = None,
    otherwise: str = "",
    of: str = "",
    words: Callable[[], Collection[str]] | None = None,
    instead: str = "",
    cases: Callable[[], Mapping[str, str]] | None = None,
) -> Any:
    """A key: what it means, how it may be written, whether it is `needed`, and what KeyNotes say of it."""
    notes = KeyNotes(default, otherwise, of, words, instead, cases)
    return Field(... if needed else None, description=about, examples=[example], json_schema_extra=notes)
