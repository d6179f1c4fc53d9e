"""Rich text as a line of a command: words letter by letter, so that a path keeps all its spaces."""

from __future__ import annotations

from gdcore.notation import plain
from scenes.text import Rich, Words


def line(text: Rich, decimal: str) -> str:
    """The text without colours; numbers have the ``decimal`` mark."""
    return "".join(run.text if isinstance(run, Words) else plain(run.node, decimal) for run in text.runs)
