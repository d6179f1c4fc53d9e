"""What must hold for any quadratic, any start and any rate: the laws of descent, on random cases."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdcore.analysis.convergence import theoretical_factor
from gdcore.base.arrays import FloatArray
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import LANDSCAPES, FormulaProblem, landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend

GD = GradientDescent()
SEEDS = st.integers(0, 10**6)
# Rules that do not care in which direction the axes point, and those that do.
ROUND = ["gd", "momentum", "nesterov", "newton", "damped-newton", "cg", "backtracking", "exact-line", "bfgs"]
BY_AXIS = ["adagrad", "adadelta", "rmsprop", "adam", "adamw", "adamax", "amsgrad", "nadam", "sign"]
# Rules that scaling the loss leaves as they are: what they divide by grows with it (with eps = 0).
SCALE_FREE: dict[str, dict[str, float]] = {
    "adagrad": {"eps": 0},
    "rmsprop": {"eps": 0},
    "adam": {"eps": 0},
    "adamax": {"eps": 0},
    "amsgrad": {"eps": 0},
    "nadam": {"eps": 0},
    "sign": {},
    "newton": {},
    "cg": {},
    "exact-line": {},
}


def quadratic(matrix: FloatArray, centre: FloatArray, factor: float = 1.0) -> FormulaProblem:
    """factor · (x - c)·H(x - c)/2 as a formula."""
    d = len(centre)
    names = [f"x{i}" for i in range(d)]
    shifted = [f"({name} - ({float(c)!r}))" for name, c in zip(names, centre, strict=True)]
    terms = [
        f"({float(factor * matrix[i, j] / 2)!r})*{shifted[i]}*{shifted[j]}"
        for i in range(d)
        for j in range(d)
    ]
    return problem_from_formula(" + ".join(terms), parameters=names)


def case(seed: int, d: int = 3) -> tuple[FloatArray, FloatArray, FloatArray, np.random.Generator]:
    """A curvature with eigenvalues from 0.2 to 4, a centre and a start."""
    random = np.random.default_rng(seed)
    turn = np.linalg.qr(random.normal(size=(d, d)))[0]
    matrix = turn @ np.diag(random.uniform(0.2, 4, d)) @ turn.T
    return (matrix + matrix.T) / 2, random.uniform(-2, 2, d), random.uniform(-3, 3, d), random


def rate_for(name: str) -> float:
    return make_optimizer(name).default_rate or {"adadelta": 1.0, "momentum": 0.05, "nesterov": 0.05}.get(
        name, 0.1
    )


@given(seed=SEEDS, part=st.floats(0.01, 0.99))
def test_descent_lemma(seed: int, part: float) -> None:
    """J(x - a g) <= J(x) - a (1 - a L/2) g² for every a below 2/L (Nesterov, Lectures on Convex Optimization, 1.2)."""
    matrix, centre, start, _ = case(seed)
    problem = quadratic(matrix, centre)
    largest = np.linalg.eigvalsh(matrix)[-1]
    rate = part * 2 / largest
    run = descend(problem, GD, start, 20, rate=rate)
    squares = (run.gradient[:-1] ** 2).sum(1)
    bound = run.loss[:-1] - rate * (1 - rate * largest / 2) * squares
    assert (run.loss[1:] <= bound + 1e-12 * (1 + np.abs(run.loss[:-1]))).all()


@given(seed=SEEDS, part=st.floats(0.01, 1.2), k=st.integers(0, 40))
def test_closed_form(seed: int, part: float, k: int) -> None:
    """x_k - x* = (I - aH)^k (x_0 - x*)."""
    matrix, centre, start, _ = case(seed)
    rate = part * 2 / np.linalg.eigvalsh(matrix)[-1]
    run = descend(quadratic(matrix, centre), GD, start, k, rate=rate)
    exact = np.linalg.matrix_power(np.eye(3) - rate * matrix, k) @ (start - centre)
    np.testing.assert_allclose(run.final - centre, exact, rtol=1e-8, atol=1e-8 * max(1, np.abs(exact).max()))


@given(seed=SEEDS, name=st.sampled_from(["gd", "momentum", "nesterov"]), part=st.floats(0.05, 0.95))
def test_no_run_is_slower_than_theory_in_the_long_run(seed: int, name: str, part: float) -> None:
    matrix, centre, start, _ = case(seed)
    optimizer = make_optimizer(name)
    rate = part * (2 if name != "nesterov" else 1) / np.linalg.eigvalsh(matrix)[-1]
    factor = theoretical_factor(optimizer, rate, np.linalg.eigvalsh(matrix))
    assert factor is not None
    assume(factor < 1)
    run = descend(quadratic(matrix, centre), optimizer, start, 200, rate=rate)
    errors = np.linalg.norm(run.parameters - centre, axis=1)
    assert errors[200] <= max(200 * factor**200 * 30 * errors[0], 1e-12)


@given(seed=SEEDS, name=st.sampled_from([name for name in ROUND + BY_AXIS if name != "adamw"]))
def test_moving_the_function_moves_the_path(seed: int, name: str) -> None:
    matrix, centre, start, random = case(seed)
    shift = random.integers(-8, 8, 3).astype(float)
    optimizer, rate = make_optimizer(name), rate_for(name)
    here = descend(quadratic(matrix, centre), optimizer, start, 8, rate=rate)
    there = descend(quadratic(matrix, centre + shift), optimizer, start + shift, 8, rate=rate)
    assume(name not in ("sign", "backtracking") or np.abs(here.gradient).min() > 1e-6)
    np.testing.assert_allclose(there.parameters - shift, here.parameters, rtol=1e-6, atol=1e-6)


@given(seed=SEEDS, name=st.sampled_from(ROUND))
def test_turning_the_axes_turns_the_path(seed: int, name: str) -> None:
    matrix, centre, start, random = case(seed)
    turn = np.linalg.qr(random.normal(size=(3, 3)))[0]
    optimizer, rate = make_optimizer(name), rate_for(name)
    here = descend(quadratic(matrix, centre), optimizer, start, 8, rate=rate)
    there = descend(quadratic(turn @ matrix @ turn.T, turn @ centre), optimizer, turn @ start, 8, rate=rate)
    np.testing.assert_allclose(there.parameters, here.parameters @ turn.T, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", BY_AXIS)
def test_turning_the_axes_changes_the_path_of_rules_by_axis(name: str) -> None:
    matrix, centre, start, random = case(1)
    turn = np.linalg.qr(random.normal(size=(3, 3)))[0]
    optimizer, rate = make_optimizer(name), rate_for(name)
    here = descend(quadratic(matrix, centre), optimizer, start, 8, rate=rate)
    there = descend(quadratic(turn @ matrix @ turn.T, turn @ centre), optimizer, turn @ start, 8, rate=rate)
    assert np.abs(there.parameters - here.parameters @ turn.T).max() > 1e-4


@given(seed=SEEDS, factor=st.floats(0.01, 100), name=st.sampled_from(["gd", "momentum", "nesterov"]))
def test_a_steeper_function_at_a_smaller_rate_has_the_same_path(seed: int, factor: float, name: str) -> None:
    matrix, centre, start, _ = case(seed)
    optimizer = make_optimizer(name)
    here = descend(quadratic(matrix, centre), optimizer, start, 10, rate=0.1)
    there = descend(quadratic(matrix, centre, factor), optimizer, start, 10, rate=0.1 / factor)
    np.testing.assert_allclose(there.parameters, here.parameters, rtol=1e-8, atol=1e-8)


@given(seed=SEEDS, power=st.integers(-6, 6), name=st.sampled_from(sorted(SCALE_FREE)))
def test_rules_that_divide_by_slopes_do_not_see_the_scale(seed: int, power: int, name: str) -> None:
    matrix, centre, start, _ = case(seed)
    optimizer, rate = make_optimizer(name, SCALE_FREE[name]), rate_for(name)
    here = descend(quadratic(matrix, centre), optimizer, start, 3, rate=rate)
    there = descend(quadratic(matrix, centre, 4.0**power), optimizer, start, 3, rate=rate)
    np.testing.assert_allclose(there.parameters, here.parameters, rtol=1e-7, atol=1e-7)


@settings(max_examples=60)
@given(
    name=st.sampled_from(ROUND + BY_AXIS),
    place=st.sampled_from([name for name, found in LANDSCAPES.items() if len(found.domain) == 2]),
    cut=st.integers(0, 15),
    seed=SEEDS,
)
def test_two_parts_are_one_run_and_a_part_is_a_beginning(name: str, place: str, cut: int, seed: int) -> None:
    problem = landscape(place)
    low, high = np.array(problem.region).T
    start = np.random.default_rng(seed).uniform(low, high)
    optimizer, rate = make_optimizer(name), make_optimizer(name).default_rate or 0.001
    options: dict[str, Any] = {"rate": rate}
    whole = descend(problem, optimizer, start, 15, **options)
    first = descend(problem, optimizer, start, cut, **options)
    n = len(first)
    assert first.parameters.tobytes() == whole.parameters[:n].tobytes()
    assert first.loss.tobytes() == whole.loss[:n].tobytes()
    if first.nonfinite_step is None:
        assert continue_run(first, problem, 15 - cut) == whole
