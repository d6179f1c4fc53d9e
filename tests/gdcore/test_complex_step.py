"""Gradients against the complex step, which has no rounding of a difference: ∂f/∂x_i = Im f(x + i h e_i) / h.

It holds for analytic functions alone: one with abs, sign, min or max is not asked. Squire and Trapp, SIAM Review 40
(1998); Martins, Sturdza and Alonso, ACM TOMS 29 (2003). The formulae are worked out here, over complex numbers, by an
evaluator of a few lines that shares nothing with the one of the package; h is so small that h² is below all rounding.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import pytest

from gdcore import LANDSCAPES, Formula, LeastSquares, LogisticRegression, parse
from gdcore.formula.expressions import (
    Call,
    Expression,
    Multiplication,
    NamedNumber,
    Negation,
    Number,
    Power,
    Quotient,
    Sum,
    Variable,
    children,
    has_kinks,
    in_order,
)

H = 1e-200
ANALYTIC: Mapping[str, Callable[[Any], Any]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "atan": np.arctan,
}

MORE = [
    "sin(x)*cos(y) + tan(x/3)",
    "sqrt(1+x^2) + log(2+y^2)",
    "tanh(x) - sinh(y/2)*cosh(x)",
    "atan(3*x) + 2^y + (x^2+1)^y",
    "exp(x*y)^2/(1+exp(x))",
    "(1+x^2)^(-1/3) + y^3 - y^-2",
]
"""Formulae in which every analytic function of the grammar occurs, beside the landscapes."""


def over_complex_numbers(formula: Formula, point: Any) -> Any:
    """The formula at a point (d,) of complex numbers."""
    given = dict(zip(formula.parameters, point, strict=True))
    found: dict[Expression, Any] = {}
    for node in in_order((formula._tree,)):
        parts = [found[child] for child in children(node)]
        match node:
            case Variable(name):
                found[node] = given[name]
            case Number(value, _):
                found[node] = complex(float(value))
            case NamedNumber(_, value):
                found[node] = complex(value)
            case Negation():
                found[node] = -parts[0]
            case Sum():
                found[node] = sum(parts)
            case Multiplication():
                found[node] = np.prod(parts)
            case Quotient():
                found[node] = parts[0] / parts[1]
            case Power(_, Number(value, _)) if value.denominator == 1:
                # By hand: the power of NumPy goes through a logarithm, which has another branch below 0.
                found[node] = np.prod([parts[0]] * int(value))
            case Power(_, Negation(Number(value, _))) if value.denominator == 1:
                found[node] = 1 / np.prod([parts[0]] * int(value))
            case Power():
                found[node] = np.exp(parts[1] * np.log(parts[0]))
            case Call(function, _):
                found[node] = ANALYTIC[function.name](*parts)
            case _:
                raise AssertionError(f"{node} is not analytic")
    return found[formula._tree]


def complex_steps(f: Callable[[Any], Any], point: Any) -> Any:
    """The gradient (d,) of f at a point (d,)."""
    d = len(point)
    return np.array([np.imag(f(point + 1j * H * np.eye(d)[i])) / H for i in range(d)])


def assert_equal_slopes(found: Any, expected: Any, scale: float) -> None:
    """To some thirty units in the last place of the greatest term: no difference of values could tell so much."""
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14 * scale)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_landscape(name: str) -> None:
    found = LANDSCAPES[name]
    problem = found.problem()
    assert not has_kinks(problem.formula._tree), f"{name} is not analytic: leave it out, and say so"
    low, high = np.array(found.domain).T
    for point in np.random.default_rng(3).uniform(low, high, size=(60, low.size)):
        slopes = complex_steps(partial(over_complex_numbers, problem.formula), point)
        terms = np.abs(problem.value(point)) + np.abs(slopes).max() + 1
        assert_equal_slopes(problem.gradient(point), slopes, float(terms))


@pytest.mark.parametrize("text", MORE)
def test_every_analytic_function(text: str) -> None:
    formula = parse(text, ["x", "y"])
    for point in np.random.default_rng(4).uniform(0.2, 2, size=(60, 2)):
        slopes = complex_steps(partial(over_complex_numbers, formula), point)
        assert_equal_slopes(formula.gradient(point), slopes, float(np.abs(slopes).max()) + 1)


@pytest.mark.parametrize("text", MORE)
def test_the_hessian_is_the_complex_step_of_the_gradient(text: str) -> None:
    formula = parse(text, ["x", "y"])
    firsts = [formula.derivative(name) for name in formula.parameters]
    for point in np.random.default_rng(5).uniform(0.2, 2, size=(20, 2)):
        rows = [complex_steps(partial(over_complex_numbers, first), point) for first in firsts]
        assert_equal_slopes(formula.hessian(point), np.array(rows), float(np.abs(rows).max()) + 1)


def test_all_analytic_functions_are_asked() -> None:
    asked = {
        node.function.name
        for text in MORE
        for node in in_order((parse(text, ["x", "y"])._tree,))
        if isinstance(node, Call)
    }
    assert asked == set(ANALYTIC)


@pytest.mark.parametrize("text", ["abs(x)", "sign(x)", "min(x, 1)", "max(x, 1)"])
def test_what_is_not_analytic_is_told_apart(text: str) -> None:
    assert has_kinks(parse(text)._tree)
    with pytest.raises((KeyError, AssertionError)):
        over_complex_numbers(parse(text), np.array([1 + 0j]))


# Models -------------------------------------------------------------------------------------------------

RANDOM = np.random.default_rng(6)
AGE, DOSE = RANDOM.normal(40, 9, 30), RANDOM.normal(2, 0.5, 30)
PRICE = 3 * AGE - 20 * DOSE + RANDOM.normal(0, 5, 30)
SICK = (PRICE.argsort().argsort() >= 15).astype(float)


@pytest.mark.parametrize("ridge", [0.0, 0.3])
@pytest.mark.parametrize("cost", ["mse", "half-mse"])
def test_least_squares(cost: Any, ridge: float) -> None:
    line = LeastSquares({"age": AGE, "dose": DOSE}, PRICE, cost=cost, ridge=ridge)
    share = 1.0 if cost == "mse" else 0.5

    def squares(x: Any) -> Any:
        missed = AGE * x[0] + DOSE * x[1] + x[2] - PRICE
        return share * ((missed * missed).sum() / 30 + ridge * (x[0] * x[0] + x[1] * x[1]))

    for point in np.random.default_rng(7).normal(0, 2, (20, 3)):
        slopes = complex_steps(squares, point)
        assert_equal_slopes(line.gradient(point), slopes, float(np.abs(slopes).max()))


@pytest.mark.parametrize("ridge", [0.0, 0.3])
def test_logistic_regression(ridge: float) -> None:
    model = LogisticRegression({"age": AGE, "dose": DOSE}, SICK, ridge=ridge, standardize=True)
    rows = model.features.matrix

    def loss(x: Any) -> Any:
        logit = rows[:, 0] * x[0] + rows[:, 1] * x[1] + x[2]
        return (np.log(1 + np.exp(logit)) - SICK * logit).sum() / 30 + ridge * (x[0] * x[0] + x[1] * x[1])

    for point in np.random.default_rng(7).normal(0, 2, (20, 3)):
        slopes = complex_steps(loss, point)
        assert_equal_slopes(model.gradient(point), slopes, float(np.abs(slopes).max()) + 1)
