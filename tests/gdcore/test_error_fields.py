"""Every mistake says in fields of its own what was found and what the mend is: nobody reads a sentence to learn it."""

import ast
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import gdcore
from gdcore import GradientDescent, descend, landscape, make_optimizer, parse, problem_from_formula
from gdcore.analysis.convergence import sweep
from gdcore.base.errors import DataError, FormulaError, GdError, MissingColumnError
from gdcore.problems import LeastSquares, read_columns
from gdcore.run.many import descend_many
from gdcore.run.sampling import Sampling
from gdcore.run.stopping import stop_rules
from gdcore.schedules import make_schedule
from gdcore.storage import load

GD = GradientDescent()

MISTAKES: list[Callable[[], object]] = [
    lambda: parse(""),
    lambda: parse("1/2x"),
    lambda: parse("x^2 + xy + y^2"),
    lambda: parse("log10(x)"),
    lambda: parse("floor(x)"),
    lambda: parse("\\frac{1}{2}x"),
    lambda: parse("x = 3"),
    lambda: parse("x + $"),
    lambda: parse("sinn(x)"),
    lambda: parse("foo(x)"),
    lambda: parse("sin(x, y)"),
    lambda: parse("(x"),
    lambda: parse("x^9999999"[:3] + ")"),
    lambda: parse("1e999*x"),
    lambda: parse("w", parameters=["v"]),
    lambda: parse("3"),
    lambda: parse("x", parameters=["2x"]),
    lambda: parse("x", constants={"x1": float("nan")}),
    lambda: parse("x+y").value([1.0]),
    lambda: parse("x").derivative("y"),
    lambda: landscape("bowll"),
    lambda: landscape("bowl", ["y", "x"]),
    lambda: problem_from_formula("x^2", domain=[1, 0]),
    lambda: problem_from_formula("x^2", domain=[[0, 1], [0, 1]]),
    lambda: problem_from_formula("x^2", domain=[0, 1], minima=[4.0]),
    lambda: descend(landscape("bowl"), GD, [1, 2], 3, rate=-1),
    lambda: descend(landscape("bowl"), GD, [1, 2], 3, rate="fast"),  # type: ignore[arg-type]
    lambda: descend(landscape("bowl"), GD, [1, 2], -3, rate=0.1),
    lambda: descend(landscape("bowl"), GD, [1, 2], 10**12, rate=0.1),
    lambda: descend(landscape("bowl"), GD, [1, 2], 3),
    lambda: descend(landscape("bowl"), GD, {"x": 1, "z": 2}, 3, rate=0.1),
    lambda: descend(landscape("bowl"), GD, {"x": 1}, 3, rate=0.1),
    lambda: descend(landscape("bowl"), GD, [1, float("inf")], 3, rate=0.1),
    lambda: descend(landscape("bowl"), GD, [1, 2], 3, rate=0.1, batch_size=1),
    lambda: descend(problem_from_formula("log(x)"), GD, -1, 3, rate=0.1),
    lambda: make_schedule({"kind": "milestones", "at": [3, 2]}),
    lambda: make_schedule({"kind": "barzilai-borwein", "per": "epoch"}),
    lambda: descend_many(landscape("bowl"), GD, [[1, 2, 3]], 3, rate=0.1),
    lambda: descend_many(landscape("bowl"), GD, [[1, 2]], 3, rate=0.1, record=[2, 1]),
    lambda: make_optimizer("adham"),
    lambda: make_optimizer("gd", {"speed": 1}),
    lambda: make_optimizer("adam", {"beta1": 1}),
    lambda: make_optimizer("momentum", {"form": "slpe"}),
    lambda: make_schedule({"kind": "stepp"}),
    lambda: make_schedule({"kind": "step"}),
    lambda: make_schedule([]),
    lambda: stop_rules({"gradeint": 1}),
    lambda: stop_rules({"patience": 0}),
    lambda: stop_rules({"improvement": 1}),
    lambda: Sampling(0),
    lambda: Sampling(1, rows="maybe"),  # type: ignore[arg-type]
    lambda: sweep(landscape("bowl"), GD, [1, 2], [], 5),
    lambda: LeastSquares({}, [1.0]),
    lambda: LeastSquares({"x": [1.0, 2.0]}, [1.0]),
    lambda: LeastSquares({"x": [1.0, np.nan]}, [1.0, 2.0]),
    lambda: LeastSquares({"x": [1.0, 1.0]}, [1.0, 2.0], standardize=True),
    lambda: LeastSquares({"x": [1.0, 2.0]}, [1.0, 2.0], parameters=["w"]),
    lambda: LeastSquares({"x": [1.0, 2.0]}, [1.0, 2.0], cost="mae"),  # type: ignore[arg-type]
    lambda: read_columns("nowhere.csv", ["x"]),
    lambda: load("nowhere.npz"),
    lambda: load("nowhere.txt"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=range(len(MISTAKES)))
def test_what_was_found_and_the_mend_are_fields(mistake: Callable[[], object]) -> None:
    with pytest.raises(GdError) as caught:
        mistake()
    error = caught.value
    assert error.found
    assert error.mend
    for clause in (error.found, error.allowed, error.mend):
        assert clause == clause.strip()
        assert not clause.endswith((".", ";", ":"))
    assert error.found in error.message
    assert error.mend[1:] in error.message
    assert error.message in str(error)


@pytest.mark.parametrize(
    ("table", "missing"), [("x,y\n1,2\n", "z"), ("x,y\n1,\n", None), ("x,y\n1,two\n", None), ("x,y\n", None)]
)
def test_tables(tmp_path: Path, table: str, missing: str | None) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table)
    with pytest.raises(DataError) as caught:
        read_columns(path, [missing or "y"])
    assert caught.value.found
    assert caught.value.mend
    if missing is not None:
        assert isinstance(caught.value, MissingColumnError)
        assert (caught.value.missing, caught.value.known) == ("z", ("x", "y"))


def test_a_formula_shows_its_excerpt() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("3 + 1/2x")
    assert caught.value.excerpt == "  3 + 1/2x\n         ^"


def test_every_error_that_is_raised_says_its_mend() -> None:
    """In the source, so that no rare mistake is forgotten; MissingColumnError says its own."""
    without = []
    for file in sorted(Path(gdcore.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"GdError": 2, "FormulaError": 4, "DataError": 99}.get(node.func.id)
                told = any(keyword.arg == "mend" for keyword in node.keywords)
                if place is not None and len(node.args) <= place and not told:
                    without.append(f"{file.name}:{node.lineno}")
    assert not without
