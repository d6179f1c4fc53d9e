"""One section for each scene: key frames, what the film says, the numbers, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from gdcore.trajectory import Trajectory

from ..lecture.model import RunSpec
from ..lecture.study import Study
from ..richtext import Rich, Words, maths, say, words
from ..storyboard import Story
from ..storyboard.names import typst_name
from ..storyboard.numbers import math_number
from ..theme import Role
from .block import Beside, Block
from .drawing import Figure
from .keyframes import key_frames, time_code
from .opening import Displayed
from .spelling import slope_inline
from .style import BODY, CAPTION, SMALL, Style
from .table import Column, Row, Table
from .text import Paragraph, SectionHeading, Timed, heading
from .verdict import Verdict
from .worked import SPELLED, WorkedRow, arithmetic, column_texts, is_plain, shown_steps, worked_rows


@dataclass
class Counter:
    """Numbers of figures and tables, and the table in which a run's numbers stand."""

    figures: int = 0
    tables: int = 0
    worked: dict[str, int] = field(default_factory=dict)


def section(number: int, study: Study, story: Story, style: Style, counter: Counter) -> Iterator[Block]:
    """The blocks of one scene."""
    runs = runs_of(study, story)
    yield SectionHeading(number=str(number), title=story.title)
    yield Paragraph(content=_about(study, story, runs), size=SMALL, role=Role.AXIS, gap=5.0, keeps=True)
    for frame in key_frames(study, story, style):
        counter.figures += 1
        yield Figure(number=counter.figures, drawing=frame.drawing, caption=frame.caption)
    yield from _transcript(story)
    if len(runs) == 1:
        yield from _numbers(study, runs[0], counter)
    else:
        yield from _compared(study, runs, counter)
    yield heading("The verdict" if len(runs) == 1 else "The verdicts")
    for name in runs:
        yield Verdict(run=name, trajectory=study.trajectories[name])


def runs_of(study: Study, story: Story) -> tuple[str, ...]:
    """The names of the runs that a story tells."""
    contenders = getattr(story, "contenders", None)
    if contenders is not None:
        return tuple(contender.run for contender in contenders)
    run = getattr(story, "run", None)
    if isinstance(run, str):
        return (run,)
    return tuple(study.lecture.scene(story.name).runs)


def _about(study: Study, story: Story, runs: tuple[str, ...]) -> Rich:
    film = f"Film of {time_code(story.seconds)}, scene “{story.name}”"
    if len(runs) != 1:
        return words(f"{len(runs)} runs  ·  {film}")
    run = study.lecture.runs[runs[0]]
    return say(
        f"Run “{run.name}”  ·  $alpha = {math_number(run.rate)}$  ·  {run.steps:,} steps  ·  "
    ) + words(film)


def _transcript(story: Story) -> Iterator[Block]:
    yield heading("What the film says")
    last = len(story.beats) - 1
    for number, beat in enumerate(story.beats):
        # The first lines stay with the heading, and the last is not left alone.
        keeps = number < min(2, last) or number == last - 1
        yield Timed(time=time_code(beat.start), content=beat.caption, keeps=keeps)


# The numbers of one run


def _numbers(study: Study, name: str, counter: Counter) -> Iterator[Block]:
    trajectory, run = study.trajectories[name], study.lecture.runs[name]
    yield heading("The numbers")
    if name in counter.worked:
        yield Paragraph(
            content=words(f"The numbers of run “{name}” stand in table {counter.worked[name]}."), gap=4.0
        )
        return
    counter.tables += 1
    counter.worked[name] = counter.tables
    count = len(study.problem.parameters)
    lines = arithmetic(trajectory, run, SPELLED if count == 1 else 2) if count <= 2 else ()
    if lines:
        yield Paragraph(content=_lead(study, run, count), gap=3.0, keeps=True)
        yield from _spelled(lines, count)
    table = _table(study, trajectory, run)
    yield _table_caption(counter.tables, _explained(study, trajectory, run))
    yield table


def _lead(study: Study, run: RunSpec, count: int) -> Rich:
    which = "The first steps spelled out, old value minus rate times slope"
    return say(
        f"{which}, with $alpha = {math_number(run.rate)}$" + (" (numbers rounded):" if count > 1 else ":")
    )


def _spelled(lines: tuple[Rich, ...], count: int) -> Iterator[Block]:
    """A line for each step; two parameters stand side by side."""
    for start in range(0, len(lines), count):
        shown = [
            Displayed(content=line, size=BODY + 0.6, align=0.5, gap=1.0)
            for line in lines[start : start + count]
        ]
        yield shown[0] if count == 1 else Beside(blocks=tuple(shown), shares=(1.0,) * count, gap=1.0)


def _table_caption(number: int, content: Rich) -> Paragraph:
    return Paragraph(
        content=Rich((Words(f"Table {number}. "),)) + content, size=CAPTION, leading=1.36, gap=9.0, keeps=True
    )


def _explained(study: Study, trajectory: Trajectory, run: RunSpec) -> Rich:
    left_out = len(shown_steps(trajectory.steps)) < trajectory.steps + 1
    text = f"Run “{run.name}”, step by step"
    text += "; below the thin line steps are left out." if left_out else "."
    if not is_plain(run):
        text += " What is subtracted is not simply rate times slope in this run."
    return words(text)


def _table(study: Study, trajectory: Trajectory, run: RunSpec) -> Table:
    rows = worked_rows(trajectory, run)
    names = [typst_name(name) for name in study.problem.parameters]
    columns, texts = [Column(maths("k"))], [[f"{row.step:,}" for row in rows]]

    def add(head: Rich, values: list[float], digits: int = 5) -> None:
        columns.append(Column(head))
        texts.append(column_texts(np.array(values), digits))

    d = len(names)
    for i, name in enumerate(names[:4]):
        add(maths(name, Role.POINT), [float(row.values[i]) for row in rows])
    add(maths("J", Role.OBJECTIVE), [row.loss for row in rows], 6)
    if d > 2:
        add(maths("abs(nabla J)", Role.SLOPE), [float(np.linalg.norm(row.slopes)) for row in rows])
        return _assembled(rows, columns, texts)
    for i in range(d):
        add(slope_inline(study.problem, i), [float(row.slopes[i]) for row in rows])
    for i in range(d):
        head = maths("alpha dot ", Role.STEP) + slope_inline(study.problem, i)
        add(Rich(head.runs), [_or_nan(row.move, i) for row in rows])
    for i, name in enumerate(names):
        add(say("next ") + maths(name, Role.POINT), [_or_nan(row.following, i) for row in rows])
    return _assembled(rows, columns, texts)


def _or_nan(values: np.ndarray | None, index: int) -> float:
    return float("nan") if values is None else float(values[index])


def _first_gap(steps: list[int], index: int) -> bool:
    """Are steps left out before this row, and not yet before the one above?"""
    if index == 0 or steps[index] == steps[index - 1] + 1:
        return False
    return index == 1 or steps[index - 1] == steps[index - 2] + 1


def _assembled(rows: tuple[WorkedRow, ...], columns: list[Column], texts: list[list[str]]) -> Table:
    made = []
    for index in range(len(rows)):
        apart = _first_gap([row.step for row in rows], index)
        made.append(Row(tuple(column[index] for column in texts), apart=apart))
    return Table(columns=tuple(columns), rows=tuple(made), gap=4.0, leading=1.42)


# Several runs together


def _compared(study: Study, names: tuple[str, ...], counter: Counter) -> Iterator[Block]:
    counter.tables += 1
    runs = [study.trajectories[name] for name in names]
    one = len(study.problem.parameters) == 1
    p = typst_name(study.problem.parameters[0])
    steps = shown_steps(max(run.steps for run in runs), 16)
    columns, texts = [Column(maths("k"))], [[f"{step:,}" for step in steps]]
    for name, run in zip(names, runs, strict=True):
        values = run.parameters[:, 0] if one else run.loss
        column = np.full(len(steps), np.nan)
        for i, step in enumerate(steps):
            row = np.flatnonzero(run.step == step)
            if len(row):
                column[i] = values[row[0]]
        columns.append(Column(words(f"{name}, ") + say(f"$alpha = {math_number(run.rate)}$")))
        texts.append(column_texts(column, 5 if one else 6))
    rows = []
    for i in range(len(steps)):
        rows.append(Row(tuple(column[i] for column in texts), apart=_first_gap(steps.tolist(), i)))
    what = f"The value {{point|${p}$}}" if one else "The cost {objective|$J$}"
    yield heading("The numbers")
    yield _table_caption(
        counter.tables, say(f"{what} after $k$ steps at each rate; below the thin line steps are left out.")
    )
    yield Table(columns=tuple(columns), rows=tuple(rows), gap=4.0, leading=1.42)
