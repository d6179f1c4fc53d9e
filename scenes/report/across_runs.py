"""Tables with a column for every run: what each answers, and what each says in the units of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gdcore.base.arrays import FloatArray
from gdcore.notation import plain
from gdcore.problems import LeastSquares
from scenes.lecture.study import Study
from scenes.storyboard.standardized import is_standardized, made_of
from scenes.storyboard.views.curve import minima_of
from scenes.text import Rich, number
from scenes.theme import Role

from .block import Block
from .style import SMALL
from .table import Column, Table, TableRow
from .text import Paragraph, heading

_RUNS = 5  # columns of one table
_LEADS = 5  # columns of x in one

# From the parameters (d,) at the end of a run to the number in its column.
_Value = Callable[[FloatArray], float]


@dataclass(frozen=True)
class _Line:
    """A row before the runs have their say: what it is about, and the number of each run."""

    leads: tuple[str, ...]
    value: _Value


def answers(study: Study) -> Iterator[Block]:
    """The y of every row of x that is asked for; nothing where the one value asked for has its place elsewhere."""
    problem, spec = study.problem, study.lecture.problem
    if not isinstance(problem, LeastSquares) or not spec.predict or spec.only_asked is not None:
        return
    say = study.speech.say
    yield heading(say("report.heading.answers"), gap=14.0)
    heads = [study.speech.words(spec.labels.get(name, name)) for name in problem.x_names[:_LEADS]]
    told = say("report.answers", y=spec.labels.get(problem.y_name, problem.y_name))
    yield Paragraph(content=told, size=SMALL, role=Role.AXIS, gap=4.0, keeps=True)
    lines = [
        _Line(tuple(_text(study, value) for value in row[:_LEADS]), _answer(problem, row))
        for row in spec.predict
    ]
    yield from _tables(study, [Column(head) for head in heads], lines)


def in_units(study: Study) -> Iterator[Block]:
    """Slopes and constant of every run in the units of the data, where columns were standardized."""
    problem, labels = study.problem, study.lecture.problem.labels
    if not isinstance(problem, LeastSquares) or not is_standardized(problem):
        return
    say, text = study.speech.say, study.speech.text
    yield heading(say("report.heading.units"), gap=14.0)
    told = say("report.raw.about", y=labels.get(problem.y_name, problem.y_name))
    yield Paragraph(content=told, size=SMALL, role=Role.AXIS, gap=4.0, keeps=True)
    lines = [
        _Line(
            (text(say("report.raw.slope", feature=made_of(problem, place, labels))),),
            _slope(problem, place),
        )
        for place in range(problem.features.count)
    ]
    lines.append(_Line((study.speech.word("report.raw.constant"),), _constant(problem)))
    yield from _tables(study, [Column(Rich(), numbers=False, wraps=True)], lines)


def best_name(study: Study) -> str:
    """What the one known minimum of the problem is called."""
    problem, word = study.problem, study.speech.word
    if not isinstance(problem, LeastSquares):
        return word("report.summary.minimum")
    return word("report.summary.ridge" if problem.ridge else "report.summary.least-squares")


def _answer(problem: LeastSquares, row: tuple[float, ...]) -> _Value:
    return lambda parameters: float(problem.predict(parameters, row))


def _slope(problem: LeastSquares, place: int) -> _Value:
    return lambda parameters: float(problem.raw_model(parameters).slopes[place])


def _constant(problem: LeastSquares) -> _Value:
    return lambda parameters: float(problem.raw_model(parameters).constant)


def _tables(study: Study, leads: Sequence[Column], lines: Sequence[_Line]) -> Iterator[Block]:
    """The lines with a column for every run, a few runs a table, and one for the best parameters, where they are known."""
    ends = [(study.speech.words(name), run.final) for name, run in study.trajectories.items()]
    minima = minima_of(study.problem)
    best = [(study.speech.words(best_name(study)), minima[0])] if len(minima) == 1 else []
    for first in range(0, len(ends), _RUNS):
        shown = [*ends[first : first + _RUNS], *best]
        rows = [
            TableRow((*line.leads, *(_text(study, line.value(parameters)) for _, parameters in shown)))
            for line in lines
        ]
        yield Table(
            columns=(*leads, *(Column(name) for name, _ in shown)),
            rows=tuple(rows),
            decimal=study.speech.decimal,
            face=study.speech.face,
            gap=8.0,
            leading=1.6,
        )


def _text(study: Study, value: float) -> str:
    return plain(number(value), study.speech.decimal)
