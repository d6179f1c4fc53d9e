"""Sines and cosines of multiples of pi: as exact as their argument, and the same bits whichever way they are asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest

from gdcore import GradientDescent, descend, descend_many, problem_from_formula
from gdcore.formula import parse
from gdcore.formula.tape.bounds import Bounds
from gdcore.formula.tape.lowering import lowered
from gdcore.formula.tape.operations import unfolded
from gdcore.formula.tape.turns import by_turns

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")


def sine_of_turns(turns: Decimal) -> Decimal:
    """sin(2 pi t) to 40 digits, by the series of Taylor."""
    with localcontext(prec=80):
        angle = 2 * PI * (turns - turns.to_integral_value())
        term = total = angle
        for n in range(1, 40):
            term *= -angle * angle / (2 * n * (2 * n + 1))
            total += term
        return total if abs(total) > Decimal("1e-50") else Decimal(0)  # PI itself is rounded


def units(found: float, exact: Decimal) -> float:
    """How many units in the last place lie between them."""
    return float(abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact))))


@pytest.fixture(scope="module")
def turns() -> list[float]:
    random = np.random.default_rng(4)
    near = np.concatenate([10.0 ** random.uniform(-18, -1, 300) * sign for sign in (-1, 1)])
    return [
        *random.uniform(-0.5, 0.5, 500),
        *random.uniform(-1e3, 1e3, 300),
        *10.0 ** random.uniform(0, 15, 100),
        *near,
        *(near + 0.25),
        *(near + 0.5),
        *(near - 1.0),
    ]


@pytest.mark.parametrize(
    ("text", "ahead"), [("sin(2*pi*t)", "0"), ("-sin(-2*t*pi)", "0"), ("cos(2*pi*t)", "0.25")]
)
def test_within_four_units_of_the_last_place_of_exact_turns(
    text: str, ahead: str, turns: list[float]
) -> None:
    formula = parse(text)
    for t in turns:
        with localcontext(prec=80):
            exact = sine_of_turns(Decimal(t) + Decimal(ahead))
        assert units(float(formula.value([t])), exact) <= 4, t


@pytest.mark.parametrize("whole", [0, 1, -3, 10**6, 2**50])
def test_exact_at_quarters_of_a_turn(whole: int) -> None:
    sine, cosine = parse("sin(2*pi*t)"), parse("cos(2*pi*t)")
    for quarter, s, c in ((0.0, 0, 1), (0.25, 1, 0), (0.5, 0, -1), (0.75, -1, 0)):
        assert sine.value([whole + quarter]) == s
        assert cosine.value([whole + quarter]) == c


def test_never_beyond_one(turns: list[float]) -> None:
    points = np.array(turns)[:, None]
    for text in ("sin(2*pi*t)", "cos(2*pi*t)"):
        assert np.abs(parse(text).value(points)).max() <= 1


def test_odd_and_even(turns: list[float]) -> None:
    points = np.array(turns)[:, None]
    sine, cosine = parse("sin(2*pi*t)"), parse("cos(2*pi*t)")
    assert np.array_equal(sine.value(-points), -sine.value(points))
    assert np.array_equal(cosine.value(-points), cosine.value(points))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("sin(pi*x)", lambda x: np.sin(np.pi * x)),
        ("cos(x*pi/3)", lambda x: np.cos(np.pi * x / 3)),
        ("x*cos(0.15*pi*x)", lambda x: x * np.cos(0.15 * np.pi * x)),
        ("sin(-pi*(x - 1)*4/7)", lambda x: np.sin(-np.pi * (x - 1) * 4 / 7)),
        ("cos(pi*pi*x)", lambda x: np.cos(np.pi * np.pi * x)),
        ("sin(pi*cos(2*pi*x))", lambda x: np.sin(np.pi * np.cos(2 * np.pi * x))),
        ("sin(pi)*x + cos(pi)", lambda x: 0 * x - 1),
        ("sin(pi*sin(x)) + min(x, cos(pi*x))^3", lambda x: np.sin(np.pi * np.sin(x)) + np.minimum(x, np.cos(np.pi * x)) ** 3),
        ("sin(x + pi)", lambda x: np.sin(x + np.pi)),
        ("sin(x/pi)", lambda x: np.sin(x / np.pi)),
    ],
)  # fmt: skip
def test_the_same_function_as_numpy_s(text: str, plain: Callable[[Any], Any]) -> None:
    x = np.random.default_rng(5).uniform(-4, 4, 400)
    assert np.allclose(parse(text).value(x[:, None]), plain(x), rtol=0, atol=2e-14)


def test_the_lowest_point_of_rastrigin_is_zero() -> None:
    formula = parse("20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)")
    value, slope = formula.value_and_gradient([0.0, 0.0])
    assert value == 0
    assert slope.tolist() == [0, 0]
    # Between the valleys, where the sine of an angle that was rounded would be 1e-14 off.
    assert formula.gradient([3.0, -2.5]).tolist() == [6.0, -5.0]


@pytest.mark.parametrize("t", [np.inf, -np.inf, np.nan])
def test_what_is_not_finite_has_no_sine(t: float) -> None:
    for text in ("sin(2*pi*t)", "cos(2*pi*t)"):
        formula = parse(text)
        assert np.isnan(formula.value([t]))
        assert np.isnan(formula.value([[t], [0.5]])[0])


def test_the_greatest_doubles_are_whole_turns() -> None:
    assert parse("sin(2*pi*t)").value([1.7e308]) == 0
    assert parse("cos(2*pi*t)").value([-1.7e308]) == 1


def test_one_point_and_many_have_the_same_bits(turns: list[float]) -> None:
    formula = parse("sin(2*pi*x) + x*cos(0.3*pi*x)")
    points = np.array(turns)[:, None]
    values, slopes = formula.value_and_gradient(points)
    for point, value, slope in zip(points, values, slopes, strict=True):
        assert formula.value_and_gradient(point)[0] == value
        assert formula.value_and_gradient(point)[1] == slope


def test_many_runs_have_the_bits_of_single_ones() -> None:
    problem = problem_from_formula("20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)")
    starts = np.random.default_rng(6).uniform(-5, 5, (40, 2))
    starts[0] = 1e-300, 0.5
    starts[1] = 2.5, -0.25
    many = descend_many(problem, GradientDescent(), starts, 80, rate=0.002)
    for start, end in zip(starts, many.final, strict=True):
        assert np.array_equal(descend(problem, GradientDescent(), start, 80, rate=0.002).final, end)


def test_what_has_no_pi_in_it_stays_as_it_is() -> None:
    tree = parse("sin(x)^2 + 3*pi*x")._tree
    assert by_turns([tree]) == (tree,)


def test_the_bounds_know_that_a_sine_does_not_grow() -> None:
    formula = parse("x^2 - 10*cos(2*pi*x)")
    assert Bounds(formula.tape, 0.001).sure_steps(1e100, 60) == 60


def test_sine_and_cosine_of_one_angle_share_the_part_of_a_turn() -> None:
    def cost(text: str) -> int:
        return len(unfolded(lowered([parse(text)._tree], ["x"])).operations)

    # Their own operations, and the sum; the turns, the whole ones and what is left are common.
    assert cost("sin(2*pi*x) + cos(2*pi*x)") == cost("sin(2*pi*x)") + cost("cos(2*pi*x)") + 1 - 3


@pytest.mark.parametrize("text", ["1/cos(pi*x)", "log(sin(2*pi*x))", "sin(2*pi*x)^-1"])
def test_a_pole_at_a_quarter_of_a_turn_is_outside_the_domain(text: str) -> None:
    formula = parse(text)
    assert not np.isfinite(formula.value([0.5]))
    assert formula.undefined_part([0.5]) is not None


def test_a_root_of_what_is_exactly_zero_is_inside_the_domain() -> None:
    assert parse("sqrt(sin(pi*x))").value([2.0]) == 0
    assert parse("sqrt(1 + sin(pi*x))").undefined_part([2.0]) is None


def test_numbers_that_would_leave_the_doubles_are_not_folded() -> None:
    assert parse("sin(pi*x*1e200*1e200)").value([0.0]) == 0
    assert parse("sin(pi*1e-200*x*1e-200)").value([1e300]) == pytest.approx(np.pi * 1e-100, rel=1e-12)
