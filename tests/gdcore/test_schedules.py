"""Schedules: their factors, that they combine, and that a run with one can be continued."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdcore.base.errors import GdError
from gdcore.optimizers import OPTIMIZERS, GradientDescent, make_optimizer
from gdcore.problems import LeastSquares, landscape, problem_from_formula
from gdcore.run.descent import continue_run, descend
from gdcore.run.plan import Plan
from gdcore.run.sampling import Sampler, Sampling
from gdcore.run.stopping import StopRules
from gdcore.schedules import SCHEDULES, AnySchedule, BarzilaiBorwein, Product, Schedule, make_schedule
from gdcore.storage import load, save

SPECS: dict[str, Any] = {
    "constant": {"kind": "constant"},
    "step": {"kind": "step", "every": 3, "factor": 0.5},
    "milestones": {"kind": "milestones", "at": [2, 5, 11], "factor": 0.5},
    "exponential": {"kind": "exponential", "factor": 0.9},
    "inverse-time": {"kind": "inverse-time", "decay": 0.5, "power": 1.0},
    "linear": {"kind": "linear", "steps": 6, "start": 0.25, "end": 1.5},
    "polynomial": {"kind": "polynomial", "steps": 6, "power": 2.0, "floor": 0.1},
    "cosine": {"kind": "cosine", "steps": 8, "floor": 0.1, "restarts": False},
    "warm-up": {"kind": "warm-up", "steps": 4},
    "barzilai-borwein": {"kind": "barzilai-borwein", "form": "short"},
}
BOTH = [{"kind": "warm-up", "steps": 5}, {"kind": "cosine", "steps": 20}]


def factors(spec: Any, count: int) -> list[float]:
    schedule = make_schedule(spec)
    assert callable(schedule)
    return [schedule(k) for k in range(count)]


def test_the_factors() -> None:
    assert factors({"kind": "constant"}, 3) == [1, 1, 1]
    assert factors({"kind": "step", "every": 2, "factor": 0.5}, 6) == [1, 1, 0.5, 0.5, 0.25, 0.25]
    assert factors({"kind": "step", "every": 1}, 3) == pytest.approx([1, 0.1, 0.01])
    assert factors({"kind": "exponential", "factor": 0.5}, 4) == [1, 0.5, 0.25, 0.125]
    assert factors({"kind": "inverse-time", "decay": 1}, 4) == [1, 1 / 2, 1 / 3, 1 / 4]
    assert factors({"kind": "inverse-time", "decay": 1, "power": 0.5}, 4)[3] == 0.5
    assert factors({"kind": "warm-up", "steps": 4}, 6) == [0.25, 0.5, 0.75, 1, 1, 1]
    assert factors({"kind": "cosine", "steps": 4}, 6) == pytest.approx(
        [1, 0.5 + math.sqrt(0.125), 0.5, 0.5 - math.sqrt(0.125), 0, 0], abs=1e-15
    )
    assert factors({"kind": "cosine", "steps": 4, "floor": 0.2}, 9)[4:] == pytest.approx([0.2] * 5)
    assert factors({"kind": "milestones", "at": [1, 3], "factor": 0.5}, 5) == [1, 0.5, 0.5, 0.25, 0.25]
    assert factors({"kind": "milestones", "at": 2}, 4) == [1, 1, 0.1, 0.1]
    assert factors({"kind": "linear", "steps": 4}, 6) == [1, 0.75, 0.5, 0.25, 0, 0]
    assert factors({"kind": "linear", "steps": 2, "start": 0.5, "end": 2}, 4) == [0.5, 1.25, 2, 2]
    assert factors({"kind": "polynomial", "steps": 4, "power": 2}, 6) == [1, 9 / 16, 1 / 4, 1 / 16, 0, 0]
    assert factors({"kind": "polynomial", "steps": 2, "power": 0, "floor": 0.5}, 4) == [1, 1, 0.5, 0.5]
    around = factors({"kind": "cosine", "steps": 4, "restarts": True}, 8)
    assert around[:4] == around[4:]


def test_several_multiply() -> None:
    first, second = (factors(spec, 25) for spec in BOTH)
    assert factors(BOTH, 25) == [a * b for a, b in zip(first, second, strict=True)]
    assert factors(BOTH[:1], 9) == factors(BOTH[0], 9)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_a_schedule_is_made_again_from_its_spec(kind: str) -> None:
    schedule = make_schedule(SPECS[kind])
    assert schedule.spec() == SPECS[kind]
    assert make_schedule(schedule.spec()) == schedule


@pytest.mark.parametrize("spec", [*SPECS.values(), BOTH], ids=[*SPECS, "both"])
@pytest.mark.parametrize("name", ["gd", "adam"])
def test_a_run_in_two_parts_is_the_run_in_one(spec: Any, name: str, tmp_path: Path) -> None:
    problem, optimizer, schedule = landscape("rosenbrock"), make_optimizer(name), make_schedule(spec)
    whole = descend(problem, optimizer, [-1.2, 1], 20, rate=0.001, schedule=schedule)
    first = descend(problem, optimizer, [-1.2, 1], 9, rate=0.001, schedule=schedule)
    assert continue_run(first, problem, 11) == whole
    assert continue_run(first, problem, 11, schedule=schedule) == whole
    for suffix in (".npz", ".csv", ".json"):
        save(first, tmp_path / f"run{suffix}")
        assert continue_run(load(tmp_path / f"run{suffix}"), problem, 11) == whole


def test_a_run_cannot_go_on_with_another_schedule() -> None:
    problem = problem_from_formula("x^2")
    first = descend(problem, GradientDescent(), 1, 3, rate=0.1, schedule=make_schedule(SPECS["step"]))
    other = make_schedule(SPECS["cosine"])
    with pytest.raises(GdError, match="the run has the schedule"):
        continue_run(first, problem, 1, schedule=other)


# Per epoch ----------------------------------------------------------------------------------------------


def houses() -> LeastSquares:
    return LeastSquares({"size": [1.0, 2, 3, 4, 5, 6, 7]}, [3.0, 5, 4, 8, 9, 9, 13])


@pytest.mark.parametrize("kind", [kind for kind in SPECS if kind != "barzilai-borwein"])
def test_every_schedule_may_count_epochs(kind: str, tmp_path: Path) -> None:
    """Seven rows in batches of 3 are three updates an epoch: by hand, one update after the other."""
    spec = {**SPECS[kind], "per": "epoch"}
    problem, schedule = houses(), make_schedule(spec)
    assert schedule.spec() == spec
    options: dict[str, Any] = {"rate": 0.01, "batch_size": 3, "rows": "given"}
    run = descend(problem, GradientDescent(), [0, 0], 20, schedule=schedule, **options)
    x, plain = np.zeros(2), factors(SPECS[kind], 7)
    for k in range(20):
        rows = np.arange(7)[k % 3 * 3 : k % 3 * 3 + 3]
        x = x - 0.01 * plain[k // 3] * problem.value_and_gradient(x, rows)[1]
    np.testing.assert_allclose(run.final, x, rtol=1e-12)
    first = descend(problem, GradientDescent(), [0, 0], 8, schedule=schedule, **options)
    save(first, tmp_path / "run.json")
    assert continue_run(load(tmp_path / "run.json"), problem, 12) == run


def test_without_batches_an_epoch_is_one_update() -> None:
    spec = SPECS["step"]
    runs = [
        descend(houses(), GradientDescent(), [0, 0], 9, rate=0.01, schedule=make_schedule(made))
        for made in (spec, {**spec, "per": "epoch"}, {**spec, "per": "update"})
    ]
    assert runs[0].parameters.tolist() == runs[1].parameters.tolist() == runs[2].parameters.tolist()
    assert runs[2] == runs[0]


def test_schedules_that_count_epochs_and_updates_multiply() -> None:
    both = [{"kind": "warm-up", "steps": 4}, {"kind": "exponential", "factor": 0.5, "per": "epoch"}]
    rates = Plan(
        problem=houses(),
        optimizer=GradientDescent(),
        rate=1.0,
        rules=StopRules(),
        schedule=make_schedule(both),
        every=1,
        sampler=Sampler(houses(), Sampling(3)),
    ).rates(0, 8)
    assert list(rates) == [0.25, 0.5, 0.75, 0.5, 0.5, 0.5, 0.25, 0.25]


# Barzilai and Borwein -----------------------------------------------------------------------------------


def rates_of(form: Any, text: str, start: list[float], steps: int, first: float) -> tuple[Any, Any]:
    run = descend(
        problem_from_formula(text),
        GradientDescent(),
        start,
        steps,
        rate=first,
        schedule=BarzilaiBorwein(form),
    )
    moved = np.linalg.norm(np.diff(run.parameters, axis=0), axis=1)
    return run, moved / np.linalg.norm(run.gradient[:-1], axis=1)


@pytest.mark.parametrize("form", ["long", "short"])
def test_barzilai_borwein_takes_the_rate_of_the_last_step(form: str) -> None:
    run, rates = rates_of(form, "0.1*x^2 + 2*y^2", [-5, -2], 8, 0.3)
    s, y = np.diff(run.parameters, axis=0), np.diff(run.gradient, axis=0)
    long, short = (s * s).sum(1) / (s * y).sum(1), (s * y).sum(1) / (y * y).sum(1)
    assert rates[0] == pytest.approx(0.3)
    np.testing.assert_allclose(rates[1:], (long if form == "long" else short)[:-1], rtol=1e-9)
    assert (rates[1:] >= 1 / 4 - 1e-12).all()  # between the reciprocals of the curvatures, 0.2 and 4
    assert (rates[1:] <= 1 / 0.2 + 1e-12).all()


@pytest.mark.parametrize("form", ["long", "short"])
def test_barzilai_borwein_beats_the_best_fixed_rate(form: Any) -> None:
    problem = landscape("trench")
    fixed = descend(problem, GradientDescent(), [-5, -2], 400, rate=2 / 4.2, stop={"gradient": 1e-9})
    found = descend(
        problem,
        GradientDescent(),
        [-5, -2],
        400,
        rate=0.1,
        schedule=BarzilaiBorwein(form),
        stop={"gradient": 1e-9},
    )
    assert found.outcome == fixed.outcome == "converged"
    assert found.steps < fixed.steps / 4


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_barzilai_borwein_goes_with_every_rule(name: str) -> None:
    """Its rate is an array of one number; before the second update that is the rate that was given."""
    rule = make_optimizer(name)
    problem = landscape("trench")
    found = descend(problem, rule, [-5, -2], 1, rate=0.1, schedule=BarzilaiBorwein())
    assert found.final.tolist() == descend(problem, rule, [-5, -2], 1, rate=0.1).final.tolist()
    assert descend(problem, rule, [-5, -2], 4, rate=0.1, schedule=BarzilaiBorwein()).steps == 4


def test_barzilai_borwein_updates_one_parameter_after_the_other() -> None:
    rule = GradientDescent(order="sequential")
    problem = landscape("himmelblau")
    found = descend(problem, rule, [0.5, -1], 1, rate=0.01, schedule=BarzilaiBorwein())
    assert found.final.tolist() == descend(problem, rule, [0.5, -1], 1, rate=0.01).final.tolist()


def test_barzilai_borwein_keeps_the_given_rate_where_nothing_curves_upwards() -> None:
    _, rates = rates_of("long", "x", [1.0], 4, 0.25)
    assert rates.tolist() == [0.25] * 4
    _, rates = rates_of("short", "-x^2", [1.0], 4, 0.25)
    np.testing.assert_allclose(rates, 0.25)


# Refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "part"),
    [
        ({"kind": "stepp"}, "there is no schedule 'stepp'; there are constant, .* Did you mean step"),
        ({}, "there is no schedule ''"),
        ({"kind": "step"}, "the schedule step needs every. Give it, such as every=50"),
        ({"kind": "step", "every": 0}, "every of the schedule step is 0; it must be 1 or more"),
        (
            {"kind": "step", "every": 5, "factor": 1.5},
            "factor of the schedule step is 1.5; it must be from 0 to 1",
        ),
        ({"kind": "step", "evry": 5}, "has no setting 'evry'; it has every, factor, per. Did you mean every"),
        ({"kind": "exponential", "factor": "half"}, "is 'half'; it must be a number"),
        (
            {"kind": "inverse-time", "decay": -1},
            "decay of the schedule inverse-time is -1; it must be 0 or more",
        ),
        ({"kind": "cosine", "steps": 5, "restarts": 3}, "restarts"),
        ({"kind": "barzilai-borwein", "form": "medium"}, "is 'medium'; it must be 'long' or 'short'"),
        ({"kind": "milestones"}, "the schedule milestones needs at. Give it, such as at=30"),
        ({"kind": "milestones", "at": []}, "at of the schedule milestones is empty"),
        ({"kind": "milestones", "at": [5, 5]}, "is 5, 5; it must be whole numbers that rise"),
        ({"kind": "milestones", "at": "soon"}, "at of the schedule milestones is 'soon'; it must be a whole"),
        ({"kind": "milestones", "at": [0, 5]}, "is 0; it must be 1 or more"),
        ({"kind": "linear", "steps": 5, "end": -1}, "end of the schedule linear is -1; it must be 0 or more"),
        ({"kind": "polynomial", "steps": 5, "floor": 2}, "floor of the schedule polynomial is 2"),
        (
            {"kind": "step", "every": 2, "per": "week"},
            "per of the schedule step is 'week'; it must be 'update' or",
        ),
        ({"kind": "barzilai-borwein", "per": "epoch"}, "finds a rate for every update, not for an epoch"),
        ([], "no schedule; at least one is needed"),
        ([{"kind": "constant"}, {"kind": "barzilai-borwein"}], "cannot be joined to others"),
    ],
)
def test_schedules_that_cannot_be(spec: Any, part: str) -> None:
    with pytest.raises(GdError, match=part):
        make_schedule(spec)


def test_a_schedule_of_ones_own_needs_two_methods_only() -> None:
    class Mine:
        def __call__(self, k: int) -> float:
            return 1.0 / (1 + k)

        def spec(self) -> dict[str, Any]:
            return {"kind": "mine"}

    mine: Schedule = Mine()
    any_schedule: AnySchedule = Product((mine, make_schedule(SPECS["step"])))  # type: ignore[arg-type]
    run = descend(problem_from_formula("x"), GradientDescent(), 0, 2, rate=1, schedule=any_schedule)
    assert run.final.tolist() == [-1.5]


def test_yes_and_no_may_be_words() -> None:
    """As a command has them."""
    told = make_schedule({"kind": "cosine", "steps": 5, "restarts": "true"})
    assert told == make_schedule({"kind": "cosine", "steps": 5, "restarts": True})
    assert make_schedule({"kind": "cosine", "steps": 5, "restarts": "no"}) == make_schedule(
        {"kind": "cosine", "steps": 5}
    )
    with pytest.raises(GdError, match="restarts of the schedule cosine is 'often'; it must be true or false"):
        make_schedule({"kind": "cosine", "steps": 5, "restarts": "often"})
