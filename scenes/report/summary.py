"""The last section: all runs in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from gdcore.notation import listed, plain
from gdcore.problems import LeastSquares
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory
from scenes.lecture.study import Study
from scenes.storyboard.facts import losses_shown
from scenes.storyboard.views.curve import minima_of
from scenes.storyboard.views.regimes import band_word
from scenes.text import Rich, join, maths, number, number_beside, rate_node
from scenes.theme import Role

from .across_runs import answers, best_name, in_units
from .block import Block
from .formulae import names_of, objective_text
from .style import SMALL
from .table import Column, Table, TableRow
from .text import Paragraph, SectionHeading, heading
from .verdict import SIGNS, verdict_on

_PARAMETERS = 4  # shown in the table
_NONE = "–"
_OUTCOMES: dict[Outcome, str] = {
    Outcome.CONVERGED: "outcome.converged",
    Outcome.STOPPED_EARLY: "outcome.stopped-early",
    Outcome.STEP_LIMIT: "outcome.step-limit",
    Outcome.DIVERGED: "outcome.diverged",
}


def summary(study: Study, shown: frozenset[str]) -> Iterator[Block]:
    """The tables of all runs, of each problem one; the verdicts of those that no scene has `shown`."""
    yield SectionHeading(number="", title=study.speech.say("report.heading.all-runs"), needs=190.0)
    yield from _of_problem(study, [name for name in study.trajectories if name not in shown])
    for scene, aside in study.asides.items():
        formula = objective_text(aside.speech, aside.problem)
        yield heading(aside.speech.say("report.summary.aside", scene=scene), gap=14.0)
        yield Paragraph(content=formula, size=SMALL, role=Role.AXIS, gap=2.0, keeps=True)
        yield from _of_problem(aside)


def _of_problem(study: Study, judged: Sequence[str] = ()) -> Iterator[Block]:
    """The table of the runs on a problem, and the verdicts of those that are `judged` here."""
    yield _table(study)
    yield Paragraph(content=_legend(study), size=SMALL, role=Role.AXIS, leading=1.36, gap=5.0)
    for name in judged:
        yield verdict_on(name, study.problem, study.trajectories[name], study.speech)
    yield from in_units(study)
    yield from answers(study)


def _table(study: Study) -> Table:
    say, speech = study.speech.say, study.speech
    columns = [
        Column(say("report.summary.run"), numbers=False, wraps=True),
        Column(maths(speech.formula("alpha"), Role.STEP)),
        Column(say("report.summary.steps")),
        Column(say("report.summary.outcome"), numbers=False),
        *(Column(maths(name, Role.POINT)) for name in names_of(study.speech, study.problem)[:_PARAMETERS]),
        Column(say("report.formula.loss")),
        Column(say("report.summary.regime"), numbers=False),
        Column(say("report.summary.limit")),
    ]
    asked = study.lecture.problem.only_asked
    if asked is not None:
        columns.append(Column(say("report.summary.asked", value=number(asked))))
    ends = [float(losses_shown(study.problem, run)[-1]) for run in study.trajectories.values()]
    least = [float(study.problem.value(place)) for place in minima_of(study.problem)]
    every = [*ends, *least]
    losses = [plain(number_beside(loss, *every, digits=6), speech.decimal) for loss in every]
    rows = [_row(study, name, loss) for name, loss in zip(study.trajectories, losses, strict=False)]
    return Table(
        columns=tuple(columns),
        rows=(*rows, *_best(study, losses[-1])),
        decimal=speech.decimal,
        face=speech.face,
        gap=10.0,
        leading=1.6,
    )


def _text(study: Study, value: ArrayLike, digits: int = 5) -> str:
    return plain(number(float(np.asarray(value)), digits), study.speech.decimal)


def _row(study: Study, name: str, loss: str) -> TableRow:
    speech, trajectory = study.speech, study.trajectories[name]
    texts = [
        name,
        plain(rate_node(trajectory.rate), speech.decimal),
        speech.integer(trajectory.steps),
        speech.word(_OUTCOMES[trajectory.outcome]),
        *(_text(study, value) for value in trajectory.final[:_PARAMETERS]),
        loss,
        _regime(study, name),
        _limit(study, name),
    ]
    asked = study.lecture.problem.only_asked
    if asked is not None and isinstance(study.problem, LeastSquares):
        texts.append(_text(study, study.problem.predict(trajectory.final, np.array([asked]))))
    return TableRow(tuple(texts), roles=(None, None, None, SIGNS[trajectory.outcome][1]))


def _limit(study: Study, name: str) -> str:
    """2/λ where a plain run that stayed rests or ends, behind that at the steepest place of its way if it is another.

    Of a run with several rates each is a multiple of these.
    """
    trajectory, analysis = study.trajectories[name], study.analyses[name]
    limit, first = analysis.rest_limit, analysis.path_limit
    left = analysis.local and trajectory.outcome is Outcome.DIVERGED
    if limit is None or not trajectory.plain or left:
        return _NONE
    both = [first] if analysis.local and first is not None and first < limit else []
    return ", ".join(_limit_text(study, trajectory, each) for each in [*both, limit])


def _limit_text(study: Study, trajectory: Trajectory, limit: float) -> str:
    if isinstance(trajectory.rate, tuple):
        return study.speech.word("report.summary.limit-each", limit=number(limit))
    return _text(study, limit)


def _regime(study: Study, name: str) -> str:
    say, speech, analysis = study.speech.say, study.speech, study.analyses[name]
    if analysis.regime is None:
        return _NONE
    regime = band_word(speech, analysis.regime)
    local = analysis.local and analysis.regime not in (
        "depends",
        "diverge",
    )  # these are said of the whole way
    return speech.text(say("report.summary.regime-local", regime=regime) if local else regime)


def _best(study: Study, least: str) -> tuple[TableRow, ...]:
    """What the runs are on their way to, where it is known and one."""
    minima = minima_of(study.problem)
    if len(minima) != 1:
        return ()
    problem, best = study.problem, minima[0]
    texts = [best_name(study), "", "", "", *(_text(study, value) for value in best[:_PARAMETERS])]
    texts += [least, "", ""]
    asked = study.lecture.problem.only_asked
    if asked is not None and isinstance(problem, LeastSquares):
        texts.append(_text(study, problem.predict(best, np.array([asked]))))
    return (TableRow(tuple(texts), apart=True, roles=(Role.GOOD,)),)


def _legend(study: Study) -> Rich:
    say = study.speech.say
    apart = [name for name, run in study.trajectories.items() if isinstance(run.rate, tuple)]
    # What holds of a run with several rates is said in a scale of its own.
    analyses = [found for name, found in study.analyses.items() if name not in apart]
    parts = [
        say("report.summary.rows", parameters=listed(names_of(study.speech, study.problem)[:_PARAMETERS]))
    ]
    limits = [study.analyses[name].rate_limit for name in apart]
    limit = next((limit for limit in limits if limit is not None), None)
    if limit is not None:
        shown = say("report.summary.limit-each", limit=number(limit))
        parts.append(say("report.summary.rates", limit=shown))
    if not analyses:
        return join(parts)
    curvatures = {analysis.largest_curvature for analysis in analyses}
    first = analyses[0]
    if len(curvatures) == 1 and first.largest_curvature is not None and not first.local:
        parts.append(say("report.summary.curvature", curvature=number(first.largest_curvature)))
        if first.condition_number is not None and len(study.problem.parameters) > 1:
            parts.append(say("report.summary.condition", condition=number(first.condition_number)))
    elif any(analysis.local for analysis in analyses):
        parts.append(say("report.summary.local"))
    return join(parts)
