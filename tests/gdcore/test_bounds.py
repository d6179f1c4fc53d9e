"""For how many steps nothing can break."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdcore.formula.tape.bounds as bounds_module
from gdcore.formula import parse
from gdcore.formula.tape.bounds import Bounds
from gdcore.problems import LeastSquares
from gdcore.problems.tapes import tape_of

TEXTS = [
    "(x^2+y-11)^2 + (x+y^2-7)^2",
    "(1-x)^2 + 100*(y-x^2)^2",
    "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "exp(x) - x*y^3",
    "tanh(x) + abs(y) + max(x, y)",
    "x^2 + 3*x - 0.1*y^2 + 1e6*y",
]
RADII = st.floats(-3, 40).map(lambda power: 10.0**power) | st.floats(-3, 3).map(lambda power: 10.0**power)


def bounds_of(text: str, rate: float) -> Bounds:
    return Bounds(parse(text, ["x", "y"]).tape, rate)


def steps_until_broken(text: str, rate: float, points: list[list[float]], most: int) -> int:
    formula = parse(text, ["x", "y"])
    x = np.array(points)
    with np.errstate(all="ignore"):
        for step in range(most):
            x = x - rate * formula.gradient(x)
            if not (np.isfinite(x).all() and np.isfinite(formula.value_and_gradient(x)[0]).all()):
                return step
    return most


@given(st.sampled_from(TEXTS), st.floats(-4, 1).map(lambda power: 10.0**power), RADII)
def test_as_many_steps_as_are_vouched_for_stay_finite(text: str, rate: float, radius: float) -> None:
    sure = bounds_of(text, rate).sure_steps(radius, 1000)
    corners = [[i * radius, j * radius] for i in (-1, 0.5, 1) for j in (-1, 0.3, 1)]
    assert steps_until_broken(text, rate, corners, sure) == sure


@given(
    st.sampled_from(TEXTS), st.floats(1e-4, 2.0), st.lists(st.tuples(RADII, st.integers(1, 90)), max_size=8)
)
def test_what_was_asked_before_only_makes_it_more_careful(
    text: str, rate: float, asked: list[tuple[float, int]]
) -> None:
    bounds = bounds_of(text, rate)
    for radius, most in asked:
        steps = bounds.sure_steps(radius, most)
        assert steps <= most
        assert steps <= bounds_of(text, rate).sure_steps(radius, 1000)


@pytest.mark.parametrize(
    ("text", "rate", "radius", "least"),
    [
        # |x - 0.1 * 2x| <= 1.2 |x|.
        ("x^2", 0.1, 5.0, 64),
        # Every step adds at most 0.001 (2 m + 20 pi) to the bound.
        ("x^2 - 10*cos(2*pi*x)", 0.001, 5.0, 64),
        # m + 0.02 m^3: 5, 7.5, 16, 96, 2e4, 1e11, 3e31, and 5e92, whose fourth power is too great.
        ("x^4", 0.005, 5.0, 6),
    ],
)
def test_it_looks_far_ahead(text: str, rate: float, radius: float, least: int) -> None:
    assert Bounds(parse(text).tape, rate).sure_steps(radius, 1000) >= least


def test_it_looks_no_further_than_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    problem = LeastSquares({f"x{i}": rng.normal(size=20) for i in range(7)}, rng.normal(size=20))
    tape = tape_of(problem)
    assert tape is not None
    calls = []
    work_out = bounds_module._bounds
    monkeypatch.setattr(bounds_module, "_bounds", lambda *given: calls.append(0) or work_out(*given))
    bounds = Bounds(tape, 0.01)
    assert bounds.sure_steps(1000.0, 5) == 5
    assert len(calls) <= 11
    for radius in np.geomspace(1000, 1e-3, 200):  # a run that comes nearer
        assert bounds.sure_steps(float(radius), 5) == 5
    assert len(calls) <= 11


@pytest.mark.parametrize("radius", [math.nan, math.inf, 1e200])
def test_far_out_nothing_is_sure(radius: float) -> None:
    assert Bounds(parse("x^2").tape, 0.1).sure_steps(radius, 10) == 0


@pytest.mark.parametrize("radius", [0.0, 5e-324, 1e-200])
def test_nothing_is_too_near(radius: float) -> None:
    assert Bounds(parse("x^2").tape, 0.1).sure_steps(radius, 10) == 10


def test_nor_where_a_number_is_divided_by_a_variable() -> None:
    assert Bounds(parse("1/x").tape, 0.1).sure_steps(1.0, 10) == 0
