"""From the options of `steepest basins` to a map of the core, and from the map to a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from gdcore.analysis.basins import Basins, find_basins, save_basins
from gdcore.base.files import write_atomically
from gdcore.base.rates import each_rate
from gdcore.notation import Letters, plain
from gdcore.problems import landscape

from .asked import check_rate, formula_problem, rule_of
from .lines import columns
from .targets import Target

_PICTURE = ".png"


def map_of(
    formula: str | None,
    problem: str | None,
    parameters: tuple[str, ...] | None,
    region: tuple[float, ...] | None,
    optimizer: str,
    settings: dict[str, Any],
    rate: Any,
    grid: int,
    steps: int,
    drawn: bool,
) -> Basins:
    """The map that was asked for, for a picture if it is to be `drawn`. Raises GdError and click.UsageError."""
    if (formula is None) == (problem is None):
        found = "none of them" if formula is None else "both"
        raise click.UsageError(f"Give one of --formula and --problem; found {found}.")
    what = landscape(problem or "", parameters) if formula is None else formula_problem(formula, parameters)
    names = ", ".join(what.parameters)
    if drawn and len(what.parameters) > 2:
        raise click.UsageError(
            f"-o: a picture has room for one or two parameters; found {names}. Keep the map as .npz instead."
        )
    box = None
    if region is not None:
        if len(region) != 2 * len(what.parameters):
            raise click.UsageError(
                f"--region: a lowest and a highest number for each of {names}; found {len(region)} numbers."
            )
        box = [list(region[i : i + 2]) for i in range(0, len(region), 2)]
    elif what.region is None:
        raise click.UsageError(f"--region: give the ends of each of {names}, such as --region -5,5.")
    rule = rule_of(optimizer, settings, rate)
    check_rate(rate, what)
    return find_basins(what, rule, rate=rate, grid=grid, steps=steps, region=box)


def basins_table(found: Basins) -> Iterator[str]:
    """The lines to print: a row for each minimum, then what reached none."""
    total = found.labels.size
    loss = plain(Letters.beside(found.parameters_names).objective)
    cells = [["minimum", *found.parameters_names, loss, "starts", "share"]]
    for number, (point, value, count) in enumerate(
        zip(found.minima, found.values, found.counts, strict=True)
    ):
        coordinates = [f"{x + 0.0:.9g}" for x in (*point, value)]
        cells.append([str(number + 1), *coordinates, str(count), f"{100 * count / total:.1f} %"])
    yield from columns(cells)
    yield ""
    rates = each_rate(found.rate, 1)
    rate = ", ".join(f"{one:g}" for one in rates)
    yield f"{total} starts, {found.steps} steps at rate{'s' * (len(rates) > 1)} {rate}"
    if found.diverged:
        yield f"{found.diverged} diverged: a smaller --rate would keep them"
    if found.elsewhere:
        yield f"{found.elsewhere} ended at no minimum: on the way (more --steps), on a flat place that is no minimum, or jumping about"


def basins_document(found: Basins) -> dict[str, Any]:
    """The map without its arrays, as one JSON document."""
    minima = [
        {"parameters": point.tolist(), "loss": float(value), "starts": count}
        for point, value, count in zip(found.minima, found.values, found.counts, strict=True)
    ]
    return {
        "schema": 1,
        "parameters": list(found.parameters_names),
        "region": [[float(axis[0]), float(axis[-1])] for axis in found.axes],
        "grid": len(found.axes[0]),
        "rate": found.rate,
        "steps": found.steps,
        "minima": minima,
        "diverged": found.diverged,
        "elsewhere": found.elsewhere,
    }


def keep(found: Basins, file: Path) -> None:
    """Save the arrays of the map, or draw it, as the suffix of `file` says."""
    if file.suffix.lower() == _PICTURE:
        from scenes.report.basins_map import draw_basins

        write_atomically(file, draw_basins(found))
    else:
        save_basins(found, file)


def is_picture(target: Target | None) -> bool:
    """Is it a picture that is asked for?"""
    return target is not None and target.file is not None and target.file.suffix.lower() == _PICTURE
