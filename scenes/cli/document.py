"""Standard output as one JSON document: what --json promises, also where a command fails."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

_ASKED = "scenes.cli.json"
_SAID = "scenes.cli.json.said"


def one_document(command: Any) -> Any:
    """The option --json."""

    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
        ctx.meta[_ASKED] = value or ctx.meta.get(_ASKED, False)
        return value

    return click.option(
        "--json", "as_json", is_flag=True, is_eager=True, callback=remember, help="Print one JSON document."
    )(command)


def expect(ctx: click.Context, words: Sequence[str]) -> None:
    """Take --json for asked where it stands among the words of a command, whether or not those can be parsed."""
    ctx.meta[_ASKED] = "--json" in words


def say_document(document: object, *, in_one_line: bool = False) -> None:
    """Print the document of the command that runs."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=None if in_one_line else 2)
    click.get_current_context().meta[_SAID] = True
    click.echo(text)


def say_failure(error: BaseException, reason: str, status: str = "failed") -> None:
    """The document of a command that ends before it has one, where --json asks for it."""
    from gdcore.base.errors import GdError
    from scenes.lecture.source.faults import faults_of

    meta = click.get_current_context().meta
    if not meta.get(_ASKED) or meta.get(_SAID):
        return
    told: dict[str, object] = {"schema": 1, "status": status, "reason": reason}
    if isinstance(error, GdError):
        told |= {"found": error.found, "allowed": error.allowed, "mend": error.mend}
    faults = [fault.as_dict() for fault in faults_of(error)] if isinstance(error, GdError) else []
    say_document({**told, "faults": faults})
