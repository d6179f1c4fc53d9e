"""One rate for each parameter: the steps, every engine, and what is said of such runs, worked out in scaled coordinates."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdcore.analysis.convergence import measure_convergence, sweep
from gdcore.analysis.stability import analyse
from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, GradientDescent, make_optimizer
from gdcore.problems import LeastSquares, Problem, landscape, problem_from_formula, read_columns
from gdcore.problems.curvature import curvature
from gdcore.run.descent import continue_run, descend
from gdcore.run.many import descend_many
from gdcore.run.outcome import Outcome
from gdcore.schedules import BarzilaiBorwein, make_schedule
from gdcore.sentences.sentence import At
from gdcore.storage import load, save

DATA = Path(__file__).parent / "data"
GD = GradientDescent()
TRENCH = "2*x^2 + 8*y^2 + x*y"


def houses(**options: Any) -> LeastSquares:
    columns = read_columns(DATA / "houses.csv")
    return LeastSquares(
        {"bedrooms": columns["bedrooms"]}, columns["price"], "price", parameters=["m", "b"], **options
    )


# The steps ----------------------------------------------------------------------------------------------


def test_each_parameter_is_moved_by_its_own_rate() -> None:
    problem = houses()
    run = descend(problem, GD, {"m": 1, "b": 2}, 25, rate={"b": 0.1, "m": 0.01})
    x, y = (column.tolist() for column in (problem.rows()[0][:, 0], problem.rows()[1]))
    m, b = 1.0, 2.0
    for k in range(26):
        assert run.parameters[k] == pytest.approx([m, b], rel=1e-12)
        missed = [m * one - other + b for one, other in zip(x, y, strict=True)]
        along_m = 2 / 7 * sum(r * one for r, one in zip(missed, x, strict=True))
        along_b = 2 / 7 * sum(missed)
        m, b = m - 0.01 * along_m, b - 0.1 * along_b
    assert run.rate == (0.01, 0.1)
    assert run == descend(problem, GD, [1, 2], 25, rate=np.array([0.01, 0.1]))


def test_a_rate_that_is_the_same_for_all_is_one_rate() -> None:
    problem = houses()
    run = descend(problem, GD, [1, 2], 25, rate={"m": 0.01, "b": 0.01})
    assert run.rate == 0.01
    assert run == descend(problem, GD, [1, 2], 25, rate=0.01)
    one = problem_from_formula("(w-3)^2")
    assert descend(one, GD, 0, 5, rate={"w": 0.1}) == descend(one, GD, 0, 5, rate=0.1)


PROBLEMS: Mapping[str, Problem] = {
    "two": problem_from_formula(TRENCH),
    "valley": landscape("rosenbrock"),
    "three": problem_from_formula("(x-1)^2 + 2*(y*z-1)^2 + z^2/3 + sin(x*y)"),
    "line": houses(),
    "norm": houses(cost="norm"),
}
RATES = {"two": (0.03, 0.001), "valley": (2e-4, 1e-4), "three": (0.05, 0.02, 0.1)}


@pytest.mark.parametrize("name", PROBLEMS)
def test_floats_blocks_and_arrays_have_the_same_bits(name: str, tmp_path: Path) -> None:
    problem = PROBLEMS[name]
    d = len(problem.parameters)
    rate = RATES.get(name, (0.003, 0.02))
    starts = np.random.default_rng(5).normal(size=(30, d))
    batch = descend_many(problem, GD, starts, 60, rate=rate)
    assert batch.rate == rate
    general = descend_many(problem, make_optimizer("momentum", {"beta": 0}), starts, 60, rate=rate)
    np.testing.assert_allclose(general.final, batch.final, rtol=1e-9)
    for start, final in zip(starts, batch.final, strict=True):
        quick = descend(problem, GD, start, 60, rate=rate)
        slow = descend(problem, GD, start, 12, rate=rate)
        for _ in range(4):  # too few steps for the engine of floats
            slow = continue_run(slow, problem, 12)
        assert quick == slow
        assert quick.final.tobytes() == final.tobytes()
    for suffix in ("npz", "csv", "json"):
        save(slow, tmp_path / f"run.{suffix}")
        assert load(tmp_path / f"run.{suffix}") == slow
        assert continue_run(load(tmp_path / f"run.{suffix}"), problem, 9) == continue_run(slow, problem, 9)


ELEMENTWISE = [name for name, make in OPTIMIZERS.items() if make().default_rate is None]


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_an_elementwise_rule_is_itself_in_each_parameter(name: str) -> None:
    """Of a sum J(x) + K(y) each part goes its own way, at its own rate."""
    rule = make_optimizer(name)
    both = descend(
        problem_from_formula("(x-3)^4 + 5*(y+1)^2"), rule, [1, 2], 30, rate={"x": 0.02, "y": 0.007}
    )
    one = descend(problem_from_formula("(x-3)^4"), rule, 1, 30, rate=0.02)
    other = descend(problem_from_formula("5*(y+1)^2"), rule, 2, 30, rate=0.007)
    np.testing.assert_allclose(both.parameters[:, 0], one.parameters[:, 0], rtol=1e-12)
    np.testing.assert_allclose(both.parameters[:, 1], other.parameters[:, 0], rtol=1e-12)


def test_schedules_and_batches_and_the_sequential_order_take_them() -> None:
    halving = make_schedule({"kind": "step", "every": 2, "factor": 0.5})
    run = descend(PROBLEMS["two"], GD, [1, 1], 40, rate=[0.03, 0.001], schedule=halving)
    x, y = 1.0, 1.0
    for k in range(40):
        assert run.parameters[k] == pytest.approx([x, y], rel=1e-12)
        share = 0.5 ** (k // 2)
        x, y = x - 0.03 * share * (4 * x + y), y - 0.001 * share * (16 * y + x)
    order = descend(PROBLEMS["two"], GradientDescent(order="sequential"), [1, 1], 3, rate=[0.03, 0.001])
    x, y = 1.0, 1.0
    for k in range(4):
        assert order.parameters[k] == pytest.approx([x, y], rel=1e-12)
        x = x - 0.03 * (4 * x + y)
        y = y - 0.001 * (16 * y + x)
    batches = descend(houses(), GD, [1, 2], 7, rate=[0.003, 0.02], batch_size=1, rows="given")
    m, b = 1.0, 2.0
    for k, (one, price) in enumerate(zip(houses().rows()[0][:, 0], houses().rows()[1], strict=True)):
        assert batches.parameters[k] == pytest.approx([m, b], rel=1e-12)
        missed = m * one + b - price
        m, b = m - 0.003 * 2 * missed * one, b - 0.02 * 2 * missed


# What is said of it -------------------------------------------------------------------------------------


def stretched(x: float, y: float) -> Problem:
    """The trench in the scale in which the rates x and y are 1."""
    p, q = math.sqrt(x), math.sqrt(y)
    return problem_from_formula(f"2*({p!r}*x)^2 + 8*({q!r}*y)^2 + ({p!r}*x)*({q!r}*y)")


@pytest.mark.parametrize("rates", [(0.2, 0.05), (0.4, 0.01), (0.01, 0.1), (0.6, 0.02), (0.02, 0.2)])
def test_a_run_is_one_of_rate_1_in_the_scale_of_its_rates(rates: tuple[float, float]) -> None:
    problem, twin = PROBLEMS["two"], stretched(*rates)
    sizes = np.sqrt(rates)
    ours = descend(problem, GD, [3, -2], 60, rate=rates)
    theirs = descend(twin, GD, np.array([3, -2]) / sizes, 60, rate=1.0)
    np.testing.assert_allclose(ours.parameters, theirs.parameters * sizes, rtol=1e-9, atol=1e-12)
    matrix = np.diag(sizes) @ np.array([[4.0, 1.0], [1.0, 16.0]]) @ np.diag(sizes)
    largest = np.linalg.eigvalsh(matrix)[-1]
    found, expected = analyse(ours, problem), analyse(theirs, twin)
    assert found.largest_curvature == pytest.approx(largest, rel=1e-12)
    assert found.rate_limit == pytest.approx(2 / largest, rel=1e-12)
    assert found.path_limit == found.rest_limit == found.rate_limit
    assert (found.regime, ours.outcome) == (expected.regime, theirs.outcome)
    assert found.condition_number == pytest.approx(expected.condition_number or 0, rel=1e-12)
    assert (found.regime == "diverge") == (largest > 2) == (ours.outcome is Outcome.DIVERGED)
    assert ours.steps_needed == theirs.steps_needed
    if ours.outcome is not Outcome.DIVERGED:
        speed, same = measure_convergence(ours, problem), measure_convergence(theirs, twin)
        assert speed.theory == pytest.approx(np.abs(1 - np.linalg.eigvalsh(matrix)).max(), rel=1e-9)
        assert speed.theory == pytest.approx(same.theory or 0, rel=1e-9)
        assert speed.factor == pytest.approx(speed.theory or 0, rel=0.02)


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_the_theory_of_rules_with_memory_holds_in_that_scale(name: str) -> None:
    run = descend(PROBLEMS["two"], make_optimizer(name, {"beta": 0.5}), [3, -2], 120, rate=[0.1, 0.02])
    speed = measure_convergence(run, PROBLEMS["two"])
    assert speed.theory is not None
    assert speed.factor == pytest.approx(speed.theory, rel=0.03)


def test_where_the_curvature_changes_so_do_the_limits() -> None:
    valley = landscape("rosenbrock")
    run = descend(valley, GD, [-1.2, 1], 500, rate=[0.001, 0.004])
    found = analyse(run, valley)
    sizes = np.sqrt([0.001, 0.004])
    matrices = valley.hessian(run.parameters) * np.outer(sizes, sizes)
    peak = max(np.linalg.eigvalsh(matrix)[-1] for matrix in matrices)
    assert found.path_limit == pytest.approx(2 / peak, rel=1e-3)
    assert found.rate_limit == pytest.approx(2 / np.linalg.eigvalsh(matrices[-1])[-1], rel=1e-9)
    np.testing.assert_allclose(
        curvature(valley, run.final, sizes), np.linalg.eigvalsh(matrices[-1]), rtol=1e-9
    )


def test_the_reasons_name_the_rates_and_the_multiple_that_holds() -> None:
    run = descend(PROBLEMS["two"], GD, [3, -2], 60, rate=[0.6, 0.02])
    (advice,) = (clause for clause in run.reasons if clause.key == "advice.smaller_rates.limit")
    values = dict(advice.values)
    assert values["rates"] == At(("x", "y"), (0.6, 0.02))
    limit = values["limit"]
    assert isinstance(limit, float)
    assert "the rates x = 0.6, y = 0.02 are above the limit, 0.83134 times each of them" in run.reason
    # And what it says holds: below that multiple the run stays, above it it leaves.
    for factor, outcome in ((0.99 * limit, Outcome.CONVERGED), (1.02 * limit, Outcome.DIVERGED)):
        assert (
            descend(PROBLEMS["two"], GD, [3, -2], 3000, rate=[0.6 * factor, 0.02 * factor]).outcome is outcome
        )


def test_the_best_multiple_is_the_quickest() -> None:
    run = descend(PROBLEMS["two"], GD, [3, -2], 20, rate=[0.01, 0.004])
    (advice,) = (clause for clause in run.reasons if clause.key == "advice.more_steps.best.rates")
    best = dict(advice.values)["best"]
    assert isinstance(best, float)
    counts = [
        descend(PROBLEMS["two"], GD, [3, -2], 0, rate=[0.01 * f, 0.004 * f]).steps_needed or math.inf
        for f in (0.9 * best, best, 1.1 * best)
    ]
    assert counts[1] < min(counts[0], counts[2])
    assert run.steps_needed is not None
    done = descend(PROBLEMS["two"], GD, [3, -2], 20 + int(run.steps_needed), rate=[0.01, 0.004])
    assert done.outcome is Outcome.CONVERGED


# Refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name not in ELEMENTWISE])
def test_a_rule_that_finds_a_step_as_a_whole_takes_one_rate(name: str) -> None:
    rule = make_optimizer(name)
    message = f"a rate for each parameter is given, and the optimizer {name} finds the length of each step as a whole"
    for run in (descend, lambda *args, **rest: descend_many(args[0], args[1], [args[2]], args[3], **rest)):
        with pytest.raises(GdError, match=message):
            run(PROBLEMS["two"], rule, [1, 1], 3, rate=[0.5, 1])
    assert descend(PROBLEMS["two"], rule, [1, 1], 1, rate=[0.5, 0.5]).rate == 0.5


def test_a_run_whose_steps_come_to_nothing_is_told_to_take_larger_rates() -> None:
    run = descend(PROBLEMS["two"], make_optimizer("momentum"), [1, 1], 5, rate=[1e-18, 2e-18])
    assert run.reason.endswith("choose rates far above x = 1e-18, y = 2e-18.")


def test_a_schedule_that_finds_a_rate_takes_one() -> None:
    with pytest.raises(GdError, match="the schedule barzilai-borwein finds the length of each step"):
        descend(PROBLEMS["two"], GD, [1, 1], 3, rate=[0.01, 0.1], schedule=BarzilaiBorwein())


def test_a_sweep_goes_along_one_axis() -> None:
    with pytest.raises(GdError, match=r"rates has the shape \(1, 2\); a sweep goes along one axis"):
        sweep(PROBLEMS["two"], GD, [1, 1], [[0.1, 0.2]], 10)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("rate", "part"),
    [
        ({"x": 0.1}, "rate has no entry for y. Give one for each of x, y"),
        ({"x": 0.1, "z": 1}, "rate names 'z'; the parameters are x, y"),
        ([0.1, 0.2, 0.3], "rate has 3 numbers; it must have 2, one for each of x, y"),
        ({"x": 0.1, "y": 0}, "the rate of y is 0; it must be a finite number above 0. Try 0.1"),
        ([0.1, -1], "the rate of y is -1; it must be a finite number above 0"),
        ([0.1, math.nan], "it must be finite numbers"),
        ("0.1", "rate is '0.1'; it must be a number"),
    ],
)
def test_what_cannot_be_a_rate_is_refused(rate: Any, part: str) -> None:
    with pytest.raises(GdError, match=part):
        descend(PROBLEMS["two"], GD, [1, 1], 3, rate=rate)
