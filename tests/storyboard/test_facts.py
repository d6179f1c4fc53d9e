"""What is zero but for rounding is shown as zero, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.optimizers import GradientDescent
from gdcore.problems import LeastSquares, problem_from_formula
from gdcore.problems.curvature import curvature, rate_limit
from gdcore.run.descent import descend
from scenes.storyboard.facts import losses_shown, slopes_shown

GD = GradientDescent()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("seed", range(6))
def test_a_line_through_all_points_has_loss_and_slope_zero_in_the_end(seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    x, (w, b) = np.arange(1.0, 7.0), random.integers(1, 9, 2)
    line = LeastSquares({"x": x}, w * x + b, "y")
    eigenvalues = curvature(line, [0, 0])
    limit = rate_limit(eigenvalues)
    assert limit is not None
    steps = int(40 * eigenvalues[-1] / eigenvalues[0] / share)
    run = descend(line, GD, [0, 0], steps, rate=share * limit, every=steps)
    assert losses_shown(line, run)[-1] == 0
    assert not slopes_shown(line, run)[-1].any()
    assert losses_shown(line, run)[0] == run.loss[0]


@pytest.mark.parametrize(
    ("formula", "start", "rate"),
    [
        ("(x-3)^2", 6.0, 1e-17),
        ("(x-3)^2", 6.0, 1e-300),
        ("1e-20*(x-3)^2", 6.0, 0.1),
        ("(x-3)^2 + 2", 3.5, 0.5),
    ],
)
def test_what_a_step_too_small_leaves_is_no_rounding(formula: str, start: float, rate: float) -> None:
    problem = problem_from_formula(formula)
    run = descend(problem, GD, start, 5, rate=rate)
    assert (losses_shown(problem, run) == run.loss).all()
    assert (slopes_shown(problem, run)[0] == run.gradient[0]).all()
