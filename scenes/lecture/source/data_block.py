"""What belongs to a problem with data: its columns, the names of its parameters, the rows that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gdcore.base.errors import DataError, MissingColumnError
from gdcore.base.nearest import did_you_mean
from gdcore.problems import DataTable, LeastSquares, LeftOut, read_table
from gdcore.problems.tables import Missing, doubts_about

from . import document
from .built import built
from .document import Document
from .faults import Fault, clipped, comma_list, in_quotes
from .schema import ProblemBlock


def data_problem(
    doc: Document, at: document.Path, block: ProblemBlock, path: Path | None
) -> LeastSquares | None:
    """The regression on the columns that the block at `at` names; None after a fault."""
    raw = doc.at(at)
    for key, what in (("x", "the column to predict from"), ("y", "the column to predict")):
        if isinstance(raw, dict) and key not in raw:
            mend = f"add `{key}: ` and a column's name"
            doc.report((*at, key), "nothing", what, mend)
    if path is None or block.x is None or block.y is None:
        return None
    for i, name in enumerate(block.x):
        if name in block.x[:i] or name == block.y:
            found = f"the column {in_quotes(name)} a second time"
            doc.report(_column_path(doc, at, i), found, "each column once, as x or as y", "take it away")
            return None
    missing = block.missing or "refuse"
    table = _table(doc, at, path, block.x, block.y, missing)
    if table is None:
        return None
    x = {name: table.columns[name] for name in block.x}
    y, y_name = table.columns[block.y], block.y
    left_out = table.left_out if missing == "drop" else None

    def build(**settings: Any) -> LeastSquares:
        return LeastSquares(x, y, y_name=y_name, source=path.name, left_out=left_out, **settings)

    stages: list[tuple[str, dict[str, Any]]] = [
        ("x", {"cost": block.cost or "mse", "intercept": block.intercept is not False}),
        ("degree", {"degree": block.degree or 1}),
        ("standardize", {"standardize": bool(block.standardize)}),
        ("ridge", {"ridge": block.ridge or 0.0}),
    ]
    if isinstance(block.parameters, dict):
        plain = built(doc, at, build, stages)
        names = None if plain is None else _renamed(doc, at, block.parameters, plain)
        if names is None:
            return None
        stages.append(("parameters", {"parameters": names}))
    elif block.parameters:
        stages.append(("parameters", {"parameters": block.parameters}))
    return built(doc, at, build, stages)


def _renamed(
    doc: Document, at: document.Path, given: Mapping[str, str], problem: LeastSquares
) -> list[str] | None:
    """The parameters' names in their order, from a map by column (`intercept` for b) or by their usual names."""
    path: document.Path = (*at, "parameters")
    usual = problem.parameters
    places = {name: i for i, name in enumerate(usual)}
    if problem.intercept:
        places["intercept"] = len(usual) - 1
    if problem.features.degree == 1:
        places |= {name: i for i, name in enumerate(problem.x_names)}
    names = list(usual)
    said: dict[int, str] = {}
    turned = all(name in places for name in given.values())
    for key, name in given.items():
        if key not in places:
            mend = did_you_mean(key, places, "take it away")
            if turned:
                pairs = comma_list(f"{other}: {own}" for own, other in given.items())
                mend = f"the map is the wrong way round; write {{{pairs}}}"
            found = f"a name for {in_quotes(key)}"
            doc.report((*path, key), found, comma_list(map(clipped, places)), mend, at_key=True)
            return None
        place = places[key]
        if place in said:
            found = f"{in_quotes(key)} beside {in_quotes(said[place])}, which is the same parameter"
            doc.report((*path, key), found, "each parameter once", "take one of them away", at_key=True)
            return None
        said[place] = key
        names[place] = name
    return names


def rows_asked(
    doc: Document, at: document.Path, block: ProblemBlock, problem: LeastSquares
) -> tuple[tuple[float, ...], ...]:
    """The rows of x whose y is asked for, each in the order of the columns; faults are reported to `doc`."""
    given = block.predict
    path: document.Path = (*at, "predict")
    if given is None:
        return ()
    rows = (
        [(path, given)] if not isinstance(given, list) else [((*path, i), row) for i, row in enumerate(given)]
    )
    found = [_row(doc, here, row, problem.x_names) for here, row in rows]
    return tuple(row for row in found if row is not None)


def _row(doc: Document, path: document.Path, given: Any, columns: Sequence[str]) -> tuple[float, ...] | None:
    """One row of x: a number (of one column), a list in the order of the columns, or a map by column."""
    example = f"write for example `{{{', '.join(f'{clipped(name)}: 1' for name in columns)}}}`"
    allowed = f"one number for each of {comma_list(map(clipped, columns))}"
    if isinstance(given, dict):
        for name in given:
            if name not in columns:
                mend = did_you_mean(name, columns, "take it away")
                doc.report(
                    (*path, name),
                    f"a value of {in_quotes(name)}",
                    comma_list(map(clipped, columns)),
                    mend,
                    at_key=True,
                )
                return None
        missing = [name for name in columns if name not in given]
        if missing:
            doc.report(path, f"no value of {comma_list(map(in_quotes, missing))}", allowed, example)
            return None
        return tuple(given[name] for name in columns)
    row = tuple(given) if isinstance(given, list) else (given,)
    if len(row) != len(columns):
        numbers = "1 number" if len(row) == 1 else f"{len(row)} numbers"
        doc.report(path, f"{numbers} for {len(columns)} column{'s' * (len(columns) != 1)}", allowed, example)
        return None
    return row


def _column_path(doc: Document, at: document.Path, i: int | None) -> document.Path:
    """Where the name of the i-th x column stands, or of y."""
    if i is None:
        return (*at, "y")
    return (*at, "x", i) if isinstance(doc.at((*at, "x")), list) else (*at, "x")


def _table(
    doc: Document, at: document.Path, path: Path, x: Sequence[str], y: str, missing: Missing
) -> DataTable | None:
    """The columns; the first fault of each is reported, in the data file or at the name in the lecture."""
    try:
        table = read_table(path, (*x, y), missing)
    except DataError as error:
        _report_each(doc, at, path, x, y, missing, error)
        return None
    _warn_of(doc, at, path, (*x, y), table.left_out)
    for doubt in doubts_about(table.columns):
        found = f"the column {in_quotes(doubt.column)}, in which {doubt.found}"
        place = x.index(doubt.column) if doubt.column in x else None
        doc.warn(_column_path(doc, at, place), found, doubt.allowed, doubt.mend)
    return table


def _warn_of(doc: Document, at: document.Path, path: Path, names: Sequence[str], left_out: LeftOut) -> None:
    """Rows without a number are left out as was asked; how many is for the lecturer to know."""
    if not left_out.rows:
        return
    columns = " or ".join(map(in_quotes, names))
    rows = f"{left_out.rows} of {left_out.of} rows"
    found = f"{rows} of {clipped(path.name)} without a number in {columns}: left out"
    doc.warn((*at, "missing"), found, "rows with a number in every column", "fill them in, or leave it so")


def _report_each(
    doc: Document,
    at: document.Path,
    path: Path,
    x: Sequence[str],
    y: str,
    missing: Missing,
    of_all: DataError,
) -> None:
    """The fault of each column, in the data file or at its name in the lecture; that `of_all` where none has its own."""
    shown = Path(doc.file).parent / str(doc.at((*at, "data")))
    before = len(doc.faults)

    def report(error: DataError) -> None:
        key = f"column {error.column}" if error.column else ""
        allowed = error.allowed or "a header, and numbers below it"
        fault = Fault(str(shown), error.line, None, clipped(key), error.found, allowed, error.mend)
        doc.faults.append(fault)

    for i, name in (*enumerate(x), (None, y)):
        try:
            read_table(path, (name,), missing)
        except MissingColumnError as error:
            found = f"the column {in_quotes(error.missing)}, which {shown.name} does not have"
            whole = next((known for known in error.known if error.missing in _parts(known)), None)
            mend = error.mend if whole is None else f"put a name with commas in quotes: [{in_quotes(whole)}]"
            doc.report(_column_path(doc, at, i), found, comma_list(map(clipped, error.known)), mend)
        except DataError as error:
            report(error)
    if len(doc.faults) == before:
        report(of_all)


def _parts(name: str) -> list[str]:
    """What YAML makes of a name with commas in a list without quotes; nothing of another name."""
    return [part.strip() for part in name.split(",")] if "," in name else []
