"""For how many steps nothing can break."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.formula import parse
from gdcore.formula.bounds import Bounds

TEXTS = [
    "(x^2+y-11)^2 + (x+y^2-7)^2",
    "(1-x)^2 + 100*(y-x^2)^2",
    "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "exp(x) - x*y^3",
    "tanh(x) + abs(y) + max(x, y)",
]


def steps_until_broken(text: str, rate: float, points: list[list[float]], most: int) -> int:
    formula = parse(text, ["x", "y"])
    x = np.array(points)
    with np.errstate(all="ignore"):
        for step in range(most):
            x = x - rate * formula.gradient(x)
            if not (np.isfinite(x).all() and np.isfinite(formula.value_and_gradient(x)[0]).all()):
                return step
    return most


@given(st.sampled_from(TEXTS), st.floats(1e-4, 2.0), st.floats(1e-3, 1e40))
def test_as_many_steps_as_are_vouched_for_stay_finite(text: str, rate: float, radius: float) -> None:
    sure = Bounds(parse(text, ["x", "y"]).straight_all, rate).sure_steps(radius)
    corners = [[i * radius, j * radius] for i in (-1, 0.5, 1) for j in (-1, 0.3, 1)]
    assert steps_until_broken(text, rate, corners, sure) == sure


@pytest.mark.parametrize(
    ("text", "rate", "radius", "least"),
    [
        # |x - 0.1 * 2x| <= 1.2 |x|, and 1.2^900 is 2e71.
        ("x^2", 0.1, 5.0, 900),
        # Every step adds at most 0.001 (2 m + 20 pi) to the bound.
        ("x^2 - 10*cos(2*pi*x)", 0.001, 5.0, 1000),
        # m + 0.02 m^3: 5, 7.5, 16, 96, 2e4, 1e11, 3e31, and 5e92, whose fourth power is too great.
        ("x^4", 0.005, 5.0, 6),
    ],
)
def test_it_looks_far_ahead(text: str, rate: float, radius: float, least: int) -> None:
    assert Bounds(parse(text).straight_all, rate).sure_steps(radius) >= least


@pytest.mark.parametrize("radius", [math.nan, math.inf, 1e200])
def test_far_out_nothing_is_sure(radius: float) -> None:
    assert Bounds(parse("x^2").straight_all, 0.1).sure_steps(radius) == 0


def test_nor_where_a_number_is_divided_by_a_variable() -> None:
    assert Bounds(parse("1/x").straight_all, 0.1).sure_steps(1.0) == 0
