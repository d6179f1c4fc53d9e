"""The JSON Schema of a lecture, for editors that complete and check YAML.

It is made from the pydantic models and shipped as `lecture.schema.json`; `python -m scenes.lecture.source.json_schema`
writes it anew after a change of `schema`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from gdcore.base.files import write_atomically

from .key_notes import ABSENT
from .schema import LectureBlock

SCHEMA_FILE = Path(__file__).with_name("lecture.schema.json")


def json_schema() -> str:
    """The schema as JSON text, ending with a newline."""
    schema = _tidied(LectureBlock.model_json_schema())
    schema = {"$schema": GenerateJsonSchema.schema_dialect, "title": "A lecture of steepest", **schema}
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _tidied(value: Any) -> Any:
    """Without null, which stands for "not given" in the models and is a mistake in a file, and without titles."""
    if isinstance(value, list):
        return [_tidied(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    tidied = {key: _tidied(inner) for key, inner in value.items() if not _noise(key, inner)}
    choices = tidied.get("anyOf")
    if choices is not None:
        kept = [choice for choice in choices if choice != {"type": "null"}]
        if len(kept) == 1:
            del tidied["anyOf"]
            tidied = {**kept[0], **tidied}
        else:
            tidied["anyOf"] = kept
    return tidied


def _noise(key: str, value: Any) -> bool:
    # A property may be called title too: its value is a schema, not a text.
    return (
        (key == "title" and isinstance(value, str))
        or (key == "default" and value is None)
        or (isinstance(value, dict) and ABSENT in value)
    )


if __name__ == "__main__":
    write_atomically(SCHEMA_FILE, json_schema().encode())
