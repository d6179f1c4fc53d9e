"""Rules that look for the length of a step: exact lines, Wolfe's conditions, BFGS and damped Newton, each by itself."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.base.errors import GdError
from gdcore.optimizers import BFGS, ExactLine, make_optimizer
from gdcore.problems import LeastSquares, LogisticRegression, landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.many import descend_many

VALLEY = landscape("rosenbrock")
EXACT = ExactLine()


def end_of(text: str, start: Any, steps: int = 1, rule: Any = EXACT, **options: Any) -> Any:
    return descend(problem_from_formula(text), rule, start, steps, **options)


# Exact lines --------------------------------------------------------------------------------------------


def test_an_exact_step_goes_where_the_slope_along_it_vanishes() -> None:
    """The valley of Rosenbrock, against a bisection of the slope along each line."""
    run = descend(VALLEY, EXACT, [-1.2, 1], 12)
    x, y = -1.2, 1.0

    def slopes(x: float, y: float) -> tuple[float, float]:
        return -400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)

    for point in run.parameters[1:]:
        g, h = slopes(x, y)
        low, high = 0.0, 1e-4
        while np.dot(slopes(x - high * g, y - high * h), (g, h)) > 0:
            high *= 2
        for _ in range(100):
            middle = (low + high) / 2
            down = np.dot(slopes(x - middle * g, y - middle * h), (g, h)) > 0
            low, high = (middle, high) if down else (low, middle)
        x, y = x - low * g, y - low * h
        np.testing.assert_allclose(point, [x, y], rtol=1e-9)


@given(x=st.floats(-2, 2), y=st.floats(-1, 3))
def test_exact_steps_stand_at_right_angles_on_any_function(x: float, y: float) -> None:
    run = descend(VALLEY, EXACT, [x, y], 8)
    assert (np.diff(run.loss) <= 0).all()
    g = run.gradient
    lengths = np.linalg.norm(g, axis=1)
    far = lengths[:-1] > 1e-4
    # What is left is the rounding of the point, times the curvature there.
    left = 1e-9 * np.maximum(lengths[:-1], 1)
    assert (np.abs((g[1:] * g[:-1]).sum(1)) <= left * lengths[:-1])[far].all()


def test_of_a_quadratic_the_bracketing_finds_the_length_of_the_formula() -> None:
    """x²/2 + 10 y² plus what is 0 but keeps the program from seeing that."""
    known = end_of("0.5*x^2 + 10*y^2", [20, 1], 10)
    found = end_of("0.5*x^2 + 10*y^2 + (x - x)^4", [20, 1], 10)
    np.testing.assert_allclose(found.parameters, known.parameters, rtol=1e-12)


@pytest.mark.parametrize("power", [-200, -40, 0, 40, 200])
def test_an_exact_line_does_not_see_the_units_of_the_loss(power: int) -> None:
    here = end_of("x^4 + y^4 + (x-y)^2", [1, 2], 5)
    there = end_of(f"({2.0**power!r})*(x^4 + y^4 + (x-y)^2)", [1, 2], 5)
    np.testing.assert_allclose(there.parameters, here.parameters, rtol=1e-9)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # Kinks: the lowest point of the line is one, and on one where -g leads up the point stays.
        ("abs(x - 1) + 0*x^3", [5], [1]),
        ("max(abs(x - 1), 3*abs(y - 2)) + 0*x^3", [1, 7], [1, 2]),
        ("abs(x) + 2*abs(y) + 0*x^3", [3, 0], [0, 0]),
        ("max(x, -2*x) + 0*x^3", [0], [0]),
        # The first place where J is as low as anywhere, of a plateau that is reached from its edge.
        ("max(x, 0)^3", [-1], [-1]),
        # J falls to the edge of its domain: the last number inside.
        ("x^1.5", [4], [0]),
    ],
)
def test_an_exact_line_ends_at_kinks_plateaus_and_edges(text: str, start: Any, end: Any) -> None:
    run = end_of(text, start)
    np.testing.assert_allclose(run.final, end, atol=1e-12)


def test_an_exact_line_ends_on_the_plateau_it_comes_to() -> None:
    run = end_of("max(x, 1)^4", [3])
    assert (run.final[0] <= 1, run.final_loss) == (True, 1)


@pytest.mark.parametrize("rule", ["exact-line", "bfgs"])
@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("x + exp(-y)", [0, 0]),
        ("x^3", [-1]),
        ("-exp(x)", [0]),
        ("1/x", [1]),
        ("-x^4", [1]),
        ("x - y^4", [0, 1]),
    ],
)
def test_where_the_loss_falls_for_ever_every_step_ends_and_goes_down(
    rule: str, text: str, start: Any
) -> None:
    run = end_of(text, start, 5, make_optimizer(rule))
    falls = np.diff(run.loss)
    assert falls[0] < 0
    assert (falls <= 0).all()  # at the end of the numbers it stands
    assert run.outcome in ("step limit", "diverged")
    assert "falls for ever" in run.reason


@pytest.mark.parametrize("rule", ["exact-line", "bfgs", "damped-newton"])
def test_a_search_stays_in_the_domain(rule: str) -> None:
    settings = {"rule": "backtracking"} if rule == "damped-newton" else {}
    problem = problem_from_formula("(x - 2)^4 + x", domain=[0, 5])
    run = descend(problem, make_optimizer(rule, settings), 4.5, 40)
    assert run.final[0] == pytest.approx(2 - 0.25 ** (1 / 3), rel=1e-6)
    edge = problem_from_formula("x^2 + exp(x/9)", domain=[1, 5])
    run = descend(edge, make_optimizer(rule, settings), 4.5, 40)
    assert run.nonfinite_step is None
    assert run.final[0] == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("rule", ["backtracking", "exact-line", "bfgs", "cg"])
def test_a_search_that_finds_no_lower_point_is_not_told_to_take_a_larger_rate(rule: str) -> None:
    run = end_of("sqrt(x)" if rule != "cg" else "log(x)", [4], 200, make_optimizer(rule))
    assert run.outcome == "step limit"
    assert run.reason.endswith(f"{rule} finds no lower point ahead of it at any rate; take another optimizer or another start.")  # fmt: skip


def test_a_relaxed_exact_line_goes_a_part_of_the_way() -> None:
    whole, half = (end_of("x^4 + y^2", [1, 2], 1, rate=rate) for rate in (1, 0.5))
    np.testing.assert_allclose(half.final - [1, 2], (whole.final - [1, 2]) / 2, rtol=1e-12)


def test_exact_lines_and_bfgs_go_with_rows_and_models() -> None:
    x = np.linspace(-2, 2, 9)
    yes = LogisticRegression({"x": x}, (x + np.sin(9 * x) > 0).astype(float), ridge=0.1)
    for name in ("exact-line", "bfgs"):
        run = descend(yes, make_optimizer(name), [0, 0], 60)
        np.testing.assert_allclose(run.final, yes.minima()[0], rtol=1e-6)
    line = LeastSquares({"x": x}, 3 * x + 1)
    few = descend(line, BFGS(), [0, 0], 5, batch_size=3)
    assert continue_run(descend(line, BFGS(), [0, 0], 2, batch_size=3), line, 3) == few
    with pytest.raises(GdError, match="looks at the curvature"):
        descend(yes, EXACT, [0, 0], 2, batch_size=3)


# BFGS ---------------------------------------------------------------------------------------------------


def bfgs_by_hand(f: Any, slope: Any, x: Any, steps: int, scaled: bool) -> list[Any]:
    """Algorithm 6.1 of Nocedal and Wright as it stands there, with lengths doubled and halved until Wolfe agrees."""
    x, unit = np.array(x, dtype=float), np.eye(len(x))
    h, path = unit, [np.array(x)]
    for k in range(steps):
        g = slope(x)
        p = -h @ g
        low, high, length = 0.0, math.inf, 1.0
        while True:
            if f(x + length * p) > f(x) + 1e-4 * length * (g @ p):
                high = length
            elif slope(x + length * p) @ p < 0.9 * (g @ p):
                low = length
            else:
                break
            length = (low + high) / 2 if high < math.inf else 2 * length
        s, y = length * p, slope(x + length * p) - g
        h = (s @ y) / (y @ y) * unit if scaled and k == 0 else h
        turn = unit - np.outer(s, y) / (y @ s)
        h = turn @ h @ turn.T + np.outer(s, s) / (y @ s)
        x = x + s
        path.append(x)
    return path


@pytest.mark.parametrize("scaled", [True, False])
def test_bfgs_on_rosenbrock_walks_as_its_equations(scaled: bool) -> None:
    def f(x: Any) -> float:
        return float(100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2)

    def slope(x: Any) -> Any:
        bend = x[1] - x[0] ** 2
        return np.array([-400 * x[0] * bend - 2 * (1 - x[0]), 200 * bend])

    path = bfgs_by_hand(f, slope, [-1.2, 1], 36, scaled)
    run = descend(VALLEY, BFGS(scaled=scaled), [-1.2, 1], 36)
    np.testing.assert_allclose(run.parameters, path, rtol=1e-6, atol=1e-8)
    # It needs 34 steps from the unit matrix, 36 from a scaled one, until |∇J| <= 1e-5.
    first = int(np.argmax(np.linalg.norm(run.gradient, axis=1) <= 1e-5))
    assert first == (36 if scaled else 34)


def test_every_step_of_bfgs_meets_the_conditions_of_wolfe() -> None:
    problem = landscape("himmelblau")
    run = descend(problem, BFGS(), [0.3, -0.2], 8)
    moves, before, after = np.diff(run.parameters, axis=0), run.gradient[:-1], run.gradient[1:]
    slopes = (moves * before).sum(1)
    assert (slopes < 0).all()
    assert (run.loss[1:] <= run.loss[:-1] + 1e-4 * slopes).all()
    assert ((moves * after).sum(1) >= 0.9 * slopes).all()


def test_the_inverse_of_bfgs_is_symmetric_and_that_of_a_quadratic_in_the_end() -> None:
    problem = problem_from_formula("2*x^2 + x*y + y^2 + 3*z^2 - y*z + x")
    run = descend(problem, BFGS(), [3, -2, 1], 25)
    inverse = run.state["inverse"]
    assert inverse.shape == (3, 3)
    assert np.array_equal(inverse, inverse.T)
    assert not inverse.flags.writeable
    np.testing.assert_allclose(inverse @ problem.hessian(run.final), np.eye(3), atol=1e-2)


def test_bfgs_begins_again_where_its_direction_leads_up() -> None:
    """A state that nobody would have come to: -H g is uphill, so the step is that of the slope."""
    problem = problem_from_formula("x^2 + y^2")
    x = np.array([1.0, 2.0])
    up = {"inverse": -np.eye(2)}
    again, _ = BFGS().update(problem, x, problem.gradient(x), up, 1.0, 5)
    fresh, _ = BFGS().update(problem, x, problem.gradient(x), BFGS().init(x), 1.0, 5)
    assert again.tolist() == fresh.tolist()


def test_bfgs_from_many_starts_is_each_alone() -> None:
    starts = np.random.default_rng(3).uniform(-4, 4, (17, 2))
    problem = landscape("himmelblau")
    batch = descend_many(problem, BFGS(), starts, 30, threads=2)
    for start, final, code in zip(starts, batch.final, batch.codes, strict=True):
        run = descend(problem, BFGS(), start, 30)
        assert run.final.tobytes() == final.tobytes()
        assert run.outcome == tuple(type(run.outcome))[code]


# Damped Newton with backtracking ------------------------------------------------------------------------


def test_newton_with_backtracking_walks_as_its_equations() -> None:
    """The function of Boyd and Vandenberghe, equation 9.20, with their shrink 0.7 and decrease 0.1."""

    def terms(x: Any) -> Any:
        return np.exp([x[0] + 3 * x[1] - 0.1, x[0] - 3 * x[1] - 0.1, -x[0] - 0.1])

    rows = np.array([[1, 3], [1, -3], [-1, 0]])
    x = np.array([-1.5, 1.2])
    path = [x]
    for _ in range(8):
        g, hessian = rows.T @ terms(x), rows.T @ np.diag(terms(x)) @ rows
        step = -np.linalg.solve(hessian, g)
        t = 1.0
        while terms(x + t * step).sum() > terms(x).sum() + 0.1 * t * (g @ step):
            t *= 0.7
        x = x + t * step
        path.append(x)
    rule = make_optimizer("damped-newton", {"rule": "backtracking", "shrink": 0.7, "decrease": 0.1})
    text = "exp(x+3*y-0.1) + exp(x-3*y-0.1) + exp(-x-0.1)"
    run = end_of(text, [-1.5, 1.2], 8, rule)
    np.testing.assert_allclose(run.parameters, path, rtol=1e-9, atol=1e-12)
    assert run.final_loss == pytest.approx(2 * math.sqrt(2) * math.exp(-0.1), rel=1e-12)


def test_newton_with_backtracking_leaves_a_hilltop() -> None:
    """Between its bends x^4 - x² has a hilltop at 0, to which Newton goes."""
    rule = make_optimizer("damped-newton", {"rule": "backtracking"})
    assert end_of("x^4 - x^2", [0.1], 30, make_optimizer("newton")).final[0] == pytest.approx(0)
    assert end_of("x^4 - x^2", [0.1], 30, rule).final[0] == pytest.approx(math.sqrt(0.5))
