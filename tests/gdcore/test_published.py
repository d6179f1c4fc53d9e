"""Numbers that others have printed: golden values of Keras, the documentation of optax, PyTorch and TensorFlow, textbooks.

Each table says where it stands in print; its last digit is the last one printed there. Where a convention is not
the usual one here, the setting that has it is given. Only figures are taken over.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from gdcore import LeastSquares, descend, make_optimizer, make_schedule, problem_from_formula
from gdcore.problems import FormulaProblem

Settings = Mapping[str, Any]

# Golden values of Keras ---------------------------------------------------------------------------------
# keras-team/keras, keras/src/optimizers/<rule>_test.py, commits 51d7e770 (sgd, nadam, adagrad, adamax), 0a54048b (adam),
# 1b78dea6 (adamw), 3324ca6d (rmsprop), 1937d487 (adadelta). `test_correctness_with_golden` starts ten parameters at
# 1, gives the slope 0.01 to all of them once, and then the slopes 0.1, 0.2, …, 1 again and again; four digits are
# kept. `test_single_step` gives (1, 2, 3, 4) the slopes (1, 6, 7, 2) once. `test_weight_decay` takes 2 three times
# through a slope of 0.

TENTHS = np.linspace(0.1, 1.0, 10)


@dataclass(frozen=True)
class Golden:
    """What a rule makes of slopes that are given to it. ``points``: after each, the first and the last parameter."""

    rule: str
    settings: Settings
    rate: float
    points: Sequence[tuple[float, float]]
    within: float = 6e-5


GOLDEN = {
    "sgd": Golden(
        "nesterov",
        {"beta": 0.0},
        0.01,
        [(0.9999, 0.9999), (0.9989, 0.9899), (0.9979, 0.9799), (0.9969, 0.9699), (0.9959, 0.9599)],
    ),
    # Keras adds eps before the correction: at 1e-7 that is beyond the digits printed. It prints one number for all
    # ten parameters, which differ by 1e-4.
    "adam, amsgrad": Golden(
        "amsgrad", {"eps": 1e-7}, 0.001, [(v, v) for v in (0.999, 0.9982, 0.9974, 0.9965, 0.9955)], 1.5e-4
    ),
    "adamw": Golden(
        "adamw",
        {"weight_decay": 0.5, "eps": 2.0, "eps_hat": True},
        1.0,
        [(0.4998, 0.4998), (0.2486, 0.2382), (0.1223, 0.1003), (0.0586, 0.0258), (0.0263, -0.0159)],
    ),
    "nadam": Golden(
        "nadam",
        {"beta1": 0.5, "beta2": 0.67, "eps": 1e-5, "momentum_decay": 1.0},
        0.5,
        [(0.4281, 0.4281), (-0.1738, -0.1717), (-0.7115, -0.7084), (-1.2335, -1.2299), (-1.7492, -1.7454)],
    ),
    "adamax": Golden(
        "adamax",
        {"beta1": 0.85, "beta2": 0.95, "eps": 1e-6, "eps_in_max": False},
        0.2,
        [(0.8, 0.8), (0.6827, 0.691), (0.5333, 0.5466), (0.368, 0.3848), (0.1933, 0.2126)],
    ),
    "rmsprop, centered": Golden(
        "rmsprop",
        {"decay": 0.9, "eps": 1e-7, "eps_in_root": True, "centered": True},
        0.001,
        [(v, v) for v in (0.9967, 0.9933, 0.9908, 0.9885, 0.9864)],
    ),
    "adagrad": Golden(
        "adagrad",
        {"initial": 0.3, "eps": 1e-6, "eps_in_root": True},
        0.2,
        [(0.9963, 0.9963), (0.9604, 0.8209), (0.9251, 0.6891), (0.8903, 0.579), (0.856, 0.4825)],
    ),
    "adadelta": Golden(
        "adadelta",
        {"decay": 0.8, "eps": 1e-6},
        1.0,
        [(v, v) for v in (0.9978, 0.9947, 0.9915, 0.9882, 0.9849)],
    ),
}

SINGLE: Mapping[str, tuple[Settings, list[float]]] = {
    "gd": ({}, [0.5, -1.0, -0.5, 3.0]),
    "adam": ({"eps": 1e-7, "eps_hat": True}, [0.5, 1.5, 2.5, 3.5]),
    "adamw": ({"eps": 1e-7, "eps_hat": True, "weight_decay": 0.004}, [0.4980, 1.4960, 2.494, 3.492]),
    "nadam": ({"eps": 1e-7, "momentum_decay": 1.0}, [0.4686, 1.4686, 2.4686, 3.4686]),
    "adamax": ({"eps": 1e-7, "eps_in_max": False}, [0.5, 1.5, 2.5, 3.5]),
    "rmsprop": ({"decay": 0.9, "eps": 1e-7, "eps_in_root": True}, [-0.5811, 0.4189, 1.4189, 2.4189]),
    "adagrad": ({"initial": 0.1, "eps": 1e-7, "eps_in_root": True}, [0.5233, 1.5007, 2.5005, 3.5061]),
    "adadelta": ({"decay": 0.95, "eps": 1e-7}, [0.9993, 1.9993, 2.9993, 3.9993]),
}

NOWHERE: FormulaProblem = problem_from_formula(
    "x"
)  # the slopes are given, so nothing is asked of the problem


def fed(rule: str, settings: Settings, rate: float, start: Sequence[float], slopes: Sequence[Any]) -> Any:
    """The points that a rule goes through when its slopes are given to it."""
    optimizer = make_optimizer(rule, settings)
    x = np.array(start, dtype=float)
    state, points = optimizer.init(x), []
    for k, slope in enumerate(slopes):
        x, state = optimizer.update(NOWHERE, x, np.asarray(slope, dtype=float), state, rate, k)
        points.append(x)
    return np.array(points)


@pytest.mark.parametrize("name", GOLDEN)
def test_the_golden_values_of_keras(name: str) -> None:
    golden = GOLDEN[name]
    slopes = [np.full(10, 0.01), *[TENTHS] * 4]
    points = fed(golden.rule, golden.settings, golden.rate, [1.0] * 10, slopes)
    np.testing.assert_allclose(points[:, [0, -1]], golden.points, rtol=0, atol=golden.within)


@pytest.mark.parametrize("rule", SINGLE)
def test_the_single_steps_of_keras(rule: str) -> None:
    settings, expected = SINGLE[rule]
    found = fed(rule, settings, 0.5, [1, 2, 3, 4], [[1, 6, 7, 2]])
    np.testing.assert_allclose(found[0], expected, rtol=0, atol=6e-5)


def test_the_weight_decay_of_keras() -> None:
    found = fed("adamw", {"weight_decay": 0.004}, 1.0, [2.0], [[0.0]] * 3)
    assert found[-1, 0] == pytest.approx(1.9760959, abs=1e-6)


def test_three_epochs_of_keras() -> None:
    """learning_rate_schedule_test.py, commit 51d7e770, `test_fit_lr_correctness`: a dense layer of two outputs.

    All weights start at 1; 16 rows of 2 numbers, batches of 4 as they stand, Adam at 0.05 · 0.9^k. The loss of an
    epoch is the mean of the losses of its batches, each before its update. The outputs share no weight, so each is a
    line of its own, with half of the squared error; all of it in 32 bits there.
    """
    table = np.arange(32.0).reshape(16, 2)
    losses = np.zeros((3, 4))
    for output in range(2):
        line = LeastSquares({"a": table[:, 0], "b": table[:, 1]}, table[:, output], cost="half-mse")
        run = descend(
            line,
            make_optimizer("adam", {"eps": 1e-7, "eps_hat": True}),
            [1, 1, 1],
            12,
            rate=0.05,
            schedule=make_schedule({"kind": "exponential", "factor": 0.9}),
            batch_size=4,
            rows="given",
        )
        for k, point in enumerate(run.parameters[:-1]):
            rows = slice(k % 4 * 4, k % 4 * 4 + 4)
            missed = line.predict(point, table[rows]) - table[rows, output]
            losses[k // 4, k % 4] += (missed @ missed) / 8
    np.testing.assert_allclose(losses.mean(1), [230.79457, 128.30319, 79.33649], rtol=5e-5)


# Losses that the documentation of optax prints ----------------------------------------------------------
# google-deepmind/optax, optax/_src/alias.py and optax/_src/linesearch.py, commit 2edbcbe2: five steps on Σ x² from
# (1, 2, 3), three digits of the loss after each.

ADAMS = [14.0, 13.9, 13.9, 13.9, 13.8]
OPTAX: Mapping[str, tuple[str, Settings, float, list[float]]] = {
    "sgd": ("gd", {}, 0.003, [13.8, 13.7, 13.5, 13.3, 13.2]),
    "adam": ("adam", {}, 0.003, ADAMS),
    "adamw": ("adamw", {"weight_decay": 1e-4}, 0.003, ADAMS),
    "amsgrad": ("amsgrad", {"correction": "before"}, 0.003, ADAMS),
    "nadam": ("nadam", {"warming": "none"}, 0.003, [13.9, 13.9, 13.9, 13.8, 13.8]),
    "sign_sgd": ("sign", {}, 0.003, ADAMS),
    "rmsprop": ("rmsprop", {"decay": 0.9, "eps_in_root": True}, 0.003, [13.9, 13.8, 13.7, 13.7, 13.6]),
    "adagrad": (
        "adagrad",
        {"initial": 0.1, "eps": 1e-7, "eps_in_root": True},
        1.0,
        [5.01, 2.40, 1.25, 0.686, 0.385],
    ),
    "adadelta": ("adadelta", {}, 10.0, [13.6, 13.2, 12.9, 12.5, 12.1]),
    "backtracking_linesearch": (
        "backtracking",
        {"shrink": 0.8},
        1.0,
        [5.04, 1.81, 0.653, 0.235, 0.0847],
    ),
}


@pytest.mark.parametrize("name", OPTAX)
def test_the_losses_that_optax_prints(name: str) -> None:
    rule, settings, rate, printed = OPTAX[name]
    run = descend(
        problem_from_formula("x^2 + y^2 + z^2"), make_optimizer(rule, settings), [1, 2, 3], 5, rate=rate
    )
    assert [float(f"{loss:.2e}") for loss in run.loss[1:]] == printed


# Runs of textbooks and documentation --------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A run in print. ``points``: the step and the point there, with an absolute error of ``within``."""

    source: str
    formula: str
    start: Sequence[float]
    rate: float | None
    points: Mapping[int, Sequence[float]]
    within: float
    rule: str = "gd"
    settings: Settings = field(default_factory=dict)


D2L = "Dive into Deep Learning (Zhang, Lipton, Li, Smola, 2023), section "
TF = "TensorFlow 2.5, API documentation, tf.keras.optimizers."
WIKI = "Wikipedia, "
TRENCH = "0.1*x^2 + 2*y^2"
WAVE = "x*cos(0.15*pi*x)"
MASTERY = "Machine Learning Mastery (Brownlee, 2021), Gradient Descent Optimization From Scratch, "
SEEDED = [-0.165955990594852, 0.4406489868843162]  # the two numbers of NumPy's seed 1, between -1 and 1
CHONG = "Chong and Żak, An Introduction to Optimization, 4th ed. (2013), example 8.1"
TF1: Settings = {"decay": 0.9, "eps": 1e-10, "eps_in_root": True, "initial": 1.0, "form": "step"}
ROOT_EPS: Settings = {"eps": 1e-6, "eps_in_root": True}

RUNS = [
    Run(D2L + "12.3.1", "x^2", [10], 0.2, {10: [0.06046617599999997]}, 1e-15),
    Run(D2L + "12.3.2", "x^2 + 2*y^2", [-5, -2], 0.1, {20: [-0.057646, -0.000073]}, 6e-7),
    Run(D2L + "12.3.3", WAVE, [10], 1.0, {10: [26.83413291324767]}, 1e-9, "newton"),
    Run(D2L + "12.3.3, rate 0.5", WAVE, [10], 0.5, {10: [7.269860168684531]}, 1e-12, "newton"),
    Run(D2L + "12.6.1", TRENCH, [-5, -2], 0.4, {20: [-0.943467, -0.000073]}, 6e-7),
    Run(D2L + "12.6.1, rate 0.6", TRENCH, [-5, -2], 0.6, {20: [-0.387814, -1673.365109]}, 6e-7),
    Run(
        D2L + "12.6.1, beta 0.5",
        TRENCH,
        [-5, -2],
        0.6,
        {20: [0.007188, 0.002553]},
        6e-7,
        "momentum",
        {"beta": 0.5},
    ),
    Run(
        D2L + "12.6.1, beta 0.25",
        TRENCH,
        [-5, -2],
        0.6,
        {20: [-0.126340, -0.186632]},
        6e-7,
        "momentum",
        {"beta": 0.25},
    ),
    Run(D2L + "12.7.3", TRENCH, [-5, -2], 0.4, {20: [-2.382563, -0.158591]}, 6e-7, "adagrad", ROOT_EPS),
    Run(D2L + "12.7.3, rate 2", TRENCH, [-5, -2], 2.0, {20: [-0.002295, 0.0]}, 6e-7, "adagrad", ROOT_EPS),
    Run(
        D2L + "12.8.1",
        TRENCH,
        [-5, -2],
        0.4,
        {20: [-0.010599, 0.0]},
        6e-7,
        "rmsprop",
        {**ROOT_EPS, "decay": 0.9},
    ),
    Run(TF + "SGD", "x^2/2", [1], 0.1, {1: [0.9]}, 1e-15),
    Run(
        TF + "SGD, momentum",
        "x^2/2",
        [1],
        0.1,
        {1: [0.9], 2: [0.9 - 0.18]},
        1e-15,
        "momentum",
        {"form": "step"},
    ),
    Run(
        "Keras 3, API documentation, keras.optimizers.RMSprop",
        "x^2/2",
        [10],
        0.1,
        {1: [9.683772]},
        6e-7,
        "rmsprop",
        {"decay": 0.9, "eps": 1e-7, "eps_in_root": True},
    ),
    Run(
        "TensorFlow 1, tf.train.RMSPropOptimizer with momentum",
        "x^2/2",
        [10],
        0.1,
        {3: [8.626088]},
        6e-7,
        "rmsprop",
        {**TF1, "eps": 1.0, "momentum": 0.9},
    ),
    Run(
        "PyTorch, torch.optim.RMSprop with momentum",
        "x^2/2",
        [10],
        0.1,
        {3: [8.844427]},
        6e-7,
        "rmsprop",
        {"decay": 0.9, "eps": 1.0, "momentum": 0.9},
    ),
    Run(
        MASTERY + "AdaDelta",
        "x^2 + y^2",
        SEEDED,
        1.0,
        {101: [-1.45142626e-07, 2.71163181e-03], 120: [-8.03777865e-09, 9.60673346e-04]},
        6e-12,
        "adadelta",
        {"decay": 0.99, "eps": 1e-3, "eps_in_root": False},
    ),
    Run(
        MASTERY + "AMSGrad",
        "x^2 + y^2",
        SEEDED,
        0.007,
        {91: [-5.74880707e-11, 2.16227707e-03], 100: [-6.78222208e-12, 1.27905115e-03]},
        6e-12,
        "amsgrad",
        {"beta2": 0.99, "beta1_decay": 0.9, "correction": "none", "eps": 0},
    ),
    Run(
        # Its numbers are those of this rate and beta2, not of the 0.02 and 0.99 of its program.
        MASTERY + "AdaMax",
        "x^2 + y^2",
        SEEDED,
        0.1,
        {34: [-0.00122185, 0.00427944], 50: [-0.00033193, -0.00064834]},
        6e-9,
        "adamax",
        {"beta1": 0.8, "beta2": 0.999, "eps": 0},
    ),
    Run(
        CHONG,
        "(x-4)^4 + (y-3)^2 + 4*(z+5)^4",
        [4, 2, -1],
        None,
        {1: [4.000, 2.008, -5.062], 2: [4.000, 3.000, -5.060]},
        6e-4,
        "exact-line",
    ),
    Run(
        WIKI + "Gradient descent, solution of a non-linear system",
        "((3*x-cos(y*z)-3/2)^2 + (4*x^2-625*y^2+2*y-1)^2 + (exp(-x*y)+20*z+(10*pi-3)/3)^2) / 2",
        [0, 0, 0],
        0.001,
        {1: [0.0075, 0.002, -0.20944]},
        6e-6,
    ),
    Run(
        WIKI + "Conjugate gradient method, numerical example",
        "(4*x^2 + 2*x*y + 3*y^2)/2 - x - 2*y",
        [2, 1],
        None,
        {1: [0.2356, 0.3384], 2: [0.0909, 0.6364]},
        6e-5,
        "cg",
        {"formula": "FR"},
    ),
    Run(
        WIKI + "Conjugate gradient method: its first step is the steepest descent's",
        "(4*x^2 + 2*x*y + 3*y^2)/2 - x - 2*y",
        [2, 1],
        None,
        {1: [0.2356, 0.3384]},
        6e-5,
        "exact-line",
    ),
]


@pytest.mark.parametrize("printed", RUNS, ids=[run.source for run in RUNS])
def test_a_run_in_print(printed: Run) -> None:
    problem = problem_from_formula(printed.formula, parameters=["x", "y", "z"][: len(printed.start)])
    optimizer = make_optimizer(printed.rule, printed.settings)
    run = descend(problem, optimizer, printed.start, max(printed.points), rate=printed.rate)
    for step, point in printed.points.items():
        np.testing.assert_allclose(run.parameters[step], point, rtol=0, atol=printed.within)


def test_the_lengths_of_exact_steps_in_print() -> None:
    """The same example of Chong and Żak prints the lengths of its three steps."""
    printed = next(run for run in RUNS if run.source == CHONG)
    problem = problem_from_formula(printed.formula)
    run = descend(problem, make_optimizer("exact-line"), printed.start, 3)
    lengths = np.linalg.norm(np.diff(run.parameters, axis=0), axis=1) / np.linalg.norm(
        run.gradient[:-1], axis=1
    )
    assert [f"{length:.4g}" for length in lengths] == ["0.003967", "0.5", "16.29"]


def test_the_steps_of_bfgs_in_print() -> None:
    """Nocedal and Wright, 2nd ed., section 6.1: 34 on Rosenbrock's function from (-1.2, 1), until |∇J| <= 1e-5."""
    valley = problem_from_formula("100*(y-x^2)^2 + (1-x)^2", parameters=["x", "y"])
    bfgs = make_optimizer("bfgs", {"scaled": False})
    run = descend(valley, bfgs, [-1.2, 1], 100, stop={"gradient": 1e-5})
    assert run.steps == 34


def test_the_losses_of_the_system_in_print() -> None:
    """The same example of Wikipedia: F falls from 58.456 to 23.306 in the first step."""
    system = next(run for run in RUNS if "non-linear system" in run.source)
    run = descend(
        problem_from_formula(system.formula, parameters=["x", "y", "z"]),
        make_optimizer("gd"),
        [0, 0, 0],
        1,
        rate=0.001,
    )
    assert [round(loss, 3) for loss in run.loss.tolist()] == [58.456, 23.306]


# Schedules ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "rate", "rates"),
    [
        # PyTorch 1.13, torch/optim/lr_scheduler.py, the example of StepLR
        (
            {"kind": "step", "every": 30, "factor": 0.1},
            0.05,
            {0: 0.05, 29: 0.05, 30: 0.005, 59: 0.005, 60: 0.0005, 89: 0.0005},
        ),
        # Keras, learning_rate_schedule_test.py (51d7e770): ExponentialDecay with a staircase
        ({"kind": "step", "every": 3, "factor": 0.96}, 0.1, {1: 0.1, 2: 0.1, 100: 0.1 * 0.96**33}),
        # … PiecewiseConstantDecay, which cuts one update after its boundaries
        (
            {"kind": "milestones", "at": [101, 111, 121], "factor": 0.1},
            1.0,
            {100: 1.0, 105: 0.1, 110: 0.1, 120: 0.01, 999: 0.001},
        ),
        # … PolynomialDecay: halfway, at the end and beyond it; of power 1/2 as well
        ({"kind": "linear", "steps": 10, "end": 0.02}, 0.05, {5: 0.0255, 10: 0.001, 15: 0.001}),
        ({"kind": "polynomial", "steps": 10, "floor": 0.02}, 0.05, {5: 0.0255, 10: 0.001, 15: 0.001}),
        (
            {"kind": "polynomial", "steps": 10, "floor": 0.02, "power": 0.5},
            0.05,
            {5: 0.049 * math.sqrt(0.5) + 0.001, 15: 0.001},
        ),
        # PyTorch 2, torch/optim/lr_scheduler.py, the examples of MultiStepLR, LinearLR and PolynomialLR
        (
            {"kind": "milestones", "at": [30, 80], "factor": 0.1},
            0.05,
            {0: 0.05, 29: 0.05, 30: 0.005, 79: 0.005, 80: 0.0005},
        ),
        (
            {"kind": "linear", "steps": 4, "start": 0.5, "end": 1.0},
            0.05,
            {0: 0.025, 1: 0.03125, 2: 0.0375, 3: 0.04375, 4: 0.05, 9: 0.05},
        ),
        (
            {"kind": "polynomial", "steps": 4},
            0.05,
            {0: 0.05, 1: 0.0375, 2: 0.025, 3: 0.0125, 4: 0.0, 9: 0.0},
        ),
        # … InverseTimeDecay: the decay is 0.96 in 10 steps
        ({"kind": "inverse-time", "decay": 0.096}, 0.1, {0: 0.1, 5: 0.1 / 1.48, 10: 0.1 / 1.96}),
        # … CosineDecay, with and without the floor alpha; beyond the end it stays there
        ({"kind": "cosine", "steps": 1000}, 1.0, {0: 1.0, 500: 0.5, 1000: 0.0, 1250: 0.0}),
        (
            {"kind": "cosine", "steps": 1000, "floor": 0.1},
            1.0,
            {0: 1.0, 250: 0.1 + 0.45 * (1 + math.sqrt(0.5)), 500: 0.55, 1250: 0.1},
        ),
    ],
)
def test_rates_in_print(spec: Settings, rate: float, rates: Mapping[int, float]) -> None:
    schedule = make_schedule(spec)
    assert callable(schedule)
    for k, expected in rates.items():
        assert rate * schedule(k) == pytest.approx(expected, rel=1e-12, abs=1e-15)
