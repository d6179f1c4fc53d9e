"""Values of Python as a Document: a lecture that is a dict, and stands in no file."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from typing import Any

from .document import Document, Path
from .faults import clipped
from .yaml_builder import DEPTH

_ALLOWED = "text, numbers, true or false, lists and maps"


def document_of(file: str, values: Mapping[str, Any]) -> Document:
    """The document with these values; tuples, arrays, paths and dates are taken for what a file would hold.

    Never raises: what a lecture cannot hold is in `.faults`, which have no line.
    """
    document = Document(file, "", in_a_file=False)
    document.root = _plain(document, values, ())
    return document


def _plain(document: Document, value: Any, path: Path) -> object:
    document.value_places[path] = (1, 1)
    if len(path) > DEPTH:
        document.report(path, f"more than {DEPTH} levels of nesting", "about five", "take levels away")
        return None
    if hasattr(value, "tolist"):  # an array of NumPy, or one of its numbers
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(document, inner, (*path, str(key))) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(document, inner, (*path, i)) for i, inner in enumerate(value)]
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        document.sources[path] = str(value).lower() if isinstance(value, bool) else str(value)
        return value
    document.report(
        path, f"a value of the type {clipped(type(value).__name__)}", _ALLOWED, "turn it into one of them"
    )
    return None
