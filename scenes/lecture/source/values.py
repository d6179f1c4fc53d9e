"""The types of the values in a lecture file: each refuses what it cannot be, and says what it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, LiteralString

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, StringConstraints, Tag
from pydantic_core import PydanticCustomError

_PAIR: LiteralString = "[lowest, highest] with the lowest number first"
_MAX_STEPS = 1_000_000  # of a run: a film of more has nothing to show, and the path would fill memory


@dataclass(frozen=True)
class Said:
    """Noted on a type: what it takes, where that cannot be told from the type."""

    words: str


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _named(value: object) -> object:
    if isinstance(value, dict):
        raise PydanticCustomError("unnamed_run", "the name of a run; or a map of runs, each with its name")
    return value


def _points(value: object) -> object:
    if not isinstance(value, list):
        return value
    return [[point] if isinstance(point, int | float) else point for point in value]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _rising(pair: list[float]) -> list[float]:
    if not pair[0] < pair[1]:
        raise PydanticCustomError("pair", _PAIR)
    return pair


def _shape(value: object) -> str | None:
    """The tag of a value among alternatives."""
    if isinstance(value, bool):
        return "<truth>"
    if isinstance(value, int | float):
        return "<number>"
    if isinstance(value, str):
        return "<text>"
    return "<list>" if isinstance(value, list) else "<map>" if isinstance(value, dict) else None


def _text_or_false(value: object) -> str | None:
    return "<false>" if value is False else "<text>" if isinstance(value, str) else None


def names_shape(value: object) -> str | None:
    return "<map>" if isinstance(value, dict) else "<names>" if isinstance(value, str | list) else None


def is_tag(part: object) -> bool:
    """Is a part of pydantic's way to an error the tag of an alternative, and no key of the file?"""
    return isinstance(part, str) and part.startswith("<") and part.endswith(">")


def _number_or_map(value: object) -> str:
    """What is no map was to be a number."""
    return "<map>" if isinstance(value, dict) else "<number>"


def either(kind: str, allowed: str, tag: Callable[[object], str | None] = _shape) -> Discriminator:
    """Which of the alternatives a value is; one that is none of them is a fault of a kind."""
    return Discriminator(tag, custom_error_type=kind, custom_error_message=allowed)


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_one_line)
]
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(_one_line)
]
CaptionText = Annotated[
    Annotated[LongText, Tag("<text>")] | Annotated[Literal[False], Tag("<false>")],
    either("caption", "text, or false for no caption", _text_or_false),
]
RunName = Annotated[Text, BeforeValidator(_named, json_schema_input_type=str)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Limit = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]
Updates = Annotated[int, Field(ge=1, le=_MAX_STEPS)]
Pair = Annotated[list[Finite], Field(min_length=2, max_length=2), AfterValidator(_rising), Said(_PAIR)]
Names = Annotated[
    list[Text],
    Field(min_length=1),
    BeforeValidator(_listed, json_schema_input_type=str | list[str]),
    Said("a name, or a list of names"),
]
RunNames = Annotated[
    list[RunName], Field(min_length=1), BeforeValidator(_listed, json_schema_input_type=str | list[str])
]
FiniteNumber = Annotated[Finite, Tag("<number>")]
ByName = Annotated[dict[str, Finite], Tag("<map>")]
Start = Annotated[
    FiniteNumber | Annotated[list[Finite], Tag("<list>")] | ByName,
    either("start", "a number, a list of numbers, or a map by parameter"),
]
GivenRates = Annotated[
    Annotated[Positive, Tag("<number>")] | Annotated[dict[str, Positive], Tag("<map>")],
    either("rate", "a number above 0, or a map of such by parameter", _number_or_map),
]
SettingValue = Annotated[
    FiniteNumber | Annotated[Text, Tag("<text>")] | Annotated[bool, Tag("<truth>")],
    either("setting", "a number, a word, or true or false"),
]
ParameterNames = Annotated[
    Annotated[Names, Tag("<names>")] | Annotated[dict[str, Text], Tag("<map>")],
    either("parameters", "a list of names, or a map by column", names_shape),
]
AskedRow = Annotated[
    FiniteNumber | Annotated[list[Finite], Tag("<list>")] | ByName,
    either("row", "a number, or a map by column"),
]
AskedRows = Annotated[
    FiniteNumber | Annotated[list[AskedRow], Field(min_length=1), Tag("<list>")] | ByName,
    either("rows", "a number, a map by column, or a list of such"),
]
OpenPair = Annotated[list[float], Field(min_length=2, max_length=2), AfterValidator(_rising)]
Domain = Annotated[
    Annotated[OpenPair, Tag("<list>")] | Annotated[dict[str, OpenPair], Tag("<map>")],
    either("domain", "[lowest, highest], or a map of such by parameter"),
]
Points = Annotated[
    list[list[Finite]],
    BeforeValidator(_points, json_schema_input_type=list[float | list[float]]),
    Said("a list of numbers, or of points [x, y]"),
]
Date = Annotated[
    Text, BeforeValidator(_as_text, json_schema_input_type=str | int), Said("a date, in any form")
]
