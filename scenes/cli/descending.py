"""From the options of `steepest descend` to a run of the core, and from the run to a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click
import numpy as np

from gdcore.analysis.convergence import Convergence, measure_convergence
from gdcore.analysis.path import thin
from gdcore.analysis.stability import Analysis, analyse
from gdcore.base.errors import GdError
from gdcore.notation import Letters, plain
from gdcore.optimizers import make_optimizer
from gdcore.problems import (
    LeastSquares,
    LogisticRegression,
    Problem,
    Sampled,
    landscape,
    problem_from_formula,
    read_columns,
)
from gdcore.problems.linear.least_squares import Cost
from gdcore.run.descent import descend
from gdcore.run.outcome import Outcome
from gdcore.run.sampling import Sampling
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import make_schedule

DEFAULT_STEPS = 100
#: A table that was not asked for in full has about so many rows.
_ROWS = 30
_OF_DATA = (
    *("x", "y", "cost", "degree", "standardize", "ridge", "logistic", "no_intercept"),
    *("epochs", "batch_size", "predict"),
)
_OF_BATCHES = ("no_shuffle", "seed")


@dataclass(frozen=True)
class Asked:
    """The options of the command, as typed; None, False or () where they were not."""

    formula: str | None
    data: str | None
    problem: str | None
    x: tuple[str, ...] | None
    y: str | None
    cost: str | None
    degree: int | None
    standardize: bool
    ridge: float | None
    logistic: bool
    no_intercept: bool
    parameters: tuple[str, ...] | None
    start: tuple[float, ...] | Mapping[str, float] | None
    optimizer: str
    settings: Mapping[str, Any]
    rate: float | None
    steps: int | None
    epochs: int | None
    schedule: Sequence[Mapping[str, Any]]
    batch_size: int | None
    no_shuffle: bool
    seed: int | None
    stop: Mapping[str, Any]
    every: int | None
    predict: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Run:
    """A finished run. `convergence` is None where no minimum is neared. `predictions` maps what was asked for, as text, to what the fitted line says."""

    problem: Problem
    trajectory: Trajectory
    analysis: Analysis
    convergence: Convergence | None
    predictions: Mapping[float | str, float]


def run(asked: Asked) -> Run:
    """Do what was asked. Raises GdError and click.UsageError."""
    problem = problem_of(asked)
    say_order(asked, problem)
    optimizer = make_optimizer(asked.optimizer, asked.settings)
    if asked.rate is None and optimizer.default_rate is None:
        raise click.UsageError(f"--rate: {optimizer.name} needs a learning rate; try --rate 0.1.")
    trajectory = descend(
        problem,
        optimizer,
        (0.0,) * len(problem.parameters) if asked.start is None else asked.start,
        _steps(asked, problem),
        rate=asked.rate,
        stop=asked.stop,
        schedule=make_schedule(asked.schedule) if asked.schedule else None,
        batch_size=asked.batch_size,
        shuffle=not asked.no_shuffle,
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


def say_order(asked: Asked, problem: Problem) -> None:
    """Say on stderr which number of the start is whose, where there are several without names."""
    if isinstance(asked.start, tuple) and len(problem.parameters) > 1:
        click.echo(f"the parameters, in the order of --start: {', '.join(problem.parameters)}", err=True)


def table(done: Run, in_full: bool) -> Iterator[str]:
    """The lines to print: steps with parameters, loss and slopes, then what came of it."""
    trajectory = done.trajectory
    names = trajectory.parameters_names
    rows = np.arange(len(trajectory)) if in_full else _chosen_rows(len(trajectory))
    loss = plain(Letters.beside(names).objective)
    cells = [["step", *names, loss, *(f"d{loss}/d{name}" for name in names)]]
    for row in rows:
        numbers = [*trajectory.parameters[row], trajectory.loss[row], *trajectory.gradient[row]]
        cells.append([str(trajectory.step[row]), *(f"{number:.9g}" for number in numbers)])
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    for line in cells:
        yield "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
    yield ""
    yield f"{trajectory.outcome.value}: {trajectory.reason}"
    yield from _about_the_rate(trajectory.rate, done.analysis)
    yield from _about_convergence(done.convergence)
    if isinstance(done.problem, LeastSquares | LogisticRegression):
        for asked, answer in done.predictions.items():
            yield f"at {', '.join(done.problem.x_names)} = {asked} the fit says {done.problem.y_name} = {answer:.9g}"


def left_out(done: Run) -> int:
    """How many rows a table that is not in full leaves out."""
    return len(done.trajectory) - len(_chosen_rows(len(done.trajectory)))


def problem_of(asked: Asked) -> Problem:
    """What is to be minimised. Raises GdError and click.UsageError."""
    given = [name for name in ("formula", "data", "problem") if getattr(asked, name) is not None]
    if len(given) != 1:
        found = " and ".join(f"--{name}" for name in given) or "none of them"
        raise click.UsageError(f"Give one of --formula, --data and --problem; found {found}.")
    for name in _OF_BATCHES:
        if asked.batch_size is None and getattr(asked, name) not in (None, False):
            raise click.UsageError(f"--{name.replace('_', '-')} belongs to --batch-size; leave it out.")
    if asked.data is not None:
        return _fit(asked, asked.data)
    for name in _OF_DATA:
        if getattr(asked, name) not in (None, False, ()):
            raise click.UsageError(f"--{name.replace('_', '-')} belongs to --data; leave it out.")
    if asked.formula is not None:
        return problem_from_formula(asked.formula, asked.parameters)
    return landscape(asked.problem or "", asked.parameters)


def _fit(asked: Asked, data: str) -> LeastSquares | LogisticRegression:
    if not asked.x or asked.y is None:
        raise click.UsageError(
            "--data needs --x and --y: the columns to predict from and to predict, such as --x bedrooms --y price."
        )
    for name in asked.x:
        if asked.x.count(name) > 1:
            raise click.UsageError(f"--x: {name} is named twice; name it once.")
    if asked.logistic and asked.cost is not None:
        raise click.UsageError("--cost belongs to a fitted line; with --logistic the cost is the log loss.")
    path = _data_file(data)
    columns = read_columns(path, [*asked.x, asked.y])
    features = {name: columns[name] for name in asked.x}
    options: dict[str, Any] = {
        "degree": 1 if asked.degree is None else asked.degree,
        "intercept": not asked.no_intercept,
        "standardize": asked.standardize,
        "parameters": asked.parameters,
        "source": path.name,
        "ridge": 0.0 if asked.ridge is None else asked.ridge,
    }
    if asked.logistic:
        return LogisticRegression(features, columns[asked.y], asked.y, **options)
    cost: Cost = "half-mse" if asked.cost == "half-mse" else "mse"
    return LeastSquares(features, columns[asked.y], asked.y, cost=cost, **options)


def _data_file(text: str) -> Path:
    """The file that `text` means: a bare name that is not in the working folder may be that of a shipped one."""
    from scenes.lecture.shipped import shipped_data
    from scenes.lecture.source.faults import nearest_file

    path = Path(text)
    if path.name == text and not path.exists():
        known = shipped_data()
        if text in known:
            click.echo(f"{text}: not in this folder, so the shipped file is taken", err=True)
            return known[text]
        here = sorted(file.name for file in Path().glob("*.csv"))
        near = nearest_file(text, [*here, *known])
        raise GdError(
            f"--data: there is no file {text!r} in this folder and none that ships",
            f"those that ship are {', '.join(known)}",
            "give the path of a CSV file" if near is None else f"did you mean {near}?",
        )
    return path


def _steps(asked: Asked, problem: Problem) -> int:
    if asked.steps is not None and asked.epochs is not None:
        raise click.UsageError("Give --steps or --epochs, not both: on all rows an epoch is one step.")
    if asked.epochs is not None and asked.batch_size is not None and isinstance(problem, Sampled):
        return Sampling(asked.batch_size).updates(asked.epochs, problem.size)
    for count in (asked.steps, asked.epochs):
        if count is not None:
            return count
    return DEFAULT_STEPS


def _predictions(asked: Asked, problem: Problem, trajectory: Trajectory) -> dict[float | str, float]:
    if not isinstance(problem, LeastSquares | LogisticRegression):
        return {}
    predictions: dict[float | str, float] = {}
    for point in asked.predict:
        text = ",".join(f"{value:g}" for value in point)
        if len(point) != len(problem.x_names):
            names = ", ".join(problem.x_names)
            raise click.UsageError(f"--predict: {text} must have one number for each of {names}.")
        predictions[text] = float(problem.predict(trajectory.final, point))
    return predictions


def _chosen_rows(count: int) -> Sequence[int]:
    """Of `count` rows: all of a few, those that films and reports show of some, an even choice of many."""
    if count <= _ROWS:
        return range(count)
    usual = thin(count - 1)
    if len(usual) <= _ROWS:
        return [int(row) for row in usual]
    even = np.linspace(10, count - 1, _ROWS - 10).round().astype(int)
    return sorted({*range(11), *(int(row) for row in even)})


def _about_the_rate(rate: float, analysis: Analysis) -> Iterator[str]:
    if analysis.regime is None:
        return
    if not analysis.local and analysis.rate_limit is not None:
        yield f"rate {rate:g}: {analysis.regime}; the limit is {analysis.rate_limit:.9g}"
        return
    word = "it depends on the place" if analysis.regime == "depends" else analysis.regime
    # A run that left rests nowhere: the limit at its last point would say nothing.
    limits = [
        (analysis.rest_limit, "at the last point"),
        (analysis.path_limit, "at the steepest place passed"),
    ]
    told = " and ".join(f"{limit:.9g} {where}" for limit, where in limits if limit is not None)
    if told:
        yield f"rate {rate:g}: {word}; the limit is {told}"


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


def asked_from(options: Mapping[str, Any]) -> Asked:
    """The options of a command by the names that `Asked` has for them; None where the command has no such option."""
    found: dict[str, Any] = {field.name: options.get(field.name) for field in fields(Asked)}
    return Asked(**found)


def keep(done: Run, file: Path) -> None:
    """Save the run in the format that the suffix of `file` names."""
    from gdcore.storage import save

    save(done.trajectory, file)


def document(done: Run) -> str:
    """The run as the one JSON document of the command."""
    from gdcore.storage.run_document import run_document

    found = run_document(
        done.trajectory, done.problem, done.analysis, done.predictions, convergence=done.convergence
    )
    return json.dumps(found, ensure_ascii=False, allow_nan=False)
