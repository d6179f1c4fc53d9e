"""YAML text to a Document.

ruamel.yaml (YAML 1.2) gives the events; the values are built here, because a lecture
wants more than a loader gives: a place for every key and value, every duplicate key and every alias
reported, a bounded depth, and no tag that could build an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
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
from ruamel.yaml.reader import ReaderError

from .document import Document, LineColumn, Path
from .faults import clipped, in_quotes
from .yaml_mends import mend_for

DEPTH = 12
"""Deeper nesting than this is refused; a lecture needs five levels."""

STARTER = "compare with the lecture that `steepest new` writes"

_OPENING = (MappingStartEvent, SequenceStartEvent)
_CLOSING = (MappingEndEvent, SequenceEndEvent)


def parse_yaml(file: str, text: str) -> Document:
    """The document in `text`. Never raises: what is wrong is in `.faults`, `.root` is what could be read."""
    document = Document(file, text)
    yaml = YAML(typ="safe", pure=True)
    try:
        _Builder(document, yaml, iter(yaml.parse(text))).build()
    except _StopReading:
        pass
    except ReaderError as error:
        before = text[: error.position].splitlines(keepends=True) or [""]
        inside = not before[-1].endswith("\n")
        place = (len(before), len(before[-1]) + 1) if inside else (len(before) + 1, 1)
        character = ord(text[error.position])
        document.report((), f"the control character U+{character:04X}", "text", "take it away", at=place)
    except MarkedYAMLError as error:
        line, column, found, allowed, mend = mend_for(error)
        document.report((), found, allowed, mend, at=(line, column))
    except YAMLError as error:
        document.report((), f"broken YAML ({clipped(str(error))})", "YAML 1.2", STARTER)
    return document


class _StopReading(Exception):  # noqa: N818  (no error: the fault has been noted, and reading ends)
    pass


class _Builder:
    """Builds the values of one document from the parser's events, noting places and faults as it goes."""

    def __init__(self, document: Document, yaml: YAML, events: Iterator[Any]) -> None:
        self.document = document
        self.yaml = yaml
        self.events = events

    def build(self) -> None:
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
            self.document.report((), found, "one lecture a file", mend, at=_place(event))
            raise _StopReading
        if event.version not in (None, (1, 2)):
            found = "%YAML " + ".".join(str(part) for part in event.version)
            self.document.report((), found, "YAML 1.2", "take the %YAML line away", at=_place(event))

    def _value(self, event: Any, path: Path) -> object:
        report, place = self.document.report, _place(event)
        self.document.value_places[path] = place
        if len(path) > DEPTH:
            report(path, f"more than {DEPTH} levels of nesting", "about five", "take levels away", at=place)
            raise _StopReading
        if isinstance(event, AliasEvent):
            report(path, f"the alias *{clipped(event.anchor)}", "no aliases", "write the value itself here")
            return None
        if event.anchor is not None:
            name = f"&{clipped(event.anchor)}"
            report(path, f"the anchor {name}", "no anchors", f"take {name} away", at=place)
        if event.tag is not None:
            name = clipped(str(event.tag))
            report(path, f"the tag {name}", "plain values without tags", "take the tag away", at=place)
        if isinstance(event, MappingStartEvent):
            return self._map(path)
        if isinstance(event, SequenceStartEvent):
            return self._list(path)
        return self._scalar(event, path)

    def _list(self, path: Path) -> list[object]:
        values: list[object] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            values.append(self._value(event, (*path, len(values))))
        return values

    def _map(self, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            place = _place(event)
            if not isinstance(event, ScalarEvent):
                self._skip(event)
                self._skip(next(self.events))
                found, mend = "a key that is not a word", "write a name before the colon"
                self.document.report(path, found, "words as keys", mend, at=place)
                continue
            key = str(event.value)  # as it stands: `1:` is the name "1"
            here: Path = (*path, key)
            if event.anchor is not None or event.tag is not None:
                mend = "write the name alone"
                self.document.report(here, "an anchor or a tag at a key", "plain keys", mend, at=place)
            if key in values:
                first = self.document.key_places[here][0]
                found = f"the key a second time (first in line {first})"
                self.document.report(here, found, "each key once", "keep one of the two", at=place)
                self._skip(next(self.events))
                continue
            self.document.key_places[here] = place
            values[key] = self._value(next(self.events), here)
        return values

    def _skip(self, event: Any) -> None:
        """Pass over a value of which only the beginning has been taken."""
        depth = 0
        for step in chain((event,), self.events):
            depth += isinstance(step, _OPENING)
            depth -= isinstance(step, _CLOSING)
            if depth == 0:
                return

    def _check_escapes(self, event: Any, path: Path) -> None:
        """Name a backslash before a word in double quotes, which YAML takes for something else: "\\nabla", "\\frac".

        A line break or tab may be meant, so it is a warning; other control characters never are.
        """
        written = self.document.text[event.start_mark.index : event.end_mark.index]
        for match in _ESCAPE.finditer(written):
            code = match["code"]
            if code is None:
                continue
            found = f"{in_quotes(match[0])} in double quotes, where YAML reads \\{code} as another character"
            allowed, mend = (
                "single quotes round a text with backslashes",
                "put the text in single quotes: '…'",
            )
            line, column = _place(event)
            at = None if "\n" in written else (line, column + match.start())
            if code in "nrt":
                self.document.warn(path, found, allowed, mend, at=at)
            else:
                self.document.report(path, found, allowed, mend, at=at)

    def _scalar(self, event: Any, path: Path) -> object:
        text = str(event.value)
        self.document.sources[path] = text
        if event.style == '"':
            self._check_escapes(event, path)
        tag = str(self.yaml.resolver.resolve(ScalarNode, event.value, event.implicit))
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


_ESCAPE = re.compile(r"\\\\|\\(?P<code>[0abtnvfreNLP_])[A-Za-z]+")


def _place(event: Any) -> LineColumn:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


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
