"""The published and exactly derivable values, all of them: tests/gdcore/data/truth.json."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdcore.analysis.stability import analyse
from gdcore.optimizers import GradientDescent, Momentum
from gdcore.problems import LeastSquares, landscape, problem_from_formula, read_columns
from gdcore.problems.curvature import best_rate, condition_number, curvature, rate_limit
from gdcore.run.descent import descend
from gdcore.run.trajectory import Trajectory

DATA = Path(__file__).parent / "data"
TRUTH: Mapping[str, Any] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
HOUSES, PARK = TRUTH["houses"], TRUTH["park"]
GD = GradientDescent()


def close(expected: object, digits: int | None = None) -> Any:
    """Relative 1e-9, or half a unit of the last printed place."""
    if digits is None:
        return pytest.approx(expected, rel=1e-9)
    return pytest.approx(expected, rel=0, abs=0.5 * 10.0**-digits)


def regression(truth: Mapping[str, Any], names: list[str]) -> LeastSquares:
    columns = read_columns(DATA / Path(truth["data"]).name, [truth["x"], truth["y"]])
    return LeastSquares(
        {truth["x"]: columns[truth["x"]]},
        columns[truth["y"]],
        truth["y"],
        cost=truth["cost"],
        parameters=names,
    )


@pytest.fixture
def houses() -> LeastSquares:
    return regression(HOUSES, ["m", "b"])


@pytest.fixture
def park() -> LeastSquares:
    return regression(PARK, ["w", "b"])


# Houses -------------------------------------------------------------------------------------------------


def test_houses_at_the_start(houses: LeastSquares) -> None:
    value, slope = houses.value_and_gradient([HOUSES["start"]["m"], HOUSES["start"]["b"]])
    assert value == close(HOUSES["loss_at_start"])
    assert slope == close([HOUSES["gradient_at_start"]["m"], HOUSES["gradient_at_start"]["b"]])


def test_houses_least_squares(houses: LeastSquares) -> None:
    best = houses.solution()
    assert best == close([HOUSES["least_squares"]["m"], HOUSES["least_squares"]["b"]])
    assert houses.value(best) == close(HOUSES["least_squares_loss"])


def test_houses_curvature(houses: LeastSquares) -> None:
    eigenvalues = curvature(houses, [0, 0])
    assert eigenvalues == close(HOUSES["hessian_eigenvalues"], digits=8)
    assert rate_limit(eigenvalues) == close(HOUSES["rate_limit"])
    assert best_rate(eigenvalues) == close(HOUSES["best_rate"])
    assert condition_number(eigenvalues) == close(HOUSES["condition_number"])


@pytest.mark.parametrize("run", HOUSES["runs"], ids=lambda run: f"{run['rate']}x{run['steps']}")
def test_houses_runs(houses: LeastSquares, run: Mapping[str, Any]) -> None:
    trajectory = descend(houses, GD, HOUSES["start"], run["steps"], rate=run["rate"])
    assert trajectory.final == close([run["m"], run["b"]])
    assert trajectory.final_loss == close(run["loss"])
    if "outcome" in run:
        assert trajectory.outcome == run["outcome"]


@pytest.mark.parametrize("turn", HOUSES["turning_point_of_b"], ids=lambda turn: str(turn["rate"]))
def test_houses_the_turning_point_of_b(houses: LeastSquares, turn: Mapping[str, Any]) -> None:
    trajectory = descend(houses, GD, HOUSES["start"], turn["below_zero_after_step"] + 1, rate=turn["rate"])
    b = trajectory.parameters[:, 1]
    assert np.argmax(b) == turn["at_step"]
    assert b.max() == pytest.approx(turn["highest_b"], abs=5e-5)
    # Step 0 is zero too; from the turning point on, b is above zero up to and including this step.
    assert b[turn["below_zero_after_step"]] > 0 > b[turn["below_zero_after_step"] + 1]
    turns = [event for event in trajectory.events if event.kind == "turning point"]
    assert [(event.step, event.parameter) for event in turns] == [(turn["at_step"], "b")]


def test_houses_sequential(houses: LeastSquares) -> None:
    truth = HOUSES["sequential"]
    digits = truth["printed_digits"]
    sequential = GradientDescent("sequential")
    slow = descend(houses, sequential, HOUSES["start"], 25, rate=0.001)
    expected = truth["25 steps at 0.001"]
    assert slow.final == close([expected["m"], expected["b"]], digits)
    fast = descend(houses, sequential, HOUSES["start"], 200, rate=0.082)
    assert fast.final_loss == close(truth["200 steps at 0.082 loss"], 2)


@pytest.mark.parametrize(
    ("rate", "name"),
    [(0.001, "crawl"), (0.0075, "smooth"), (0.075, "zig-zag"), (0.08, "zig-zag"), (0.082, "diverge")],
)
def test_houses_regimes(houses: LeastSquares, rate: float, name: str) -> None:
    analysis = analyse(descend(houses, GD, [0, 0], 1, rate=rate), houses)
    assert analysis.regime == name
    assert not analysis.local


def test_houses_the_loss_falls_at_every_step_of_rate_0_08(houses: LeastSquares) -> None:
    trajectory = descend(houses, GD, [0, 0], 200, rate=0.08)
    assert (np.diff(trajectory.loss) < 0).all()
    assert trajectory.final_loss == pytest.approx(5692.05, abs=0.005)


def test_houses_one_step_at_rate_1(houses: LeastSquares) -> None:
    trajectory = descend(houses, GD, [0, 0], 1, rate=1)
    assert trajectory.final == pytest.approx([1645.714, 440], abs=0.001)
    assert trajectory.final_loss == pytest.approx(3.29e7, abs=0.005e7)


# Park ---------------------------------------------------------------------------------------------------


def test_park_through_the_origin() -> None:
    columns = read_columns(DATA / "park.csv")
    line = LeastSquares({"t": columns["temperature"]}, columns["visitors"], intercept=False)
    assert line.solution() == close([PARK["best_slope_through_origin"]])


@pytest.mark.parametrize("run", PARK["runs"])
def test_park_runs(park: LeastSquares, run: Mapping[str, Any]) -> None:
    trajectory = descend(park, GD, PARK["start"], run["steps"], rate=run["rate"])
    assert trajectory.final == close([run["w"], run["b"]])
    assert trajectory.final_loss == close(run["loss"])
    assert trajectory.outcome == run["outcome"]
    for x, y in run["predict"].items():
        assert park.predict(trajectory.final, [float(x)]) == close(y)


def test_park_least_squares(park: LeastSquares) -> None:
    truth = PARK["least_squares"]
    assert park.solution() == close([truth["w"], truth["b"]])
    assert park.value(park.solution()) == close(truth["loss"])
    eigenvalues = curvature(park, [0, 0])
    assert rate_limit(eigenvalues) == close(PARK["rate_limit"])
    assert condition_number(eigenvalues) == pytest.approx(7127.5, abs=0.05)
    assert descend(park, GD, [0, 0], 100, rate=0.002).outcome == "diverged"


# Another rule -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", TRUTH["momentum_on_quadratic"]["runs"])
def test_momentum_on_a_quadratic(run: Mapping[str, Any]) -> None:
    truth = TRUTH["momentum_on_quadratic"]
    problem = problem_from_formula(truth["formula"])
    trajectory = descend(problem, Momentum(run["beta"]), truth["start"], run["steps"], rate=run["rate"])
    assert trajectory.final == close(run["end"], run["printed_digits"])
    assert truth["convention"] == "v = beta*v + g; x = x - rate*v"


# Formulae -----------------------------------------------------------------------------------------------


def test_parabola_slopes() -> None:
    problem = problem_from_formula(TRUTH["parabola"]["formula"])
    for x, slope in TRUTH["parabola"]["slopes"].items():
        assert problem.gradient([float(x)]) == close([slope])


@pytest.mark.parametrize(("rate", "path"), TRUTH["parabola"]["from_0"].items())
def test_parabola_paths(rate: str, path: list[float]) -> None:
    problem = problem_from_formula(TRUTH["parabola"]["formula"])
    trajectory = descend(problem, GD, 0, len(path) - 1, rate=float(rate))
    assert trajectory.parameters[:, 0] == pytest.approx(path, rel=1e-9, abs=1e-12)
    k = trajectory.step
    closed = 3 + (0 - 3) * (1 - 2 * float(rate)) ** k
    assert trajectory.parameters[:, 0] == pytest.approx(closed, rel=1e-9, abs=1e-12)


def rosenbrock(steps: int) -> Trajectory:
    truth = TRUTH["rosenbrock"]
    problem = problem_from_formula(truth["formula"])
    return descend(problem, GD, truth["start"], steps, rate=truth["rate"])


def test_rosenbrock() -> None:
    truth = TRUTH["rosenbrock"]
    trajectory = rosenbrock(max(map(int, truth["steps"])))
    assert trajectory.gradient[0] == close(truth["gradient_at_start"])
    for step, point in truth["steps"].items():
        assert trajectory.parameters[int(step)] == close(point)
    assert landscape("rosenbrock").formula.value(truth["start"]) == trajectory.loss[0]


@pytest.mark.parametrize(("start", "end"), TRUTH["double_well"]["stays"].items())
def test_double_well_at_rest(start: str, end: float) -> None:
    truth = TRUTH["double_well"]
    problem = problem_from_formula(truth["formula"])
    trajectory = descend(problem, GD, float(start), 50, rate=truth["rate"])
    assert trajectory.steps == 50
    assert trajectory.parameters[:, 0].tolist() == [end] * 51
    assert trajectory.outcome == "converged"
    assert ("hilltop" in trajectory.reason) is (start == "3")


@pytest.mark.parametrize(("start", "end"), TRUTH["double_well"]["ends"].items())
def test_double_well_ends(start: str, end: float) -> None:
    truth = TRUTH["double_well"]
    problem = problem_from_formula(truth["formula"])
    assert descend(problem, GD, float(start), 500, rate=truth["rate"]).final == close([end])


@pytest.mark.parametrize("run", TRUTH["hilly"]["ends"], ids=lambda run: str(run["start"]))
def test_hilly_ends(run: Mapping[str, Any]) -> None:
    truth = TRUTH["hilly"]
    problem = problem_from_formula(truth["formula"])
    trajectory = descend(problem, GD, run["start"], 1000, rate=truth["rate"])
    assert trajectory.final == close(run["end"], truth["printed_digits"])


def test_hilly_deepest() -> None:
    truth = TRUTH["hilly"]
    deepest = landscape("hilly").minima()[0]
    assert deepest == pytest.approx(truth["deepest"]["at"], abs=5e-4)
    assert problem_from_formula(truth["formula"]).value(deepest) == pytest.approx(
        truth["deepest"]["value"], abs=5e-4
    )


def test_rate_limits_that_have_nothing_to_do_with_1() -> None:
    for text, limit in [("(x-3)^2+2", 1.0), ("0.1*x^2", 10.0)]:
        assert rate_limit(curvature(problem_from_formula(text), [0.0])) == close(limit)
