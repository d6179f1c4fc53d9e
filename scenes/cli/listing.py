"""steepest list: what there is, one line each."""

from __future__ import annotations

import click

from . import choices, shared


@click.command(name="list")
@click.argument(
    "what",
    type=choices.ChoiceType(
        ["scenes", "problems", "optimizers", "schedules", "stops", "lectures", "functions"]
    ),
)
@shared.json_option
@shared.debug
def listing(what: str, as_json: bool) -> None:
    """List what there is to choose from, a line each.

    \b
    steepest list scenes
    steepest list lectures --json
    """
    from scenes.production.catalogue import CATALOGUES

    from .document import say_document

    entries = CATALOGUES[what]()
    if as_json:
        say_document({"schema": 1, what: [{"name": name, "about": about} for name, about in entries.items()]})
        return
    width = max((len(name) for name in entries), default=0)
    for name, about in entries.items():
        click.echo(f"{name:{width}}  {about}")
