"""What the core says about a run, as data: a key, and values by name. The words stand in one table.

A sentence is never parsed to learn a fact: whoever wants the numbers takes the values, and whoever wants other words
(another language, numbers as formulae) takes the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from gdcore.notation import short
from gdcore.sentences.reason_words import ADVICE, COLON, REASONS


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a parameter or column, as the user spells it."""

    text: str


@dataclass(frozen=True, slots=True)
class At:
    """A point by its parameters' names: w = 1, b = −2."""

    names: tuple[str, ...]
    values: tuple[float, ...]


Value: TypeAlias = float | int | str | Name | At | tuple[float, ...]
"""A number is written with few digits, an int is a count; a str is shown as it stands."""

TEMPLATES: Mapping[str, str] = MappingProxyType({**REASONS})
"""The English words of every key; ``{name}`` is the place of a value."""

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or clause: ``key`` names its words, ``values`` fill the places in them."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    def with_value(self, name: str, value: Value) -> Sentence:
        """The same with another value in the place ``name``, if it has one."""
        return Sentence(self.key, tuple((n, value if n == name else v) for n, v in self.values))

    def __str__(self) -> str:
        values = dict(self.values)
        # In one pass, so that braces in a value are never places.
        return _PLACE.sub(lambda place: written(values[place[1]]), TEMPLATES[self.key])


def said(key: str, **values: Value) -> Sentence:
    """A sentence from its key and values."""
    return Sentence(key, tuple(values.items()))


def linked(sentences: Iterable[Sentence]) -> Iterator[tuple[str, Sentence]]:
    """The clauses of one sentence with what stands before each of them.

    Advice comes after a colon, or after a semicolon where there is a colon already.
    """
    colon = False
    for sentence in sentences:
        advice = sentence.key in ADVICE
        yield ("; " if colon else ": ") if advice else "", sentence
        colon = colon or advice or sentence.key in COLON


def joined(sentences: Iterable[Sentence]) -> str:
    """The clauses as one sentence."""
    return "".join(f"{before}{sentence}" for before, sentence in linked(sentences)) + "."


def written(value: Value) -> str:
    """A value in plain English text."""
    match value:
        case Name(text):
            return text
        case At(names, values):
            return ", ".join(f"{name} = {short(x)}" for name, x in zip(names, values, strict=True))
        case tuple():
            return " and ".join(short(x) for x in value)
        case int() | str():
            return str(value)
    return short(value)
