"""Many steps of plain floats gives what the loop gives that takes one step at a time with arrays."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdcore.run.engines.floats as engine
from gdcore.base.errors import GdError
from gdcore.formula import parse
from gdcore.formula.tape.floats import FloatTape
from gdcore.formula.tape.operations import TapeWriter
from gdcore.optimizers import GradientDescent
from gdcore.problems import LANDSCAPES, LeastSquares, Problem, landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.events import FEW, EventFinder
from gdcore.run.monitor import Monitor

GD = GradientDescent()


class Plain:
    """A problem that shows nothing but its methods, so that there is no tape."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def __getattr__(self, name: str) -> Any:
        return getattr(self._problem, name)


def assert_same(problem: Problem, start: Any, steps: int, rate: float, **options: Any) -> None:
    plain: Any = Plain(problem)
    slow = descend(plain, GD, start, steps, rate=rate, **options)
    assert descend(problem, GD, start, steps, rate=rate, **options) == slow


@pytest.mark.parametrize("name", sorted(LANDSCAPES))
@pytest.mark.parametrize("rate", [0.001, 0.07])
def test_landscapes(name: str, rate: float) -> None:
    problem = landscape(name)
    assert_same(problem, np.full(len(problem.parameters), 0.7), 200, rate)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "x + y",
        "(x+y)^2/2",
        "log(x) + y^2",
        "sqrt(x^2 + y^2)",
        "x^1.5 + y^x",
        "2^x + x^-3 + y",
        "abs(x) + max(x, y) + min(x*y, 1) + sign(x)",
        "tan(x) + atan(y) + tanh(x*y) + sinh(x) + cosh(y)",
        "exp(x^2) - exp(-y)",
        "1/(x*y)",
        "x^7 - y^65",
        "-(3*x)^2 - 2*(y - 1)",
        "x^2 + y^2*z^2 + sin(z)",
    ],
)
@pytest.mark.parametrize("rate", [0.02, 0.9])
def test_formulae(text: str, rate: float) -> None:
    problem = problem_from_formula(text + " + 0*y + 0*z", parameters=["x", "y", "z"])
    assert_same(problem, [1.3, 0.4, -0.8], 90, rate)


@pytest.mark.parametrize("every", [1, 2, 7, 1000])
@pytest.mark.parametrize("steps", [16, 33, 150])
def test_thinning(every: int, steps: int) -> None:
    assert_same(landscape("rosenbrock"), [-1.2, 1], steps, 0.001, every=every)


@pytest.mark.parametrize(
    "stop",
    [{"gradient": 0.5}, {"step": 1e-3}, {"loss": 1e-4}, {"patience": 9}, {"target": 3.7}, {"target": 1e9}],
)
@pytest.mark.parametrize("rate", [0.001, 0.0021])
def test_stop_rules(stop: Mapping[str, float], rate: float) -> None:
    assert_same(landscape("rosenbrock"), [-1.2, 1], 300, rate, stop=stop)


def test_a_domain() -> None:
    assert_same(problem_from_formula("(x-3)^2", domain=[-900, None]), 5, 60, 1.06)
    assert_same(problem_from_formula("log(x)", domain=[0, None]), 5, 60, 1.06)


class Waning:
    def __call__(self, k: int) -> float:
        if k >= 100:
            raise IndexError("no more")
        return 1 / (1 + k)

    def spec(self) -> dict[str, Any]:
        return {"kind": "waning"}


def test_schedules() -> None:
    assert_same(landscape("wavy"), 2.0, 100, 0.3, schedule=Waning())
    # A schedule that ends is asked for no more than the run needs.
    assert_same(landscape("wavy"), 2.0, 500, 0.3, schedule=Waning(), stop={"step": 0.01})
    with pytest.raises(IndexError):
        descend(landscape("wavy"), GD, 2.0, 101, rate=0.3, schedule=Waning())


@pytest.mark.parametrize("offset", [0.0, 1e8])
@pytest.mark.parametrize("columns", [1, 3])
def test_regressions(offset: float, columns: int) -> None:
    rng = np.random.default_rng(columns)
    x = rng.normal(size=(14, columns)) + offset
    problem = LeastSquares({f"x{i}": x[:, i] for i in range(columns)}, x.sum(1) + rng.normal(size=14))
    limit = 2 / problem.eigenvalues(np.zeros(columns + 1))[-1]
    for part in (0.3, 0.99, 1.2):
        assert_same(problem, np.zeros(columns + 1), 120, part * limit)


@given(
    st.sampled_from(
        ["x^4 - y^2 + x*y", "(1-x)^2+100*(y-x^2)^2", "x^2 + y^2 - 3*cos(2*pi*x)", "0.1*x^2+2*y^2"]
    ),
    st.floats(1e-3, 0.6),
    st.integers(0, 120),
    st.integers(0, 120),
    st.sampled_from([1, 5]),
)
def test_where_it_is_cut_does_not_matter(text: str, rate: float, first: int, more: int, every: int) -> None:
    problem = problem_from_formula(text)
    part = descend(problem, GD, [1.5, -0.7], first, rate=rate, every=every)
    whole = descend(problem, GD, [1.5, -0.7], first + more, rate=rate, every=every)
    if part.nonfinite_step is None:
        assert continue_run(part, problem, more) == whole


def test_stretches_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = landscape("hilly")
    whole = descend(problem, GD, [-0.2, 1.3], 200, rate=0.05)
    for longest in (1, 2, FEW, FEW + 1, 50):
        monkeypatch.setattr(engine, "_FIRST", longest)
        monkeypatch.setattr(engine, "_LONGEST", longest)
        assert descend(problem, GD, [-0.2, 1.3], 200, rate=0.05) == whole


# What is seen on the way --------------------------------------------------------------------------------

_FEW_VALUES = st.sampled_from([-1.0, -0.9999, 0.0, 1.0, 1.0001, 2.0])


@given(
    st.lists(st.tuples(*[_FEW_VALUES] * 3), min_size=2, max_size=90), st.lists(st.integers(1, 89), max_size=3)
)
def test_many_rows_are_seen_as_one_by_one(rows: Sequence[tuple[float, ...]], cuts: Sequence[int]) -> None:
    """Few values, so that signs change, vanish and repeat; cut at places that divide what belongs together."""
    table = np.repeat(np.array(rows), 2, axis=0)
    x, loss, gradient = table[:, :2], table[:, 2], table[:, 1::-1]

    def see_all(cuts: Sequence[int], one_by_one: bool) -> tuple[Any, ...]:
        monitor = Monitor(["x", "y"])
        monitor.see(0, x[0].tolist(), float(loss[0]), gradient[0].tolist())
        edges = [0, *sorted({cut for cut in cuts if cut < len(x) - 1}), len(x) - 1]
        for a, b in pairwise(edges):
            here = slice(a + 1, b + 1)
            if one_by_one:
                for k in range(a + 1, b + 1):
                    monitor.see(k, x[k].tolist(), float(loss[k]), gradient[k].tolist())
            else:
                monitor.see_many(a, x[here], loss[here], gradient[here])
        return monitor.snapshot(), monitor.step, monitor.slope, monitor.finder.events(True, None)

    assert see_all(cuts, one_by_one=False) == see_all((), one_by_one=True)


def test_the_finder_alone_needs_a_row_before() -> None:
    with pytest.raises(AssertionError):
        EventFinder(["x"]).see_many(0, np.zeros((20, 1)), np.zeros(20), np.zeros((20, 1)))


# Closures -----------------------------------------------------------------------------------------------


def test_a_long_sum_is_not_nested_too_deep() -> None:
    text = " + ".join(f"sin({i}*x)" for i in range(1, 80))
    problem = problem_from_formula(text)
    assert_same(problem, 0.3, 20, 0.001)


def test_closures_share_what_is_needed_twice() -> None:
    tape = parse("(1-x)^2 + 100*(y-x^2)^2").gradient_tape
    closures = FloatTape(tape)
    assert len(closures.shared) == 1  # y - x^2


_ARITHMETIC = (np.add, np.subtract, np.multiply)
_SHAPES = ("x", "x.y", "sqrt(z)")


@pytest.mark.parametrize("outer", _ARITHMETIC)
@pytest.mark.parametrize("inner", _ARITHMETIC)
@pytest.mark.parametrize("left", _SHAPES)
@pytest.mark.parametrize("right", _SHAPES)
def test_closures_of_every_shape(outer: np.ufunc, inner: np.ufunc, left: str, right: str) -> None:
    """Variables, operations on two of them and functions, in either place."""
    x, y, z = 1.7, -0.3, 5.1
    writer = TapeWriter(3)
    operands = {"x": 0, "x.y": writer.apply(inner, 0, 1), "sqrt(z)": writer.apply(np.sqrt, 2)}
    values = {"x": x, "x.y": float(inner(x, y)), "sqrt(z)": float(np.sqrt(z))}
    closures = FloatTape(writer.tape([writer.fresh(outer, operands[left], operands[right])]))
    assert closures([x, y, z])[0] == float(outer(values[left], values[right]))


def test_errors_stay_what_they_were() -> None:
    with pytest.raises(GdError, match="at the start x = -1 the loss is nan"):
        descend(problem_from_formula("log(x)"), GD, -1, 100, rate=0.1)
