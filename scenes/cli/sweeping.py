"""From the options of `steepest sweep` to runs of the core, and from them to a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import click
import numpy as np

from gdcore.analysis.convergence import Sweep, sweep
from gdcore.analysis.stability import Analysis, analyse
from gdcore.optimizers import make_optimizer
from gdcore.rest.verdict import RestKind
from gdcore.run.descent import descend
from gdcore.run.outcome import Outcome
from gdcore.storage.run_document import finite

from .descending import asked_from, problem_of, say_order


@dataclass(frozen=True)
class Swept:
    """What each rate took, and what the curvature says of the best one (where there was one)."""

    sweep: Sweep
    analysis: Analysis | None


def sweep_of(options: Mapping[str, Any]) -> Swept:
    """Do what was asked. Raises GdError and click.UsageError."""
    asked = asked_from(options)
    problem = problem_of(asked)
    say_order(asked, problem)
    optimizer = make_optimizer(asked.optimizer, asked.settings)
    start = (0.0,) * len(problem.parameters) if asked.start is None else asked.start
    steps: int = options["steps"]
    found = sweep(problem, optimizer, start, _rates(options), steps, tolerance=options["tolerance"])
    if found.best is None:
        return Swept(found, None)
    fewest = int(found.steps[found.rates == found.best][0])
    run = descend(problem, optimizer, start, fewest, rate=found.best)
    return Swept(found, analyse(run, problem))


def _rates(options: Mapping[str, Any]) -> tuple[float, ...]:
    rates, between = options["rates"], options["between"]
    if (rates is None) == (between is None):
        found = "none of them" if rates is None else "both"
        raise click.UsageError(f"Give --rates or --between; found {found}. Try --between 0.001,1.")
    if rates is not None:
        return tuple(rates)
    if len(between) != 2 or not 0 < between[0] < between[1] < np.inf:
        text = ",".join(f"{value:g}" for value in between)
        raise click.UsageError(
            f"--between: two rates above 0, the lower one first, such as 0.001,1; found {text}."
        )
    low, high = between
    return tuple(np.geomspace(low, high, options["count"]).tolist())


def table(found: Swept) -> Iterator[str]:
    """The lines to print: a row for each rate, then the best of them and what theory says."""
    cells = [["rate", "steps", ""]]
    best = found.sweep.best
    for rate, steps, outcome, kind in _runs(found.sweep):
        reached = steps >= 0
        remarks = ["fewest"] if rate == best else [] if reached else [outcome.value]
        if reached and kind is not None and kind is not RestKind.MINIMUM:
            remarks.append(f"on a {kind.value}, no minimum")
        cells.append([f"{rate:.6g}", str(steps) if reached else "", ", ".join(remarks)])
    widths = [max(len(line[column]) for line in cells) for column in range(2)]
    for rate_text, count, remark in cells:
        yield f"{rate_text.rjust(widths[0])}  {count.rjust(widths[1])}  {remark}".rstrip()
    yield ""
    if best is None:
        yield f"no rate {_goal(found.sweep.tolerance, 'came', 'reached')}: try more --steps, or other rates"
        return
    fewest = found.sweep.steps[found.sweep.rates == best][0]
    yield f"fewest steps {_goal(found.sweep.tolerance)}: {fewest} at rate {best:.6g}"
    if found.analysis is not None and found.analysis.rate_limit is not None:
        limit, passed = found.analysis.rate_limit, found.analysis.path_limit
        where = ""
        if found.analysis.local:
            where = " where it ends"
            where += "" if passed is None else f", and {passed:.9g} at the steepest place it passed"
        yield f"the rate limit of plain descent is {limit:.9g}{where}"


def _runs(swept: Sweep) -> Iterator[tuple[float, int, Outcome, RestKind | None]]:
    """Rate, steps, outcome and resting place of each run."""
    return zip(swept.rates.tolist(), swept.steps.tolist(), swept.outcomes, swept.kinds, strict=True)


def _goal(tolerance: float | None, came: str = "", reached: str = "to") -> str:
    """What the runs were to come to."""
    return f"{came} to rest".strip() if tolerance is None else f"{reached} a slope of {tolerance:g}"


def document(found: Swept) -> str:
    """The sweep as one JSON document; a run that did not get there has no number of steps."""
    swept = found.sweep
    return json.dumps(
        {
            "schema": 1,
            "tolerance": swept.tolerance,
            "best": swept.best,
            "rate_limit": None if found.analysis is None else finite(found.analysis.rate_limit),
            "path_limit": None if found.analysis is None else finite(found.analysis.path_limit),
            "runs": [
                {
                    "rate": rate,
                    "steps": steps if steps >= 0 else None,
                    "outcome": outcome.value,
                    "rests_on": None if kind is None else kind.value,
                }
                for rate, steps, outcome, kind in _runs(swept)
            ],
        },
        allow_nan=False,
    )
