"""What happens on the way."""

from collections.abc import Sequence

import numpy as np
import pytest

from gdcore.analysis.path import find_events
from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent
from gdcore.problems import problem_from_formula
from gdcore.run.descent import descend
from gdcore.run.events import Event, EventFinder

GD = GradientDescent()


def events(
    losses: Sequence[float] | None = None,
    x: Sequence[float] | None = None,
    gradient: Sequence[float] | None = None,
    diverged: bool = False,
    nonfinite_step: int | None = None,
) -> list[tuple[object, ...]]:
    """The events of a run of one parameter p with these rows, as tuples."""
    rows = len(losses or x or gradient or ())
    finder = EventFinder(["p"])
    for k in range(rows):
        finder.see(
            k,
            [x[k] if x else 0.0],
            losses[k] if losses else 1000.0 - 10 * k,
            [gradient[k] if gradient else 1.0],
        )
    return [(e.kind, e.parameter, e.step, e.last, e.count) for e in finder.events(diverged, nonfinite_step)]


def test_overshoot_is_a_change_of_sign_of_the_slope() -> None:
    assert events(gradient=[1, 1, -1, -1]) == [("overshoot", "p", 2, 2, 1)]
    assert events(gradient=[1, -1, 1, -1]) == [("overshoot", "p", 1, 3, 3)]
    assert events(gradient=[1, -1, -1, 1, -1]) == [("overshoot", "p", 1, 1, 1), ("overshoot", "p", 3, 4, 2)]


def test_reaching_the_bottom_exactly_is_no_overshoot() -> None:
    assert events(gradient=[1, 0, 0]) == []
    assert events(gradient=[1, 0, -1]) == []


def test_overshoot_of_slopes_whose_product_underflows() -> None:
    assert events(gradient=[1e-200, -1e-200]) == [("overshoot", "p", 1, 1, 1)]


def test_loss_increase() -> None:
    assert events([5, 4, 6, 7, 1]) == [("loss increase", None, 2, 3, 2)]
    assert events([5, 5, 5]) == []


def test_a_turning_point_is_where_the_parameter_is_farthest() -> None:
    assert events(x=[0, 1, 2, 1, 0, -1]) == [("turning point", "p", 2, 2, 1)]
    assert events(x=[0, -1, -2, -1, 0, 1, 2, 3]) == [("turning point", "p", 2, 2, 1)]


def test_a_turn_must_last_three_steps() -> None:
    assert events(x=[0, 1, 2, 1, 0]) == []
    assert events(x=[0, 1, 0, 1, 0, 1, 0]) == []  # zig-zag
    assert events(x=[0, 1, 0, 1, 0, -1, -2]) == [("turning point", "p", 3, 3, 1)]


def test_a_step_of_zero_neither_turns_nor_breaks() -> None:
    assert events(x=[0, 1, 1, 0, 0, -1, -2]) == [("turning point", "p", 2, 2, 1)]
    assert events(x=[0, 0, 0, 1, 2, 3]) == []


def test_a_plateau_needs_ten_flat_steps_and_then_a_fall() -> None:
    flat = [100 - 0.01 * k for k in range(11)]
    assert events([*flat, 50]) == [("plateau", None, 1, 10, 10)]
    assert events([200, *flat, 50]) == [("plateau", None, 2, 11, 10)]
    assert events(flat) == []  # no fall
    assert events([*flat[:-1], 50]) == []  # 9 steps
    assert [e[0] for e in events([*flat, 150])] == ["loss increase"]  # a rise


def test_divergence_is_the_final_rise() -> None:
    assert events([5, 4, 6, 7], diverged=True)[0] == ("divergence", None, 2, 3, 2)
    assert events([5, 4, 6, 7], diverged=True, nonfinite_step=4)[0] == ("divergence", None, 2, 4, 3)
    assert events([5, 4, 3], diverged=True, nonfinite_step=3) == [("divergence", None, 3, 3, 1)]


def test_events_are_sorted_by_step() -> None:
    finder = EventFinder(["p"])
    for k, (x, loss, slope) in enumerate([(0, 5, 1), (1, 6, -1), (0, 5, 1), (-1, 6, 1), (-2, 5, 1)]):
        finder.see(k, [x], loss, [slope])
    steps = [event.step for event in finder.events(False, None)]
    assert len(steps) == 4
    assert steps == sorted(steps)


def test_memory_can_be_taken_up_anywhere() -> None:
    random = np.random.default_rng(4)
    x = np.cumsum(random.normal(size=(60, 2)), axis=0).round(1)
    loss = (100 + np.cumsum(random.normal(size=60) * 0.2)).round(1)
    gradient = random.normal(size=(60, 2))
    whole = EventFinder(["p", "q"])
    for k in range(60):
        whole.see(k, x[k].tolist(), float(loss[k]), gradient[k].tolist())
    for cut in range(60):
        finder = EventFinder(["p", "q"])
        for k in range(60):
            if k == cut + 1:
                memory = finder.snapshot()
                finder = EventFinder(["p", "q"])
                finder.restore(memory, cut, x[cut].tolist(), float(loss[cut]), gradient[cut].tolist())
            finder.see(k, x[k].tolist(), float(loss[k]), gradient[k].tolist())
        assert finder.events(False, None) == whole.events(False, None)
        assert finder.snapshot() == whole.snapshot()


def test_events_of_a_run_can_be_found_again() -> None:
    problem = problem_from_formula("0.1*x^2 + 2*y^2")
    trajectory = descend(problem, GD, [-5, -2], 40, rate=0.49)
    assert trajectory.events
    assert find_events(trajectory) == trajectory.events
    diverging = descend(problem, GD, [-5, -2], 40, rate=0.6)
    assert find_events(diverging) == diverging.events
    assert any(event.kind == "divergence" for event in diverging.events)


def test_events_of_a_thinned_run_are_read_off() -> None:
    trajectory = descend(problem_from_formula("x^2"), GD, 1, 40, rate=0.9, every=5)
    assert trajectory.events
    with pytest.raises(GdError, match=r"Read trajectory\.events"):
        find_events(trajectory)


def test_as_dict() -> None:
    event = Event(3, "overshoot", "x", 5, 3)
    assert event.as_dict() == {"kind": "overshoot", "parameter": "x", "step": 3, "last": 5, "count": 3}
    assert list(event.as_dict()) == ["kind", "parameter", "step", "last", "count"]
