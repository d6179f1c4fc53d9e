"""steepest reference: every key of a lecture file, explained."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from . import shared

if TYPE_CHECKING:
    from scenes.lecture.reference import KeyEntry

_NARROWEST, _WIDEST = 40, 100  # columns; the help has as many at most


@click.command()
@click.argument("key", required=False, metavar="[KEY]")
@click.option("--schema", is_flag=True, help="Print the JSON Schema, with which editors complete and check.")
@shared.json_option
@shared.debug
def reference(key: str | None, schema: bool, as_json: bool) -> None:
    """Explain the keys of a lecture file, all or one.

    KEY is its name, or more of the way to it, as messages give it. Each key has its meaning, what it may be, what
    holds where it is left out, and an example.

    \b
    steepest reference
    steepest reference rate
    steepest reference scenes.tangent
    steepest reference --schema > lecture.schema.json
    """
    from scenes.lecture.reference import explain, key_entries

    from .document import say_document

    if schema:
        from scenes.lecture.source.json_schema import json_schema

        click.echo(json_schema(), nl=False)
        return
    entries = key_entries() if key is None else explain(key)
    if as_json:
        say_document({"schema": 1, "keys": [entry.as_data() for entry in entries]})
        return
    columns, rows = shutil.get_terminal_size()
    wide = max(_NARROWEST, min(_WIDEST, columns))
    lines = list(_tree(entries, wide) if key is None else _pages(entries, wide))
    show = (
        click.echo if len(lines) < rows else click.echo_via_pager
    )  # which prints where there is no terminal
    show("\n".join(lines))


def _pages(entries: tuple[KeyEntry, ...], wide: int) -> Iterator[str]:
    """One entry after the other in full, each with the keys in it."""
    from scenes.lecture.reference import keys_below

    for number, entry in enumerate(entries):
        if number:
            yield ""
        yield from _page(entry, wide)
        below = keys_below(entry)
        if below:
            yield ""
            yield from _tree(below, wide)


def _page(entry: KeyEntry, wide: int) -> Iterator[str]:
    yield entry.name
    yield from textwrap.wrap(entry.meaning, wide, initial_indent="  ", subsequent_indent="  ")
    column = max((len(name) for name, _ in entry.facts), default=0) + 4
    for name, text in entry.facts:
        yield from textwrap.wrap(
            text, wide, initial_indent=f"  {name + ':':{column - 2}}", subsequent_indent=" " * column
        )
    yield "  example:"
    yield from textwrap.indent(entry.example, "    ").splitlines()


def _tree(entries: tuple[KeyEntry, ...], wide: int) -> Iterator[str]:
    """A line or two each: the name, as far in as it stands, and the meaning."""
    shallow = min(len(entry.path) for entry in entries)
    names = ["  " * (len(entry.path) - shallow) + _shown_name(entry) for entry in entries]
    column = max(map(len, names)) + 2
    for name, entry in zip(names, entries, strict=True):
        yield from textwrap.wrap(
            entry.meaning, wide, initial_indent=f"{name:{column}}", subsequent_indent=" " * column
        )


def _shown_name(entry: KeyEntry) -> str:
    return f"kind: {entry.path[-1]}" if entry.shows else entry.path[-1]
