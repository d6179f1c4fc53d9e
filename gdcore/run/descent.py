"""The one loop that descends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import checked_rate, whole_number
from gdcore.base.errors import GdError
from gdcore.base.inputs import point_of
from gdcore.notation import short
from gdcore.optimizers import Optimizer, State
from gdcore.optimizers.again import optimizer_again
from gdcore.problems.formula_problem import inside
from gdcore.problems.protocol import Problem
from gdcore.run.engines.floats import break_at, float_walk
from gdcore.run.leaving import Break
from gdcore.run.outcome import Outcome
from gdcore.run.plain import is_gradient_step, is_plain
from gdcore.run.progress import Progress
from gdcore.run.reasons import End, decide
from gdcore.run.rows import Place, Rows
from gdcore.run.sampling import Sampler, Sampling
from gdcore.run.stopping import Fired, Stop, StopRules, stop_rules
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import SCHEDULES, AdaptiveSchedule, AnySchedule, Product, Schedule, make_schedule

_MEMORY = "schedule."


@dataclass(frozen=True)
class _Plan:
    """What is run, checked."""

    problem: Problem
    optimizer: Optimizer
    rate: float
    rules: StopRules
    schedule: AnySchedule | None
    every: int
    sampler: Sampler | None

    def specs(self) -> dict[str, Any]:
        sampling = {} if self.sampler is None else {"sampling": self.sampler.sampling.spec()}
        return {
            "problem": self.problem.spec(),
            "optimizer": {"name": self.optimizer.name, **self.optimizer.settings()},
            "stop": self.rules.spec(),
            "schedule": None if self.schedule is None else self.schedule.spec(),
            "every": self.every,
            **sampling,
        }


def descend(
    problem: Problem,
    optimizer: Optimizer,
    start: ArrayLike | Mapping[str, float],
    steps: int,
    *,
    rate: float | None = None,
    stop: Stop = (),
    every: int = 1,
    schedule: AnySchedule | None = None,
    batch_size: int | None = None,
    shuffle: bool = True,
    seed: int = 0,
) -> Trajectory:
    """Descend from ``start`` by ``steps`` updates of ``optimizer``.

    ``start``: one finite number for each parameter, shape (d,); a number for one parameter; or a mapping by name.
    ``rate``: the learning rate, finite and above 0. ``schedule`` multiplies it, update by update, or replaces it when
    it is an adaptive one. ``stop``: rules that may end the run earlier; none is on unless given. ``every``: keep every
    so-manieth row, and the last.

    ``batch_size``: each update sees so many rows of the data (see :class:`gdcore.run.sampling.Sampling`), in a new order
    every epoch with ``shuffle``, the same for the same ``seed``. Losses and gradients of the trajectory, and the stop
    rules, are those of all rows.

    A run that goes wrong is a result, not an exception: it keeps its finite rows, and ``outcome``, ``reason`` and
    ``nonfinite_step`` say what happened.

    Raises GdError for a start, rate, steps or every that cannot be, for a start at which J or its slope has no
    finite value, and for a result of more than 1 GiB.
    """
    plan = _Plan(
        problem=problem,
        optimizer=optimizer,
        rate=checked_rate(rate_or_default(rate, optimizer)),
        rules=stop_rules(stop),
        schedule=schedule,
        every=whole_number(every, "every", 1),
        sampler=None if batch_size is None else Sampler(problem, Sampling(batch_size, shuffle, seed)),
    )
    steps = whole_number(steps, "steps", 0)
    rows = Rows(len(problem.parameters), steps, plan.every)
    place = _first_place(plan, start)
    progress = Progress(problem.parameters)
    progress.see(0, place.x.tolist(), place.loss, place.gradient.tolist())
    return _walk(plan, rows, place, progress, steps, place.x)


def continue_run(
    trajectory: Trajectory,
    problem: Problem,
    steps: int,
    *,
    optimizer: Optimizer | None = None,
    stop: Stop | None = None,
    schedule: AnySchedule | None = None,
) -> Trajectory:
    """The run with ``steps`` updates more: equal, bit for bit, to one that was never interrupted.

    The stop rules are those of the run unless ``stop`` gives others; an optimizer or a schedule that is not one of this
    package's must be given again.

    Raises GdError for another problem, optimizer or schedule than the run's, for a run that left the numbers, and as
    ``descend`` does.
    """
    if trajectory.nonfinite_step is not None:
        raise GdError(
            f"the run cannot be continued: its step {trajectory.nonfinite_step} is not finite or outside the domain",
            mend="start it again with a smaller rate",
        )
    if problem.spec() != trajectory.specs["problem"]:
        raise GdError(
            f"the run belongs to another problem: it was {trajectory.specs['problem']}, and this is {problem.spec()}",
            mend="continue it with its own",
        )
    plan = _plan_again(trajectory, problem, optimizer, schedule, stop)
    last = trajectory.steps
    steps = whole_number(steps, "steps", 0)
    total = last + steps
    rows = Rows(len(problem.parameters), total, plan.every)
    rows.take_over(trajectory)
    place = _last_place(trajectory)
    progress = Progress.restored(
        problem.parameters,
        trajectory.progress,
        last,
        place.x.tolist(),
        place.loss,
        place.gradient.tolist(),
    )
    # A run that a rule has ended stays the same part of one that was never interrupted.
    same_rules = stop is None or plan.rules == stop_rules(trajectory.specs["stop"])
    planned = trajectory.planned + steps if same_rules else total
    return _walk(plan, rows, place, progress, total, trajectory.start, planned)


def _plan_again(
    trajectory: Trajectory,
    problem: Problem,
    optimizer: Optimizer | None,
    schedule: AnySchedule | None,
    stop: Stop | None,
) -> _Plan:
    """How a run was done. Raises GdError for another optimizer or schedule than the run's."""
    specs = trajectory.specs
    if schedule is None:
        schedule = _schedule_again(specs["schedule"])
    if (None if schedule is None else schedule.spec()) != specs["schedule"]:
        raise GdError(
            f"the run has the schedule {specs['schedule']}", mend="continue it with the same, as schedule="
        )
    return _Plan(
        problem=problem,
        optimizer=optimizer_again(specs["optimizer"], optimizer),
        rate=trajectory.rate,
        rules=stop_rules(specs["stop"] if stop is None else stop),
        schedule=schedule,
        every=specs["every"],
        sampler=Sampler(problem, Sampling(**specs["sampling"])) if "sampling" in specs else None,
    )


def _last_place(trajectory: Trajectory) -> Place:
    gradient = np.asarray(trajectory.gradient[-1])
    return Place(trajectory.steps, trajectory.final, trajectory.final_loss, gradient, trajectory.state)


def _walk(
    plan: _Plan,
    rows: Rows,
    place: Place,
    progress: Progress,
    steps: int,
    start: FloatArray,
    planned: int | None = None,
) -> Trajectory:
    """Update until ``steps`` updates are done, a rule fires, or a number is not finite.

    ``planned``: of how many updates the run is said to be, when that is another number.
    """
    rows.add(place)
    progress.improvement = plan.rules.improvement or 0.0
    broken: Break | None = None
    fired = plan.rules.fired(progress)
    along_slopes = is_gradient_step(plan.optimizer, plan.schedule, plan.sampler)
    along = float_walk(plan.problem, steps - place.step) if along_slopes else None
    with np.errstate(all="ignore"):
        while place.step < steps and fired is None and broken is None:
            if along is not None:
                rates = _rates(plan, place.step, min(along.size, steps - place.step))
                place, broken, fired = along.advance(place, rates, rows, progress, plan.rules)
                continue
            new = _update(plan, place)
            x, slopes = new.x.tolist(), new.gradient.tolist()
            broken = break_at(plan.problem.domain, new.step, x, new.loss, slopes)
            if broken is None:
                place = new
                progress.see(place.step, x, place.loss, slopes)
                rows.add(place)
                fired = plan.rules.fired(progress)
    rows.add(place, always=True)
    return _ended(plan, rows, place, progress, start, steps if planned is None else planned, broken, fired)


def _update(plan: _Plan, place: Place) -> Place:
    problem, gradient, k = plan.problem, place.gradient, place.step
    if plan.sampler is not None:
        problem = plan.sampler.view(k)
        gradient = problem.gradient(place.x)
    if isinstance(plan.schedule, AdaptiveSchedule):
        x, state = _update_adaptively(plan, plan.schedule, problem, place, gradient)
    else:
        rate = plan.rate if plan.schedule is None else plan.rate * _factor(plan.schedule, k)
        x, state = plan.optimizer.update(problem, place.x, gradient, place.state, rate, k)
    loss, slope = plan.problem.value_and_gradient(x)
    return Place(k + 1, x, float(loss), slope, state)


def _update_adaptively(
    plan: _Plan, schedule: AdaptiveSchedule, problem: Problem, place: Place, gradient: FloatArray
) -> tuple[FloatArray, State]:
    """One update at a rate that the schedule finds. Its memory travels with the optimizer's, under ``schedule.``."""
    own = {name: array for name, array in place.state.items() if not name.startswith(_MEMORY)}
    memory = {
        name.removeprefix(_MEMORY): array for name, array in place.state.items() if name.startswith(_MEMORY)
    }
    found, memory_after = schedule.rate(place.x, gradient, memory, plan.rate, place.step)
    # An array of one number does what the number does, in every rule.
    rate: Any = found
    x, state = plan.optimizer.update(problem, place.x, gradient, own, rate, place.step)
    return x, {**state, **{f"{_MEMORY}{name}": array for name, array in memory_after.items()}}


def _ended(
    plan: _Plan,
    rows: Rows,
    place: Place,
    progress: Progress,
    start: FloatArray,
    planned: int,
    broken: Break | None,
    fired: Fired | None,
) -> Trajectory:
    plain = is_plain(plan.optimizer, plan.schedule, plan.sampler)
    verdict = decide(
        End(
            problem=plan.problem,
            optimizer=plan.optimizer,
            plain=plain,
            rate=plan.rate,
            start=start,
            place=place,
            planned=planned,
            progress=progress,
            rules=plan.rules,
            broken=broken,
            fired=fired,
            onward=_onward(plan, place) if place.state and broken is None else None,
        )
    )
    nonfinite_step = None if broken is None else broken.step
    step, parameters, loss, gradient = rows.arrays()
    return Trajectory(
        parameters_names=tuple(plan.problem.parameters),
        step=step,
        parameters=parameters,
        loss=loss,
        gradient=gradient,
        rate=plan.rate,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        rest=verdict.rest,
        plain=plain,
        planned=planned,
        exit=verdict.exit,
        steps_needed=verdict.steps_needed,
        nonfinite_step=nonfinite_step,
        events=progress.finder.events(verdict.outcome is Outcome.DIVERGED, nonfinite_step),
        specs=plan.specs(),
        state=place.state,
        progress=progress.snapshot(),
    )


def _onward(plan: _Plan, place: Place) -> FloatArray:
    """Where one more update would lead, by the slope of all rows and at the last rate."""
    schedule = plan.schedule
    with np.errstate(all="ignore"):
        if isinstance(schedule, AdaptiveSchedule):
            return _update_adaptively(plan, schedule, plan.problem, place, place.gradient)[0]
        # A schedule need not have a factor for a step that is not asked for.
        rate = plan.rate if schedule is None else plan.rate * _factor(schedule, max(0, place.step - 1))
        return plan.optimizer.update(plan.problem, place.x, place.gradient, place.state, rate, place.step)[0]


def _first_place(plan: _Plan, start: ArrayLike | Mapping[str, float]) -> Place:
    problem = plan.problem
    x = point_of(start, problem.parameters, "start")
    where = ", ".join(f"{name} = {short(v)}" for name, v in zip(problem.parameters, x.tolist(), strict=True))
    if problem.domain is not None and not inside(problem.domain, x.tolist()):
        sides = ", ".join(f"[{short(low)}, {short(high)}]" for low, high in problem.domain)
        raise GdError(f"the start {where} lies outside the domain {sides}", mend="choose a start inside")
    loss, gradient = problem.value_and_gradient(x)
    if not (math.isfinite(loss) and np.isfinite(gradient).all()):
        slopes = ", ".join(short(slope) for slope in gradient.tolist())
        raise GdError(
            f"at the start {where} the loss is {short(float(loss))} and the slope {slopes}",
            "all must be finite",
            "choose another start",
        )
    state = plan.optimizer.init(x)
    if isinstance(plan.schedule, AdaptiveSchedule):
        state = {**state, **{f"{_MEMORY}{name}": array for name, array in plan.schedule.init(x).items()}}
    return Place(0, x, float(loss), gradient, state)


def rate_or_default(rate: float | None, optimizer: Optimizer) -> float:
    """The rate given, else that of the optimizer. Raises GdError where there is neither."""
    if rate is not None:
        return rate
    if optimizer.default_rate is None:
        raise GdError(f"the optimizer {optimizer.name} needs a rate", mend="give one such as rate=0.1")
    return optimizer.default_rate


def _schedule_again(spec: Mapping[str, Any] | None) -> AnySchedule | None:
    """The schedule of a spec when it is one of this package's, else None."""
    return make_schedule(spec) if spec and spec.get("kind") in (*SCHEDULES, Product.kind) else None


def _rates(plan: _Plan, first: int, count: int) -> Iterable[float]:
    """The rates of so many updates from ``first`` on; fewer, but one, when the schedule fails at a later one."""
    if plan.schedule is None or isinstance(plan.schedule, AdaptiveSchedule):
        return repeat(plan.rate, count)
    rates: list[float] = []
    for k in range(first, first + count):
        try:
            rates.append(plan.rate * _factor(plan.schedule, k))
        except Exception:
            # The run may never come so far.
            if not rates:
                raise
            break
    return rates


def _factor(schedule: Schedule, k: int) -> float:
    factor = float(schedule(k))
    if not math.isfinite(factor) or factor < 0:
        raise GdError(
            f"the schedule gives the factor {factor} for update {k}",
            "it must be finite and 0 or more",
            "correct the schedule",
        )
    return factor
