"""Products of several columns as features, in the order of scikit-learn's PolynomialFeatures."""

from typing import Any

import numpy as np
import pytest

from gdcore.optimizers import GradientDescent
from gdcore.problems import LeastSquares, LogisticRegression
from gdcore.run.descent import descend

RANDOM = np.random.default_rng(8)
KM, AGE = RANDOM.uniform(0, 9, 30), RANDOM.uniform(1, 4, 30)
PRICE = 5 + 2 * KM - AGE + 0.5 * KM * AGE - 0.2 * AGE**2 + 0.1 * RANDOM.normal(size=30)


def cars(**options: Any) -> LeastSquares:
    return LeastSquares({"km": KM, "age": AGE}, PRICE, "price", **options)


def test_the_order_is_that_which_scikit_learn_documents() -> None:
    """sklearn.preprocessing.PolynomialFeatures, version 1.5: its example, without the column of ones."""
    problem = LeastSquares({"a": [0, 2, 4], "b": [1, 3, 5]}, [0, 0, 1], degree=2)
    assert problem.features.matrix.tolist() == [[0, 1, 0, 0, 1], [2, 3, 4, 6, 9], [4, 5, 16, 20, 25]]
    assert problem.feature_names == ("a", "b", "a^2", "a b", "b^2")
    assert problem.parameters == ("w1", "w2", "w3", "w4", "w5", "b")
    three = LeastSquares({"a": [1], "b": [2], "c": [3]}, [0], degree=3)
    assert three.feature_names == (
        *("a", "b", "c", "a^2", "a b", "a c", "b^2", "b c", "c^2"),
        *("a^3", "a^2 b", "a^2 c", "a b^2", "a b c", "a c^2", "b^3", "b^2 c", "b c^2", "c^3"),
    )
    assert three.features.matrix.tolist() == [
        [1, 2, 3, 1, 2, 3, 4, 6, 9, 1, 2, 3, 4, 6, 9, 8, 12, 18, 27],
    ]


@pytest.mark.parametrize("cost", ["mse", "sum"])
def test_a_descent_is_that_of_a_loop_over_the_rows(cost: Any) -> None:
    rate = 1e-5 if cost == "mse" else 1e-5 / 30
    run = descend(cars(degree=2, cost=cost), GradientDescent(), [0] * 6, 20, rate=rate)
    weights, b = [0.0] * 5, 0.0
    for _ in range(20):
        slopes, slope = [0.0] * 5, 0.0
        for x, y, price in zip(KM.tolist(), AGE.tolist(), PRICE.tolist(), strict=True):
            features = [x, y, x * x, x * y, y * y]
            missed = sum(w * f for w, f in zip(weights, features, strict=True)) + b - price
            slopes = [old + 2 * missed * f for old, f in zip(slopes, features, strict=True)]
            slope += 2 * missed
        share = 1e-5 / 30
        weights = [w - share * s for w, s in zip(weights, slopes, strict=True)]
        b -= share * slope
    np.testing.assert_allclose(run.final, [*weights, b], rtol=1e-11)


@pytest.mark.parametrize("standardize", [False, True])
def test_the_best_model_is_that_of_the_features_written_out(standardize: bool) -> None:
    problem = cars(degree=2, standardize=standardize)
    table = np.column_stack([KM, AGE, KM**2, KM * AGE, AGE**2, np.ones(30)])
    expected = np.linalg.lstsq(table, PRICE, rcond=None)[0]
    np.testing.assert_allclose(problem.raw_parameters(problem.solution()), expected, rtol=1e-9)
    np.testing.assert_allclose(
        problem.predict(problem.solution(), [[2.0, 3.0], [0.0, 1.0]]),
        [expected @ [2, 3, 4, 6, 9, 1], expected @ [0, 1, 0, 0, 1, 1]],
        rtol=1e-9,
    )
    assert problem.is_determined


@pytest.mark.parametrize("intercept", [False, True])
def test_a_model_of_standardized_products_is_said_in_the_units_of_the_data(intercept: bool) -> None:
    problem = cars(degree=2, standardize=True, intercept=intercept)
    parameters = np.arange(1.0, len(problem.parameters) + 1)
    raw = problem.raw_model(parameters)
    table = np.column_stack([KM, AGE, KM**2, KM * AGE, AGE**2])
    expected = problem.predict(parameters, np.column_stack([KM, AGE]))
    np.testing.assert_allclose(table @ raw.slopes + raw.constant, expected, rtol=1e-9)


def test_products_that_say_nothing_new_leave_the_parameters_undetermined() -> None:
    # Of a column of zeros and ones the square is the column itself.
    problem = LeastSquares({"yes": [0, 1, 0, 1, 1], "x": [1, 2, 3, 5, 8]}, [1, 2, 3, 4, 5], degree=2)
    assert problem.feature_names[2] == "yes^2"
    assert not problem.is_determined
    assert problem.minima() == ()


def test_how_the_model_is_written() -> None:
    assert cars(degree=2).typst_model() == "w_1 x_1 + w_2 x_2 + w_3 x_1^2 + w_4 x_1 x_2 + w_5 x_2^2 + b"
    assert cars(degree=2).typst_derivative("w4").endswith("x_(i 1) x_(i 2)")
    assert cars(degree=3).typst_derivative("w7").endswith(" x_(i 1)^2 x_(i 2)")
    # A standardised product is no product of standardised columns.
    assert cars(degree=2, standardize=True).typst_model() == (
        "w_1 z_1 + w_2 z_2 + w_3 z_3 + w_4 z_4 + w_5 z_5 + b"
    )
    assert cars(degree=2, ridge=0.5).typst().endswith("+ 0.5 (w_1^2 + w_2^2 + w_3^2 + w_4^2 + w_5^2)")


def test_of_many_features_the_first_and_the_last_are_written() -> None:
    assert cars(degree=3).typst_model().count("w_") == 9
    many = cars(degree=4, ridge=0.1)
    assert len(many.parameters) == 15
    assert many.typst_model() == "w_1 x_1 + w_2 x_2 + w_3 x_1^2 + dots.h + w_(14) x_2^4 + b"
    assert many.typst().endswith("+ 0.1 (w_1^2 + w_2^2 + w_3^2 + dots.h + w_(14)^2)")


def test_logistic_regression_has_the_same_features() -> None:
    sick = (KM * AGE > 12).astype(float)
    problem = LogisticRegression({"km": KM, "age": AGE}, sick, degree=2, ridge=0.01, standardize=True)
    assert problem.features.names == cars(degree=2).feature_names
    assert problem.predict(problem.minima()[0], [[9.0, 4.0]])[0] > 0.9
    assert problem.predict(problem.minima()[0], [[0.5, 1.0]])[0] < 0.1


def test_one_column_has_the_bits_of_its_powers() -> None:
    problem = LeastSquares({"km": KM}, PRICE, degree=3)
    assert problem.features.matrix.tolist() == np.column_stack([KM, KM * KM, KM * KM * KM]).tolist()
