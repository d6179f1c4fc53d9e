"""The `problem` of a lecture: what hangs together in it, its formula and its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from gdcore.arrays import FloatArray
from gdcore.errors import DataError, FormulaError, GdError, MissingColumnError
from gdcore.nearest import did_you_mean
from gdcore.problems import LANDSCAPES, LeastSquares, Problem, landscape, problem_from_formula, read_columns
from scenes.lecture import document
from scenes.lecture.document import Document
from scenes.lecture.faults import Fault, clipped, listed, quoted
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import LOSS, ProblemSpec
from scenes.lecture.paths import file_below
from scenes.lecture.schema import ProblemBlock
from scenes.lecture.validate import salvage

P = TypeVar("P", bound=Problem)

_PROBLEM: document.Path = ("problem",)
_SOURCES = ("formula", "data", "name")
_BELONGS = {
    "formula": ("domain", "minima"),
    "data": ("x", "y", "cost", "degree", "standardize", "intercept", "predict"),
}
_SHAPING = ("parameters", "degree", "intercept", "domain")
"""Keys without which, if they are faulty, the parameters are not known: what hangs on them is not checked."""

_FORMULA = "numbers, names, + - * / ^, round brackets, and functions such as sin(x)"


def read_problem(doc: Document, folder: Path) -> tuple[ProblemSpec, Problem] | None:
    """The problem and its spec; None after a fault that leaves none to work with.

    `folder` is the lecture's, resolved. Faults are reported to `doc`.
    """
    raw = doc.at(_PROBLEM)
    block = salvage(ProblemBlock, raw)
    if block is None or not isinstance(raw, dict):
        return None
    source = _source(doc, raw)
    if source is None:
        return None
    given = getattr(block, source)
    if given is None:  # it has a fault of its own
        return None
    if source == "formula":
        problem: Problem | None = _formula_problem(doc, block, given)
        spec = ProblemSpec((), formula=given, minima=tuple(tuple(point) for point in block.minima or ()))
    elif source == "name":
        problem = _landscape(doc, block, given)
        spec = ProblemSpec((), name=given)
    else:
        path = file_below(doc, ("problem", "data"), given, folder)
        problem = _data_problem(doc, block, path)
        spec = ProblemSpec((), data=path)
    if problem is None or any(key in raw and getattr(block, key) is None for key in _SHAPING):
        return None
    _check_labels(doc, block, problem)
    _check_predict(doc, block, problem)
    return _filled(spec, block, problem), problem


def _filled(spec: ProblemSpec, block: ProblemBlock, problem: Problem) -> ProblemSpec:
    """The spec with everything that the problem and the block settle."""
    least_squares = problem if isinstance(problem, LeastSquares) else None
    domain = zip(problem.parameters, problem.domain, strict=True) if problem.domain else ()
    return ProblemSpec(
        parameters=problem.parameters,
        formula=spec.formula,
        data=spec.data,
        name=spec.name,
        x=least_squares.x_names if least_squares else (),
        y=least_squares.y_name if least_squares else None,
        cost=block.cost or "mse",
        degree=block.degree or 1,
        standardize=bool(block.standardize),
        intercept=block.intercept is not False,
        domain=FrozenMap(domain),
        minima=spec.minima,
        predict=block.predict,
        labels=FrozenMap(block.labels or {}),
        note=block.note,
    )


def _source(doc: Document, raw: Mapping[str, object]) -> str | None:
    """Which of formula, data and name is given; keys that belong to another one are reported."""
    given = [key for key in _SOURCES if key in raw]
    if not given:
        mend = 'write for example `formula: "(x-3)^2+2"`, or `data: houses.csv` with `x` and `y`'
        doc.report(_PROBLEM, "neither formula, data nor name", "one of the three", mend, at_key=True)
        return None
    for other in given[1:]:
        mend = f"keep {given[0]} or {other}"
        doc.report((*_PROBLEM, other), f"{other} beside {given[0]}", "one of the two", mend, at_key=True)
    for owner, keys in _BELONGS.items():
        for key in keys:
            if owner != given[0] and key in raw:
                found = f"{key}, which belongs to {owner}, beside {given[0]}"
                allowed = listed((*_BELONGS.get(given[0], ()), "parameters", "labels", "note"))
                doc.report((*_PROBLEM, key), found, allowed, "take it away", at_key=True)
    return given[0]


# Each kind of problem ------------------------------------------------------------------------------------


def _formula_problem(doc: Document, block: ProblemBlock, text: str) -> Problem | None:
    def build(**settings: Any) -> Problem:
        return problem_from_formula(text, **settings)

    domain = block.domain
    stages: list[tuple[str, dict[str, Any]]] = [
        ("formula", {}),
        ("parameters", {"parameters": block.parameters} if block.parameters else {}),
        ("domain", {"domain": domain} if domain is not None else {}),
        ("minima", {"minima": block.minima} if block.minima else {}),
    ]
    try:
        return _built(doc, build, stages)
    except FormulaError as error:
        path: document.Path = ("problem", "formula")
        place = doc.place_within(path, error.column)
        found = f"a mistake in the formula: {error.found}"
        doc.report(path, found, error.allowed or _FORMULA, error.mend, at=place, excerpt=error.excerpt)
    return None


def _landscape(doc: Document, block: ProblemBlock, name: str) -> Problem | None:
    if name not in LANDSCAPES:
        mend = did_you_mean(name, LANDSCAPES, "choose one of them, or write a formula")
        doc.report(("problem", "name"), f"the unknown landscape {quoted(name)}", listed(LANDSCAPES), mend)
        return None

    def build(**settings: Any) -> Problem:
        return landscape(name, **settings)

    return _built(doc, build, [("name", {}), ("parameters", {"parameters": block.parameters})])


def _data_problem(doc: Document, block: ProblemBlock, path: Path | None) -> Problem | None:
    raw = doc.at(_PROBLEM)
    for key, what in (("x", "the column to predict from"), ("y", "the column to predict")):
        if isinstance(raw, dict) and key not in raw:
            mend = f"add `{key}: ` and a column's name"
            doc.report((*_PROBLEM, key), "nothing", what, mend)
    if path is None or block.x is None or block.y is None:
        return None
    for i, name in enumerate(block.x):
        if name in block.x[:i] or name == block.y:
            found = f"the column {quoted(name)} a second time"
            doc.report(_column_path(doc, i), found, "each column once, as x or as y", "take it away")
            return None
    columns = _columns(doc, path, block.x, block.y)
    if columns is None:
        return None
    x = {name: columns[name] for name in block.x}
    y, y_name = columns[block.y], block.y

    def build(**settings: Any) -> Problem:
        return LeastSquares(x, y, y_name=y_name, source=path.name, **settings)

    stages: list[tuple[str, dict[str, Any]]] = [
        ("x", {"cost": block.cost or "mse", "intercept": block.intercept is not False}),
        ("degree", {"degree": block.degree or 1}),
        ("standardize", {"standardize": bool(block.standardize)}),
        ("parameters", {"parameters": block.parameters} if block.parameters else {}),
    ]
    return _built(doc, build, stages)


def _built(
    doc: Document, build: Callable[..., P], stages: Sequence[tuple[str, Mapping[str, Any]]]
) -> P | None:
    """Build with the settings of all stages. Where that fails, the first stage that fails has the fault.

    Raises FormulaError, which has a place of its own.
    """
    try:
        return build(**{name: value for _, settings in stages for name, value in settings.items()})
    except FormulaError:
        raise
    except GdError:
        pass
    settings: dict[str, Any] = {}
    for key, more in stages:
        settings.update(more)
        try:
            build(**settings)
        except GdError as error:
            doc.report((*_PROBLEM, key), error.found, error.allowed or "what fits the problem", error.mend)
            return None
    return None


def _column_path(doc: Document, i: int | None) -> document.Path:
    """Where the name of the i-th x column stands, or of y."""
    if i is None:
        return ("problem", "y")
    return ("problem", "x", i) if isinstance(doc.at(("problem", "x")), list) else ("problem", "x")


def _columns(doc: Document, path: Path, x: Sequence[str], y: str) -> Mapping[str, FloatArray] | None:
    """The columns; the first fault of each is reported, in the data file or at the name in the lecture."""
    try:
        return read_columns(path, (*x, y))
    except DataError:
        pass
    shown = Path(doc.file).parent / str(doc.at(("problem", "data")))
    for i, name in (*enumerate(x), (None, y)):
        try:
            read_columns(path, (name,))
        except MissingColumnError as error:
            found = f"the column {quoted(error.missing)}, which {shown.name} does not have"
            doc.report(_column_path(doc, i), found, listed(map(clipped, error.known)), error.mend)
        except DataError as error:
            key = f"column {error.column}" if error.column else ""
            allowed = error.allowed or "a header, and numbers below it"
            fault = Fault(str(shown), error.line, None, clipped(key), error.found, allowed, error.mend)
            doc.faults.append(fault)
    return None


# What hangs on the problem -------------------------------------------------------------------------------


def _check_labels(doc: Document, block: ProblemBlock, problem: Problem) -> None:
    columns = (*problem.x_names, problem.y_name) if isinstance(problem, LeastSquares) else ()
    known = (*columns, *problem.parameters, LOSS)
    for name in block.labels or {}:
        if name not in known:
            mend = did_you_mean(name, known, "take it away")
            path = ("problem", "labels", name)
            doc.report(path, f"a label for {quoted(name)}", listed(known), mend, at_key=True)


def _check_predict(doc: Document, block: ProblemBlock, problem: Problem) -> None:
    if block.predict is not None and isinstance(problem, LeastSquares) and len(problem.x_names) > 1:
        found = f"predict with {len(problem.x_names)} columns"
        doc.report(("problem", "predict"), found, "predict with one column x", "take it away", at_key=True)
