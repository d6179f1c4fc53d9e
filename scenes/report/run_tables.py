"""The tables of a section: one run step by step, or several beside one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.base.arrays import FloatArray, lengths
from gdcore.base.rates import each_rate
from scenes.lecture.study import Study
from scenes.storyboard.facts import losses_shown
from scenes.text import Rich, Speech, join, maths, rate_node
from scenes.text.numbers import DIGITS
from scenes.theme import Role

from .columns import Digits, cells, closing
from .formulae import names_of, slope, step
from .table import Column, Table, TableRow
from .worked import shown_steps, worked_rows

_MOST_PARAMETERS = 4  # shown as columns
_OF_LOSS = 6  # significant digits


class _Columns:
    """A table while it grows, column by column."""

    def __init__(self, speech: Speech, steps: Sequence[int]) -> None:
        self.speech, self.steps = speech, list(steps)
        self.columns = [Column(maths(speech.formula("k")))]
        self.texts = [[speech.integer(step) for step in self.steps]]

    def add(self, head: Rich, values: FloatArray, shown: Digits | None = None, digits: int = DIGITS) -> None:
        self.columns.append(Column(head))
        self.texts.append(cells(values, self.speech.decimal, shown, digits))

    def table(self) -> Table:
        rows = [
            TableRow(tuple(column[index] for column in self.texts), apart=_first_gap(self.steps, index))
            for index in range(len(self.steps))
        ]
        return Table(
            columns=tuple(self.columns),
            rows=tuple(rows),
            decimal=self.speech.decimal,
            gap=4.0,
            leading=1.42,
        )


def worked_table(study: Study, name: str) -> tuple[Rich, Table]:
    """The numbers of a run with a sentence about them: values, loss, slopes, what is subtracted, the next values."""
    speech, trajectory = study.speech, study.trajectories[name]
    say, problem, names = speech.say, study.problem, names_of(study.speech, study.problem)
    rows = worked_rows(problem, trajectory)
    made = _Columns(speech, [row.step for row in rows])
    values, slopes = np.array([row.values for row in rows]), np.array([row.slopes for row in rows])
    losses = np.array([row.loss for row in rows])
    loss = say("report.formula.loss")
    d = len(names)
    if d > 2:
        for i, p in enumerate(names[:_MOST_PARAMETERS]):
            made.add(maths(p, Role.POINT), values[:, i])
        made.add(loss, losses, digits=_OF_LOSS)
        made.add(say("report.formula.slope-size"), lengths(slopes))
        return _about(study, name), made.table()
    moves = np.array([_or_nan(row.move, d) for row in rows])
    following = np.array([_or_nan(row.following, d) for row in rows])
    rates = each_rate(trajectory.rate, d) if trajectory.plain else (None,) * d
    sums = [closing(values[:, i], slopes[:, i], moves[:, i], following[:, i], rates[i]) for i in range(d)]
    for i, p in enumerate(names):
        made.add(maths(p, Role.POINT), values[:, i], sums[i].old)
    made.add(loss, losses, digits=_OF_LOSS)
    for i in range(d):
        made.add(slope(speech, problem, i), slopes[:, i], sums[i].slope)
    for i in range(d):
        made.add(step(speech, problem, i, isinstance(trajectory.rate, tuple)), moves[:, i], sums[i].move)
    for i, p in enumerate(names):
        made.add(say("report.numbers.next", p=p), following[:, i], sums[i].new)
    return _about(study, name), made.table()


def _about(study: Study, name: str) -> Rich:
    say, trajectory = study.speech.say, study.trajectories[name]
    left_out = len(shown_steps(trajectory.steps)) < trajectory.steps + 1
    text = say("report.numbers.some" if left_out else "report.numbers.all", run=name)
    return text if trajectory.plain else join([text, say("report.numbers.not-plain")])


def _or_nan(values: FloatArray | None, d: int) -> FloatArray:
    return np.full(d, np.nan) if values is None else values


def _first_gap(steps: Sequence[int], index: int) -> bool:
    """Are steps left out before this row, and not yet before the one above?"""
    if index == 0 or steps[index] == steps[index - 1] + 1:
        return False
    return index == 1 or steps[index - 1] == steps[index - 2] + 1


def compared_table(study: Study, names: Sequence[str]) -> tuple[Rich, Table]:
    """The value of the one parameter, or else the loss, of several runs, with a sentence about it."""
    say, runs = study.speech.say, [study.trajectories[name] for name in names]
    one = len(study.problem.parameters) == 1
    steps = shown_steps(max(run.steps for run in runs), 16)
    made = _Columns(study.speech, steps.tolist())
    for name, run in zip(names, runs, strict=True):
        values = run.parameters[:, 0] if one else losses_shown(study.problem, run)
        column = np.full(len(steps), np.nan)
        held, rows = np.isin(steps, run.step), np.isin(run.step, steps)
        column[held] = values[rows]
        head = say("report.numbers.run", run=name, rate=rate_node(run.rate))
        made.add(head, column, digits=DIGITS if one else _OF_LOSS)
    table = made.table()
    left_out = any(row.apart for row in table.rows)
    if one:
        p = names_of(study.speech, study.problem)[0]
        about = say(
            "report.numbers.compared-value-some" if left_out else "report.numbers.compared-value", p=p
        )
    else:
        about = say("report.numbers.compared-cost-some" if left_out else "report.numbers.compared-cost")
    return about, table
