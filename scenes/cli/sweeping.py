"""From the options of `steepest sweep` to runs of the core, and from them to a table."""

from __future__ import annotations

from collections.abc import Iterator
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
from gdcore.run.trajectory import Trajectory
from gdcore.storage.run_document import finite

from .asked import AskedRun, by_option, problem_of, start_of
from .lines import columns


@dataclass(frozen=True)
class Swept:
    """What each rate took, and what the curvature says of the best one.

    Where no rate got there, `nearest` is the run of the largest one that did not diverge, else of the smallest.
    """

    sweep: Sweep
    analysis: Analysis | None
    nearest: Trajectory | None = None


def sweep_of(asked: AskedRun) -> Swept:
    """Do what was asked. Raises GdError and click.UsageError."""
    problem = problem_of(asked)
    start = start_of(asked, problem)
    optimizer = make_optimizer(asked.optimizer, asked.settings)
    found = sweep(problem, optimizer, start, _rates(asked), asked.steps, tolerance=asked.tolerance)
    if found.best is None:
        runs = zip(found.rates.tolist(), found.outcomes, strict=True)
        stayed = [rate for rate, outcome in runs if outcome is not Outcome.DIVERGED]
        rate = max(stayed) if stayed else float(found.rates.min())
        goal = {} if asked.tolerance is None else {"gradient": asked.tolerance}
        last = max(1, asked.steps)
        nearest = descend(problem, optimizer, start, asked.steps, rate=rate, stop=goal, every=last)
        return Swept(found, None, nearest)
    fewest = int(found.steps[found.rates == found.best][0])
    run = descend(problem, optimizer, start, fewest, rate=found.best)
    return Swept(found, analyse(run, problem))


def _rates(asked: AskedRun) -> tuple[float, ...]:
    rates, between = asked.rates, asked.between
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
    return tuple(np.geomspace(low, high, asked.count).tolist())


def sweep_table(found: Swept) -> Iterator[str]:
    """The lines to print: a row for each rate, then the best of them and what theory says."""
    cells = [["rate", "steps", ""]]
    best = found.sweep.best
    for rate, steps, outcome, kind in _runs(found.sweep):
        reached = steps >= 0
        remarks = ["fewest"] if rate == best else [] if reached else [outcome.value]
        if reached and kind is not None and kind is not RestKind.MINIMUM:
            remarks.append(f"on a {kind.value}, no minimum")
        cells.append([f"{rate:.6g}", str(steps) if reached else "", ", ".join(remarks)])
    for numbers, (*_, remark) in zip(columns([line[:2] for line in cells]), cells, strict=True):
        yield f"{numbers}  {remark}".rstrip()
    yield ""
    if best is None:
        assert found.nearest is not None
        yield f"no rate {_goal(found.sweep.tolerance, 'came', 'reached')}"
        yield f"rate {found.nearest.rate:.6g}: {found.nearest.reason}"
        yield from by_option(found.nearest.reasons)
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


def sweep_document(found: Swept) -> dict[str, Any]:
    """The sweep as one JSON document; a run that did not get there has no number of steps."""
    swept = found.sweep
    return {
        "schema": 1,
        "tolerance": swept.tolerance,
        "best": swept.best,
        "reason": None if found.nearest is None else found.nearest.reason,
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
    }
