"""Lines of a command: rich text, columns of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdcore.notation import plain
from scenes.text import Rich, Words


def line(text: Rich, decimal: str) -> str:
    """The text without colours; numbers have the ``decimal`` mark. Words go letter by letter: a path keeps its spaces."""
    return "".join(run.text if isinstance(run, Words) else plain(run.node, decimal) for run in text.runs)


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells one below the other, at the right edge of their column."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
