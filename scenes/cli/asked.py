"""What `descend` and `sweep` are asked for: the problem and the rule that the options name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click

from gdcore.base.errors import DataError, GdError, UnclearNameError
from gdcore.optimizers import Optimizer, make_optimizer
from gdcore.problems import (
    FormulaProblem,
    LeastSquares,
    LeftOut,
    LogisticRegression,
    Problem,
    column_names,
    landscape,
    problem_from_formula,
    read_table,
)
from gdcore.problems.tables import doubts_about
from gdcore.run.sampling import RowOrder
from gdcore.sentences.sentence import Sentence

from .asked_columns import columns_asked
from .numerals import TypedNumbers

_OF_DATA = (
    *("x", "y", "missing", "cost", "degree", "standardize", "ridge", "logistic", "no_intercept"),
    *("epochs", "batch_size", "predict"),
)
_OF_BATCHES = ("rows", "seed")


class AskedRun(SimpleNamespace):
    """The options of a command, as typed: None, False or () where they were not."""

    # What not every command has.
    epochs: int | None = None
    batch_size: int | None = None
    seed: int | None = None
    rows: RowOrder | None = None
    predict: tuple[TypedNumbers | dict[str, float], ...] = ()


def rule_of(name: str, settings: dict[str, Any], rate: object) -> Optimizer:
    """The optimizer. Raises click.UsageError where it needs a rate and has none."""
    rule = make_optimizer(name, settings)
    if rate is None and rule.default_rate is None:
        raise click.UsageError(f"--rate: {rule.name} needs a learning rate; try --rate 0.1.")
    return rule


def by_option(reasons: Iterable[Sentence]) -> Iterator[str]:
    """How to do what a run is advised, where an option does it."""
    if any(sentence.key == "advice.too_many.standardize" for sentence in reasons):
        yield "--standardize does so; it takes another rate, such as --rate 0.1"


def rate_asked(asked: AskedRun, problem: Problem) -> Any:
    """The rate. Says on stderr which of several is whose, where they have no names."""
    check_rate(asked.rate, problem)
    if isinstance(asked.rate, tuple):
        click.echo(f"the parameters, in the order of --rate: {', '.join(problem.parameters)}", err=True)
    return asked.rate


def check_rate(rate: object, problem: Problem) -> None:
    """Raises GdError where there are not as many rates as parameters."""
    if isinstance(rate, TypedNumbers):
        _check_count(rate, problem, "rate", "0.1")


def start_of(asked: AskedRun, problem: Problem) -> Any:
    """Where to start. Says on stderr which number is whose, where there are several without names."""
    if isinstance(asked.start, TypedNumbers):
        _check_count(asked.start, problem, "start", "0")
    if isinstance(asked.start, tuple) and len(problem.parameters) > 1:
        click.echo(f"the parameters, in the order of --start: {', '.join(problem.parameters)}", err=True)
    return (0.0,) * len(problem.parameters) if asked.start is None else asked.start


def mend_of_count(given: TypedNumbers, count: int, option: str, usual: str) -> str:
    """How to type `count` numbers, where others were given."""
    meant = given.with_decimal_points(count)
    if meant is None:
        return f"write {option} {','.join([usual] * count)}, for example"
    return f"write {option} {meant}, with {'a decimal point' if count == 1 else 'decimal points'}"


def _check_count(given: TypedNumbers, problem: Problem, option: str, usual: str) -> None:
    names = problem.parameters
    if len(given) == len(names):
        return
    raise GdError(
        f"{option} has {len(given)} number{'s' * (len(given) != 1)}",
        f"it must have {len(names)}" + (f", one for each of {', '.join(names)}" if len(names) > 1 else ""),
        mend_of_count(given, len(names), f"--{option}", usual),
    )


def problem_of(asked: AskedRun) -> Problem:
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
        return formula_problem(asked.formula, asked.parameters)
    return landscape(asked.problem or "", asked.parameters)


def formula_problem(text: str, parameters: tuple[str, ...] | None) -> FormulaProblem:
    """The function of --formula. Raises GdError, with --parameters as the mend of a name that may be a product."""
    try:
        return problem_from_formula(text, parameters)
    except UnclearNameError as error:
        raise error.told_to(f"give --parameters {','.join(error.parameters)}") from None


def _fit(asked: AskedRun, data: str) -> LeastSquares | LogisticRegression:
    if not asked.x or asked.y is None:
        raise click.UsageError(
            "--data needs --x and --y: the columns to predict from and to predict, such as --x bedrooms --y price."
        )
    if asked.logistic and asked.cost is not None:
        raise click.UsageError("--cost belongs to a fitted line; with --logistic the cost is the log loss.")
    path = _data_file(data)
    names = columns_asked(asked.x, lambda: column_names(path))
    for name in names:
        if names.count(name) > 1:
            raise click.UsageError(f"--x: {name} is named twice; name it once.")
    table = read_table(path, [*names, asked.y], asked.missing or "refuse")
    if table.left_out.rows:
        click.echo(f"{path}: {_rows_left_out(table.left_out, [*names, asked.y])}", err=True)
    columns = table.columns
    for doubt in doubts_about(columns):
        told = DataError(doubt.found, path, column=doubt.column, allowed=doubt.allowed, mend=doubt.mend)
        click.echo(f"warning: {told}", err=True)
    features = {name: columns[name] for name in names}
    options: dict[str, Any] = {
        "degree": 1 if asked.degree is None else asked.degree,
        "intercept": not asked.no_intercept,
        "standardize": asked.standardize,
        "parameters": asked.parameters,
        "source": path.name,
        "ridge": 0.0 if asked.ridge is None else asked.ridge,
        "left_out": None if asked.missing != "drop" else table.left_out,
    }
    if asked.logistic:
        return LogisticRegression(features, columns[asked.y], asked.y, **options)
    return LeastSquares(features, columns[asked.y], asked.y, cost=asked.cost or "mse", **options)


def _rows_left_out(left_out: LeftOut, names: list[str]) -> str:
    """What is said on stderr of rows that were dropped."""
    one = left_out.rows == 1
    return (
        f"{left_out.rows} of {left_out.of} rows {'is' if one else 'are'} left out: "
        f"{'it lacks' if one else 'they lack'} a number in {' or '.join(names)}"
    )


def _data_file(text: str) -> Path:
    """The file that `text` means: a bare name that is not in the working folder may be that of a shipped one."""
    from scenes.lecture.shipped import shipped_data
    from scenes.lecture.source.nearby import TABLES, files_in, nearest_file

    path = Path(text)
    if os.path.lexists(text):
        return path
    bare = path.name == text
    known = shipped_data() if bare else {}
    if text in known:
        click.echo(f"{text}: not in this folder, so the shipped file is taken", err=True)
        return known[text]
    near = nearest_file(path.name, [*files_in(path.parent, (*TABLES, path.suffix.casefold())), *known])
    raise GdError(
        f"--data: there is no such file as {text!r}{' in this folder and none that ships' * bare}",
        f"those that ship are {', '.join(known)}" if bare else "",
        "give the path of a CSV file" if near is None else f"did you mean {path.parent / near}?",
    )
