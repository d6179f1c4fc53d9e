"""One tape, however it is run: the bits are the same, and nothing on it is there twice or for nothing."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore import LANDSCAPES, GradientDescent, descend, descend_many, landscape, problem_from_formula
from gdcore.formula import parse
from gdcore.formula.tape.blocks import BlockPlan, rows
from gdcore.formula.tape.evaluator import Evaluator
from gdcore.formula.tape.lowering import lowered
from gdcore.formula.tape.operations import step_tape, unfolded

TEXTS = [
    *(landscape.formula for landscape in LANDSCAPES.values()),
    "0.5*x^2 + 0.25*y^4 - 8*x*y",
    "4*x^2*y - 2*y^3 + 6*x",
    "2^x + x^-3*y^2.5 - y^65",
    "abs(x) + max(x, y)*min(x*y, 1) - sign(y)",
    "tan(x)*atan(y) + cosh(x) - sinh(y)/sqrt(x)",
    "3 + 0*x",
]


@pytest.mark.parametrize("text", TEXTS)
def test_one_point_many_points_and_blocks_of_points_have_the_same_bits(text: str) -> None:
    formula = parse(text)
    points = np.random.default_rng(2).normal(
        0, 3, (9000, len(formula.parameters))
    )  # more than go through at once
    points[:40] = np.round(points[:40])  # zeros, and numbers whose powers are exact
    evaluate = Evaluator(formula.tape)
    over = np.array(evaluate(points))
    few = np.array([evaluate(point) for point in points[:200]]).T
    assert np.array_equal(few, over[:, :200], equal_nan=True)
    assert np.array_equal(np.array(evaluate(points[7:31])), over[:, 7:31], equal_nan=True)
    plan = BlockPlan(unfolded(formula.tape), [None] * len(over))
    block = plan.bound(list(np.ascontiguousarray(points.T)), rows(plan.buffers, len(points)))
    with np.errstate(all="ignore"):
        block.run()
    for found, output in zip(block.outputs, over, strict=True):
        assert np.array_equal(np.broadcast_to(found, output.shape), output, equal_nan=True)


@pytest.mark.parametrize("text", TEXTS)
def test_a_slope_has_the_bits_of_the_derivative_as_it_is_printed(text: str) -> None:
    formula = parse(text)
    points = np.random.default_rng(2).normal(0, 3, (500, len(formula.parameters)))
    slopes = formula.gradient(points)
    for i, name in enumerate(formula.parameters):
        assert np.array_equal(slopes[:, i], formula.derivative(name).value(points), equal_nan=True), name


@pytest.mark.parametrize("text", TEXTS[:7] + TEXTS[-6:-3])
def test_many_runs_have_the_bits_of_single_ones(text: str) -> None:
    problem = problem_from_formula(text)
    starts = np.random.default_rng(3).normal(0, 1, (20, len(problem.parameters)))
    starts[0] = 0.5
    starts[1] = 1e-310  # below the smallest normal double
    many = descend_many(problem, GradientDescent(), starts, 60, rate=0.003)
    for start, end, loss in zip(starts, many.final, many.loss, strict=True):
        if np.isfinite(loss):
            assert np.array_equal(descend(problem, GradientDescent(), start, 60, rate=0.003).final, end)


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 5), (2, 0, 4)])
def test_points_of_any_shape(shape: tuple[int, ...]) -> None:
    formula = landscape("himmelblau").formula
    value, gradient = formula.value_and_gradient(np.zeros((*shape, 2)))
    assert np.shape(value) == shape
    assert gradient.shape == (*shape, 2)


def test_what_occurs_twice_is_done_once_and_what_is_not_needed_is_left_out() -> None:
    step = step_tape(parse("(x^2+y-11)^2 + (x+y^2-7)^2").gradient_tape, 0.01)
    assert len(step.operations) == 16  # the two brackets 6, half of the slopes 6, the moves 4
    assert len(set(step.operations)) == 16


def test_a_slope_is_worked_out_without_twos_and_without_a_first_negation() -> None:
    formula = parse("(1-x)^2 + 100*(y-x^2)^2")
    step = step_tape(formula.gradient_tape, 0.01)
    assert (
        len(step.operations) == 11
    )  # x - 1 and y - x^2 3, half of the slope along x 3, along y 1, the moves 4
    points = np.random.default_rng(3).normal(size=(500, 2)) * 10.0 ** np.arange(-50, 50, 0.2)[:, None]
    written = Evaluator(lowered(formula._first, formula.parameters))(points)
    assert np.array_equal(formula.gradient(points), np.stack(written, axis=-1))


def test_numbers_are_folded() -> None:
    assert len(lowered([parse("x*(2*3 - 4^2)")._tree], ["x"]).operations) == 1
