"""Measured and theoretical convergence, the sweep of rates, and basins."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore.analysis.basins import DIVERGED, ELSEWHERE, find_basins, save_basins
from gdcore.analysis.convergence import measure_convergence, sweep, theoretical_factor
from gdcore.base.errors import GdError
from gdcore.optimizers import GradientDescent, make_optimizer
from gdcore.problems import landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.schedules import make_schedule

GD = GradientDescent()
TRENCH = landscape("trench")  # eigenvalues 0.2 and 4


@pytest.mark.parametrize(
    ("name", "settings", "rate", "factor"),
    [
        ("gd", {}, 0.1, 0.98),
        ("gd", {}, 0.49, 0.96),
        ("gd", {}, 2 / 4.2, 19 / 21),
        ("momentum", {"beta": 0.5}, 0.6, np.sqrt(0.5)),  # both pairs of roots are complex: modulus √β
        ("momentum", {"beta": 0.9}, 0.3, np.sqrt(0.9)),
        ("nesterov", {"beta": 0.6}, 0.25, None),
        ("nesterov", {"beta": 0.6, "form": "step"}, 0.25, None),
        ("nesterov", {"beta": 0.6, "form": "step", "slope": "ahead"}, 0.25, None),
        ("newton", {}, 0.25, 0.75),
    ],
)
def test_the_measured_factor_is_that_of_theory(name: str, settings: Any, rate: float, factor: Any) -> None:
    optimizer = make_optimizer(name, settings)
    run = descend(TRENCH, optimizer, [-5, -2], 150, rate=rate)
    found = measure_convergence(run, TRENCH)
    assert found.theory == theoretical_factor(optimizer, rate, [0.2, 4])
    assert found.factor == pytest.approx(found.theory, rel=0.01)
    if factor is not None:
        assert found.theory == pytest.approx(factor, rel=1e-12)
    assert found.minimum.tolist() == [0, 0]


@given(rate=st.floats(0.01, 1.5), beta=st.floats(0, 0.95))
def test_momentum_is_stable_just_below_2_plus_2_beta(rate: float, beta: float) -> None:
    factor = theoretical_factor(make_optimizer("momentum", {"beta": beta}), rate, [4.0])
    assert factor is not None
    if abs(rate * 4 - (2 + 2 * beta)) > 1e-9:
        assert (factor < 1) == (rate * 4 < 2 + 2 * beta)


def test_the_order_of_convergence() -> None:
    problem = problem_from_formula("exp(x) - x")
    newton = measure_convergence(descend(problem, make_optimizer("newton"), 1, 8), problem)
    assert newton.order == pytest.approx(2, abs=0.1)
    linear = measure_convergence(descend(TRENCH, GD, [-5, -2], 100, rate=0.1), TRENCH)
    assert linear.order == pytest.approx(1, abs=1e-6)


def test_a_minimum_is_given_known_or_found() -> None:
    problem = problem_from_formula("(x-1)^4 + (x-1)^2 + (y-2)^2 + exp(-y)/100")
    run = descend(problem, GD, [0, 0], 80, rate=0.1)
    found = measure_convergence(run, problem)
    assert np.abs(problem.gradient(found.minimum)).max() < 1e-12
    assert measure_convergence(run, problem, {"x": 1, "y": 2}).minimum.tolist() == [1, 2]
    slope = problem_from_formula("exp(x) + y^2")
    with pytest.raises(GdError, match="none was found"):
        measure_convergence(descend(slope, GD, [0, 1], 3, rate=0.1), slope)


def test_no_theory_is_claimed_where_there_is_none() -> None:
    assert theoretical_factor(make_optimizer("adam"), 0.1, [1, 2]) is None
    assert theoretical_factor(GradientDescent("sequential"), 0.1, [1, 2]) is None
    assert theoretical_factor(GD, 0.1, [-1.0, 0.0]) is None
    run = descend(
        TRENCH, GD, [1, 1], 20, rate=0.1, schedule=make_schedule({"kind": "exponential", "factor": 0.9})
    )
    assert measure_convergence(run, TRENCH).theory is None
    short = measure_convergence(descend(TRENCH, GD, [1, 1], 1, rate=0.1), TRENCH)
    assert (short.factor, short.order) == (None, None)


def test_a_sweep_finds_the_best_rate_of_theory() -> None:
    rates = np.linspace(0.06, 0.6, 55)
    found = sweep(TRENCH, GD, [-5, -2], rates, 2000, tolerance=1e-8)
    assert found.best == pytest.approx(2 / 4.2, abs=0.011)
    assert all((found.steps >= 0) == (rates < 0.5 - 1e-9))
    assert found.outcomes[-1] == "diverged"
    # Steps are ln(tolerance/slope)/ln(factor): half the rate, about twice the steps.
    assert found.steps[4] == pytest.approx(2 * found.steps[14], rel=0.1)
    assert sweep(TRENCH, GD, [1, 1], [1.0], 5).best is None
    for wrong in ({"rates": []}, {"rates": [0.1], "tolerance": 0}):
        with pytest.raises(GdError, match=r"rate|tolerance"):
            sweep(TRENCH, GD, [1, 1], steps=5, **wrong)  # type: ignore[arg-type]


def test_a_sweep_says_in_its_own_words_what_it_cannot_look_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdcore.run.rows.MAX_BYTES", 2**20)
    with pytest.raises(
        GdError, match=r"sweep looks through at most \d+, of the 100000 .*tolerance"
    ) as caught:
        sweep(TRENCH, GD, [1, 1], [1e-9], 10**5)
    assert "every" not in str(caught.value)
    assert sweep(TRENCH, GD, [1, 1], [1e-9], 10**5, tolerance=1e-9).best is None
    with pytest.raises(GdError, match="steps is a number of"):
        sweep(TRENCH, GD, [1, 1], [0.1], 10**20)


# Basins -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["double-well", "himmelblau", "camel", "styblinski-tang"])
def test_basins_find_the_minima_by_themselves(name: str) -> None:
    known = landscape(name)
    problem = problem_from_formula(known.formula.text)
    rate = {"double-well": 0.1, "himmelblau": 0.005, "camel": 0.02, "styblinski-tang": 0.01}[name]
    found = find_basins(problem, GD, rate=rate, grid=30, steps=3000, region=known.region)
    expected = sorted(known.minima(), key=lambda point: float(problem.value(point)))
    assert len(found.minima) == len(expected)
    for point in expected:
        assert np.abs(found.minima - point).max(axis=1).min() < 1e-9
    assert (np.diff(found.values) >= -1e-12).all()
    assert sum(found.counts) + found.diverged + found.elsewhere == found.labels.size
    assert found.elsewhere <= 2
    for place in np.ndindex(*found.labels.shape):
        if sum(place) % 7 == 0 and found.labels[place] >= 0:
            start = [axis[i] for axis, i in zip(found.axes, place, strict=True)]
            run = descend(problem, GD, start, 3000, rate=rate, every=3000)
            assert run.final.tolist() == found.final[place].tolist()
            assert np.abs(run.final - found.minima[found.labels[place]]).max() < 0.1


def test_the_two_starts_a_hair_apart() -> None:
    hilly = landscape("hilly")
    found = find_basins(hilly, GD, rate=0.02, grid=2, steps=2000, region=[[-0.2, -0.15], [1.3, 1.4]])
    assert found.minima[found.labels[0, 0]] == pytest.approx([-1.35, 0.2], abs=0.01)
    assert found.minima[found.labels[1, 0]] == pytest.approx([0.3, 0.32], abs=0.01)


def test_a_region_is_no_wider_than_numbers_are() -> None:
    with pytest.raises(GdError, match=r"region of x is .* its width must be a finite number"):
        find_basins(problem_from_formula("x^2"), GD, rate=0.1, grid=3, steps=2, region=[-1e308, 1e308])
    with pytest.raises(GdError, match=r"low < high.*\[-1, 1\]"):  # and no mend that is refused in turn
        find_basins(problem_from_formula("x^2"), GD, rate=0.1, grid=3, steps=2, region=[np.inf, 2])


def test_what_reaches_no_minimum_is_said() -> None:
    saddle = find_basins(landscape("saddle"), GD, rate=0.1, grid=5, steps=20)
    assert saddle.minima.shape == (0, 2)
    assert set(saddle.labels.ravel().tolist()) <= {DIVERGED, ELSEWHERE}
    wild = find_basins(problem_from_formula("x^4"), GD, rate=1, grid=9, steps=50, region=[-5, 5])
    assert wild.diverged > 0


def test_a_sharp_minimum_is_known_or_not_at_all() -> None:
    problem = problem_from_formula("abs(x)", minima=[0])
    found = find_basins(problem, GD, rate=0.01, grid=11, steps=500, region=[-3, 3])
    assert found.counts == (11,)


def test_a_map_is_saved(tmp_path: Path) -> None:
    found = find_basins(landscape("double-well"), GD, rate=0.1, grid=12, steps=500)
    save_basins(found, tmp_path / "map.npz")
    with np.load(tmp_path / "map.npz", allow_pickle=False) as archive:
        assert archive["labels"].tolist() == found.labels.tolist()
        assert archive["axis_0"].tolist() == found.axes[0].tolist()
        assert archive["names"].tolist() == ["w"]
    with pytest.raises(
        GdError, match=r"the name 'map\.png' does not end in \.npz; a map of basins is saved as"
    ):
        save_basins(found, tmp_path / "map.png")


def test_maps_that_cannot_be() -> None:
    with pytest.raises(GdError, match=r"no bounded region\. Give .* for each of x, y"):
        find_basins(problem_from_formula("x^2 + y^4"), GD, rate=0.1)
    with pytest.raises(GdError, match="Take a grid of 2000"):
        find_basins(landscape("bowl"), GD, rate=0.1, grid=3000)
    with pytest.raises(GdError, match="grid is 1; it must be 2 or more"):
        find_basins(landscape("bowl"), GD, rate=0.1, grid=1)


class OnesOwn:
    """A rule that no name is registered for: half the slope."""

    name = "ones-own"
    default_rate = None

    def settings(self) -> dict[str, Any]:
        return {"part": 0.5}

    def init(self, x: Any) -> dict[str, Any]:
        return {}

    def update(self, problem: Any, x: Any, gradient: Any, state: Any, rate: float, k: int) -> Any:
        return x - rate * 0.5 * gradient, state


def test_a_rule_of_ones_own_is_measured_without_theory() -> None:
    run = descend(TRENCH, OnesOwn(), [-5, -2], 150, rate=0.2)
    found = measure_convergence(run, TRENCH)
    assert found.theory is None
    assert found.factor == pytest.approx(0.98, rel=0.01)


def test_a_rule_of_ones_own_continues_where_it_is_given_again() -> None:
    whole = descend(TRENCH, OnesOwn(), [-5, -2], 20, rate=0.2)
    part = descend(TRENCH, OnesOwn(), [-5, -2], 8, rate=0.2)
    assert continue_run(part, TRENCH, 12, optimizer=OnesOwn()) == whole
    with pytest.raises(
        GdError, match=r"ones-own is not one of this package's\. Give it again, as optimizer="
    ):
        continue_run(part, TRENCH, 12)
    with pytest.raises(GdError, match=r"done by the optimizer ones-own .*, and this is gd"):
        continue_run(part, TRENCH, 12, optimizer=GD)


def test_the_measured_factor_does_not_depend_on_units() -> None:
    small = problem_from_formula("(1e9*x)^2 + 20*(1e9*y)^2")
    run = descend(small, GD, [-5e-9, -2e-9], 150, rate=0.03e-18)
    usual = descend(problem_from_formula("x^2 + 20*y^2"), GD, [-5, -2], 150, rate=0.03)
    found = measure_convergence(run, small).factor
    assert found == pytest.approx(measure_convergence(usual, problem_from_formula("x^2 + 20*y^2")).factor)
