"""The first page: title, question, what is minimised, the rule, the runs to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gdcore.notation import plain
from scenes.lecture.model import RunSpec, Setting
from scenes.lecture.study import Study
from scenes.text import join, maths, number, point, rate_node
from scenes.theme import Role

from .block import Block
from .formulae import names_of
from .minimised import is_apart, minimised, slopes
from .rule import UpdateRule
from .style import QUESTION, SMALL, TITLE, Style
from .table import Column, Table, TableRow
from .text import Paragraph, heading

_STARTS = 4  # of them in the table of runs


def opening(study: Study, style: Style) -> Iterator[Block]:
    """The blocks of the first page."""
    lecture, words = study.lecture, study.speech.words
    about = [words(part) for part in (lecture.course, lecture.author, lecture.date) if part]
    if about:
        yield Paragraph(content=join(about, "  ·  "), size=SMALL, role=Role.AXIS, keeps=True)
    yield Paragraph(content=words(lecture.title), size=TITLE, bold=True, leading=1.2, gap=9.0, keeps=True)
    if lecture.question:
        yield Paragraph(content=words(lecture.question), size=QUESTION, role=Role.OBJECTIVE, gap=7.0)
    yield from minimised(study, style)
    yield from _rule(study)
    yield from _runs(study)


def _rule(study: Study) -> Iterator[Block]:
    yield heading(study.speech.say("report.heading.rule"), gap=14.0)
    yield UpdateRule(problem=study.problem, speech=study.speech, apart=is_apart(study), keeps=True)
    yield from slopes(study)


def _runs(study: Study) -> Iterator[Block]:
    say, speech = study.speech.say, study.speech
    runs = list(study.lecture.runs.values())
    rules = [_rule_of(study, run) for run in runs]
    stops = [_settings(study, run.stop) for run in runs]
    columns = [
        Column(say("report.opening.run"), numbers=False),
        Column(maths(speech.formula("alpha"), Role.STEP)),
        Column(say("report.opening.steps")),
        Column(say("report.opening.start"), numbers=False),
        Column(say("report.opening.shown-in"), numbers=False),
    ]
    others, ends = any(rule != "gd" for rule in rules), any(stops)
    if others:
        columns.insert(1, Column(say("report.opening.optimizer"), numbers=False, wraps=True))
    if ends:
        columns.insert(-2, Column(say("report.opening.stop"), numbers=False, wraps=True))
    rows = []
    for run, rule, stop in zip(runs, rules, stops, strict=True):
        rate = study.trajectories[run.name].rate
        texts = [
            run.name,
            plain(rate_node(rate), speech.decimal),
            speech.integer(run.steps),
            _start(study, run),
            _sections(study, run.name),
        ]
        if others:
            texts.insert(1, rule)
        if ends:
            texts.insert(-2, stop or "–")
        rows.append(TableRow(tuple(texts)))
    yield heading(say("report.heading.runs" if len(runs) > 1 else "report.heading.run"))
    yield Table(columns=tuple(columns), rows=tuple(rows), decimal=speech.decimal, face=speech.face, gap=4.0)


def _rule_of(study: Study, run: RunSpec) -> str:
    """The optimizer with its settings, as they stand in the lecture: cg, formula: FR."""
    order = {} if run.order == "simultaneous" else {"order": run.order}
    settings = _settings(study, {**run.settings, **order})
    return f"{run.optimizer}, {settings}" if settings else run.optimizer


def _settings(study: Study, given: Mapping[str, Setting]) -> str:
    told = []
    for name, value in given.items():
        match value:
            case bool():
                text = "true" if value else "false"
            case str():
                text = value
            case _:
                text = plain(number(float(value)), study.speech.decimal)
        told.append(f"{name}: {text}")
    return ", ".join(told)


def _start(study: Study, run: RunSpec) -> str:
    """Where a run starts, as text: w = 6."""
    values = [number(float(value), 8) for value in study.trajectories[run.name].start[:_STARTS]]
    names = names_of(study.speech, study.problem)
    shown = plain(point(names[:_STARTS], values), study.speech.decimal)
    return shown + (", …" if len(names) > _STARTS else "")


def _sections(study: Study, run: str) -> str:
    scenes = enumerate(study.lecture.scenes, 1)
    numbers = [str(i) for i, scene in scenes if run in scene.runs and scene.aside is None]
    if not numbers:
        return "–"
    listed, one = ", ".join(numbers), len(numbers) == 1
    return study.speech.word("report.opening.section" if one else "report.opening.sections", sections=listed)
