"""steepest sweep: how many steps each learning rate needs."""

from __future__ import annotations

from typing import Any

import click

from . import numerals, shared, values
from .descend import problem_options


@click.command()
@problem_options
@shared.start_option
@shared.optimizer_options
@click.option("--rates", callback=values.numbers, metavar="NUMBER,...", help="The rates to try.")
@click.option(
    "--between",
    callback=values.numbers,
    metavar="LOW,HIGH",
    help="Instead of --rates: as many as --count says, each larger by the same factor.",
)
@click.option(
    "--count",
    type=numerals.WholeRange(min=2, max=100_000),
    default=20,
    show_default=True,
    help="With --between: how many.",
)
@click.option(
    "--tolerance",
    type=numerals.NumberType(),
    metavar="NUMBER",
    help="The slope to reach.  [default: rest in the run's own scale, as descend decides it]",
)
@click.option(
    "--steps",
    type=numerals.WholeType(),
    default=10_000,
    show_default=True,
    metavar="N",
    help="The most updates of a run.",
)
@shared.json_option
@shared.debug
def sweep(as_json: bool, **options: Any) -> None:
    """Count the steps that each of many rates needs.

    A run is done at the first step at which it rests: at most a millionth of the way is left, whatever the units.
    With --tolerance it is done when its slope is no larger. Standard output gets a row for each rate, or one JSON
    document.

    \b
    steepest sweep --formula "(x-3)^2+2" --start 6 --between 0.01,1.2
    steepest sweep --data houses.csv --x bedrooms --y price --rates 0.001,0.0075,0.08,0.082 --tolerance 1e-3
    """
    from .asked import AskedRun
    from .sweeping import sweep_document, sweep_of, sweep_table

    found = sweep_of(AskedRun(**options))
    shared.show(as_json, lambda: sweep_document(found), lambda: sweep_table(found))
