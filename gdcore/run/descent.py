"""The one loop that descends."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import whole_number
from gdcore.base.errors import GdError
from gdcore.base.inputs import point_of
from gdcore.base.rates import GivenRate
from gdcore.notation import short
from gdcore.optimizers import Optimizer
from gdcore.optimizers.own import taken_rule
from gdcore.problems.domain import inside
from gdcore.problems.protocol import Problem
from gdcore.run.end import End
from gdcore.run.engines.floats import break_at, float_walk
from gdcore.run.engines.step import first_state, stepper
from gdcore.run.leaving import Break, real_root_at
from gdcore.run.monitor import Monitor
from gdcore.run.outcome import Outcome
from gdcore.run.plan import Plan, plan_again, rate_for
from gdcore.run.reasons import decide
from gdcore.run.rows import Place, Rows
from gdcore.run.sampling import RowOrder, Sampler, Sampling
from gdcore.run.stopping import Stop, stop_rules
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import AnySchedule


def descend(
    problem: Problem,
    optimizer: Optimizer,
    start: ArrayLike | Mapping[str, float],
    steps: int,
    *,
    rate: GivenRate | None = None,
    stop: Stop = (),
    every: int = 1,
    schedule: AnySchedule | None = None,
    batch_size: int | None = None,
    rows: RowOrder = "shuffled",
    seed: int = 0,
) -> Trajectory:
    """Descend from ``start`` by ``steps`` updates of ``optimizer``.

    ``start``: one finite number for each parameter, shape (d,); a number for one parameter; or a mapping by name.
    ``rate``: the learning rate, finite and above 0; or one for each parameter, in their order, shape (d,), or by name. A
    rule that is elementwise takes each for its own parameter; one that finds a step as a whole takes one. ``schedule`` multiplies it, update by update, or replaces it when
    it is an adaptive one. ``stop``: rules that may end the run earlier; none is on unless given. ``every``: keep every
    so-manieth row, and the last.

    ``batch_size``: each update sees so many rows of the data, as ``rows`` says: "given", "shuffled" anew for every epoch, or
    "drawn" with replacement (see :class:`gdcore.run.sampling.Sampling`), the same for the same ``seed``. Losses and gradients of the trajectory, and the stop
    rules, are those of all rows.

    A run that goes wrong is a result, not an exception: it keeps its finite rows, and ``outcome``, ``reason`` and
    ``nonfinite_step`` say what happened.

    ``optimizer`` may be a rule of one's own, with the parts of the protocol; it is told that it is one in ``specs``.

    Raises GdError for a start, rate, steps or every that cannot be, for an optimizer that is none, for a start at which J or its slope has no
    finite value, and for a result of more than 1 GiB.
    """
    optimizer = taken_rule(optimizer)
    plan = Plan(
        problem=problem,
        optimizer=optimizer,
        rate=rate_for(rate, optimizer, problem.parameters, schedule),
        rules=stop_rules(stop),
        schedule=schedule,
        every=whole_number(every, "every", 1),
        sampler=None if batch_size is None else Sampler(problem, Sampling(batch_size, rows, seed)),
    )
    steps = whole_number(steps, "steps", 0)
    kept = Rows(len(problem.parameters), steps, plan.every)
    place = _first_place(plan, start)
    monitor = Monitor(problem.parameters)
    monitor.see(0, place.x.tolist(), place.loss, place.gradient.tolist())
    return _walk(plan, kept, place, monitor, steps, place.x)


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
    plan = plan_again(trajectory, problem, optimizer, schedule, stop)
    last = trajectory.steps
    steps = whole_number(steps, "steps", 0)
    total = last + steps
    rows = Rows(len(problem.parameters), total, plan.every)
    rows.take_over(trajectory)
    place = _last_place(trajectory)
    monitor = Monitor.restored(
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
    return _walk(plan, rows, place, monitor, total, trajectory.start, planned)


def _last_place(trajectory: Trajectory) -> Place:
    gradient = np.asarray(trajectory.gradient[-1])
    return Place(trajectory.steps, trajectory.final, trajectory.final_loss, gradient, trajectory.state)


def _walk(
    plan: Plan,
    rows: Rows,
    place: Place,
    monitor: Monitor,
    steps: int,
    start: FloatArray,
    planned: int | None = None,
) -> Trajectory:
    """Update until ``steps`` updates are done, a rule fires, or a number is not finite.

    ``planned``: of how many updates the run is said to be, when that is another number.
    """
    rows.add(place)
    monitor.improvement = plan.rules.improvement or 0.0
    broken: Break | None = None
    fired = plan.rules.fired(monitor)
    walk = float_walk(plan.problem, steps - place.step, plan.rate) if plan.follows_gradient else None
    step = stepper(plan)
    with np.errstate(all="ignore"):
        while place.step < steps and fired is None and broken is None:
            if walk is not None:
                rates = plan.rates(place.step, min(walk.size, steps - place.step))
                place, broken, fired = walk.advance(place, rates, rows, monitor, plan.rules)
                continue
            new = step(place)
            x, slopes = new.x.tolist(), new.gradient.tolist()
            broken = break_at(plan.problem.domain, new.step, x, new.loss, slopes)
            if broken is None:
                place = new
                monitor.see(place.step, x, place.loss, slopes)
                rows.add(place)
                fired = plan.rules.fired(monitor)
    rows.add(place, always=True)
    planned = steps if planned is None else planned
    return _ended(rows, End(plan, start, place, planned, monitor, broken, fired))


def _ended(rows: Rows, end: End) -> Trajectory:
    plan, verdict = end.plan, decide(end)
    nonfinite_step = None if end.broken is None else end.broken.step
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
        plain=plan.is_plain,
        planned=end.planned,
        exit=verdict.exit,
        steps_needed=verdict.steps_needed,
        nonfinite_step=nonfinite_step,
        events=end.monitor.finder.events(verdict.outcome is Outcome.DIVERGED, nonfinite_step),
        specs=plan.specs(),
        state=end.place.state,
        progress=end.monitor.snapshot(),
    )


def _first_place(plan: Plan, start: ArrayLike | Mapping[str, float]) -> Place:
    problem = plan.problem
    x = point_of(start, problem.parameters, "start")
    where = ", ".join(f"{name} = {short(v)}" for name, v in zip(problem.parameters, x.tolist(), strict=True))
    if problem.domain is not None and not inside(problem.domain, x.tolist()):
        sides = ", ".join(f"[{short(low)}, {short(high)}]" for low, high in problem.domain)
        raise GdError(f"the start {where} lies outside the domain {sides}", mend="choose a start inside")
    loss, gradient = problem.value_and_gradient(x)
    if not (math.isfinite(loss) and np.isfinite(gradient).all()):
        root = real_root_at(problem, x.tolist())
        slopes = ", ".join(short(slope) for slope in gradient.tolist())
        raise GdError(
            f"at the start {where} the loss is {short(float(loss))} and the slope {slopes}",
            "all must be finite",
            "choose another start"
            if root is None
            else f"write {root[1]} for {root[0]}, or choose another start",
        )
    return Place(0, x, float(loss), gradient, first_state(plan, x))
