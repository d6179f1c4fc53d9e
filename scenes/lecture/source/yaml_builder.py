"""The values of a document, built from the parser's events, each with its place.

They are built here, because a lecture wants more than a loader gives: a place for every key and value, every duplicate
key and every alias reported, a bounded depth, and no tag that could build an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode

from .document import Document, Path
from .faults import Fault, clipped
from .torn import torn_value
from .yaml_meaning import (
    check_comment,
    check_curly_quotes,
    check_escapes,
    commented_out,
    place_in_text,
)
from .yaml_mends import quoted_line

DEPTH = 12
"""Deeper nesting than this is refused; a lecture needs five levels."""

_OPENING = (MappingStartEvent, SequenceStartEvent)
_CLOSING = (MappingEndEvent, SequenceEndEvent)
_CLOSE = re.compile(r"(?P<name>\w+)[ ]*(?P<sign>[:=])[ ]*(?P<rest>\S.*)")  # key:value or key=value


class StopReading(Exception):  # noqa: N818
    """No error: the fault has been noted, and reading ends."""


class Builder:
    """Builds the values of one document, noting places and faults as it goes. `keys` are those that a lecture has."""

    def __init__(self, document: Document, keys: frozenset[str]) -> None:
        self.document = document
        self.keys = keys
        self.yaml = YAML(typ="safe", pure=True)
        self.events: Iterator[Any] = iter(self.yaml.parse(document.text))
        self.names: set[str] = set()  # that values have been given
        self.torn: dict[Path, Fault] = {}  # what has been told of values with commas
        self.end = 0  # of the last map or list
        self.last: tuple[Path, int] = (
            (),
            0,
        )  # the place of the last text without quotes, and where it begins

    def build(self) -> None:
        """Build them. Raises the parser's errors, and StopReading where going on has no use."""
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._check_start(event, documents)
            elif isinstance(event, ScalarEvent | AliasEvent | MappingStartEvent | SequenceStartEvent):
                self.document.root = self._value(event, ())

    def _check_start(self, event: Any, documents: int) -> None:
        if documents > 1:
            found, mend = "a second document (---)", "move it to a file of its own"
            self.document.report((), found, "one lecture a file", mend, at=place_in_text(event))
            raise StopReading
        if event.version not in (None, (1, 2)):
            found = "%YAML " + ".".join(str(part) for part in event.version)
            self.document.report((), found, "YAML 1.2", "take the %YAML line away", at=place_in_text(event))

    def _value(self, event: Any, path: Path) -> object:
        report, place = self.document.report, place_in_text(event)
        self.document.value_places[path] = place
        if len(path) > DEPTH:
            report(path, f"more than {DEPTH} levels of nesting", "about five", "take levels away", at=place)
            raise StopReading
        if isinstance(event, AliasEvent):
            if event.anchor not in self.names:
                return self._text_with_a_sign(event, path)
            found = f"*{clipped(event.anchor)}, which stands for a value elsewhere"
            report(path, found, "every value where it belongs", "write the value itself here")
            return None
        if event.anchor is not None:
            self.names.add(event.anchor)
            if isinstance(event, ScalarEvent) and not self._is_asked_for(event.anchor):
                return self._text_with_a_sign(event, path)
            name = f"&{clipped(event.anchor)}"
            report(
                path,
                f"{name}, a name for a value",
                "values without such names",
                f"take {name} away",
                at=place,
            )
        elif event.tag is not None:
            written = self._written(event)
            if isinstance(event, ScalarEvent) and not written.startswith("!!"):
                return self._text_with_a_sign(event, path)
            name = clipped(written.split(maxsplit=1)[0])
            report(path, f"{name}, which names a type", "plain values", f"take {name} away", at=place)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        inner = self._map(path) if isinstance(event, MappingStartEvent) else self._list(path)
        if event.flow_style:
            self.document.sources[path] = self.document.text[event.start_mark.index : self.end]
        return inner

    def _list(self, path: Path) -> list[object]:
        values: list[object] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                self.end = event.end_mark.index
                break
            values.append(self._value(event, (*path, len(values))))
        return values

    def _map(self, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                self.end = event.end_mark.index
                break
            place = place_in_text(event)
            if not isinstance(event, ScalarEvent):
                self._skip(event)
                self._skip(next(self.events))
                found, mend = "a key that is not a word", "write a name before the colon"
                self.document.report(path, found, "words as keys", mend, at=place)
                continue
            key, value = str(event.value), next(self.events)  # as it stands: `1:` is the name "1"
            here: Path = (*path, key)
            if event.anchor is not None or event.tag is not None:
                found, mend = f"a key that starts with {self._written(event)[:1]}", "write the name alone"
                self.document.report(here, found, "plain keys", mend, at=place)
            if _is_nothing(value) and (self._close(event, path, values) or self._torn(event, path, values)):
                continue
            if key in values:
                first = self.document.key_places[here][0]
                found = f"the key a second time (first in line {first})"
                self.document.report(here, found, "each key once", "keep one of the two", at=place)
                self._skip(value)
                continue
            self.document.key_places[here] = place
            text = commented_out(self.document, event, here) if _is_nothing(value) else None
            if text is not None:
                self.document.value_places[here], values[key] = place, text
            else:
                values[key] = self._value(value, here)
        return values

    def _close(self, event: Any, path: Path, values: dict[str, object]) -> bool:
        """Is a key without a value one of ours, with a value that stands too close? As in {rate:0.1, steps=5}."""
        key = _CLOSE.fullmatch(event.value)
        if key is None or key["name"] not in self.keys or key["name"] in values or event.style:
            return False
        name, place, here = key["name"], place_in_text(event), (*path, key["name"])
        self.document.key_places[here] = place
        self.document.value_places[here] = (place[0], place[1] + key.start("rest"))
        found = "no blank behind the colon" if key["sign"] == ":" else "= behind a key"
        mend = f"write {name}: {clipped(key['rest'])}"
        self.document.report(here, found, "a colon and a blank behind a key", mend, at=place)
        values[name] = self._resolved(key["rest"], here, (True, False))
        return True

    def _torn(self, event: Any, path: Path, values: dict[str, object]) -> bool:
        """Is a key without a value and colon the end of a value with a comma? As in {title: Down, and up again}."""
        before, start = self.last
        colon = self.document.text[event.end_mark.index :].lstrip()[:1] == ":"
        if before[:-1] != path or event.style or colon or not before or not isinstance(before[-1], str):
            return False
        text = self.document.text[start : event.end_mark.index]
        told = torn_value(before, text, event.value in self.keys)
        if "\n" in text or before[-1] not in values or told is None:
            return False
        if before in self.torn:  # a value is torn at each of its commas, and told once
            self.document.faults.remove(self.torn[before])
        values[before[-1]] = told.value
        self.document.report(before, told.found, told.allowed, told.mend)
        self.torn[before] = self.document.faults[-1]
        return True

    def _skip(self, event: Any) -> None:
        """Pass over a value of which only the beginning has been taken."""
        depth = 0
        for step in chain((event,), self.events):
            depth += isinstance(step, _OPENING)
            depth -= isinstance(step, _CLOSING)
            if depth == 0:
                return

    def _written(self, event: Any) -> str:
        """An event as it stands in the file."""
        return self.document.text[event.start_mark.index : event.end_mark.index]

    def _is_asked_for(self, name: str) -> bool:
        """Does a value somewhere stand for that of this name?"""
        return re.search(rf"[\s\[,:-]\*{re.escape(name)}(?![\w-])", self.document.text) is not None

    def _text_with_a_sign(self, event: Any, path: Path) -> str:
        """What begins with * or & or ! and names nothing: a text that lacks its quotes."""
        text = self._written(event)
        found = f"a value that starts with {text[:1]}"
        mend = quoted_line(path[-1] if path else 0, text)
        self.document.report(path, found, "such a value in quotes", mend)
        self.document.spellings.append(self.document.faults[-1])
        self.document.sources[path] = text
        return text

    def _scalar(self, event: Any, path: Path) -> object:
        text = str(event.value)
        if event.style == '"':
            check_escapes(self.document, event, path)
        elif not event.style:
            self.last = (path, event.start_mark.index)
            check_comment(self.document, event, path)
            other = check_curly_quotes(self.document, event, path)
            if other is not None:
                self.document.sources[path] = other
                return self._resolved(other, path, event.implicit)
        return self._resolved(text, path, event.implicit)

    def _resolved(self, text: str, path: Path, implicit: tuple[bool, bool]) -> object:
        """The value that a text stands for."""
        self.document.sources[path] = text
        tag = str(self.yaml.resolver.resolve(ScalarNode, text, implicit))
        match tag.rsplit(":", 1)[-1]:
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int":
                return _integer(text)
            case "float":
                return _real(text)
            case _:
                return text  # dates too: a lecture prints them as they are written


def _is_nothing(event: Any) -> bool:
    return isinstance(event, ScalarEvent) and event.value == "" and not event.style


def _integer(text: str) -> int | float | str:
    plain = text.replace("_", "").lower()
    base = {"0x": 16, "0o": 8, "0b": 2}.get(plain.lstrip("+-")[:2], 10)
    try:
        return int(plain, base)
    except ValueError:  # more digits than Python turns into an int
        return _real(plain)


def _real(text: str) -> float | str:
    plain = text.replace("_", "").lower()
    try:
        return float(plain.replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text
