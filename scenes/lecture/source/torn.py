"""Values with commas that lack their quotes or brackets within { }, where a comma ends a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .document import Path
from .typed_numbers import numbers_meant
from .yaml_meaning import is_free_text
from .yaml_mends import can_be_shown, quoted_line

_OF_NUMBERS = frozenset(["start", "domain", "minima", "predict"])
_OF_NAMES = frozenset(["parameters", "runs"])
_NAME = re.compile(r"[^\W\d][\w -]*")


@dataclass(frozen=True)
class Torn:
    """A value as it was meant, and what is told of it."""

    value: object
    found: str
    allowed: str
    mend: str


def torn_value(path: Path, text: str, ends_in_a_key: bool) -> Torn | None:
    """What is meant by the value at `path` and what stands behind its comma; None where they are no one value.

    `ends_in_a_key`: is the last part of it a word that may be a key without its value as well?
    """
    key = str(path[-1])
    if key in _OF_NUMBERS and re.search(r"[(\[]|,\s|[=]", text):
        # The rest of what stands in brackets is to come.
        written = numbers_meant(text + ")" if text[0] == "(" and ")" not in text else text)
        if written is not None and written.startswith("["):
            numbers = [float(part) for part in written[1:-1].split(",")]
            return Torn(numbers, "a list without its brackets", "lists in [ ]", f"write {key}: {written}")
    if key in _OF_NAMES:
        names = [part.strip() for part in text.strip("()").split(",")]
        if all(_NAME.fullmatch(name) for name in names):
            line = f"{key}: [{', '.join(names)}]"
            mend = f"write {line}" if can_be_shown(line) else "put the names in [ ]"
            return Torn(names, "a list without its brackets", "lists in [ ]", mend)
    open_bracket = key == "formula" and text.rpartition(",")[0].count("(") > text.rpartition(",")[0].count(
        ")"
    )
    if open_bracket or (is_free_text(path) and not ends_in_a_key):
        found = "a text with a comma, which ends it here"
        return Torn(text, found, "such a text in quotes", quoted_line(key, text))
    return None
