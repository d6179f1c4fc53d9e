"""YAML 1.2 text to a Document."""

from __future__ import annotations

from dataclasses import replace

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from .document import Document, key_of
from .faults import Fault, clipped
from .misplaced import misplaced
from .yaml_builder import Builder, StopReading
from .yaml_mends import Broken, explained
from .yaml_typing import as_meant

_REPAIRS = 10
"""Mistakes of one file after which reading goes on."""

STARTER = "compare with the lecture that `steepest new` writes"


def parse_yaml(file: str, text: str, keys: frozenset[str] = frozenset()) -> Document:
    """The document in `text`. Never raises: what is wrong is in `.faults`, `.root` is what could be read.

    A mistake of which is clear what was meant is told, and the rest is read as if it were mended. `keys` are those that a
    lecture has.
    """
    typed = as_meant(text, keys)
    document = Document(file, typed.text, typed.shifts)
    told = [_told(Document(file, text), broken) for broken in typed.broken]
    for _ in range(_REPAIRS):
        stumbled = _read(document, keys)
        if stumbled is None:
            break
        told.append(_told(document, stumbled))
        if stumbled.text is None:
            break
        document = Document(file, stumbled.text, document.shifts + stumbled.shifts)
    told = [_with_key(document, fault) for fault in told]
    document.faults[:0] = told
    document.spellings += told
    return document


def _told(document: Document, broken: Broken) -> Fault:
    return document.fault((), broken.found, broken.allowed, broken.mend, at=broken.at)


def _with_key(document: Document, fault: Fault) -> Fault:
    """The fault with the key of the value that it stands at, as far as the file could be read."""
    places = [*document.key_places.items(), *document.value_places.items()]
    beside = [
        ((column <= (fault.column or 0), -abs(column - (fault.column or 0)), len(path)), path)
        for path, place in places
        for line, column in [document.in_file(place)]
        if line == fault.line
    ]
    return replace(fault, key=key_of(max(beside, key=lambda each: each[0])[1])) if beside else fault


def _read(document: Document, keys: frozenset[str]) -> Broken | None:
    """Read the text of a document; what keeps it from being read to its end."""
    try:
        Builder(document, keys).build()
        return misplaced(document)
    except StopReading:
        pass
    except ReaderError as error:
        before = document.text[: error.position].splitlines(keepends=True) or [""]
        inside = not before[-1].endswith("\n")
        place = (len(before), len(before[-1]) + 1) if inside else (len(before) + 1, 1)
        character = ord(document.text[error.position])
        return Broken(place, f"the control character U+{character:04X}", "text", "take it away")
    except MarkedYAMLError as error:
        return explained(error, document.text)
    except YAMLError as error:
        return Broken((1, 1), f"a file that cannot be read ({clipped(str(error))})", "YAML 1.2", STARTER)
    return None
