"""Powers of two taken out of sums change no bit, and save operations in a step."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore import GradientDescent, descend, descend_many, problem_from_formula
from gdcore.formula import parse
from gdcore.formula.tape.straight import step_program

TEXTS = [
    "(x^2+y-11)^2 + (x+y^2-7)^2",
    "(1-x)^2 + 100*(y-x^2)^2",
    "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "0.5*x^2 + 0.25*y^4 - 8*x*y",
    "4*x^2*y - 2*y^3 + 6*x",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_slope_has_the_bits_of_the_derivative_as_it_is_printed(text: str) -> None:
    formula = parse(text)
    points = np.random.default_rng(2).normal(0, 3, (500, len(formula.parameters)))
    slopes = formula.gradient(points)
    for i, name in enumerate(formula.parameters):
        assert np.array_equal(slopes[:, i], formula.derivative(name).value(points)), name


@pytest.mark.parametrize("text", TEXTS)
def test_many_runs_have_the_bits_of_single_ones(text: str) -> None:
    problem = problem_from_formula(text)
    starts = np.random.default_rng(3).normal(0, 2, (40, 2))
    starts[0] = 0.0
    starts[1] = 5e-324, -1e-310  # below the smallest normal double
    many = descend_many(problem, GradientDescent(), starts, 60, rate=0.003)
    for start, end in zip(starts, many.final, strict=True):
        assert np.array_equal(descend(problem, GradientDescent(), start, 60, rate=0.003).final, end)


def test_a_step_of_himmelblau_takes_as_few_operations_as_there_can_be() -> None:
    program = step_program(parse(TEXTS[0]).straight_gradient, 0.01)
    assert len(program.operations) == 16  # written out as it is printed: 18


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("(1-x)^2 + 100*(y-x^2)^2", 11),  # x - 1 in the place of -(1 - x)
        ("2*(a-b)^2 + 2*(b-c)^2 + 2*(c-a)^2", 12),  # the differences are shared by the slopes
        ("(x-y)^2 + (y-z)^2 + 4*x^2", 12),
    ],
)
def test_a_difference_is_turned_round_only_where_that_saves_something(text: str, most: int) -> None:
    formula = parse(text)
    assert len(step_program(formula.straight_gradient, 0.01).operations) <= most
