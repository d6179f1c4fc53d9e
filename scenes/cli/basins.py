"""steepest basins: which valley each start ends in."""

from __future__ import annotations

from typing import Any

import click

from . import numerals, shared, values
from .targets import Target


@click.command()
@click.option(
    "--formula", metavar="TEXT", help="What is minimised, such as 0.05*(w-1)^2*(w-5)^2; with --region."
)
@click.option("--problem", metavar="NAME", help="A named problem; see `steepest list problems`.")
@click.option("--parameters", callback=values.names, metavar="NAME,...", help="The order of the parameters.")
@click.option(
    "--region",
    callback=values.numbers,
    metavar="LOW,HIGH,...",
    help="Where to start: the ends of each parameter.  [default: that of the problem]",
)
@shared.optimizer_options
@shared.learning_rate_option
@click.option(
    "--grid",
    type=numerals.WholeType(),
    default=100,
    show_default=True,
    metavar="N",
    help="How many starts along each side.",
)
@click.option(
    "--steps",
    type=numerals.WholeType(),
    default=1000,
    show_default=True,
    metavar="K",
    help="How many updates.",
)
@shared.output_option(
    ".npz", ".png", about="Keep the map as .npz, or draw it as .png; in a folder it is called basins.npz."
)
@shared.json_option
@shared.debug
def basins(target: Target | None, as_json: bool, **options: Any) -> None:
    """Descend from a grid of starts: which minimum each reaches.

    The minima are found by the program. Standard output gets a row for each, or one JSON document.

    \b
    steepest basins --problem himmelblau --rate 0.005 --grid 300 -o map.png
    steepest basins --formula "0.05*(w-1)^2*(w-5)^2" --region -1,7 --rate 0.1 --grid 200 -o map.npz
    """
    from .mapping import basins_document, basins_table, is_picture, keep, map_of

    found = map_of(**options, drawn=is_picture(target))
    if target is not None:
        file = target.made("basins.npz")
        keep(found, file)
        click.echo(f"saved as {file}", err=True)
    shared.show(as_json, lambda: basins_document(found), lambda: basins_table(found))
