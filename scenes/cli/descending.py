"""From the options of `steepest descend` to a run of the core, and from the run to a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
import numpy as np

from gdcore.analysis.convergence import Convergence, measure_convergence
from gdcore.analysis.path import thin
from gdcore.analysis.stability import Analysis, analyse
from gdcore.base.checks import whole_number
from gdcore.base.errors import GdError
from gdcore.base.inputs import point_of
from gdcore.notation import Letters, plain
from gdcore.problems import LeastSquares, LogisticRegression, Problem, Sampled
from gdcore.run.descent import descend
from gdcore.run.outcome import Outcome
from gdcore.run.sampling import Sampling
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import make_schedule
from gdcore.sentences.sentence import joined
from gdcore.storage.run_document import run_document
from scenes.storyboard.facts import losses_shown, slopes_shown

from .asked import AskedRun, by_option, mend_of_count, problem_of, rate_asked, rule_of, start_of
from .lines import columns
from .numerals import TypedNumbers

DEFAULT_STEPS = 100
#: A table that was not asked for in full has about so many rows.
_ROWS = 30


@dataclass(frozen=True)
class Run:
    """A finished run. `convergence` is None where no minimum is neared. `predictions` maps what was asked for, as text, to what the fitted line says."""

    problem: Problem
    trajectory: Trajectory
    analysis: Analysis
    convergence: Convergence | None
    predictions: Mapping[float | str, float]


def run(asked: AskedRun) -> Run:
    """Do what was asked. Raises GdError and click.UsageError."""
    problem = problem_of(asked)
    trajectory = descend(
        problem,
        rule_of(asked.optimizer, asked.settings, asked.rate),
        start_of(asked, problem),
        _steps(asked, problem),
        rate=rate_asked(asked, problem),
        stop=asked.stop,
        schedule=make_schedule(asked.schedule) if asked.schedule else None,
        batch_size=asked.batch_size,
        rows=asked.rows or "shuffled",
        seed=0 if asked.seed is None else asked.seed,
        every=1 if asked.every is None else asked.every,
    )
    return Run(
        problem,
        trajectory,
        analyse(trajectory, problem),
        _convergence(trajectory, problem),
        _predictions(asked, problem, trajectory),
    )


def run_table(done: Run, in_full: bool) -> Iterator[str]:
    """The lines to print: steps with parameters, loss and slopes, then what came of it.

    As in films and reports, what is 0 but for rounding is 0.
    """
    trajectory = done.trajectory
    losses, slopes = losses_shown(done.problem, trajectory), slopes_shown(done.problem, trajectory)
    names = trajectory.parameters_names
    rows = np.arange(len(trajectory)) if in_full else _chosen_rows(len(trajectory))
    loss = plain(Letters.beside(names).objective)
    cells = [["step", *names, loss, *(f"d{loss}/d{name}" for name in names)]]
    for row in rows:
        numbers = [*trajectory.parameters[row], losses[row], *slopes[row]]
        cells.append([str(trajectory.step[row]), *(f"{number + 0.0:.9g}" for number in numbers)])
    yield from columns(cells)
    yield ""
    reasons = (
        trajectory.reasons
        if slopes[-1].any()
        else [one.with_value("slope", 0.0) for one in trajectory.reasons]
    )
    yield f"{trajectory.outcome.value}: {joined(reasons)}"
    yield from by_option(reasons)
    yield from _about_the_rate(trajectory, done.analysis)
    yield from _about_convergence(done.convergence)
    if isinstance(done.problem, LeastSquares | LogisticRegression):
        yield from _about_products(done.problem)
        yield from _about_standardizing(done.problem, trajectory)
        for asked, answer in done.predictions.items():
            yield f"at {', '.join(done.problem.x_names)} = {asked} the fit says {done.problem.y_name} = {answer + 0.0:.9g}"


def _about_products(problem: LeastSquares | LogisticRegression) -> Iterator[str]:
    """Which parameter multiplies which product of several columns."""
    features = problem.features
    if len(problem.x_names) == 1 or features.degree == 1:
        return
    scaled = " (standardised)" if features.standardize else ""
    yield f"{', '.join(problem.parameters[: features.count])} multiply {', '.join(features.names)}{scaled}"


def _about_standardizing(problem: LeastSquares | LogisticRegression, trajectory: Trajectory) -> Iterator[str]:
    """What was divided by what, and what the parameters found say of the data as given."""
    features = problem.features
    if not features.standardize:
        return
    for i, name in enumerate(problem.feature_names):
        z = plain(problem.feature_notation(i))
        yield f"{z} = ({name} - {features.shift[i]:.9g}) / {features.scale[i]:.9g}"
    yield f"that is less the mean, over the standard deviation, which divides by N = {problem.size}, not N - 1"
    raw = problem.raw_model(trajectory.final)
    terms = zip(raw.slopes.tolist(), problem.feature_names, strict=True)
    model = " + ".join([*(f"{slope:.9g} * {name}" for slope, name in terms), f"{float(raw.constant):.9g}"])
    left = problem.y_name if isinstance(problem, LeastSquares) else f"the log-odds of {problem.y_name}"
    yield f"in the units of the data: {left} = {model.replace('+ -', '- ')}"


def left_out(done: Run) -> int:
    """How many rows a table that is not in full leaves out."""
    return len(done.trajectory) - len(_chosen_rows(len(done.trajectory)))


def _steps(asked: AskedRun, problem: Problem) -> int:
    if asked.steps is not None and asked.epochs is not None:
        raise click.UsageError("Give --steps or --epochs, not both: on all rows an epoch is one step.")
    if asked.epochs is not None:
        whole_number(asked.epochs, "epochs", 0)
    if asked.epochs is not None and asked.batch_size is not None and isinstance(problem, Sampled):
        return Sampling(asked.batch_size).updates(asked.epochs, problem.size)
    counts: list[int] = [count for count in (asked.steps, asked.epochs, DEFAULT_STEPS) if count is not None]
    return counts[0]


def _predictions(asked: AskedRun, problem: Problem, trajectory: Trajectory) -> dict[float | str, float]:
    if not isinstance(problem, LeastSquares | LogisticRegression):
        return {}
    predictions: dict[float | str, float] = {}
    names = problem.x_names
    for given in asked.predict:
        if isinstance(given, TypedNumbers) and len(given) != len(names):
            mend = mend_of_count(given, len(names), "--predict", "0")
            raise click.UsageError(
                f"--predict: {_as_list(given)} must have one number for each of {', '.join(names)}; {mend}."
            )
        point = tuple(point_of(given, names, "--predict").tolist())
        predictions[_as_list(point)] = float(problem.predict(trajectory.final, point))
    return predictions


def _as_list(values: Sequence[float]) -> str:
    return ",".join(map(_as_typed, values))


def _as_typed(value: float) -> str:
    """The number in as many digits as it has: no two that are asked for look alike."""
    short = f"{value + 0.0:g}"
    return short if float(short) == value else repr(value).removesuffix(".0")


def _chosen_rows(count: int) -> Sequence[int]:
    """Of `count` rows: all of a few, those that films and reports show of some, an even choice of many."""
    if count <= _ROWS:
        return range(count)
    usual = thin(count - 1)
    if len(usual) <= _ROWS:
        return [int(row) for row in usual]
    even = np.linspace(10, count - 1, _ROWS - 10).round().astype(int)
    return sorted({*range(11), *(int(row) for row in even)})


def _about_the_rate(trajectory: Trajectory, analysis: Analysis) -> Iterator[str]:
    if analysis.regime is None:
        return
    lead, times = _rates_named(trajectory)
    if not analysis.local and analysis.rate_limit is not None:
        yield f"{lead}: {analysis.regime}; the limit is {analysis.rate_limit:.9g}{times}"
        return
    word = "it depends on the place" if analysis.regime == "depends" else analysis.regime
    limits: dict[str, list[str]] = {}
    for limit, where in _limits(trajectory, analysis):
        limits.setdefault(f"{limit:.9g}{times}", []).append(where)
    *first, last = [f"{limit} at {' and '.join(places)}" for limit, places in limits.items()] or [""]
    if last:
        told = f"{', '.join(first)} and {last}" if first else last
        yield f"{lead}: {word}; the limit is {told}"


def _limits(trajectory: Trajectory, analysis: Analysis) -> Iterator[tuple[float, str]]:
    """The limits of a run, and where they hold, where the curvature is another at every place."""
    end, rest, steepest = analysis.rate_limit, analysis.rest_limit, analysis.path_limit
    if end is not None and trajectory.outcome is not Outcome.DIVERGED:
        yield end, "the last point"  # of one that left it would say nothing
    if rest is not None and rest != end:
        yield rest, "the minimum"
    if steepest is not None and steepest not in {rest} - {end}:
        yield steepest, "the steepest place passed"


def _rates_named(trajectory: Trajectory) -> tuple[str, str]:
    """The rate with its name, and what a limit is of it: a rate itself, or how many times each of several."""
    if not isinstance(trajectory.rate, tuple):
        return f"rate {trajectory.rate:g}", ""
    each = zip(trajectory.parameters_names, trajectory.rate, strict=True)
    return f"rates {', '.join(f'{name} = {rate:g}' for name, rate in each)}", " times each"


def _convergence(trajectory: Trajectory, problem: Problem) -> Convergence | None:
    if trajectory.outcome is Outcome.DIVERGED:
        return None
    try:
        found = measure_convergence(trajectory, problem)
    except GdError:  # there is no minimum to be found
        return None
    # A run that rests on a saddle does not near the minimum that is nearest.
    return None if found.factor is not None and found.factor > 1 - 1e-6 else found


def _about_convergence(found: Convergence | None) -> Iterator[str]:
    if found is None or found.factor is None:
        return
    theory = "" if found.theory is None else f"; by theory {found.theory:.6g}"
    yield f"each step leaves {found.factor:.6g} of the distance to the minimum{theory}"


def run_as_json(done: Run) -> dict[str, Any]:
    """The run as the one JSON document of the command."""
    return run_document(
        done.trajectory, done.problem, done.analysis, done.predictions, convergence=done.convergence
    )
