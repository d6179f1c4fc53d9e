"""Errors say the place and the mend, travel between processes, and are the only ones that reach a user."""

import contextlib
import pickle
import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gdcore.base.errors import DataError, FormulaError, GdError, MissingColumnError
from gdcore.formula import FUNCTIONS, parse
from gdcore.optimizers import GradientDescent
from gdcore.problems import LANDSCAPES, landscape, read_columns
from gdcore.run.descent import descend
from gdcore.storage import load, save

IN_A_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    "error",
    [
        GdError("no"),
        GdError("rate is -1", "it must be above 0", "try 0.1"),
        FormulaError("2x", 2, "an operator is missing", mend="write 2*x"),
        DataError("the cell is empty", "a.csv", 3, "price", allowed="a number is needed", mend="fill it in"),
        DataError("empty", Path("a.csv")),
        MissingColumnError("prize", ["price", "size"], "a.csv", 1),
    ],
)
def test_errors_travel_between_processes(error: GdError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_how_they_read() -> None:
    assert str(GdError("rate is -1", "it must be above 0", "try 0.1")) == (
        "rate is -1; it must be above 0. Try 0.1."
    )
    assert str(GdError("there is no rate", mend="did you mean 1?")) == "there is no rate. Did you mean 1?"
    assert str(GdError("rate is -1", "it must be above 0")) == "rate is -1; it must be above 0."
    assert str(FormulaError("3 + 2x", 6, "an operator is missing", mend="write 2*x")) == (
        "column 6: an operator is missing. Write 2*x.\n  3 + 2x\n       ^"
    )
    assert str(DataError("it is empty", "a.csv", 3, "price")) == "a.csv:3, column 'price': it is empty."
    assert str(DataError("it is empty", "a.csv")) == "a.csv: it is empty."
    missing = MissingColumnError("prize", ["price", "size"], "a.csv", 1)
    assert (
        str(missing) == "a.csv:1: there is no column 'prize'; there are 'price', 'size'. Did you mean price?"
    )
    assert (missing.missing, missing.known) == ("prize", ("price", "size"))


PIECES = [*FUNCTIONS, *"xy()+-*/^,. ", "**", "2", "0.5", "1e5", "pi", "e", "1e999", "\n", "é", "²"]


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=30)))
@example("(" * 300 + "x")
@example("-" * 1999 + "x")
@example("^".join(["2"] * 400) + "*x")
@example("x" + "/x" * 200)
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    told: GdError | None = None
    try:
        formula = parse(text)
    except GdError as error:
        told = error
    if told is None:
        formula.value_and_gradient(np.ones(len(formula.parameters)))
        assert formula.typst()
        assert str(formula)
    elif isinstance(told, FormulaError):
        assert 1 <= told.column <= len(text) + 1


CELLS = st.sampled_from(["1", "2.5", "2,5", "", "x", "y", "nan", '"', "1e999", " ", "\0", "é", "-", "1.2.3"])
LINES = st.lists(st.lists(CELLS, max_size=4), max_size=6)


@IN_A_FOLDER
@given(LINES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "latin-1", "utf-16", "utf-8-sig"]))
def test_any_table_is_read_or_a_data_error(
    tmp_path: Path, lines: list[list[str]], separator: str, encoding: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("\n".join(separator.join(cells) for cells in lines).encode(encoding))
    try:
        columns = read_columns(path, ["x"])
    except DataError:
        return
    assert np.isfinite(columns["x"]).all()
    assert columns["x"].size


@IN_A_FOLDER
@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_data_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    with contextlib.suppress(DataError):
        assert read_columns(tmp_path / "table.csv")


@IN_A_FOLDER
@given(st.sampled_from(["npz", "csv", "json"]), st.floats(0, 1), st.integers(1, 255))
def test_a_flipped_byte_in_a_saved_run_never_breaks_out(
    tmp_path: Path, suffix: str, where: float, flip: int
) -> None:
    path = tmp_path / f"run.{suffix}"
    run = descend(landscape("bowl"), GradientDescent(), [1, 2], 4, rate=0.1)
    save(run, path)
    content = bytearray(path.read_bytes())
    content[min(int(where * len(content)), len(content) - 1)] ^= flip
    path.write_bytes(content)
    with contextlib.suppress(DataError):
        assert load(path).parameters.shape == run.parameters.shape


@given(st.text(string.printable, max_size=10).filter(lambda name: name not in LANDSCAPES))
def test_any_other_name_is_no_landscape(name: str) -> None:
    with pytest.raises(GdError, match="there are parabola"):
        landscape(name)
