"""What may stand for a value of the wrong kind, and the mend: the value as it was meant, or an example."""

from __future__ import annotations

from typing import Any

from gdcore.base.nearest import did_you_mean
from scenes.lecture.reference.allowed import allowed_values

from .document import Document, Path
from .faults import clipped, comma_list
from .keys import Keys
from .schema import block_at
from .synonyms import word_called
from .typed_numbers import number_mend
from .yaml_lines import in_yaml_quotes
from .yaml_mends import can_be_shown, quoted_line

OF_TEXT = ("string_type", "caption", "run", "runs")
"""The kinds of faults of which a text was wanted."""

_WORDS = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "dict_type": "a map (key: value)",
    "model_type": "a map (key: value)",
    "model_attributes_type": "a map (key: value)",
    "list_type": "a list [a, b]",
    "finite_number": "a finite number",
    "string_too_short": "text that is not empty",
}
_OF_ONE_NUMBER = ("float_type", "int_type")
_OF_NUMBERS = ("start", "rows", "row", "domain", "list_type")


def allowed_for(kind: str, context: dict[str, Any], message: str) -> str:
    """What is allowed where pydantic found a fault of a kind."""
    match kind:
        case "greater_than":
            return f"a number above {context['gt']:g}"
        case "greater_than_equal":
            return f"a number from {_plain(context['ge'])} on"
        case "less_than_equal":
            return f"a number up to {_plain(context['le'])}"
        case "literal_error":
            return str(context["expected"]).replace("'", "").replace(" or ", ", ")
        case "too_short":
            return f"at least {context['min_length']}"
        case "too_long":
            return f"at most {context['max_length']}"
        case "string_too_long":
            return f"at most {context['max_length']} characters"
    return _WORDS.get(kind, message)


def mend_for(document: Document, path: Path, kind: str, value: object, context: dict[str, Any]) -> str:
    """The mend for a value of which pydantic found a fault of a kind."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if isinstance(value, str) and kind in (*_OF_ONE_NUMBER, *_OF_NUMBERS):
        number = number_mend(key, value, whole=kind == "int_type", several=kind in _OF_NUMBERS)
        if number is not None and not (kind in ("list_type", "domain") and "[" not in number):
            return number
    if kind in ("int_type", "int_from_float") and isinstance(value, float) and value.is_integer():
        return f"write {int(value)}"
    if kind == "unnamed_run":
        return (
            "give each a name, such as `runs: {slow: {rate: 0.01, steps: 50}, fast: {rate: 0.1, steps: 50}}`"
        )
    if kind == "run" and isinstance(value, list) and value and all(isinstance(name, str) for name in value):
        source = document.sources.get(path, f"[{', '.join(value)}]")
        line = f"run: {value[0]}" if len(value) == 1 else f"runs: {source}"
        if can_be_shown(line):
            return f"write {line}"
    if kind in OF_TEXT:
        if isinstance(path[-1], int) and not isinstance(value, dict | list):
            return _in_a_list(document, path, key)
        if not isinstance(value, dict | list):
            return f'put it in quotes: {key}: "{document.shown(path)}"'
        if document.sources.get(path, "\n").isprintable():
            return quoted_line(key, document.sources[path])
    if kind == "bool_type" and str(value).lower() in ("yes", "on", "1"):
        return "write true"
    if kind == "bool_type" and str(value).lower() in ("no", "off", "0"):
        return "write false"
    if kind == "literal_error":
        known = allowed_for(kind, context, "").split(", ")
        elsewhere, ours = word_called(key, value)
        if elsewhere:
            return f"did you mean {ours}?" if ours else f"choose one of {comma_list(known)}"
        return did_you_mean(value, known, example_at(document, path))
    return example_at(document, path)


def example_at(document: Document, path: Path) -> str:
    """What could stand there: the example of the nearest field of the schema."""
    if _is_run(path):
        return f"write for example `{clipped(str(path[-1]))}: {{rate: 0.1, steps: 50}}`"
    for length in range(len(path), 0, -1):
        block, key = keys_at(document, path[: length - 1]), path[length - 1]
        if block is not None and key in block.model_fields:
            examples = block.model_fields[str(key)].examples or [""]
            return f"write for example `{key}: {examples[0]}`"
    return "take it away"


def allowed_at(document: Document, path: Path) -> str:
    """What a key is for and what it may be, where nothing was found at all."""
    block, key = keys_at(document, path[:-1]), path[-1]
    if block is not None and key in block.model_fields:
        field = block.model_fields[str(key)]
        about = (field.description or "").partition(". ")[0].rstrip(".")
        words = allowed_values(field.annotation, field.metadata)
        return f"{words} ({about})" if about else words
    return "a map with `rate` and `steps`" if _is_run(path) else "a value"


def keys_at(document: Document, path: Path) -> type[Keys] | None:
    """The model of the map at `path`."""
    return block_at(path, document.at((*path, "kind")))


def _in_a_list(document: Document, path: Path, key: str) -> str:
    """The mend for an entry of a list that belongs in quotes: the whole list where it stands in brackets."""
    entries = document.at(path[:-1])
    own = quoted_line(0, document.sources.get(path, document.shown(path)))
    if not isinstance(entries, list) or (document.in_a_file and path[:-1] not in document.sources):
        return own
    if any(isinstance(entry, dict | list) or entry is None for entry in entries):
        return own
    places = [(*path[:-1], i) for i in range(len(entries))]
    line = f"{key}: [{', '.join(in_yaml_quotes(document.sources.get(at, '')) for at in places)}]"
    return f"put them in quotes: {line}" if can_be_shown(line) else own


def _plain(bound: float) -> str:
    return str(int(bound)) if float(bound).is_integer() else str(bound)


def _is_run(path: Path) -> bool:
    """Is it the place of a run in a map of them, the lecture's or a scene's?"""
    return path[-2:-1] == ("runs",) and isinstance(path[-1], str)
