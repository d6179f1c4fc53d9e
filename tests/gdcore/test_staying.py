"""A run that passes through a minimum with speed does not rest there, whoever is asked."""

from typing import Any

import numpy as np
import pytest

from gdcore.analysis.convergence import sweep
from gdcore.optimizers import OPTIMIZERS, make_optimizer
from gdcore.problems import landscape, problem_from_formula
from gdcore.run.descent import descend
from gdcore.run.many import descend_many
from gdcore.schedules import make_schedule

SQUARE = problem_from_formula("x^2")


@pytest.mark.parametrize("form", ["slope", "step"])
@pytest.mark.parametrize(("rate", "steps"), [(0.25, 2), (1.0, 2), (0.5, 1)])
def test_a_crossing_is_no_rest(form: str, rate: float, steps: int) -> None:
    rule = make_optimizer("momentum", {"beta": 0.5, "form": form})
    run = descend(SQUARE, rule, 1, steps, rate=rate)
    assert run.final.tolist() == [0.0]
    assert (run.outcome, run.rest.at_rest) == ("step limit", False)
    assert "rests" not in run.reason
    assert descend_many(SQUARE, rule, [[1.0]], steps, rate=rate).outcome(0) == "step limit"
    found = sweep(SQUARE, rule, 1, [rate], 500)
    assert found.steps[0] > 15
    assert np.abs(descend(SQUARE, rule, 1, 500, rate=rate).parameters[found.steps[0] :]).max() < 1e-5


def test_a_crossing_under_a_schedule_is_no_rest() -> None:
    rule = make_optimizer("momentum", {"beta": 0.5})
    halved = make_schedule({"kind": "exponential", "factor": 0.5})
    run = descend(SQUARE, rule, 1, 1, rate=0.5, schedule=halved)
    assert (run.final.tolist(), run.rest.at_rest) == ([0.0], False)


def test_what_has_no_speed_rests_with_any_rule() -> None:
    for name in OPTIMIZERS:
        rule = make_optimizer(name)
        run = descend(SQUARE, rule, 0, 3, rate=0.1)
        assert (run.outcome, run.rest.at_rest) == ("converged", True), name


@pytest.mark.parametrize("settings", [{}, {"beta": 0.5}, {"beta": 0.99}])
@pytest.mark.parametrize("name", ["momentum", "nesterov", "adam", "cg"])
def test_descend_sweep_and_many_agree_on_rules_that_remember(name: str, settings: dict[str, Any]) -> None:
    rule = make_optimizer(name, settings if name in ("momentum", "nesterov") else {})
    bowl = landscape("trench")
    (steps,) = sweep(bowl, rule, [-5, -2], [0.1], 3000).steps.tolist()
    for count in {0, 7, 40, max(0, steps - 1), max(0, steps), 3000}:
        run = descend(bowl, rule, [-5, -2], count, rate=0.1)
        assert descend_many(bowl, rule, [[-5.0, -2]], count, rate=0.1).outcome(0) == run.outcome
        if steps >= 0 and count in (steps - 1, steps):
            assert (run.outcome == "converged") == (count == steps)
