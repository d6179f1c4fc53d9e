"""steepest descend: the core alone, as a table or as JSON."""

from __future__ import annotations

from typing import Any

import click

from . import choices, numerals, shared, values
from .targets import Target

problem_options = shared.several(
    click.option(
        "--formula", metavar="TEXT", help='What is minimised, such as "(x-3)^2+2"; see `list functions`.'
    ),
    click.option("--data", metavar="FILE", help="A CSV file to fit a line to, or the name of a shipped one."),
    click.option("--problem", metavar="NAME", help="A named problem; see `steepest list problems`."),
    click.option(
        "--x",
        type=values.ColumnsType(),
        multiple=True,
        metavar="COLUMN,...",
        help="With --data: the columns to predict from; may be given again for each.",
    ),
    click.option("--y", metavar="COLUMN", help="With --data: the column to predict."),
    click.option(
        "--missing",
        type=choices.ChoiceType(["refuse", "drop"]),
        help="With --data: drop leaves out rows in which a number is missing (an empty cell, -, ?, NA, …) and says how "
        "many.  [default: refuse]",
    ),
    click.option(
        "--cost",
        type=choices.ChoiceType(["mse", "half-mse", "sum", "norm"]),
        help="With --data: the mean of the squared residuals, half of it, their sum, or its root.  [default: mse]",
    ),
    click.option(
        "--degree",
        type=numerals.WholeType(),
        metavar="N",
        help="With --data: a polynomial; of several columns all products up to it.",
    ),
    click.option(
        "--standardize", is_flag=True, help="With --data: scale every feature to mean 0 and deviation 1."
    ),
    click.option(
        "--ridge",
        type=numerals.NumberType(),
        metavar="NUMBER",
        help="With --data: adds NUMBER × Σ w² to the cost.",
    ),
    click.option(
        "--logistic",
        is_flag=True,
        help="With --data: the chance of a yes (1) against a no (0), by its log loss.",
    ),
    click.option("--no-intercept", is_flag=True, help="With --data: no b."),
    click.option(
        "--parameters",
        callback=values.names,
        metavar="NAME,...",
        help="With --formula their order, with --data their names.",
    ),
)

_run_options = shared.several(
    shared.start_option,
    shared.optimizer_options,
    shared.learning_rate_option,
    click.option("--steps", type=numerals.WholeType(), metavar="N", help="How many updates.  [default: 100]"),
    click.option(
        "--epochs",
        type=numerals.WholeType(),
        metavar="N",
        help="With --data: passes over it, instead of --steps.",
    ),
    click.option(
        "--schedule",
        callback=values.given_schedules,
        multiple=True,
        metavar="KIND,NAME=VALUE,...",
        help="How the rate changes, such as step,factor=0.5,every=50 or milestones,at=30,at=80; with per=epoch "
        "once an epoch. See `steepest list schedules`. Several multiply.",
    ),
    click.option(
        "--batch-size",
        type=numerals.WholeType(),
        metavar="N",
        help="With --data: rows in each update.  [default: all]",
    ),
    click.option(
        "--rows",
        type=choices.ChoiceType(["given", "shuffled", "drawn"]),
        help="With --batch-size: the rows as they stand, in a new order every epoch, or drawn with replacement.  "
        "[default: shuffled]",
    ),
    click.option(
        "--seed",
        type=numerals.WholeType(),
        metavar="N",
        help="With --batch-size: seed of that order.  [default: 0]",
    ),
    click.option(
        "--stop",
        callback=values.settings,
        multiple=True,
        metavar="RULE=LIMIT",
        help="End early by gradient, step, loss, patience (and improvement) or target, such as gradient=1e-6.",
    ),
    click.option(
        "--every",
        type=numerals.WholeType(),
        metavar="N",
        help="Keep every N-th step, and the last.  [default: 1]",
    ),
)


@click.command()
@problem_options
@_run_options
@click.option(
    "--predict",
    callback=values.predictions,
    multiple=True,
    metavar="NUMBER,...",
    help="With --data: what the fitted line says there; in the order of --x, or by name as bedrooms=6.",
)
@shared.output_option(
    *(".npz", ".csv", ".json"),
    name="--save",
    about="Keep the run as .npz, .csv or .json; in a folder it is called descent.npz.",
)
@shared.json_option
@shared.debug
def descend(target: Target | None, as_json: bool, **options: Any) -> None:
    """Do one descent and print where it went.

    What is minimised is a formula, a table of data or a named problem. Standard output gets a table of steps,
    or the whole run as one JSON document.

    \b
    steepest descend --formula "(x-3)^2+2" --start 6 --rate 0.1 --steps 10
    steepest descend --data houses.csv --x bedrooms --y price --rate 0.0075 --steps 200 --predict 6
    steepest descend --problem himmelblau --start -1.2,1 --rate 0.01 --json
    """
    from .asked import AskedRun
    from .descending import left_out, run, run_as_json, run_table

    done = run(AskedRun(**options))
    if target is not None:
        from gdcore.storage import save

        file = target.made("descent.npz")
        save(done.trajectory, file)
        click.echo(f"saved as {file}", err=True)
    in_full = options["every"] is not None
    shared.show(as_json, lambda: run_as_json(done), lambda: run_table(done, in_full))
    if not as_json and not in_full and left_out(done):
        click.echo(f"{left_out(done)} rows are not shown; --every 1 shows all of them", err=True)
