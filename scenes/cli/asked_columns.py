"""Which columns --x means: names with commas between them, and a name may hold commas itself."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Callable, Sequence

import click

from gdcore.problems.tables import tidy_name


def columns_asked(texts: Sequence[str], known: Callable[[], Sequence[str]]) -> list[str]:
    """The columns that the ``texts`` of --x name, in their order; ``known()`` are those of the table.

    A text is cut at those commas that leave names of columns, so "size, cm,age" is two columns where "size, cm" is one.
    Names in quotes, as CSV has them, are taken as they stand. Raises click.UsageError for a text that can be cut in two
    ways, and for an empty name.
    """
    return [name for text in texts for name in _columns_of(text, known)]


def _columns_of(text: str, known: Callable[[], Sequence[str]]) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 and parts[0] and '"' not in text:
        return parts
    columns = {tidy_name(name) for name in known()}
    found = _cuts(text.split(","), columns)
    if not found and '"' in text:
        parts = [part.strip() for part in next(csv.reader([text], skipinitialspace=True))]
    if len(found) > 1:
        told = " or ".join(" and ".join(f"'{name}'" for name in cut) for cut in found)
        mend = " or ".join(" ".join(f"--x {_quoted(name)}" for name in cut) for cut in found)
        raise click.UsageError(f"--x: {text} can mean {told}; write {mend}.")
    names = found[0] if found else parts
    if not all(names):
        raise click.UsageError(f"--x: {text!r} is not a list of names; write them with commas, such as m,b.")
    return names


def _quoted(name: str) -> str:
    """A name as a shell and CSV take it."""
    if "," in name or '"' in name:
        name = '"' + name.replace('"', '""') + '"'
    return shlex.quote(name)


def _cuts(parts: Sequence[str], columns: set[str]) -> list[list[str]]:
    """The ways, two at most, to join neighbouring parts to names of columns."""
    ways: list[list[list[str]]] = [[[]]]  # of the first so many parts
    for end in range(1, len(parts) + 1):
        here = []
        for begin in range(end):
            name = tidy_name(",".join(parts[begin:end]))
            if name in columns:
                here += [[*way, name] for way in ways[begin]]
        ways.append(here[:2])
    return ways[-1]
