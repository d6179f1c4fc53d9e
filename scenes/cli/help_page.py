"""Help pages whose lines end between words: `1e-6`, `--batch-size` and `NN-<scene>` stay whole."""

from __future__ import annotations

from collections.abc import Iterable

import click

# Click breaks lines behind a hyphen; behind this one, which is as wide, it does not.
_HYPHEN, _JOINED = "-", "\N{NON-BREAKING HYPHEN}"


class _Page(click.HelpFormatter):
    def write_text(self, text: str) -> None:
        super().write_text(text.replace(_HYPHEN, _JOINED))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        joined = [(term.replace(_HYPHEN, _JOINED), about.replace(_HYPHEN, _JOINED)) for term, about in rows]
        super().write_dl(joined, col_max, col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(_JOINED, _HYPHEN)


class PageContext(click.Context):
    """The context of a command whose help is such a page."""

    formatter_class = _Page
