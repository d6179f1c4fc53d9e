"""What is made of the residuals, mean, half of it, sum or norm, against loops over the rows."""

import math
from typing import Any

import numpy as np
import pytest

from gdcore.analysis.stability import analyse
from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import LeastSquares, problem_from_formula
from gdcore.problems.curvature import curvature, rate_limit
from gdcore.problems.linear.costs import COSTS
from gdcore.problems.tapes import tape_of
from gdcore.rest.verdict import RestKind
from gdcore.run.descent import continue_run, descend
from gdcore.run.many import descend_many
from gdcore.run.outcome import Outcome
from gdcore.schedules import make_schedule
from gdcore.storage import load, save

GD = GradientDescent()
X, Y = [1.0, 2.0, 3.0, 4.0, 6.0], [3.0, 5.5, 6.0, 9.0, 12.5]


def line(cost: Any, **options: Any) -> LeastSquares:
    return LeastSquares({"x": X}, Y, "y", cost=cost, **options)


def straight(cost: Any = "norm", **options: Any) -> LeastSquares:
    """Rows that lie on the line 2 x + 1."""
    return LeastSquares({"x": X}, [2 * x + 1 for x in X], "y", cost=cost, **options)


def by_hand(cost: str, w: float, b: float) -> tuple[float, float, float]:
    """J, ∂J/∂w and ∂J/∂b, row by row."""
    squares = along_w = along_b = 0.0
    for x, y in zip(X, Y, strict=True):
        r = w * x + b - y
        squares, along_w, along_b = squares + r * r, along_w + 2 * r * x, along_b + 2 * r
    if cost == "norm":
        root = math.sqrt(squares)
        return root, along_w / (2 * root), along_b / (2 * root)
    share = {"mse": 1 / len(X), "half-mse": 1 / (2 * len(X)), "sum": 1.0}[cost]
    return share * squares, share * along_w, share * along_b


@pytest.mark.parametrize("cost", COSTS)
def test_value_slope_and_every_step_are_those_of_a_loop(cost: Any) -> None:
    rate = {"mse": 0.02, "half-mse": 0.04, "sum": 0.004, "norm": 0.02}[cost]
    run = descend(line(cost), GD, [0.5, -1], 40, rate=rate)
    w, b = 0.5, -1.0
    for k in range(41):
        value, along_w, along_b = by_hand(cost, w, b)
        assert run.parameters[k] == pytest.approx([w, b], rel=1e-12)
        assert run.loss[k] == pytest.approx(value, rel=1e-12)
        assert run.gradient[k] == pytest.approx([along_w, along_b], rel=1e-9, abs=1e-12)
        w, b = w - rate * along_w, b - rate * along_b


def test_values_worked_out_by_hand() -> None:
    # At w = 2, b = 0 the residuals are -1, -1.5, 0, -1 and -0.5.
    at = np.array([2.0, 0.0])
    assert [float(line(cost).value(at)) for cost in COSTS] == pytest.approx(
        [4.5 / 5, 4.5 / 10, 4.5, math.sqrt(4.5)], rel=1e-14
    )
    assert line("sum").gradient(at).tolist() == pytest.approx([-22, -8], rel=1e-13)
    assert line("norm").gradient(at).tolist() == pytest.approx(
        [-11 / math.sqrt(4.5), -4 / math.sqrt(4.5)], rel=1e-13
    )


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("options", [{}, {"intercept": False}, {"degree": 2}, {"standardize": True}], ids=str)
def test_the_curvature_is_that_of_differences_and_of_its_root(cost: Any, options: dict[str, Any]) -> None:
    problem = line(cost, **options)
    d = len(problem.parameters)
    for point in np.random.default_rng(4).normal(size=(8, d)) * 2:
        differences = [
            (problem.gradient(point + 1e-5 * axis) - problem.gradient(point - 1e-5 * axis)) / 2e-5
            for axis in np.eye(d)
        ]
        matrix = problem.hessian(point)
        np.testing.assert_allclose(matrix, differences, rtol=2e-6, atol=2e-6 * np.abs(matrix).max())
        root = problem.curvature_root(point)
        np.testing.assert_allclose(root.T @ root, matrix, rtol=1e-11, atol=1e-12 * np.abs(matrix).max())
        np.testing.assert_allclose(
            problem.eigenvalues(point),
            np.linalg.eigvalsh(matrix),
            rtol=1e-7,
            atol=1e-12 * np.abs(matrix).max(),
        )


@pytest.mark.parametrize("cost", COSTS)
def test_all_costs_have_the_same_best_line(cost: Any) -> None:
    assert line(cost).solution().tolist() == line("mse").solution().tolist()
    assert line(cost).minima()[0].tolist() == line("mse").solution().tolist()
    assert np.abs(line(cost).gradient(line(cost).solution())).max() < 1e-13


def test_the_rates_of_the_sum_are_smaller_by_the_number_of_rows() -> None:
    mean, total = (rate_limit(curvature(line(cost), [0, 0])) for cost in ("mse", "sum"))
    assert mean is not None
    assert total == pytest.approx(mean / len(X), rel=1e-13)
    ours, theirs = (
        descend(line(cost), GD, [0, 0], 9, rate=rate) for cost, rate in (("sum", 0.004), ("mse", 0.02))
    )
    np.testing.assert_allclose(ours.parameters, theirs.parameters, rtol=1e-12)
    # Above the limit it leaves.
    assert descend(line("sum"), GD, [0, 0], 50, rate=1.05 * (total or 0)).outcome is Outcome.DIVERGED


@pytest.mark.parametrize("cost", COSTS)
def test_floats_blocks_and_arrays_have_the_same_bits(cost: Any) -> None:
    for problem in (line(cost), straight(cost)):
        assert tape_of(problem) is not None
        starts = np.random.default_rng(2).normal(size=(40, 2))
        starts[0] = problem.solution()
        batch = descend_many(problem, GD, starts, 60, rate=0.003)
        for start, final in zip(starts, batch.final, strict=True):
            quick = descend(problem, GD, start, 60, rate=0.003)
            # In steps too few for the engine of floats.
            slow = descend(problem, GD, start, 12, rate=0.003)
            for _ in range(4):
                slow = continue_run(slow, problem, 12)
            assert quick == slow
            assert quick.final.tobytes() == final.tobytes()


# A ridge ------------------------------------------------------------------------------------------------


def test_a_ridge_is_added_to_the_sum_as_it_is_said() -> None:
    problem, plain = line("sum", ridge=3.0), line("sum")
    at = np.array([1.5, 30.0])
    assert problem.value(at) == pytest.approx(plain.value(at) + 3 * 1.5**2, rel=1e-13)
    np.testing.assert_allclose(problem.gradient(at) - plain.gradient(at), [2 * 3 * 1.5, 0], atol=1e-9)
    # scikit-learn's Ridge with alpha = 3: centred, then (x² + alpha) w = x y.
    x, y = np.array(X) - np.mean(X), np.array(Y) - np.mean(Y)
    assert problem.solution()[0] == pytest.approx((x @ y) / (x @ x + 3), rel=1e-13)
    np.testing.assert_allclose(line("mse", ridge=3 / len(X)).solution(), problem.solution(), rtol=1e-13)


def test_a_ridge_beside_a_root_is_refused() -> None:
    with pytest.raises(GdError) as error:
        line("norm", ridge=0.1)
    assert error.value.allowed == "it belongs to the costs mse, half-mse and sum"
    assert error.value.mend == "take the cost sum, or leave the ridge out"
    assert line("sum", ridge=0.1).ridge == 0.1


# Some of the rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ridge", [0.0, 0.7])
def test_the_sums_over_the_batches_of_an_epoch_make_the_sum(ridge: float) -> None:
    problem, at = line("sum", ridge=ridge), np.array([[1.5, -2.0], [0.3, 4.0]])
    batches = [np.array(rows) for rows in ([0, 3], [1, 4], [2])]
    parts = [problem.value_and_gradient(at, rows) for rows in batches]
    whole = problem.value_and_gradient(at)
    np.testing.assert_allclose(sum(value for value, _ in parts), whole[0], rtol=1e-12)
    np.testing.assert_allclose(sum(slope for _, slope in parts), whole[1], rtol=1e-12)


def test_a_batch_of_the_norm_is_the_norm_of_its_residuals() -> None:
    value, slope = line("norm").value_and_gradient(np.array([2.0, 0.0]), np.array([0, 3, 3]))
    assert value == pytest.approx(math.sqrt(3), rel=1e-14)
    np.testing.assert_allclose(slope, [-(1 + 4 + 4) / math.sqrt(3), -3 / math.sqrt(3)], rtol=1e-14)
    # The residual of row 3 is 0: no slope, and no warning.
    value, slope = line("norm").value_and_gradient(np.array([2.0, 0.0]), np.array([2]))
    assert (float(value), slope.tolist()) == (0.0, [0.0, 0.0])


# Where the norm comes to a point ------------------------------------------------------------------------


def test_where_no_residual_is_left_the_slope_is_0_and_there_is_no_curvature() -> None:
    problem = straight()
    value, slope = problem.value_and_gradient([[2.0, 1.0], [2.0, 1.0 + 1e-9]])
    assert value[0] == 0
    assert slope[0].tolist() == [0.0, 0.0]
    assert np.linalg.norm(slope[1]) == pytest.approx(math.hypot(sum(X), 5) / math.sqrt(5), rel=1e-6)
    assert np.isnan(problem.hessian([2.0, 1.0])).all()
    with pytest.raises(GdError, match="the curvature is not finite at"):
        curvature(problem, [2.0, 1.0])
    found = descend(problem, GD, [2, 1], 3, rate=0.1)
    assert found.reason == "After 3 steps the slope is 0 and the point rests at the minimum."
    assert (found.rest.kind, found.rest.deepest, found.rest.flat) == (RestKind.MINIMUM, True, ())


def test_on_the_way_to_the_point_nothing_bends_along_it() -> None:
    problem = straight()
    low, high = problem.eigenvalues([0.3, -1.0])
    assert low == 0
    assert high > 0
    alone = straight(intercept=False)
    assert np.isfinite(alone.eigenvalues([0.3])).all()


@pytest.mark.parametrize("rate", [0.003, 0.05, 0.7])
def test_no_fixed_rate_settles_at_a_point(rate: float) -> None:
    problem = straight()
    run = descend(problem, GD, [0, 0], 400, rate=rate)
    assert run.outcome is Outcome.STEP_LIMIT
    assert run.reasons[-1].key == "advice.cannot_settle.point"
    found = analyse(run, problem)
    assert (found.regime, found.rate_limit, found.path_limit) == (None, None, None)
    # What the advice says does help: a rate that shrinks leads as near as one likes.
    shrinking = make_schedule({"kind": "inverse-time", "decay": 0.05})
    ends = [
        descend(problem, GD, [0, 0], steps, rate=0.05, schedule=shrinking, every=steps).final_loss
        for steps in (100, 10_000)
    ]
    assert ends[1] < 0.1 * ends[0]


@pytest.mark.parametrize(("rate", "steps"), [(0.01, 5), (0.5, 40), (0.001, 4)])
def test_a_run_that_ends_early_has_the_limits_of_the_minimum_that_it_nears(rate: float, steps: int) -> None:
    """On the way there the norm bends less, so that a rate could seem to be safe that is not."""
    problem = line("norm")
    limit = rate_limit(curvature(problem, problem.solution()))
    run = descend(problem, GD, [0, 0], steps, rate=rate)
    found = analyse(run, problem)
    assert run.outcome is Outcome.STEP_LIMIT
    assert found.rate_limit > 1.0001 * limit
    assert found.path_limit == pytest.approx(limit, rel=1e-9)
    assert found.rest_limit == pytest.approx(limit, rel=1e-9)


def test_a_minimum_above_the_run_is_none_that_it_comes_to() -> None:
    problem = problem_from_formula("(x^2-1)^2 + 0.6*x + 2*exp(-((x-1.2)*9)^2)", minima=[[0.9]])
    run = descend(problem, GD, [-0.7], 3, rate=0.001)
    assert run.final_loss < problem.value(np.array([0.9]))
    rows = problem.hessian(run.parameters)[:, 0, 0]
    assert analyse(run, problem).path_limit == pytest.approx(2 / rows.max())


def test_a_rate_above_the_limit_at_the_minimum_is_no_smooth_one() -> None:
    """Far from the minimum the norm hardly bends, and the jumps across it would seem to be safe."""
    problem = line("norm")
    limit = rate_limit(curvature(problem, problem.solution()))
    assert limit is not None
    run = descend(problem, GD, [0, 0], 200, rate=8 * limit)
    found = analyse(run, problem)
    assert run.reasons[-1].key == "advice.cannot_settle.one"
    assert found.path_limit == pytest.approx(limit, rel=1e-9)
    assert found.regime in ("depends", "diverge")
    slow = descend(problem, GD, [0, 0], 3000, rate=0.8 * limit)
    assert slow.outcome is Outcome.CONVERGED
    assert str(slow.reason).endswith("rests at the minimum.")
    assert analyse(slow, problem).regime == "zig-zag"


def test_exact_lengths_are_for_quadratics_and_the_norm_is_none() -> None:
    assert line("sum").is_quadratic
    assert not line("norm").is_quadratic
    assert descend(line("sum"), make_optimizer("newton"), [0, 0], 1).final == pytest.approx(
        line("sum").solution(), rel=1e-12
    )


# Written down -------------------------------------------------------------------------------------------


def test_how_each_is_written() -> None:
    typst = {cost: line(cost).typst() for cost in COSTS}
    squares = "sum_(i = 1)^N (w x_i + b - y_i)^2"
    assert typst["sum"] == squares
    assert typst["norm"] == f"sqrt({squares})"
    assert typst["mse"] == f"(1)/(N) {squares}"
    slopes = "sum_(i = 1)^N (w x_i + b - y_i) x_i"
    assert line("sum").typst_derivative("w") == f"2 {slopes}"
    assert line("norm").typst_derivative("w") == f"(1)/(J) {slopes}"
    assert line("norm", parameters=["J", "b"]).typst_derivative("b").startswith("(1)/(C) ")
    assert line("sum", ridge=0.5).typst() == f"{squares} + 0.5 w^2"


@pytest.mark.parametrize("cost", ["sum", "norm"])
def test_a_saved_run_is_continued(cost: Any, tmp_path: Any) -> None:
    problem = line(cost)
    whole = descend(problem, GD, [0, 0], 30, rate=0.004)
    save(descend(problem, GD, [0, 0], 11, rate=0.004), tmp_path / "run.json")
    assert problem.spec()["cost"] == cost
    assert continue_run(load(tmp_path / "run.json"), problem, 19) == whole


def test_an_unknown_cost_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(GdError, match="'mse' or 'half-mse' or 'sum' or 'norm'"):
        line("rmse")
