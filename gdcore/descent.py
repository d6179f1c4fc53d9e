"""The one loop that descends."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from gdcore.arrays import FloatArray
from gdcore.errors import GdError
from gdcore.notation import short
from gdcore.optimizers import GradientDescent, Optimizer, State, make_optimizer
from gdcore.outcome import Outcome
from gdcore.points import point_of
from gdcore.problems.formula_problem import inside
from gdcore.problems.protocol import Problem
from gdcore.progress import Progress
from gdcore.reasons import Break, End, decide
from gdcore.schedules import Schedule
from gdcore.stopping import Stop, StopRules, stop_rules
from gdcore.trajectory import Trajectory

# A run whose rows would take more than this is refused before anything is allocated.
MAX_BYTES = 2**30


@dataclass(frozen=True)
class _Plan:
    """What is run, checked."""

    problem: Problem
    optimizer: Optimizer
    rate: float
    rules: StopRules
    schedule: Schedule | None
    every: int

    def specs(self) -> dict[str, Any]:
        return {
            "problem": self.problem.spec(),
            "optimizer": {"name": self.optimizer.name, **self.optimizer.settings()},
            "stop": self.rules.spec(),
            "schedule": None if self.schedule is None else self.schedule.spec(),
            "every": self.every,
        }


class _Place(NamedTuple):
    """Where a run stands after ``step`` updates."""

    step: int
    x: FloatArray
    loss: float
    gradient: FloatArray
    state: State


class _Rows:
    """The rows that are kept."""

    def __init__(self, plan: _Plan, updates: int) -> None:
        d = len(plan.problem.parameters)
        size = updates // plan.every + 3
        _check_size(size, d, updates, plan.every)
        self._every = plan.every
        self._count = 0
        # Untouched pages of an empty array take no memory: a run that stops early does not pay for the rest.
        self._step = np.empty(size, dtype=np.int64)
        self._x = np.empty((size, d))
        self._loss = np.empty(size)
        self._gradient = np.empty((size, d))

    def add(self, place: _Place, always: bool = False) -> None:
        """Keep the row if its turn has come, or ``always``; never twice."""
        if self._count and self._step[self._count - 1] == place.step:
            return
        if always or place.step % self._every == 0:
            row = self._count
            self._step[row] = place.step
            self._x[row] = place.x
            self._loss[row] = place.loss
            self._gradient[row] = place.gradient
            self._count += 1

    def take_over(self, trajectory: Trajectory) -> None:
        """The rows of an earlier part; a last one that was kept only for being the last gives way."""
        keep = trajectory.step % self._every == 0
        n = self._count = int(np.count_nonzero(keep))
        self._step[:n] = trajectory.step[keep]
        self._x[:n] = trajectory.parameters[keep]
        self._loss[:n] = trajectory.loss[keep]
        self._gradient[:n] = trajectory.gradient[keep]

    def arrays(self) -> tuple[Any, ...]:
        n = self._count
        return self._step[:n], self._x[:n], self._loss[:n], self._gradient[:n]


def descend(
    problem: Problem,
    optimizer: Optimizer,
    start: ArrayLike | Mapping[str, float],
    steps: int,
    *,
    rate: float | None = None,
    stop: Stop = (),
    every: int = 1,
    schedule: Schedule | None = None,
) -> Trajectory:
    """Descend from ``start`` by ``steps`` updates of ``optimizer``.

    ``start``: one finite number for each parameter, shape (d,); a number for one parameter; or a mapping by name.
    ``rate``: the learning rate, finite and above 0. ``schedule`` multiplies it, update by update. ``stop``: rules
    that may end the run earlier; none is on unless given. ``every``: keep every so-manieth row, and the last.

    A run that goes wrong is a result, not an exception: it keeps its finite rows, and ``outcome``, ``reason`` and
    ``nonfinite_step`` say what happened.

    Raises GdError for a start, rate, steps or every that cannot be, for a start at which J or its slope has no
    finite value, and for a result of more than 1 GiB.
    """
    plan = _Plan(
        problem=problem,
        optimizer=optimizer,
        rate=_checked_rate(rate, optimizer),
        rules=stop_rules(stop),
        schedule=schedule,
        every=_whole(every, "every", 1),
    )
    steps = _whole(steps, "steps", 0)
    rows = _Rows(plan, steps)
    place = _first_place(plan, start)
    progress = Progress(problem.parameters)
    progress.see(0, place.x.tolist(), place.loss, place.gradient.tolist())
    return _walk(plan, rows, place, progress, steps, place.x)


def continue_run(
    trajectory: Trajectory,
    problem: Problem,
    steps: int,
    *,
    stop: Stop | None = None,
    schedule: Schedule | None = None,
) -> Trajectory:
    """The run with ``steps`` updates more: equal, bit for bit, to one that was never interrupted.

    The stop rules are those of the run unless ``stop`` gives others; a schedule must be given again.

    Raises GdError for another problem than the run's, for a run that left the numbers, and as ``descend`` does.
    """
    specs = trajectory.specs
    if trajectory.nonfinite_step is not None:
        raise GdError(
            f"the run cannot be continued: its step {trajectory.nonfinite_step} is not finite or outside the "
            "domain. Start it again with a smaller rate."
        )
    if problem.spec() != specs["problem"]:
        raise GdError(
            f"the run belongs to another problem: it was {specs['problem']}, and this is {problem.spec()}. "
            "Continue it with its own."
        )
    if (None if schedule is None else schedule.spec()) != specs["schedule"]:
        raise GdError(f"the run has the schedule {specs['schedule']}; continue it with the same.")
    settings = dict(specs["optimizer"])
    plan = _Plan(
        problem=problem,
        optimizer=make_optimizer(settings.pop("name"), settings),
        rate=trajectory.rate,
        rules=stop_rules(specs["stop"] if stop is None else stop),
        schedule=schedule,
        every=specs["every"],
    )
    last = trajectory.steps
    total = last + _whole(steps, "steps", 0)
    rows = _Rows(plan, total)
    rows.take_over(trajectory)
    place = _Place(
        last,
        trajectory.final,
        trajectory.final_loss,
        np.asarray(trajectory.gradient[-1]),
        trajectory.state,
    )
    progress = Progress.restored(
        problem.parameters,
        trajectory.progress,
        last,
        place.x.tolist(),
        place.loss,
        place.gradient.tolist(),
    )
    return _walk(plan, rows, place, progress, total, trajectory.start)


def _walk(
    plan: _Plan, rows: _Rows, place: _Place, progress: Progress, steps: int, start: FloatArray
) -> Trajectory:
    """Update until ``steps`` updates are done, a rule fires, or a number is not finite."""
    rows.add(place)
    broken: Break | None = None
    fired = plan.rules.fired(progress)
    domain = plan.problem.domain
    with np.errstate(all="ignore"):
        while place.step < steps and fired is None:
            new = _update(plan, place)
            x, slopes = new.x.tolist(), new.gradient.tolist()
            finite = (
                math.isfinite(new.loss) and all(map(math.isfinite, x)) and all(map(math.isfinite, slopes))
            )
            outside = domain is not None and not inside(domain, x)
            if outside or not finite:
                # Outside its domain a formula need not be finite: that it was left is what happened first.
                broken = Break(new.step, x, new.loss, outside and all(map(math.isfinite, x)))
                break
            place = new
            progress.see(place.step, x, place.loss, slopes)
            rows.add(place)
            fired = plan.rules.fired(progress)
    rows.add(place, always=True)
    return _ended(plan, rows, place, progress, start, broken, fired)


def _update(plan: _Plan, place: _Place) -> _Place:
    rate = plan.rate if plan.schedule is None else plan.rate * _factor(plan.schedule, place.step)
    x, state = plan.optimizer.update(plan.problem, place.x, place.gradient, place.state, rate, place.step)
    loss, gradient = plan.problem.value_and_gradient(x)
    return _Place(place.step + 1, x, float(loss), gradient, state)


def _ended(
    plan: _Plan,
    rows: _Rows,
    place: _Place,
    progress: Progress,
    start: FloatArray,
    broken: Break | None,
    fired: str | None,
) -> Trajectory:
    outcome, reason = decide(
        End(
            problem=plan.problem,
            is_gradient_descent=plan.optimizer == GradientDescent(),
            rate=plan.rate,
            start=start,
            final=place.x,
            progress=progress,
            rules=plan.rules,
            broken=broken,
            fired=fired,
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
        outcome=outcome,
        reason=reason,
        nonfinite_step=nonfinite_step,
        events=progress.finder.events(outcome is Outcome.DIVERGED, nonfinite_step),
        specs=plan.specs(),
        state=place.state,
        progress=progress.snapshot(),
    )


def _first_place(plan: _Plan, start: ArrayLike | Mapping[str, float]) -> _Place:
    problem = plan.problem
    x = point_of(start, problem.parameters, "start")
    where = ", ".join(f"{name} = {short(v)}" for name, v in zip(problem.parameters, x.tolist(), strict=True))
    if problem.domain is not None and not inside(problem.domain, x.tolist()):
        sides = ", ".join(f"[{short(low)}, {short(high)}]" for low, high in problem.domain)
        raise GdError(f"the start {where} lies outside the domain {sides}; choose a start inside.")
    loss, gradient = problem.value_and_gradient(x)
    if not (math.isfinite(loss) and np.isfinite(gradient).all()):
        raise GdError(
            f"at the start {where} the loss is {short(float(loss))} and the slope "
            f"{[short(v) for v in gradient.tolist()]}; both must be finite. Choose another start.".replace(
                "'", ""
            )
        )
    return _Place(0, x, float(loss), gradient, plan.optimizer.init(x))


def _checked_rate(rate: float | None, optimizer: Optimizer) -> float:
    if rate is None:
        rate = optimizer.default_rate
        if rate is None:
            raise GdError(f"the optimizer {optimizer.name} needs a rate; give one such as rate=0.1.")
    if isinstance(rate, bool) or not isinstance(rate, int | float | np.floating | np.integer):
        raise GdError(f"rate must be a number; found {rate!r}.")
    if not math.isfinite(rate) or rate <= 0:
        raise GdError(f"rate must be a finite number above 0; found {rate}. Try 0.1.")
    return float(rate)


def _whole(value: SupportsIndex, name: str, least: int) -> int:
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise GdError(f"{name} must be a whole number; found {value!r}.") from None
    if number < least:
        raise GdError(f"{name} must be {least} or more; found {number}.")
    return number


def _factor(schedule: Schedule, k: int) -> float:
    factor = float(schedule(k))
    if not math.isfinite(factor) or factor < 0:
        raise GdError(
            f"the schedule gives the factor {factor} for update {k}; it must be finite and 0 or more."
        )
    return factor


def _check_size(rows: int, d: int, steps: int, every: int) -> None:
    size = rows * (2 * d + 2) * 8
    if size > MAX_BYTES:
        enough = -(-size // MAX_BYTES) * every
        raise GdError(
            f"steps = {steps} would keep {rows} rows of {2 * d + 2} numbers, {size / 2**30:.1f} GiB; at most "
            f"{MAX_BYTES // 2**30} GiB is allowed. Keep fewer rows, such as every={enough}, or do fewer steps."
        )
