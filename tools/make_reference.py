"""Make docs/lecture.md: every key of a lecture file, from the schema; `python tools/make_reference.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scenes.lecture.reference import KeyEntry, key_entries

PAGE = Path(__file__).parents[1] / "docs" / "lecture.md"

_HEAD = """\
# The lecture file, key by key

A lecture is a YAML file with three parts: a `problem` that is minimised, `runs` that descend on it, and `scenes` that show
them. `steepest new mine.yaml` writes one to start from, `steepest check mine.yaml` finds every mistake in it.

This page is made from the schema by `python tools/make_reference.py`; `steepest reference KEY` says the same on a terminal,
and `steepest reference --schema` prints it for editors. `NAME` stands for the name of a run and `KIND` for the kind of a
scene, as you choose.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_contents(), *(line for entry in key_entries() for line in _section(entry))])


def _contents() -> Iterator[str]:
    for entry in key_entries():
        if len(entry.path) == 1 or entry.shows:
            yield f"{'  ' * (len(entry.path) - 1)}- [{entry.name}](#{_anchor(entry.name)}): {_literal(entry.meaning)}"
    yield ""


def _section(entry: KeyEntry) -> Iterator[str]:
    yield f"{'##' if len(entry.path) == 1 or entry.shows else '###'} {entry.name}"
    yield ""
    yield _literal(entry.meaning)
    yield ""
    for name, text in entry.facts:
        yield f"- {name}: {_literal(text)}"
    if entry.facts:
        yield ""
    yield from ("```yaml", *entry.example.splitlines(), "```", "")


def _anchor(heading: str) -> str:
    """The anchor that a Markdown page has for a heading."""
    return "".join(letter for letter in heading.lower() if letter.isalnum() or letter in "-_")


def _literal(text: str) -> str:
    """Words of the schema as they stand: what Markdown would read is escaped, `code` is left."""
    code = False
    shown = ""
    for letter in text:
        code ^= letter == "`"
        shown += f"\\{letter}" if letter in "\\*_[]<>$|" and not code else letter
    return shown


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
