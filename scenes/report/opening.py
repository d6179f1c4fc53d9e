"""The first page: title, question, what is minimised, the rule, the runs to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gdcore.problems import LeastSquares

from ..lecture.model import RunSpec
from ..lecture.study import Study
from ..richtext import Maths, Rich, Words, maths, say, words
from ..storyboard.names import typst_name
from ..storyboard.numbers import text_number
from ..theme import Role
from .block import Beside, Block, Whole
from .drawing import Drawing, Panel
from .figures.objective import figure_objective, has_picture
from .inline import inline_reach, inline_width
from .rule import Rule
from .sheet import Sheet
from .spelling import objective_rich, objective_text, plain_name
from .style import DISPLAY, QUESTION, SMALL, TITLE, Style
from .table import Column, Row, Table
from .text import Paragraph, heading
from .worked import column_texts

_DATA_ROWS = 14


@dataclass(frozen=True, kw_only=True)
class Displayed(Whole):
    """A formula by itself, set large; smaller where the column asks for it."""

    content: Rich
    size: float = DISPLAY
    align: float = 0.5
    gap: float = 6.0

    def _fitting(self, width: float) -> float:
        return min(
            self.size, self.size * width / max(inline_width(self.content, self.size, display=True), 1e-6)
        )

    def height(self, width: float) -> float:
        low, high = inline_reach(self.content, self._fitting(width), display=True)
        return high - low + 8.0

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        size = self._fitting(width)
        _, high = inline_reach(self.content, size, display=True)
        sheet.rich(
            left + self.align * width, top - 4.0 - high, self.content, size, display=True, align=self.align
        )


def opening(study: Study, style: Style) -> Iterator[Block]:
    """The blocks of the first page."""
    lecture = study.lecture
    about = "  ·  ".join(part for part in (lecture.course, lecture.author, lecture.date) if part)
    if about:
        yield Paragraph(content=words(about), size=SMALL, role=Role.AXIS, keeps=True)
    yield Paragraph(content=words(lecture.title), size=TITLE, bold=True, leading=1.2, gap=9.0, keeps=True)
    if lecture.question:
        yield Paragraph(content=words(lecture.question), size=QUESTION, role=Role.OBJECTIVE, gap=7.0)
    yield from _minimised(study, style)
    yield from _rule(study)
    yield from _runs(study)


def _minimised(study: Study, style: Style) -> Iterator[Block]:
    problem, spec = study.problem, study.lecture.problem
    if isinstance(problem, LeastSquares):
        yield heading("The data", gap=16.0)
        yield from _data(study, problem, style)
        if spec.note:
            yield _note(spec.note)
        yield heading("The model and its cost")
        yield Paragraph(content=_model_sentence(study, problem), gap=3.0)
        yield Displayed(content=objective_rich(problem), keeps=True, gap=3.0)
    else:
        yield heading("What is minimised", gap=20.0)
        yield Displayed(content=objective_rich(problem), gap=4.0)
    yield Paragraph(
        content=words(f"As text: {objective_text(problem)}"), size=SMALL, role=Role.AXIS, align=0.5, gap=2.0
    )
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


def _model_sentence(study: Study, problem: LeastSquares) -> Rich:
    count = len(problem.parameters)
    which = "the parameter" if count == 1 else "the parameters"
    names: list[Rich] = [maths(typst_name(name), Role.POINT) for name in problem.parameters[:6]]
    listed = Rich(
        tuple(run for i, name in enumerate(names) for run in ((Words(", "),) if i else ()) + name.runs)
    )
    model = Rich((Maths("hat(y) = " + problem.typst_model(), spoken="ŷ = " + problem.typst_model()),))
    mean = (
        "the mean of the squared residuals"
        if problem.cost == "mse"
        else "half the mean of the squared residuals"
    )
    return (
        say(f"Wanted are {which} ")
        + listed
        + say(" of ")
        + model
        + say(f" for which {{objective|$J$}}, {mean} over the $N = {problem.size}$ rows, is least:")
    )


def _data(study: Study, problem: LeastSquares, style: Style) -> Iterator[Block]:
    spec = study.lecture.problem
    raw, targets = problem.rows()
    shown = min(len(targets), _DATA_ROWS)
    names = [*problem.x_names[:5], problem.y_name]
    columns = [column_texts(raw[:shown, i]) for i in range(len(names) - 1)] + [column_texts(targets[:shown])]
    rows = [Row(tuple(cells)) for cells in zip(*columns, strict=True)]
    if shown < len(targets):
        rows.append(Row(("…",) * len(names)))
    heads = [words(spec.labels.get(name, name)) for name in names]
    size = 8.6 if len(rows) <= 9 else 8.2
    table = Table(
        columns=tuple(Column(head) for head in heads),
        rows=tuple(rows),
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
    problem = study.problem
    count = len(problem.parameters)
    yield heading("The rule of gradient descent", gap=14.0)
    yield Rule(problem=problem, keeps=True)
    if count == 1:
        slope = f"$J'({typst_name(problem.parameters[0])}) = {_derivative(study, 0)}$"
        text = say(
            f"Here the slope is {{slope|{slope}}}. What is subtracted, {{step|rate × slope}}, is the step."
        )
    elif count == 2:
        text = say(
            "Both slopes are taken at the old point; then both values change together. "
            "What is subtracted, {step|rate × slope}, is the step."
        )
    else:
        more = f" The rule is the same for all {count} parameters." if count > 3 else ""
        text = say(f"All slopes are taken at the old point; then all values change together.{more}")
    yield Paragraph(content=text, gap=8.0)
    if count == 2:
        yield Beside(
            blocks=tuple(
                Displayed(
                    content=Rich(
                        (
                            Maths(f"(partial J)/(partial {typst_name(name)})", Role.SLOPE),
                            Words(" "),
                            Maths(f"= {_derivative(study, index)}"),
                        )
                    ),
                    size=10.5,
                    align=0.5,
                )
                for index, name in enumerate(problem.parameters)
            ),
            shares=(1.0, 1.0),
            gap=2.0,
        )


def _derivative(study: Study, index: int) -> str:
    return study.problem.typst_derivative(study.problem.parameters[index])


def _runs(study: Study) -> Iterator[Block]:
    runs = list(study.lecture.runs.values())
    others = any(run.optimizer != "gd" for run in runs)
    columns = [Column(words("run"), numbers=False), Column(maths("alpha", Role.STEP)), Column(words("steps"))]
    columns += [Column(words("start"), numbers=False), Column(words("shown in"), numbers=False)]
    if others:
        columns.insert(1, Column(words("optimizer"), numbers=False))
    rows = []
    for run in runs:
        cells = [
            run.name,
            text_number(run.rate),
            f"{run.steps:,}",
            _start(study, run),
            _sections(study, run.name),
        ]
        if others:
            cells.insert(1, run.optimizer)
        rows.append(Row(tuple(cells)))
    yield heading("The runs" if len(runs) > 1 else "The run")
    yield Table(columns=tuple(columns), rows=tuple(rows), gap=4.0)


def _start(study: Study, run: RunSpec) -> str:
    trajectory = study.trajectories[run.name]
    values = trajectory.start[:4]
    shown = ", ".join(
        f"{plain_name(name)} = {text_number(float(value))}"
        for name, value in zip(study.problem.parameters, values, strict=False)
    )
    return shown + (", …" if len(study.problem.parameters) > 4 else "")


def _sections(study: Study, run: str) -> str:
    numbers = [str(i) for i, scene in enumerate(study.lecture.scenes, 1) if run in scene.runs]
    return ("section " if len(numbers) == 1 else "sections ") + ", ".join(numbers) if numbers else "–"


__all__ = ["Displayed", "opening"]
