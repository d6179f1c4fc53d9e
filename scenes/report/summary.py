"""The last section: all runs in one table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdcore.problems import LeastSquares

from ..lecture.study import Study
from ..richtext import maths, say, words
from ..storyboard.line import minima_of
from ..storyboard.names import typst_name
from ..storyboard.numbers import math_number, text_number
from ..theme import Role
from .block import Block
from .style import SMALL
from .table import Column, Row, Table
from .text import Paragraph, SectionHeading
from .verdict import SIGNS, Verdict

_PARAMETERS = 4  # shown in the table


def summary(study: Study, shown: frozenset[str]) -> Iterator[Block]:
    """The table of all runs; the verdicts of those that no scene has `shown`."""
    yield SectionHeading(number="", title="All runs", needs=190.0)
    yield _table(study)
    yield Paragraph(content=say(_legend(study)), size=SMALL, role=Role.AXIS, leading=1.36, gap=5.0)
    for name, trajectory in study.trajectories.items():
        if name not in shown:
            yield Verdict(run=name, trajectory=trajectory)


def _table(study: Study) -> Table:
    names = study.problem.parameters[:_PARAMETERS]
    columns = [
        Column(words("run"), numbers=False, wraps=True),
        Column(maths("alpha", Role.STEP)),
        Column(words("steps")),
        Column(words("outcome"), numbers=False),
        *(Column(maths(typst_name(name), Role.POINT)) for name in names),
        Column(maths("J", Role.OBJECTIVE)),
        Column(words("regime"), numbers=False),
        Column(say("limit $2 slash lambda$")),
    ]
    asked = _asked(study)
    if asked is not None:
        columns.append(Column(words(f"at {text_number(asked)}")))
    rows = [_row(study, name) for name in study.trajectories]
    return Table(columns=tuple(columns), rows=(*rows, *_best(study)), gap=10.0, leading=1.6)


def _asked(study: Study) -> float | None:
    return study.lecture.problem.first_asked


def _row(study: Study, name: str) -> Row:
    trajectory, analysis = study.trajectories[name], study.analyses[name]
    regime = analysis.regime or "–"
    limit = "–" if analysis.rate_limit is None else text_number(analysis.rate_limit)
    cells = [
        name,
        text_number(trajectory.rate),
        f"{trajectory.steps:,}",
        trajectory.outcome.value,
        *(text_number(float(value)) for value in trajectory.final[:_PARAMETERS]),
        text_number(trajectory.final_loss, 6),
        regime + (" (local)" if analysis.local and analysis.regime else ""),
        limit,
    ]
    asked = _asked(study)
    if asked is not None and isinstance(study.problem, LeastSquares):
        cells.append(text_number(float(study.problem.predict(trajectory.final, np.array([asked])))))
    return Row(tuple(cells), roles=(None, None, None, SIGNS[trajectory.outcome][1]))


def _best(study: Study) -> tuple[Row, ...]:
    """What the runs are on their way to, where it is known and one."""
    minima = minima_of(study.problem)
    if len(minima) != 1:
        return ()
    problem, best = study.problem, minima[0]
    name = "least squares" if isinstance(problem, LeastSquares) else "minimum"
    cells = [name, "", "", "", *(text_number(float(v)) for v in best[:_PARAMETERS])]
    cells += [text_number(float(problem.value(best)), 6), "", ""]
    asked = _asked(study)
    if asked is not None and isinstance(problem, LeastSquares):
        cells.append(text_number(float(problem.predict(best, np.array([asked])))))
    return (Row(tuple(cells), apart=True, roles=(Role.GOOD,)),)


def _legend(study: Study) -> str:
    p = ", ".join(typst_name(name) for name in study.problem.parameters[:_PARAMETERS])
    text = f"Each row shows ${p}$ and $J$ at the end of a run."
    analyses = list(study.analyses.values())
    curvatures = {a.largest_curvature for a in analyses}
    if len(curvatures) == 1 and analyses[0].largest_curvature is not None and not analyses[0].local:
        text += (
            f" The largest curvature is $lambda = {math_number(analyses[0].largest_curvature)}$ everywhere, so a rate must "
            f"stay below $2 slash lambda$."
        )
        if analyses[0].condition_number is not None and len(study.problem.parameters) > 1:
            text += f" The condition number is $kappa = {math_number(analyses[0].condition_number)}$."
    elif any(a.local for a in analyses):
        text += " Regime and limit hold near the end of each run only: the curvature is another elsewhere."
    return text
