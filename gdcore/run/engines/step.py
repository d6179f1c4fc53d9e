"""One update after the other, of any rule on any problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers import State
from gdcore.problems.protocol import Problem
from gdcore.run.plan import Plan, factor_at
from gdcore.run.rows import Place
from gdcore.schedules import AdaptiveSchedule

# What an adaptive schedule remembers travels with the state of the optimizer, under this name.
_MEMORY = "schedule."

# From a problem, a place and ∇J there to the next point and state.
_Move: TypeAlias = Callable[[Problem, Place, FloatArray], tuple[FloatArray, State]]


def first_state(plan: Plan, x: FloatArray) -> State:
    """The memory of rule and schedule before the first update from x (d,)."""
    state = plan.optimizer.init(x)
    if isinstance(plan.schedule, AdaptiveSchedule):
        return {**state, **_named(plan.schedule.init(x))}
    return state


def stepper(plan: Plan) -> Callable[[Place], Place]:
    """What takes a run one update on. All that is the same for every step is decided here, once."""
    problem, sampler, move = plan.problem, plan.sampler, _mover(plan)

    def step(place: Place) -> Place:
        if sampler is None:
            x, state = move(problem, place, place.gradient)
        else:
            few = sampler.view(place.step)
            x, state = move(few, place, few.gradient(place.x))
        loss, slope = problem.value_and_gradient(x)
        return Place(place.step + 1, x, float(loss), slope, state)

    return step


def onward(plan: Plan, place: Place) -> FloatArray:
    """Where one more update would lead (d,), by the slope of all rows and at the last rate."""
    # A schedule need not have a factor for a step that is not asked for.
    with np.errstate(all="ignore"):
        return _mover(plan, late=1)(plan.problem, place, place.gradient)[0]


def _mover(plan: Plan, late: int = 0) -> _Move:
    """One update, at the rate of so many updates ago."""
    update, schedule = plan.optimizer.update, plan.schedule
    # An array of a rate for each parameter does what the number does, in every rule that takes it as it is given.
    full: Any = np.array(plan.rate) if isinstance(plan.rate, tuple) else plan.rate
    if schedule is None:
        return lambda problem, place, gradient: update(
            problem, place.x, gradient, place.state, full, place.step
        )
    if isinstance(schedule, AdaptiveSchedule):
        return _adaptive(plan, schedule)

    def move(problem: Problem, place: Place, gradient: FloatArray) -> tuple[FloatArray, State]:
        rate = full * factor_at(schedule, max(0, place.step - late))
        return update(problem, place.x, gradient, place.state, rate, place.step)

    return move


def _adaptive(plan: Plan, schedule: AdaptiveSchedule) -> _Move:
    """One update at a rate that the schedule finds."""
    given = plan.rate
    assert not isinstance(given, tuple)  # refused before

    def move(problem: Problem, place: Place, gradient: FloatArray) -> tuple[FloatArray, State]:
        own: dict[str, FloatArray] = {}
        memory: dict[str, FloatArray] = {}
        for name, array in place.state.items():
            short = name.removeprefix(_MEMORY)
            (own if short == name else memory)[short] = array
        # An array of one number does what the number does, in every rule.
        rate: Any
        rate, memory_after = schedule.rate(place.x, gradient, memory, given, place.step)
        x, state = plan.optimizer.update(problem, place.x, gradient, own, rate, place.step)
        return x, {**state, **_named(memory_after)}

    return move


def _named(memory: State) -> State:
    return {f"{_MEMORY}{name}": array for name, array in memory.items()}
