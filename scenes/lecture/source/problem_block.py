"""The `problem` of a lecture: what hangs together in it, its formula and its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gdcore.base.errors import FormulaError, UnclearNameError
from gdcore.base.nearest import did_you_mean
from gdcore.problems import LANDSCAPES, LeastSquares, Problem, landscape, problem_from_formula
from scenes.lecture.frozen import FrozenMap
from scenes.lecture.model import LOSS, ProblemSpec

from . import document
from .built import built
from .data_block import data_problem, rows_asked
from .document import Document
from .faults import comma_list, in_quotes
from .key_notes import notes_in
from .paths import data_file
from .schema import ProblemBlock
from .synonyms import is_misnamed
from .validate import salvage

_SOURCES = ("formula", "data", "name")
_BELONGS = {
    source: keys
    for source in _SOURCES
    if (keys := tuple(name for name, notes in notes_in(ProblemBlock) if notes.of == source))
}
_SHAPING = ("parameters", "degree", "intercept", "domain")
"""Keys without which, if they are faulty, the parameters are not known: what hangs on them is not checked."""

_FORMULA = "numbers, names, + - * / ^, round brackets, and functions such as sin(x)"


def read_problem(doc: Document, at: document.Path, folder: Path) -> tuple[ProblemSpec, Problem] | None:
    """The problem that stands at `at` and its spec; None after a fault that leaves none to work with.

    `folder` is the lecture's, resolved. Faults are reported to `doc`.
    """
    raw = doc.at(at)
    block = salvage(ProblemBlock, raw)
    if block is None or not isinstance(raw, dict):
        return None
    source = _source(doc, at, raw)
    if source is None:
        return None
    given = getattr(block, source)
    if given is None:  # it has a fault of its own
        return None
    if source == "formula":
        problem: Problem | None = _formula_problem(doc, at, block, given)
        spec = ProblemSpec((), formula=given, minima=tuple(tuple(point) for point in block.minima or ()))
    elif source == "name":
        problem = _landscape(doc, at, block, given)
        spec = ProblemSpec((), name=given)
    else:
        path = data_file(doc, (*at, "data"), given, folder)
        problem = data_problem(doc, at, block, path)
        spec = ProblemSpec((), data=path)
    if problem is None or any(key in raw and getattr(block, key) is None for key in _SHAPING):
        return None
    _check_labels(doc, at, block, problem)
    predict = rows_asked(doc, at, block, problem) if isinstance(problem, LeastSquares) else ()
    return _filled(spec, block, problem, predict), problem


def _filled(
    spec: ProblemSpec, block: ProblemBlock, problem: Problem, predict: tuple[tuple[float, ...], ...]
) -> ProblemSpec:
    """The spec with everything that the problem and the block settle."""
    least_squares = problem if isinstance(problem, LeastSquares) else None
    domain = zip(problem.parameters, problem.domain, strict=True) if problem.domain else ()
    return replace(
        spec,
        parameters=problem.parameters,
        x=least_squares.x_names if least_squares else (),
        y=least_squares.y_name if least_squares else None,
        missing=block.missing or "refuse",
        cost=block.cost or "mse",
        degree=block.degree or 1,
        standardize=bool(block.standardize),
        intercept=block.intercept is not False,
        domain=FrozenMap(domain),
        ridge=block.ridge or 0.0,
        predict=predict,
        labels=FrozenMap(block.labels or {}),
        note=block.note,
    )


def _source(doc: Document, at: document.Path, raw: Mapping[str, object]) -> str | None:
    """Which of formula, data and name is given; keys that belong to another one are reported."""
    given = [key for key in _SOURCES if key in raw]
    if not given and any(is_misnamed(key, raw, ProblemBlock.model_fields) for key in _SOURCES):
        return None
    if not given:
        mend = 'write for example `formula: "(x-3)^2+2"`, or `data: houses.csv` with `x` and `y`'
        doc.report(at, "neither formula, data nor name", "one of the three", mend, at_key=True)
        return None
    for other in given[1:]:
        mend = f"keep {given[0]} or {other}"
        doc.report((*at, other), f"{other} beside {given[0]}", "one of the two", mend, at_key=True)
    for owner, keys in _BELONGS.items():
        for key in keys:
            if owner != given[0] and key in raw:
                found = f"{key}, which belongs to {owner}, beside {given[0]}"
                allowed = comma_list((*_BELONGS.get(given[0], ()), "parameters", "labels", "note"))
                doc.report((*at, key), found, allowed, "take it away", at_key=True)
    return given[0]


# Each kind of problem ------------------------------------------------------------------------------------


def _formula_problem(doc: Document, at: document.Path, block: ProblemBlock, text: str) -> Problem | None:
    def build(**settings: Any) -> Problem:
        return problem_from_formula(text, **settings)

    domain, names = block.domain, _listed_names(doc, at, block)
    stages: list[tuple[str, dict[str, Any]]] = [
        ("formula", {}),
        ("parameters", {"parameters": names} if names else {}),
        ("domain", {"domain": domain} if domain is not None else {}),
        ("minima", {"minima": block.minima} if block.minima else {}),
    ]
    try:
        return built(doc, at, build, stages)
    except FormulaError as error:
        path: document.Path = (*at, "formula")
        if doc.is_at_fault(path) and not text.isprintable():
            return None  # what backslashes have become was reported where it was read
        place = doc.place_within(path, error.column)
        found, allowed = f"a mistake in the formula: {error.found}", error.allowed or _FORMULA
        if isinstance(error, UnclearNameError):
            error = error.told_to(f"give `parameters: [{comma_list(error.parameters)}]`")
            allowed = f"{error.piece}, or {error.name} among the `parameters`"
        doc.report(path, found, allowed, error.mend, at=place, excerpt=error.excerpt)
    return None


def _listed_names(doc: Document, at: document.Path, block: ProblemBlock) -> Sequence[str] | None:
    """The order of a formula's parameters; a map is for the columns of data."""
    if isinstance(block.parameters, dict):
        mend = "write the names in their order, such as [x, y]"
        found = "a map of names, which belongs to data"
        doc.report((*at, "parameters"), found, "a list of names", mend)
        return None
    return block.parameters


def _landscape(doc: Document, at: document.Path, block: ProblemBlock, name: str) -> Problem | None:
    if name not in LANDSCAPES:
        mend = did_you_mean(name, LANDSCAPES, "choose one of them, or write a formula")
        doc.report((*at, "name"), f"the unknown landscape {in_quotes(name)}", comma_list(LANDSCAPES), mend)
        return None

    def build(**settings: Any) -> Problem:
        return landscape(name, **settings)

    return built(
        doc, at, build, [("name", {}), ("parameters", {"parameters": _listed_names(doc, at, block)})]
    )


# What hangs on the problem -------------------------------------------------------------------------------


def _check_labels(doc: Document, at: document.Path, block: ProblemBlock, problem: Problem) -> None:
    columns = (*problem.x_names, problem.y_name) if isinstance(problem, LeastSquares) else ()
    known = (*columns, *problem.parameters, LOSS)
    for name in block.labels or {}:
        if name not in known:
            mend = did_you_mean(name, known, "take it away")
            path = (*at, "labels", name)
            doc.report(path, f"a label for {in_quotes(name)}", comma_list(known), mend, at_key=True)
