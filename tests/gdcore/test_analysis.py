"""Curvature, rates, regimes, thinning."""

import math
from typing import Any

import numpy as np
import pytest

from gdcore.analysis.path import thin
from gdcore.analysis.stability import analyse
from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import LeastSquares, landscape, problem_from_formula
from gdcore.problems.curvature import best_rate, condition_number, curvature, rate_limit, regime
from gdcore.run.descent import descend
from gdcore.schedules import make_schedule

GD = GradientDescent()


def test_curvature_of_a_quadratic() -> None:
    problem = problem_from_formula("0.1*x^2 + 2*y^2")
    eigenvalues = curvature(problem, [7, 7])
    assert eigenvalues.tolist() == pytest.approx([0.2, 4.0], rel=1e-14)
    assert rate_limit(eigenvalues) == pytest.approx(0.5)
    assert best_rate(eigenvalues) == pytest.approx(2 / 4.2)
    assert condition_number(eigenvalues) == pytest.approx(20)


def test_what_rounding_leaves_of_zero_is_zero() -> None:
    problem = problem_from_formula("(x + y/3)^2 + 0*x")
    assert curvature(problem, [1, 1])[0] == 0.0
    assert condition_number(curvature(problem, [1, 1])) is None
    assert best_rate(curvature(problem, [1, 1])) is None


def test_huge_curvature_does_not_overflow_inside() -> None:
    problem = problem_from_formula("x^4 + y^2")
    assert curvature(problem, [1e150, 0])[-1] == pytest.approx(1.2e301)


@pytest.mark.parametrize(
    ("eigenvalues", "limit", "best", "condition"),
    [
        ([2.0], 1.0, 0.5, 1.0),
        ([-1.0, 2.0], 1.0, None, None),
        ([0.0, 2.0], 1.0, None, None),
        ([-3.0, -2.0], None, None, None),
        ([0.0], None, None, None),
        ([5e-324], None, None, 1.0),
    ],
)
def test_quantities_that_do_not_exist_are_none(
    eigenvalues: list[float], limit: float | None, best: float | None, condition: float | None
) -> None:
    assert rate_limit(eigenvalues) == limit
    assert best_rate(eigenvalues) == best
    assert condition_number(eigenvalues) == condition


@pytest.mark.parametrize(
    ("rate", "curvature", "name"),
    [
        (0.0999, 1.0, "crawl"),
        (0.1, 1.0, "smooth"),
        (1.0, 1.0, "smooth"),
        (1.0000001, 1.0, "zig-zag"),
        (1.999999999, 1.0, "zig-zag"),
        (2.0, 1.0, "edge"),
        (2.0 + 5e-13, 1.0, "edge"),
        (2.0 - 5e-13, 1.0, "edge"),
        (2.0 + 2e-12, 1.0, "diverge"),
        (1e308, 1e10, "diverge"),
        (0.1, 0.0, None),
        (0.1, -1.0, None),
        (0.1, None, None),
        (0.1, math.nan, None),
    ],
)
def test_regime(rate: float, curvature: float | None, name: str | None) -> None:
    assert regime(rate, curvature) == name


def test_the_analysis_of_a_quadratic_holds_everywhere() -> None:
    problem = problem_from_formula("(x-3)^2+2")
    analysis = analyse(descend(problem, GD, 0, 5, rate=0.6), problem)
    assert (analysis.largest_curvature, analysis.rate_limit, analysis.best_rate) == (2.0, 1.0, 0.5)
    assert (analysis.condition_number, analysis.regime, analysis.local) == (1.0, "zig-zag", False)
    assert analysis.eigenvalues is not None
    assert analysis.eigenvalues.tolist() == [2.0]


def test_the_analysis_elsewhere_is_local_to_the_last_point() -> None:
    problem = landscape("double-well")
    analysis = analyse(descend(problem, GD, 2.9, 500, rate=0.1), problem)
    assert analysis.local
    assert analysis.largest_curvature == pytest.approx(1.6, rel=1e-9)
    hilltop = analyse(descend(problem, GD, 3, 1, rate=0.1), problem)
    assert (hilltop.rate_limit, hilltop.best_rate, hilltop.condition_number, hilltop.regime) == (None,) * 4
    assert hilltop.largest_curvature == pytest.approx(-0.8)


def test_a_curvature_that_is_not_finite_leaves_nothing_to_say() -> None:
    problem = problem_from_formula("abs(x)^1.5")
    analysis = analyse(descend(problem, GD, 0.0, 1, rate=0.1), problem)
    assert analysis.eigenvalues is None
    assert analysis.largest_curvature is None
    with pytest.raises(GdError, match="not finite"):
        curvature(problem, [0.0])


def test_flat_regression_has_no_limit() -> None:
    problem = LeastSquares({"x": [0.0, 0.0]}, [1.0, 2.0], intercept=False)
    analysis = analyse(descend(problem, GD, 0, 1, rate=0.1), problem)
    assert (analysis.largest_curvature, analysis.rate_limit, analysis.regime) == (0.0, None, None)


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        (0, [0]),
        (7, list(range(8))),
        (10, list(range(11))),
        (11, [*range(11), 11]),
        (25, [*range(11), 25]),
        (26, [*range(11), 25, 26]),
        (70, [*range(11), 25, 40, 55, 70]),
        (200, [*range(11), *range(25, 200, 15), 200]),
    ],
)
def test_thin(steps: int, kept: list[int]) -> None:
    assert thin(steps).tolist() == kept
    assert thin(steps).dtype == np.int64


def test_thin_of_nothing() -> None:
    with pytest.raises(GdError, match="0 or more"):
        thin(-1)


# Where the curvature varies ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "steps", "rate", "word"),
    [
        ("w^8 + 0.2*w^2", 1.4, 4000, 0.01, "depends"),  # it arrives; the walls are too steep for it
        ("w^8 + 0.2*w^2", 1.4, 40, 0.05, "diverge"),  # it leaves; the floor would hold it
        ("w^8 + 0.2*w^2", 1.4, 40, 1e-4, "crawl"),
        ("w^8 + 0.2*w^2", 0.1, 40, 1.0, "smooth"),
        ("w^8 + 0.2*w^2", 0.3, 40, 4.0, "zig-zag"),
        ("v^4-5*v^2-3*v", 0, 50, 0.2, "diverge"),  # above both limits, though it stays
        ("log(x)", 1, 40, 0.001, None),
        ("x^2 + log(y)", [1, 1], 2000, 0.01, "depends"),  # below the limit, and it left: no crawl
    ],
)
def test_the_regime_where_the_curvature_varies(
    text: str, start: Any, steps: int, rate: float, word: str | None
) -> None:
    problem = problem_from_formula(text)
    trajectory = descend(problem, GD, start, steps, rate=rate)
    assert analyse(trajectory, problem).regime == word


def test_the_two_limits() -> None:
    problem = problem_from_formula("w^8 + 0.2*w^2")
    steepest = 2 / (56 * 1.4**6 + 0.4)
    found = analyse(descend(problem, GD, 1.4, 4000, rate=0.01), problem)
    assert found.path_limit == pytest.approx(steepest)
    assert found.rest_limit == found.rate_limit == pytest.approx(5.0)
    left = analyse(descend(problem, GD, 1.4, 40, rate=0.05), problem)
    assert (left.path_limit, left.rest_limit) == (pytest.approx(steepest), None)
    thinned = analyse(descend(problem, GD, 1.4, 4000, rate=0.01, every=4000), problem)
    assert thinned.path_limit == pytest.approx(steepest)
    bowl = landscape("bowl")
    same = analyse(descend(bowl, GD, [1, 1], 3, rate=0.1), bowl)
    assert same.path_limit == same.rest_limit == same.rate_limit == 1.0


@pytest.mark.parametrize(
    ("rate", "word"),
    [(0.001, "crawl"), (0.0075, "smooth"), (0.075, "zig-zag"), (0.08, "zig-zag"), (0.082, "diverge")],
)
def test_the_regimes_of_the_houses(rate: float, word: str) -> None:
    houses = LeastSquares({"bedrooms": [1.0, 2, 3, 4, 5, 6]}, [90.0, 150, 200, 260, 340, 460])
    scale = 24.60499562 / houses.eigenvalues([0, 0])[-1]
    assert analyse(descend(houses, GD, [0, 0], 5, rate=rate * scale), houses).regime == word


@pytest.mark.parametrize(
    ("optimizer", "options"),
    [
        (make_optimizer("momentum"), {}),
        (GradientDescent("sequential"), {}),
        (GradientDescent(weight_decay=0.1), {}),
        (GD, {"schedule": make_schedule({"kind": "exponential", "factor": 0.9})}),
    ],
)
def test_only_plain_descent_has_a_regime(optimizer: Any, options: Any) -> None:
    problem = landscape("bowl")
    trajectory = descend(problem, optimizer, [1, 1], 3, rate=0.1, **options)
    assert not trajectory.plain
    assert trajectory.steps_needed is None
    assert analyse(trajectory, problem).regime is None


def test_eigenvalues_keep_their_digits_in_any_units() -> None:
    apart = curvature(problem_from_formula("1e12*x^2 + 1e-12*y^2"), [0, 0])
    assert apart.tolist() == pytest.approx([2e-12, 2e12], rel=1e-14)
    turned = curvature(problem_from_formula("1e12*x^2 + x*y + 1e-12*y^2"), [0, 0])
    assert turned.tolist() == pytest.approx([1.5e-12, 2e12], rel=1e-12)
    assert curvature(problem_from_formula("1e12*x^2 + 0*y"), [0, 0]).tolist() == [0, 2e12]


def test_a_run_that_flew_too_far_to_be_squared_is_analysed() -> None:
    problem = problem_from_formula("tanh(x)^2", minima=[[0.0]])
    run = descend(problem, GradientDescent(), 1e160, 1, rate=0.1)
    assert analyse(run, problem).local
