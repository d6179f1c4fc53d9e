"""The first page: title, question, what is minimised, the rule, the runs to come."""

from __future__ import annotations

from collections.abc import Iterator

from gdcore.notation import Fenced, Symbol, listed, plain
from gdcore.problems import LeastSquares
from gdcore.problems.linear.costs import Cost
from scenes.lecture.model import RunSpec
from scenes.lecture.study import Study
from scenes.report.figures.objective import figure_objective, has_picture
from scenes.text import Rich, join, maths, number, point, rate_node, whole, words
from scenes.theme import Role

from .block import Beside, Block
from .columns import cells
from .displayed import Displayed
from .drawing import Drawing, Panel
from .formulae import commas, names_of, objective, objective_text
from .rule import UpdateRule
from .style import QUESTION, SMALL, TITLE, Style
from .table import Column, Table, TableRow
from .text import Paragraph, heading

_DATA_ROWS = 14
_COSTS: dict[Cost, str] = {
    "mse": "report.opening.mse",
    "half-mse": "report.opening.half",
    "sum": "report.opening.sum",
    "norm": "report.opening.norm",
}
_COSTS_RIDGE: dict[Cost, str] = {
    "mse": "report.opening.mse-ridge",
    "half-mse": "report.opening.half-ridge",
    "sum": "report.opening.sum-ridge",
}
_NAMED = 6  # parameters in a sentence
_STARTS = 4  # of them in the table of runs


def opening(study: Study, style: Style) -> Iterator[Block]:
    """The blocks of the first page."""
    lecture = study.lecture
    about = [words(part) for part in (lecture.course, lecture.author, lecture.date) if part]
    if about:
        yield Paragraph(content=join(about, "  ·  "), size=SMALL, role=Role.AXIS, keeps=True)
    yield Paragraph(content=words(lecture.title), size=TITLE, bold=True, leading=1.2, gap=9.0, keeps=True)
    if lecture.question:
        yield Paragraph(content=words(lecture.question), size=QUESTION, role=Role.OBJECTIVE, gap=7.0)
    yield from _minimised(study, style)
    yield from _rule(study)
    yield from _runs(study)


def _minimised(study: Study, style: Style) -> Iterator[Block]:
    say, problem, spec = study.speech.say, study.problem, study.lecture.problem
    shown = objective(study.speech, problem)
    if isinstance(problem, LeastSquares):
        yield heading(say("report.heading.data"), gap=16.0)
        yield from _data(study, problem, style)
        if spec.note:
            yield _note(spec.note)
        yield heading(say("report.heading.model"))
        yield Paragraph(content=_wanted(study, problem), gap=3.0)
        yield Displayed(content=shown, keeps=True, gap=3.0)
    else:
        yield heading(say("report.heading.minimised"), gap=20.0)
        yield Displayed(content=shown, gap=4.0)
    text = say("report.opening.as-text", formula=objective_text(study.speech, problem))
    yield Paragraph(content=text, size=SMALL, role=Role.AXIS, align=0.5, gap=2.0)
    if not isinstance(problem, LeastSquares):
        if spec.note:
            yield _note(spec.note)
        if has_picture(study):
            draw = Panel(lambda ax: figure_objective(ax, study, style), room=(30.0, 22.0, 16.0, 18.0))
            yield Drawing(
                rows=((draw,),), heights=(200.0 if len(problem.parameters) == 1 else 210.0,), gap=8.0
            )


def _note(note: str) -> Paragraph:
    return Paragraph(content=words(note), size=SMALL, role=Role.AXIS, leading=1.36, gap=6.0)


def _wanted(study: Study, problem: LeastSquares) -> Rich:
    """Which parameters are looked for, and what the cost is."""
    say, names = study.speech.say, [maths(name, Role.POINT) for name in names_of(problem)]
    listed = (
        study.speech.listed(names)
        if len(names) <= _NAMED
        else commas([*names[:_NAMED], maths(Symbol("dots"), Role.POINT)])
    )
    model, cost = problem.model_notation, _cost(study, problem)
    if len(names) == 1:
        return say("report.opening.wanted-one", parameters=listed, model=model, cost=cost)
    return say("report.opening.wanted", parameters=listed, model=model, cost=cost)


def _cost(study: Study, problem: LeastSquares) -> Rich:
    """What J is, in words."""
    say, rows = study.speech.say, whole(problem.size)
    return say(_COSTS_RIDGE[problem.cost] if problem.ridge else _COSTS[problem.cost], rows=rows)


def _data(study: Study, problem: LeastSquares, style: Style) -> Iterator[Block]:
    spec, decimal = study.lecture.problem, study.speech.decimal
    raw, targets = problem.rows()
    shown = min(len(targets), _DATA_ROWS)
    names = [*problem.x_names[:5], problem.y_name]
    columns = [cells(raw[:shown, i], decimal) for i in range(len(names) - 1)]
    columns.append(cells(targets[:shown], decimal))
    rows = [TableRow(tuple(row)) for row in zip(*columns, strict=True)]
    if shown < len(targets):
        rows.append(TableRow(("…",) * len(names)))
    heads = [words(spec.labels.get(name, name)) for name in names]
    size = 8.6 if len(rows) <= 9 else 8.2
    table = Table(
        columns=tuple(Column(head) for head in heads),
        rows=tuple(rows),
        decimal=decimal,
        size=size,
        stretch=False,
        between=18.0,
        leading=1.5 if len(rows) <= 9 else 1.36,
    )
    if not has_picture(study):
        yield table
        return
    tall = max(132.0, table.height(170.0))
    panel = Panel(lambda ax: figure_objective(ax, study, style), room=(36.0, 30.0, 10.0, 18.0))
    picture = Drawing(rows=((panel,),), heights=(tall,))
    yield Beside(blocks=(table, picture), shares=(0.37, 0.63), gap=7.0, middle=True)


def _rule(study: Study) -> Iterator[Block]:
    speech, say, problem = study.speech, study.speech.say, study.problem
    names = names_of(problem)
    slopes = [problem.derivative_notation(name) for name in problem.parameters[:2]]
    yield heading(say("report.heading.rule"), gap=14.0)
    apart = any(isinstance(run.rate, tuple) for run in study.trajectories.values())
    yield UpdateRule(problem=problem, speech=speech, apart=apart, keeps=True)
    match len(names):
        case 1:
            text = say("report.opening.slope", p=names[0], derivative=slopes[0])
        case 2:
            text = say("report.opening.slopes-two")
        case 3:
            text = say("report.opening.slopes")
        case count:
            more = say("report.opening.slopes-more", count=count)
            text = join([say("report.opening.slopes"), more])
    if apart:
        letters = [speech.formula("alpha_({p})", p=name) for name in names[:_NAMED]]
        others = [Symbol("dots")] if len(names) > _NAMED else []
        text = join([text, say("report.opening.rates", rates=Fenced(listed([*letters, *others])))])
    yield Paragraph(content=text, gap=8.0)
    if len(names) == 2:
        displayed = [
            say("report.formula.derivative", p=name, derivative=slope)
            for name, slope in zip(names, slopes, strict=True)
        ]
        yield Beside(
            blocks=tuple(Displayed(content=line, size=10.5, align=0.5) for line in displayed),
            shares=(1.0, 1.0),
            gap=2.0,
        )


def _runs(study: Study) -> Iterator[Block]:
    say, speech = study.speech.say, study.speech
    runs = list(study.lecture.runs.values())
    others = any(run.optimizer != "gd" for run in runs)
    columns = [
        Column(say("report.opening.run"), numbers=False),
        Column(maths(speech.formula("alpha"), Role.STEP)),
        Column(say("report.opening.steps")),
        Column(say("report.opening.start"), numbers=False),
        Column(say("report.opening.shown-in"), numbers=False),
    ]
    if others:
        columns.insert(1, Column(say("report.opening.optimizer"), numbers=False))
    rows = []
    for run in runs:
        rate = study.trajectories[run.name].rate
        texts = [
            run.name,
            plain(rate_node(rate), speech.decimal),
            speech.integer(run.steps),
            _start(study, run),
            _sections(study, run.name),
        ]
        if others:
            texts.insert(1, run.optimizer)
        rows.append(TableRow(tuple(texts)))
    yield heading(say("report.heading.runs" if len(runs) > 1 else "report.heading.run"))
    yield Table(columns=tuple(columns), rows=tuple(rows), decimal=speech.decimal, gap=4.0)


def _start(study: Study, run: RunSpec) -> str:
    """Where a run starts, as text: w = 6."""
    values = [number(float(value), 8) for value in study.trajectories[run.name].start[:_STARTS]]
    names = names_of(study.problem)
    shown = plain(point(names[:_STARTS], values), study.speech.decimal)
    return shown + (", …" if len(names) > _STARTS else "")


def _sections(study: Study, run: str) -> str:
    numbers = [str(i) for i, scene in enumerate(study.lecture.scenes, 1) if run in scene.runs]
    if not numbers:
        return "–"
    listed, one = ", ".join(numbers), len(numbers) == 1
    return study.speech.word("report.opening.section" if one else "report.opening.sections", sections=listed)
