"""Every update rule: its equation on a small case, its settings, and what all of them promise."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, Optimizer, State, make_optimizer
from gdcore.problems import landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import make_schedule
from gdcore.storage import load, save

# Every rule, and every choice that a rule offers.
VARIANTS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    **{name: (name, {}) for name in OPTIMIZERS},
    "gd sequential": ("gd", {"order": "sequential"}),
    "gd decay": ("gd", {"weight_decay": 0.1}),
    "momentum dampened": ("momentum", {"dampening": 0.5, "weight_decay": 0.1}),
    "momentum step": ("momentum", {"form": "step", "dampening": 0.9}),
    "nesterov steps": ("nesterov", {"form": "step"}),
    "nesterov steps ahead": ("nesterov", {"form": "step", "slope": "ahead"}),
    "nesterov ahead": ("nesterov", {"slope": "ahead", "weight_decay": 0.1}),
    "adagrad optax": ("adagrad", {"eps_in_root": True, "initial": 0.1, "eps": 1e-7}),
    "adadelta outside": ("adadelta", {"eps_in_root": False, "eps": 1e-3}),
    "rmsprop tensorflow": (
        "rmsprop",
        {"momentum": 0.9, "form": "step", "initial": 1, "eps_in_root": True},
    ),
    "rmsprop momentum": ("rmsprop", {"momentum": 0.9, "centered": True}),
    "rmsprop centered": ("rmsprop", {"centered": True, "eps_in_root": True, "eps": 1e-4}),
    "adam keras": ("adam", {"eps_hat": True, "eps": 1e-7, "weight_decay": 0.01}),
    "adamw paper": ("adamw", {"scaled": False}),
    "adamw keras": ("adamw", {"eps_hat": True, "eps": 1e-7}),
    "amsgrad optax": ("amsgrad", {"correction": "before"}),
    "amsgrad paper": ("amsgrad", {"correction": "none"}),
    "amsgrad forgetting": ("amsgrad", {"beta1_decay": 0.9}),
    "adamax keras": ("adamax", {"eps_in_max": False, "eps": 1e-7}),
    "nadam optax": ("nadam", {"warming": "none"}),
    "sign decay": ("sign", {"weight_decay": 0.1}),
    "damped-newton decrement": ("damped-newton", {"rule": "decrement"}),
    "damped-newton backtracking": ("damped-newton", {"rule": "backtracking", "shrink": 0.7}),
    "bfgs from I": ("bfgs", {"scaled": False}),
    "cg FR": ("cg", {"formula": "FR"}),
    "cg HS": ("cg", {"formula": "HS"}),
    "cg DY": ("cg", {"formula": "DY"}),
}
ALL = pytest.mark.parametrize("variant", VARIANTS)
BOWL = problem_from_formula("0.1*x^2 + 2*y^2 + 0.3*x*y")


def rule(variant: str) -> Optimizer:
    name, settings = VARIANTS[variant]
    return make_optimizer(name, settings)


def steps_of(optimizer: Optimizer, text: str, start: object, steps: int, rate: float | None = None) -> Any:
    return descend(problem_from_formula(text), optimizer, start, steps, rate=rate).parameters.tolist()  # type: ignore[arg-type]


# What all of them promise -------------------------------------------------------------------------------


@ALL
def test_a_rule_is_made_again_from_its_settings(variant: str) -> None:
    made = rule(variant)
    assert made.name in OPTIMIZERS
    settings = json.loads(json.dumps(made.settings()))
    assert make_optimizer(made.name, settings) == made


@ALL
def test_a_rule_lowers_the_loss(variant: str) -> None:
    optimizer = rule(variant)
    rate = optimizer.default_rate or {"adadelta": 2.0, "adagrad": 0.5}.get(optimizer.name, 0.02)
    run = descend(BOWL, optimizer, [-3, 2], 200, rate=rate)
    assert run.final_loss < 0.2 * run.loss[0]


@ALL
def test_a_run_in_two_parts_is_the_run_in_one(variant: str, tmp_path: Path) -> None:
    optimizer, problem = rule(variant), landscape("rosenbrock")
    rate = optimizer.default_rate or 0.001
    whole = descend(problem, optimizer, [-1.2, 1], 23, rate=rate)
    first = descend(problem, optimizer, [-1.2, 1], 9, rate=rate)
    assert continue_run(first, problem, 14) == whole
    for suffix in (".npz", ".csv", ".json"):
        save(first, tmp_path / f"run{suffix}")
        assert continue_run(load(tmp_path / f"run{suffix}"), problem, 14) == whole


@ALL
def test_a_shorter_run_is_the_beginning_of_a_longer_one(variant: str) -> None:
    optimizer, problem = rule(variant), landscape("rosenbrock")
    rate = optimizer.default_rate or 0.001
    longer = descend(problem, optimizer, [-1.2, 1], 20, rate=rate)
    shorter = descend(problem, optimizer, [-1.2, 1], 7, rate=rate)
    assert shorter.parameters.tobytes() == longer.parameters[:8].tobytes()
    assert shorter.gradient.tobytes() == longer.gradient[:8].tobytes()


@ALL
def test_many_points_move_like_each_alone(variant: str) -> None:
    """The same bits, and nothing that is given is changed in place."""
    optimizer, problem = rule(variant), landscape("rosenbrock")
    rate = optimizer.default_rate or 0.001
    x = np.random.default_rng(5).uniform(-2, 2, (3, 4, 2))
    start = x.copy()
    state: State = optimizer.init(x)
    alone: list[list[Any]] = [[x[i, j], optimizer.init(x[i, j])] for i, j in np.ndindex(3, 4)]
    for k in range(6):
        gradient = problem.gradient(x)
        x.setflags(write=False)
        gradient.setflags(write=False)
        for array in state.values():
            array.setflags(write=False)
        with np.errstate(all="ignore"):
            x, state = optimizer.update(problem, x, gradient, state, rate, k)
            for single in alone:
                single[:] = optimizer.update(
                    problem, single[0], problem.gradient(single[0]), single[1], rate, k
                )
        assert x.tobytes() == np.array([point for point, _ in alone]).tobytes()
        assert all(array.shape[:2] == (3, 4) for array in state.values())
    assert not np.array_equal(x, start)


@ALL
def test_at_a_minimum_a_rule_rests(variant: str) -> None:
    if "decay" in variant or variant in (
        "adamw",
        "adamw paper",
        "adamw keras",
        "momentum dampened",
        "nesterov ahead",
        "adam keras",
    ):
        return  # weight decay pulls towards 0
    optimizer = rule(variant)
    run = descend(
        problem_from_formula("(x-3)^2 + (y+1)^2"), optimizer, [3, -1], 4, rate=optimizer.default_rate or 0.1
    )
    assert run.parameters.tolist() == [[3, -1]] * 5


@ALL
def test_a_rule_that_breaks_gives_its_finite_rows(variant: str) -> None:
    optimizer = rule(variant)
    run = descend(problem_from_formula("x^4 - exp(x*y)"), optimizer, [1.5, 2.5], 300, rate=1e3)
    assert np.isfinite(run.parameters).all()
    assert np.isfinite(run.loss).all()


# Each equation on a small case --------------------------------------------------------------------------


def test_momentum_collects_slopes() -> None:
    # f = x: the slope is 1 throughout. v = 1, 1.5, 1.75
    assert steps_of(make_optimizer("momentum", {"beta": 0.5}), "x", 0, 3, 1) == [[0], [-1], [-2.5], [-4.25]]
    # dampened: v = 1 (the first is not), 0.5 + 0.75 = 1.25, 0.625 + 0.75 = 1.375
    dampened = make_optimizer("momentum", {"beta": 0.5, "dampening": 0.25})
    assert steps_of(dampened, "x", 0, 3, 1) == [[0], [-1], [-2.25], [-3.625]]


def test_the_two_forms_of_momentum_are_one_while_the_rate_stays() -> None:
    slope = steps_of(make_optimizer("momentum"), "x^2 + x*y + y^2", [1, 2], 30, 0.05)
    step = steps_of(make_optimizer("momentum", {"form": "step"}), "x^2 + x*y + y^2", [1, 2], 30, 0.05)
    np.testing.assert_allclose(slope, step, rtol=1e-12)


def test_momentum_without_beta_is_gradient_descent() -> None:
    for name in ("momentum", "nesterov"):
        none = steps_of(make_optimizer(name, {"beta": 0}), "x^4 + x*y + y^2", [1, 2], 9, 0.05)
        assert none == steps_of(make_optimizer("gd"), "x^4 + x*y + y^2", [1, 2], 9, 0.05)


def test_the_two_forms_of_nesterov_see_the_same_points() -> None:
    """The points of "here" are those at which "ahead" takes its slopes: x - rate · beta · v."""
    problem = landscape("himmelblau")
    rate, beta = 0.004, 0.9
    ahead = make_optimizer("nesterov", {"slope": "ahead"})
    x, state = np.array([0.0, 0.5]), ahead.init(np.zeros(2))
    seen = []
    for k in range(30):
        seen.append(x - rate * beta * state["v"])
        x, state = ahead.update(problem, x, problem.gradient(x), state, rate, k)
    here = descend(problem, make_optimizer("nesterov"), [0, 0.5], 29, rate=rate)
    np.testing.assert_allclose(here.parameters, seen, rtol=1e-11)


@pytest.mark.parametrize(
    ("settings", "x"),
    [
        ({}, 0.319626),  # PyTorch
        ({"slope": "ahead"}, 0.538223),
        ({"form": "step"}, 0.111861),  # Keras
        ({"form": "step", "slope": "ahead"}, 0.323190),  # Sutskever et al. (2013)
    ],
)
def test_the_forms_of_nesterov_under_a_schedule(settings: dict[str, str], x: float) -> None:
    schedule = make_schedule({"kind": "exponential", "factor": 0.5})
    optimizer = make_optimizer("nesterov", settings)
    run = descend(problem_from_formula("x^2"), optimizer, 1, 3, rate=0.1, schedule=schedule)
    assert run.final[0] == pytest.approx(x, abs=5e-7)


@pytest.mark.parametrize("slope", ["here", "ahead"])
def test_the_forms_of_nesterov_are_one_while_the_rate_stays(slope: str) -> None:
    formula, start = "x^2 + x*y + y^2", [1, 2]
    slopes, steps = (
        steps_of(
            make_optimizer("nesterov", {"form": form, "slope": slope, "weight_decay": 0.1}),
            formula,
            start,
            30,
            0.05,
        )
        for form in ("slope", "step")
    )
    np.testing.assert_allclose(slopes, steps, rtol=1e-11)


def test_adagrad_shrinks_like_a_root() -> None:
    # f = 3x: s = 9k, so every step is 1/√k of the rate.
    path = np.array(steps_of(make_optimizer("adagrad", {"eps": 0}), "3*x", 0, 5, 1))[:, 0]
    np.testing.assert_allclose(np.diff(path), [-1 / math.sqrt(k) for k in range(1, 6)], rtol=1e-14)


@pytest.mark.parametrize("name", ["adam", "adamax", "amsgrad"])
def test_the_corrected_rules_step_by_the_rate_on_a_slope_that_stays(name: str) -> None:
    path = np.array(steps_of(make_optimizer(name, {"eps": 0}), "-7*x", 0, 6, 0.5))[:, 0]
    np.testing.assert_allclose(path, 0.5 * np.arange(7), rtol=1e-12)


def test_adam_of_kingma_and_ba_by_hand() -> None:
    """f = x²/2 from 1 at rate 0.1, two steps of algorithm 1 written out."""
    m1, v1 = 0.1 * 1, 0.001 * 1
    x1 = 1 - 0.1 * (m1 / 0.1) / (math.sqrt(v1 / 0.001) + 1e-8)
    m2, v2 = 0.9 * m1 + 0.1 * x1, 0.999 * v1 + 0.001 * x1**2
    x2 = x1 - 0.1 * (m2 / (1 - 0.81)) / (math.sqrt(v2 / (1 - 0.999**2)) + 1e-8)
    path = steps_of(make_optimizer("adam"), "x^2/2", 1, 2, 0.1)
    np.testing.assert_allclose(path, [[1], [x1], [x2]], rtol=1e-14)


def test_adamax_divides_by_the_largest_slope_of_late() -> None:
    """Three steps on x²/2 from 1 at rate 0.5, written out, with eps in the maximum and beside it."""
    for inside in (True, False):
        x, m, u, path = 1.0, 0.0, 0.0, [[1.0]]
        for t in (1, 2, 3):
            m = 0.9 * m + 0.1 * x
            u = max(0.5 * u, abs(x) + (0.1 if inside else 0))
            x -= 0.5 / (1 - 0.9**t) * m / (u if inside else u + 0.1)
            path.append([x])
        adamax = make_optimizer("adamax", {"beta2": 0.5, "eps": 0.1, "eps_in_max": inside})
        np.testing.assert_allclose(steps_of(adamax, "x^2/2", 1, 3, 0.5), path, rtol=1e-14)


@pytest.mark.parametrize(
    "settings", [{"form": "slope"}, {"form": "step"}, {"form": "step", "centered": True}]
)
def test_rmsprop_collects_under_a_schedule_what_its_form_says(settings: dict[str, Any]) -> None:
    x, s, m, v, rate = 10.0, 1.0, 0.0, 0.0, 0.1
    for _ in range(5):
        s, m = 0.9 * s + 0.1 * x * x, 0.9 * m + 0.1 * x
        q = x / math.sqrt(s - (m * m if "centered" in settings else 0) + 0.01)
        if settings["form"] == "slope":
            v = 0.5 * v + q
            x -= rate * v
        else:
            v = 0.5 * v + rate * q
            x -= v
        rate /= 2
    usual = {"decay": 0.9, "eps": 0.01, "eps_in_root": True, "initial": 1, "momentum": 0.5}
    rmsprop = make_optimizer("rmsprop", {**usual, **settings})
    halving = make_schedule({"kind": "exponential", "factor": 0.5})
    run = descend(problem_from_formula("x^2/2"), rmsprop, 10, 5, rate=0.1, schedule=halving)
    assert run.final[0] == pytest.approx(x, rel=1e-14)


@pytest.mark.parametrize("correction", ["none", "after", "before"])
def test_amsgrad_forgets_faster_when_beta1_decays(correction: str) -> None:
    x, m, v, u, kept = 1.0, 0.0, 0.0, 0.0, 1.0
    for t in range(1, 6):
        beta = 0.8 * 0.7 ** (t - 1)
        kept *= beta
        m, v = beta * m + (1 - beta) * x, 0.9 * v + 0.1 * x * x
        whole = 1.0 if correction == "none" else 1 - 0.9**t
        u = max(u, v / whole if correction == "before" else v)
        root = math.sqrt(u / whole if correction == "after" else u)
        x -= 0.1 * m / (1 if correction == "none" else 1 - kept) / root
    settings = {"beta1": 0.8, "beta2": 0.9, "beta1_decay": 0.7, "eps": 0, "correction": correction}
    assert steps_of(make_optimizer("amsgrad", settings), "x^2/2", 1, 5, 0.1)[-1] == pytest.approx([x])


def test_weight_decay_is_a_parabola_added_to_the_loss() -> None:
    for name in (
        *("gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop"),
        *("adam", "adamax", "amsgrad", "nadam"),
    ):
        decayed = steps_of(make_optimizer(name, {"weight_decay": 0.5}), "x^4 + y^2 + x", [1, 2], 20, 0.03)
        added = steps_of(make_optimizer(name), "x^4 + y^2 + x + 0.25*(x^2+y^2)", [1, 2], 20, 0.03)
        np.testing.assert_allclose(decayed, added, rtol=1e-10, err_msg=name)


def test_adamw_decays_past_the_slope() -> None:
    path = steps_of(make_optimizer("adamw", {"weight_decay": 0.5}), "0*x + 1", 1, 3, 0.1)
    np.testing.assert_allclose(np.array(path)[:, 0], 0.95 ** np.arange(4), rtol=1e-14)
    paper = steps_of(make_optimizer("adamw", {"weight_decay": 0.5, "scaled": False}), "0*x + 1", 1, 3, 0.1)
    assert paper == [[1], [0.5], [0.25], [0.125]]


def test_sign_descent_moves_by_the_rate() -> None:
    assert steps_of(make_optimizer("sign"), "1000*x^2 + y^4 + 0*z", [2, -2, 1], 3, 0.5) == [
        [2, -2, 1],
        [1.5, -1.5, 1],
        [1, -1, 1],
        [0.5, -0.5, 1],
    ]


# Rules that look at the curvature -----------------------------------------------------------------------


def test_newton_on_rosenbrock_is_the_published_run() -> None:
    """From (-1.2, 1): Dennis and Schnabel, Numerical Methods for Unconstrained Optimization, and many after them."""
    run = descend(landscape("rosenbrock"), make_optimizer("newton"), [-1.2, 1], 6)
    losses = [24.2, 4.7318843, 1411.8452, 0.055965517, 0.31318911, 1.8527397e-11, 3.4326461e-20]
    np.testing.assert_allclose(run.loss[:6], losses[:6], rtol=1e-6)
    assert run.final_loss < 1e-18
    np.testing.assert_allclose(run.parameters[1], [-1.1752809, 1.3806742], rtol=1e-7)
    np.testing.assert_allclose(run.parameters[2], [0.76311487, -3.1750339], rtol=1e-7)


def test_newton_needs_one_step_on_a_quadratic() -> None:
    run = descend(landscape("booth"), make_optimizer("newton"), [-7, 9], 1)
    np.testing.assert_allclose(run.final, [1, 3], rtol=1e-13)


def test_newton_goes_to_a_saddle_too_and_damped_newton_away() -> None:
    saddle = landscape("saddle")
    assert descend(saddle, make_optimizer("newton"), [1, 1], 1).final.tolist() == [0, 0]
    # H = diag(2, -2), damping 1: μ = 3, so x moves by 2/5 and y by 2/1.
    moved = descend(saddle, make_optimizer("damped-newton"), [1, 1], 1).final
    np.testing.assert_allclose(moved, [1 - 2 / 5, 1 + 2], rtol=1e-15)


def test_newton_does_not_move_where_nothing_curves() -> None:
    assert descend(problem_from_formula("x^2 + y"), make_optimizer("newton"), [1, 5], 1).final.tolist() == [
        0,
        5,
    ]


def test_a_damped_newton_step_of_its_equation() -> None:
    problem = landscape("himmelblau")
    x = np.array([3.5, 2.5])
    for damping in (0.0, 0.5, 100.0):
        run = descend(problem, make_optimizer("damped-newton", {"damping": damping}), x, 1)
        step = np.linalg.solve(problem.hessian(x) + damping * np.eye(2), problem.gradient(x))
        np.testing.assert_allclose(run.final, x - step, rtol=1e-13)


def test_the_decrement_holds_newton_back() -> None:
    # f = x - log(x): δ² = f'²/f'' = (x - 1)², and Newton alone from 5 jumps out of the domain.
    problem = problem_from_formula("x - log(x)", domain=[0, None])
    assert descend(problem, make_optimizer("newton"), 5, 1).outcome == "diverged"
    run = descend(problem, make_optimizer("damped-newton", {"rule": "decrement"}), 5, 30)
    first = 5 - (1 - 1 / 5) * 25 / (1 + 4)
    assert run.parameters[1, 0] == pytest.approx(first, rel=1e-14)
    assert run.outcome == "converged"


@given(
    seed=st.integers(0, 10**6),
    d=st.integers(1, 6),
    formula=st.sampled_from(["PR+", "FR", "HS", "DY"]),
)
def test_conjugate_gradient_needs_as_many_steps_as_parameters(seed: int, d: int, formula: str) -> None:
    random = np.random.default_rng(seed)
    names = [f"x{i}" for i in range(d)]
    factors = random.uniform(0.5, 2, (d, d)).round(3)
    squares = [
        " + ".join(f"{f}*{n}" for f, n in zip(row, names, strict=True)) for row in factors + 2 * np.eye(d)
    ]
    text = " + ".join(f"({square} - {i})^2" for i, square in enumerate(squares))
    problem = problem_from_formula(text, parameters=names)
    assume(np.linalg.cond(problem.hessian(np.ones(d))) < 1e3)
    run = descend(problem, make_optimizer("cg", {"formula": formula}), np.ones(d), d)
    np.testing.assert_allclose(run.final, problem.minima()[0], rtol=1e-6, atol=1e-6)


def test_exact_steps_stand_at_right_angles_and_shrink_by_the_condition() -> None:
    """From the worst start, (κ, 1) for x²/2 + κ y²/2, the error shrinks by just ((κ-1)/(κ+1))² a step."""
    kappa = 20
    run = descend(problem_from_formula("0.5*x^2 + 10*y^2"), make_optimizer("exact-line"), [kappa, 1], 30)
    steps = np.diff(run.parameters, axis=0)
    angles = (
        (steps[1:] * steps[:-1]).sum(1)
        / np.linalg.norm(steps[1:], axis=1)
        / np.linalg.norm(steps[:-1], axis=1)
    )
    assert np.abs(angles).max() < 1e-12
    np.testing.assert_allclose(run.loss[1:] / run.loss[:-1], ((kappa - 1) / (kappa + 1)) ** 2, rtol=1e-12)


def test_backtracking_takes_the_first_length_that_is_good_enough() -> None:
    # x²: from 1 the slope is 2; 1 and 1/2 · decrease: α = 1 gives J = 1, not below 1 - 4·1e-4; α = 1/2 gives 0.
    assert steps_of(make_optimizer("backtracking"), "x^2", 1, 1) == [[1], [0]]
    # With decrease 0.5 · shrink 0.1, only α <= 1/2: 1, 0.1.
    fussy = make_optimizer("backtracking", {"decrease": 0.5, "shrink": 0.1})
    assert steps_of(fussy, "x^2", 1, 1)[1] == [pytest.approx(0.8)]


@given(x=st.floats(-2, 2), y=st.floats(-1, 3))
def test_backtracking_and_conjugate_gradient_never_climb(x: float, y: float) -> None:
    for name in ("backtracking", "cg"):
        run = descend(landscape("rosenbrock"), make_optimizer(name), [x, y], 25)
        assert (np.diff(run.loss) <= 0).all()


def test_backtracking_stays_in_the_domain() -> None:
    problem = problem_from_formula("x*log(x)", domain=[0, None])
    run = descend(problem, make_optimizer("backtracking"), 0.5, 40, rate=100)
    assert run.outcome == "converged"
    assert run.final[0] == pytest.approx(math.exp(-1))


# Refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "settings", "part"),
    [
        ("momentum", {"beta": 1}, r"beta is 1; it must be at least 0 and below 1\."),
        ("momentum", {"beta": "big"}, "beta is 'big'; it must be a number"),
        ("momentum", {"form": "slpe"}, "form is 'slpe'; it must be 'slope' or 'step'. Did you mean slope"),
        ("momentum", {"dampening": -1}, "dampening"),
        ("nesterov", {"form": "steps"}, "form is 'steps'; it must be 'slope' or 'step'. Did you mean step"),
        ("nesterov", {"slope": "there"}, "slope is 'there'; it must be 'here' or 'ahead'"),
        ("adam", {"beta1": math.nan}, "beta1"),
        ("adam", {"eps": -1}, "eps is -1; it must be a finite number, 0 or more"),
        ("adam", {"eps_hat": 7}, "eps_hat is 7; it must be true or false"),
        ("adam", {"beta_1": 0.9}, "Did you mean beta1"),
        ("adamw", {"weight_decay": math.inf}, "weight_decay"),
        ("adadelta", {"eps_in_root": "often"}, "eps_in_root is 'often'; it must be true or false"),
        ("adamax", {"eps_in_max": 3}, "eps_in_max is 3; it must be true or false"),
        ("amsgrad", {"correction": "befor"}, "Did you mean before"),
        ("amsgrad", {"beta1_decay": 1.1}, "beta1_decay is 1.1; it must be from 0 to 1"),
        ("bfgs", {"flatten": 1}, "flatten is 1; it must lie between 0 and 1"),
        ("bfgs", {"decrease": 0.9, "flatten": 0.1}, "decrease is 0.9 and flatten 0.1; .* the smaller"),
        ("rmsprop", {"momentum": 1}, "momentum is 1; it must be at least 0 and below 1"),
        ("rmsprop", {"form": "sum"}, "form is 'sum'; it must be 'slope' or 'step'"),
        ("rmsprop", {"initial": -1}, "initial is -1"),
        ("damped-newton", {"damping": -1}, "damping"),
        ("damped-newton", {"rule": "backtracking", "decrease": 0}, "decrease is 0; it must lie between"),
        ("damped-newton", {"rule": "boyd"}, "rule is 'boyd'; it must be 'shift' or 'decrement'"),
        ("cg", {"formula": "PR"}, r"Did you mean PR\+"),
        ("backtracking", {"shrink": 1}, "shrink is 1; it must lie between 0 and 1"),
        ("newton", {"damping": 1}, "newton has no setting 'damping'; it has none"),
    ],
)
def test_settings_that_cannot_be(name: str, settings: dict[str, Any], part: str) -> None:
    with pytest.raises(GdError, match=part):
        make_optimizer(name, settings)


def test_yes_and_no_may_be_words() -> None:
    assert make_optimizer("rmsprop", {"centered": "true"}) == make_optimizer("rmsprop", {"centered": 1})
    assert make_optimizer("rmsprop", {"centered": "no"}) == make_optimizer("rmsprop")


def test_a_rate_is_needed_but_where_the_rule_has_one() -> None:
    without = {name for name in OPTIMIZERS if make_optimizer(name).default_rate is not None}
    assert without == {"newton", "damped-newton", "bfgs", "cg", "backtracking", "exact-line"}


def test_every_rule_says_where_it_comes_from() -> None:
    for make in OPTIMIZERS.values():
        text = make.__doc__ or ""
        assert "←" in text
        assert any(f"({year}" in text or f"{year})" in text for year in range(1847, 2026)) or "ed." in text


def test_a_run_says_how_it_was_made() -> None:
    run: Trajectory = descend(BOWL, make_optimizer("adam", {"beta1": 0.8}), [1, 1], 2, rate=0.1)
    assert run.specs["optimizer"] == {
        "name": "adam",
        "beta1": 0.8,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0.0,
    }
