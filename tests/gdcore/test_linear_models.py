"""Ridge, features that are standardised and mapped back, and logistic regression."""

import json
from collections.abc import Callable, Mapping
from statistics import mean, pstdev
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.base.errors import GdError
from gdcore.notation import typst
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import LeastSquares, LogisticRegression
from gdcore.problems.curvature import curvature
from gdcore.run.descent import continue_run, descend

RANDOM = np.random.default_rng(3)
AGE = RANDOM.uniform(20, 60, 40)
DOSE = RANDOM.uniform(0, 5, 40)
PRICE = 3 * AGE - 20 * DOSE + RANDOM.normal(size=40) + 7
SICK = (RANDOM.uniform(size=40) < 1 / (1 + np.exp(-(0.15 * (AGE - 40) + DOSE - 2.5)))).astype(float)


def line(**options: Any) -> LeastSquares:
    return LeastSquares({"age": AGE, "dose": DOSE}, PRICE, "price", **options)


def logit(**options: Any) -> LogisticRegression:
    return LogisticRegression({"age": AGE, "dose": DOSE}, SICK, "sick", **options)


OPTIONS: list[Mapping[str, Any]] = [
    {},
    {"ridge": 0.3},
    {"intercept": False, "ridge": 2},
    {"standardize": True},
    {"standardize": True, "ridge": 0.01},
]
EVERY = pytest.mark.parametrize(
    "make",
    [line, logit, lambda **o: line(cost="half-mse", **o), lambda **o: line(cost="sum", **o)],
    ids=["line", "logit", "half", "sum"],
)


# What holds for all of them -----------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("rows", [None, np.array([3, 7, 7, 31])], ids=["all", "some"])
def test_gradient_and_hessian_against_central_differences(
    make: Callable[..., Any], options: Mapping[str, Any], rows: Any
) -> None:
    problem = make(**options)
    d = len(problem.parameters)
    points = RANDOM.normal(size=(20, d)) * (1.0 if options.get("standardize") else 0.05)
    slopes = problem.value_and_gradient(points, rows)[1]
    for i, step in enumerate(1e-5 * np.eye(d)):
        above, below = (problem.value_and_gradient(points + sign * step, rows) for sign in (1, -1))
        np.testing.assert_allclose((above[0] - below[0]) / 2e-5, slopes[:, i], rtol=1e-5, atol=1e-5)
        if rows is None:
            bent = (above[1] - below[1]) / 2e-5
            np.testing.assert_allclose(problem.hessian(points)[..., i], bent, rtol=1e-4, atol=1e-4)


@EVERY
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_at_the_minimum_the_slope_is_0(make: Callable[..., Any], options: Mapping[str, Any]) -> None:
    problem = make(**options)
    (best,) = problem.minima()
    assert np.abs(problem.gradient(best)).max() < 1e-9 * max(1.0, np.abs(problem.gradient(best * 0)).max())
    assert curvature(problem, best)[0] > 0
    around = best + 1e-3 * RANDOM.normal(size=(50, best.size))
    assert (problem.value(around) > problem.value(best)).all()


@EVERY
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_many_points_are_like_each_alone(make: Callable[..., Any], options: Mapping[str, Any]) -> None:
    problem = make(**options)
    points = RANDOM.normal(size=(3, 5, len(problem.parameters)))
    values, slopes = problem.value_and_gradient(points)
    for place in np.ndindex(3, 5):
        value, slope = problem.value_and_gradient(points[place])
        assert (float(value), slope.tobytes()) == (float(values[place]), slopes[place].tobytes())
        assert problem.hessian(points[place]).tobytes() == problem.hessian(points)[place].tobytes()


@EVERY
@given(w=st.floats(-5, 5), v=st.floats(-5, 5), b=st.floats(-50, 50))
def test_raw_parameters_say_the_same(make: Callable[..., Any], w: float, v: float, b: float) -> None:
    scaled, raw = make(standardize=True), make()
    x = np.column_stack([AGE, DOSE])
    mapped = scaled.raw_parameters([w, v, b])
    np.testing.assert_allclose(raw.predict(mapped, x), scaled.predict([w, v, b], x), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(scaled.from_raw_parameters(mapped), [w, v, b], rtol=1e-9, atol=1e-9)
    assert raw.raw_parameters([w, v, b]).tolist() == [w, v, b]


def test_the_raw_line_of_standardised_features_is_the_line() -> None:
    scaled, raw = line(standardize=True), line()
    np.testing.assert_allclose(scaled.raw_parameters(scaled.solution()), raw.solution(), rtol=1e-11)
    # And a descent on the standardised ones gets there in a few steps, where the raw ones need thousands.
    run = descend(scaled, GradientDescent(), [0, 0, 0], 60, rate=0.45)
    np.testing.assert_allclose(scaled.raw_parameters(run.final), raw.solution(), rtol=1e-6)
    paths = scaled.raw_parameters(run.parameters)
    assert paths.shape == (61, 3)


def test_a_model_without_b_cannot_be_mapped_back() -> None:
    with pytest.raises(GdError, match="Keep the intercept"):
        line(standardize=True, intercept=False).raw_parameters([1, 2])
    assert line(intercept=False).raw_parameters([1, 2]).tolist() == [1, 2]


@pytest.mark.parametrize("intercept", [True, False])
def test_the_raw_model_by_hand(intercept: bool) -> None:
    km, years, price = [22.0, 40.0, 31.0, 75.0], [1.0, 4.0, 2.0, 9.0], [8.0, 7.5, 7.9, 6.0]
    problem = LeastSquares({"km": km, "years": years}, price, "price", standardize=True, intercept=intercept)
    # The deviation of a whole population, not the estimate from a sample.
    means, deviations = [mean(km), mean(years)], [pstdev(km), pstdev(years)]
    np.testing.assert_allclose(problem.features.shift, means, rtol=1e-14)
    np.testing.assert_allclose(problem.features.scale, deviations, rtol=1e-14)
    w, v, b = -0.7, 0.2, 7.0 if intercept else 0.0
    raw = problem.raw_model([w, v, b] if intercept else [w, v])
    np.testing.assert_allclose(raw.slopes, [w / deviations[0], v / deviations[1]], rtol=1e-14)
    left = b - w * means[0] / deviations[0] - v * means[1] / deviations[1]
    assert float(raw.constant) == pytest.approx(left, rel=1e-14)
    # Of a path every point.
    path = problem.raw_model(np.zeros((5, 2 + intercept)) + 1.0)
    assert (path.slopes.shape, path.constant.shape) == ((5, 2), (5,))


def test_the_raw_model_of_powers() -> None:
    x, y = [1.0, 2.0, 4.0], [3.0, 1.0, 7.0]
    curve = LeastSquares({"hours": x}, y, degree=2, standardize=True)
    assert curve.feature_names == ("hours", "hours^2")
    raw = curve.raw_model(curve.solution())
    for at, value in zip(x, y, strict=True):  # the parabola through three points
        assert raw.slopes[0] * at + raw.slopes[1] * at**2 + raw.constant == pytest.approx(value, rel=1e-10)
    assert [typst(curve.feature_notation(i)) for i in (0, 1)] == ["z_1", "z_2"]
    assert [typst(curve.feature_notation(i, raw=True)) for i in (0, 1)] == ["x", "x^2"]
    assert typst(line().feature_notation(1, raw=True)) == "x_2"


def test_without_standardising_the_raw_model_is_the_model() -> None:
    raw = line().raw_model([1.0, 2.0, 3.0])
    assert (raw.slopes.tolist(), float(raw.constant)) == ([1.0, 2.0], 3.0)


# Ridge --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cost", ["mse", "half-mse"])
def test_ridge_is_what_its_formula_says(cost: Any) -> None:
    problem, plain, c = line(ridge=0.7, cost=cost), line(cost=cost), 1 if cost == "mse" else 0.5
    x = np.array([1.5, -2.0, 30.0])
    assert problem.value(x) == pytest.approx(plain.value(x) + c * 0.7 * (1.5**2 + 2**2), rel=1e-13)
    np.testing.assert_allclose(
        problem.gradient(x) - plain.gradient(x), c * 1.4 * np.array([1.5, -2, 0]), atol=1e-9
    )
    centred = np.column_stack([AGE - AGE.mean(), DOSE - DOSE.mean()])
    weights = np.linalg.solve(centred.T @ centred + 40 * 0.7 * np.eye(2), centred.T @ (PRICE - PRICE.mean()))
    np.testing.assert_allclose(problem.solution()[:2], weights, rtol=1e-11)


def test_ridge_settles_what_the_data_leave_open() -> None:
    twice = {"a": AGE, "b": AGE}
    assert LeastSquares(twice, PRICE).minima() == ()
    (best,) = LeastSquares(twice, PRICE, ridge=1e-3).minima()
    assert best[0] == pytest.approx(best[1], rel=1e-9)


def test_ridge_keeps_its_digits_far_from_zero() -> None:
    far = LeastSquares({"age": AGE + 1e8}, PRICE + 1e8, ridge=0.5)
    near = LeastSquares({"age": AGE}, PRICE, ridge=0.5)
    assert far.solution()[0] == pytest.approx(near.solution()[0], rel=1e-6)


def test_ridge_is_written_down() -> None:
    assert "ridge" not in line().spec()
    assert line(ridge=0.5).spec()["ridge"] == 0.5
    assert line(ridge=0.5).typst().endswith(" + 0.5 (w_1^2 + w_2^2)")
    assert line(ridge=0.5, cost="half-mse").typst().endswith(" + 0.25 (w_1^2 + w_2^2)")
    assert line(ridge=0.5).typst_derivative("w2").endswith("x_(i 2) + w_2")
    assert line(ridge=0.5).typst_derivative("b") == line().typst_derivative("b")
    for wrong in (-1, np.nan, np.inf):
        with pytest.raises(GdError, match=r"ridge is .*; it must be a finite number, 0 or more"):
            line(ridge=wrong)


# Logistic -----------------------------------------------------------------------------------------------


def test_logistic_by_hand() -> None:
    problem = LogisticRegression({"x": [0.0, 2.0]}, [0, 1])
    p = 1 / (1 + np.exp(-(1.5 * 2 - 1)))
    q = 1 / (1 + np.exp(1))
    value, slope = problem.value_and_gradient([1.5, -1])
    assert value == pytest.approx(-(np.log(1 - q) + np.log(p)) / 2, rel=1e-14)
    np.testing.assert_allclose(slope, [(p - 1) * 2 / 2, (q + p - 1) / 2], rtol=1e-13)
    np.testing.assert_allclose(problem.predict([1.5, -1], [[0], [2]]), [q, p], rtol=1e-14)


def test_logistic_does_not_overflow() -> None:
    problem = LogisticRegression({"x": [-1.0, 1.0]}, [1, 0], intercept=False)
    value, slope = problem.value_and_gradient(1000.0 * np.ones(1))
    assert (float(value), slope.tolist()) == (1000, [1])
    assert float(problem.value([-1000.0])) == 0
    assert problem.hessian([5000.0]).tolist() == [[0]]


def test_a_line_that_parts_all_rows_leaves_no_minimum() -> None:
    apart = {"x": [1.0, 2.0, 3.0, 4.0]}
    assert LogisticRegression(apart, [0, 0, 1, 1]).minima() == ()
    assert LogisticRegression(apart, [0, 0, 0, 0]).minima() == ()
    assert len(LogisticRegression(apart, [0, 0, 1, 1], ridge=0.01).minima()) == 1
    assert len(LogisticRegression(apart, [0, 1, 0, 1]).minima()) == 1


@pytest.mark.parametrize("name", ["gd", "newton", "cg", "adam"])
def test_descents_reach_the_logistic_minimum(name: str) -> None:
    problem = logit(standardize=True)
    optimizer = make_optimizer(name)
    run = descend(
        problem, optimizer, [0, 0, 0], 1500, rate=optimizer.default_rate or (3 if name == "gd" else 0.05)
    )
    np.testing.assert_allclose(run.final, problem.minima()[0], rtol=1e-6)
    first = descend(problem, optimizer, [0, 0, 0], 700, rate=run.rate)
    assert continue_run(first, problem, 800) == run


def test_logistic_is_written_down() -> None:
    problem = logit(source="patients.csv", ridge=0.1)
    assert json.loads(json.dumps(problem.spec())) == {
        "data": "patients.csv",
        "x": ["age", "dose"],
        "y": "sick",
        "model": "logistic",
        "degree": 1,
        "standardize": False,
        "intercept": True,
        "parameters": ["w1", "w2", "b"],
        "ridge": 0.1,
    }
    assert problem.typst() == (
        "-(1)/(N) sum_(i = 1)^N (y_i ln p_i + (1 - y_i) ln(1 - p_i)) + 0.1 (w_1^2 + w_2^2)"
    )
    assert problem.typst_derivative("b") == "(1)/(N) sum_(i = 1)^N (p_i - y_i)"
    assert problem.typst_derivative("w1") == "(1)/(N) sum_(i = 1)^N (p_i - y_i) x_(i 1) + 0.2 w_1"
    assert problem.typst_model() == "(1)/(1 + e^(-(w_1 x_1 + w_2 x_2 + b)))"
    assert "40 rows" in repr(problem)
    with pytest.raises(GdError, match="'w3' is not a parameter"):
        problem.typst_derivative("w3")


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(GdError, match=r"y \('y'\) is 2 in row 3 \(1 such in all\); it must be 0 or 1"):
        LogisticRegression({"x": [1, 2, 3]}, [0, 1, 2])
    with pytest.raises(GdError, match="same number of rows"):
        LogisticRegression({"x": [1, 2, 3]}, [0, 1])
