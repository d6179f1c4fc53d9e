"""What is minimised: a formula, or data with a model and its cost."""

from __future__ import annotations

from collections.abc import Iterator

from gdcore.notation import Fenced, Symbol, listed, plain
from gdcore.problems import LeastSquares, LeftOut
from gdcore.problems.linear.costs import Cost
from scenes.lecture.study import Study
from scenes.report.figures.objective import figure_objective, has_picture
from scenes.storyboard.standardized import columns_named, is_standardized, made_of, scaling_explained
from scenes.text import Rich, join, maths, number, whole
from scenes.theme import Role

from .block import Beside, Block
from .columns import cells
from .displayed import Displayed
from .drawing import Drawing, Panel
from .formulae import commas, names_of, objective, objective_text
from .style import SMALL, Style
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


def minimised(study: Study, style: Style, *, pictured: bool = True) -> Iterator[Block]:
    """The blocks about the problem of a study; `pictured`: with a picture of a formula."""
    say, problem, spec = study.speech.say, study.problem, study.lecture.problem
    shown = objective(study.speech, problem)
    if isinstance(problem, LeastSquares):
        yield heading(say("report.heading.data"), gap=16.0)
        yield from _data(study, problem, style)
        if problem.left_out is not None and problem.left_out.rows:
            yield _small(_left_out(study, problem, problem.left_out))
        if spec.note:
            yield _small(study.speech.words(spec.note))
        yield heading(say("report.heading.model"))
        yield Paragraph(content=_wanted(study, problem), gap=3.0)
        if len(problem.x_names) > 1:
            named = say("report.opening.columns", columns=columns_named(study, problem))
            yield Paragraph(content=named, gap=2.0)
        yield Displayed(content=shown, keeps=True, gap=3.0)
    else:
        yield heading(say("report.heading.minimised"), gap=20.0)
        yield Displayed(content=shown, gap=4.0)
    text = say("report.opening.as-text", formula=objective_text(study.speech, problem))
    yield Paragraph(content=text, size=SMALL, role=Role.AXIS, align=0.5, gap=2.0)
    if isinstance(problem, LeastSquares) and is_standardized(problem):
        yield from _standardized(study, problem)
    if not isinstance(problem, LeastSquares):
        if spec.note:
            yield _small(study.speech.words(spec.note))
        if pictured and has_picture(study):
            draw = Panel(lambda ax: figure_objective(ax, study, style), room=(30.0, 22.0, 16.0, 18.0))
            yield Drawing(
                rows=((draw,),), heights=(200.0 if len(problem.parameters) == 1 else 210.0,), gap=8.0
            )


def _standardized(study: Study, problem: LeastSquares) -> Iterator[Block]:
    """What the letters of standardized columns mean: in a sentence, or of several of them in a table."""
    speech, labels, features = study.speech, study.lecture.problem.labels, problem.features
    if features.count == 1:
        yield Paragraph(content=scaling_explained(study), gap=7.0)
        return
    say = speech.say
    rows = whole(problem.size)
    told = say(
        "report.opening.standardized", z=speech.letters.standardized, x=speech.letters.feature, rows=rows
    )
    yield Paragraph(content=told, gap=7.0, keeps=True)
    columns = [
        [plain(problem.feature_notation(place)) for place in range(features.count)],
        [speech.text(made_of(problem, place, labels)) for place in range(features.count)],
        [plain(number(float(value)), speech.decimal) for value in features.shift],
        [plain(number(float(value)), speech.decimal) for value in features.scale],
    ]
    yield Table(
        columns=(
            Column(say("report.opening.feature"), numbers=False),
            Column(say("report.opening.column"), numbers=False, wraps=True),
            Column(say("report.opening.mean")),
            Column(say("report.opening.deviation")),
        ),
        rows=tuple(TableRow(cells) for cells in zip(*columns, strict=True)),
        decimal=speech.decimal,
        face=speech.face,
        gap=4.0,
    )


def _left_out(study: Study, problem: LeastSquares, left_out: LeftOut) -> Rich:
    """How many rows of the file are not used, and why."""
    say, file = study.speech.say, study.speech.words(problem.source or "")
    many, of = whole(left_out.rows), whole(left_out.of)
    if left_out.rows == 1:
        return say("report.opening.left-out-one", many=many, of=of, file=file)
    return say("report.opening.left-out", many=many, of=of, file=file)


def _small(content: Rich) -> Paragraph:
    return Paragraph(content=content, size=SMALL, role=Role.AXIS, leading=1.36, gap=6.0)


def _wanted(study: Study, problem: LeastSquares) -> Rich:
    """Which parameters are looked for, and what the cost is."""
    say, names = study.speech.say, [maths(name, Role.POINT) for name in names_of(study.speech, problem)]
    parameters = (
        study.speech.listed(names)
        if len(names) <= _NAMED
        else commas([*names[:_NAMED], maths(Symbol("dots"), Role.POINT)])
    )
    model, cost = problem.model_notation, _cost(study, problem)
    if len(names) == 1:
        return say("report.opening.wanted-one", parameters=parameters, model=model, cost=cost)
    return say("report.opening.wanted", parameters=parameters, model=model, cost=cost)


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
    heads = [study.speech.words(spec.labels.get(name, name)) for name in names]
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


def is_apart(study: Study) -> bool:
    """Is there a run in which each parameter has a rate of its own?"""
    return any(isinstance(run.rate, tuple) for run in study.trajectories.values())


def slopes(study: Study) -> Iterator[Block]:
    """How the slopes of the problem are taken, and of one or two parameters what they are."""
    say, problem = study.speech.say, study.problem
    names = names_of(study.speech, problem)
    derivatives = [problem.derivative_notation(name) for name in problem.parameters[:2]]
    match len(names):
        case 1:
            text = say("report.opening.slope", p=names[0], derivative=derivatives[0])
        case 2:
            text = say("report.opening.slopes-two")
        case 3:
            text = say("report.opening.slopes")
        case count:
            more = say("report.opening.slopes-more", count=count)
            text = join([say("report.opening.slopes"), more])
    if is_apart(study):
        letters = [study.speech.formula("alpha_({p})", p=name) for name in names[:_NAMED]]
        others = [Symbol("dots")] if len(names) > _NAMED else []
        text = join([text, say("report.opening.rates", rates=Fenced(listed([*letters, *others])))])
    yield Paragraph(content=text, gap=8.0)
    if len(names) == 2:
        shown = [
            say("report.formula.derivative", p=name, derivative=slope)
            for name, slope in zip(names, derivatives, strict=True)
        ]
        yield Beside(
            blocks=tuple(Displayed(content=line, size=10.5, align=0.5) for line in shown),
            shares=(1.0, 1.0),
            gap=2.0,
        )
