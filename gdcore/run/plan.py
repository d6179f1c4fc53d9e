"""What is run: a problem, a rule and its rate, and when to stop; checked, and the same again for a continuation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from gdcore.base.errors import GdError
from gdcore.base.rates import GivenRate, Rate, rate_of
from gdcore.optimizers import Optimizer
from gdcore.optimizers.again import optimizer_again
from gdcore.optimizers.gradient_descent import is_gradient_step
from gdcore.optimizers.own import spec_of
from gdcore.problems.protocol import Problem
from gdcore.run.sampling import Sampler, Sampling
from gdcore.run.stopping import Stop, StopRules, stop_rules
from gdcore.run.trajectory import Trajectory
from gdcore.schedules import (
    SCHEDULES,
    AdaptiveSchedule,
    AnySchedule,
    Constant,
    Product,
    Schedule,
    make_schedule,
)
from gdcore.schedules.per_epoch import in_epochs


@dataclass(frozen=True)
class Plan:
    """What is run, checked."""

    problem: Problem
    optimizer: Optimizer
    rate: Rate
    rules: StopRules
    schedule: AnySchedule | None
    every: int
    sampler: Sampler | None

    def __post_init__(self) -> None:
        epoch = 1 if self.sampler is None else self.sampler.updates_per_epoch
        object.__setattr__(self, "schedule", in_epochs(self.schedule, epoch))

    def specs(self) -> dict[str, Any]:
        sampling = {} if self.sampler is None else {"sampling": self.sampler.sampling.spec()}
        return {
            "problem": self.problem.spec(),
            "optimizer": spec_of(self.optimizer),
            "stop": self.rules.spec(),
            "schedule": None if self.schedule is None else self.schedule.spec(),
            "every": self.every,
            **sampling,
        }

    @property
    def follows_gradient(self) -> bool:
        """Is every step a rate that is known beforehand, or one for each parameter, times ∇J of all rows?"""
        adaptive = isinstance(self.schedule, AdaptiveSchedule)
        return is_gradient_step(self.optimizer) and self.sampler is None and not adaptive

    @property
    def is_plain(self) -> bool:
        """Is every step the constant rate, or that of each parameter, times ∇J? Only of such runs 2/λ_max is the limit."""
        return self.follows_gradient and (self.schedule is None or isinstance(self.schedule, Constant))

    def rates(self, first: int, count: int) -> Iterable[Rate]:
        """The rates of so many updates from ``first`` on; fewer, but one, when the schedule fails at a later one."""
        if self.schedule is None or isinstance(self.schedule, AdaptiveSchedule):
            return repeat(self.rate, count)
        rates: list[Rate] = []
        for k in range(first, first + count):
            try:
                rates.append(times(self.rate, factor_at(self.schedule, k)))
            except Exception:
                # The run may never come so far.
                if not rates:
                    raise
                break
        return rates


def plan_again(
    trajectory: Trajectory,
    problem: Problem,
    optimizer: Optimizer | None,
    schedule: AnySchedule | None,
    stop: Stop | None,
) -> Plan:
    """How a run was done. Raises GdError for another optimizer or schedule than the run's."""
    specs = trajectory.specs
    spec = specs["schedule"]
    # One of the user's own must be given again.
    if schedule is None and spec and spec.get("kind") in (*SCHEDULES, Product.kind):
        schedule = make_schedule(spec)
    if (None if schedule is None else schedule.spec()) != spec:
        raise GdError(f"the run has the schedule {spec}", mend="continue it with the same, as schedule=")
    return Plan(
        problem=problem,
        optimizer=optimizer_again(specs["optimizer"], optimizer),
        rate=trajectory.rate,
        rules=stop_rules(specs["stop"] if stop is None else stop),
        schedule=schedule,
        every=specs["every"],
        sampler=Sampler(problem, Sampling(**specs["sampling"])) if "sampling" in specs else None,
    )


def rate_for(
    given: GivenRate | None,
    optimizer: Optimizer,
    parameters: Sequence[str],
    schedule: AnySchedule | None = None,
) -> Rate:
    """The rate given, else that of the optimizer.

    Raises GdError where there is neither, for one that cannot be, and for rates by parameter where the length of a step
    is found as a whole.
    """
    if given is None:
        if optimizer.default_rate is None:
            raise GdError(f"the optimizer {optimizer.name} needs a rate", mend="give one such as rate=0.1")
        given = optimizer.default_rate
    rate = rate_of(given, parameters)
    if isinstance(rate, tuple):
        if optimizer.default_rate is not None:
            raise _one_rate_only(f"the optimizer {optimizer.name}", "take an optimizer such as gd or adam")
        if isinstance(schedule, AdaptiveSchedule):
            raise _one_rate_only(f"the schedule {schedule.spec()['kind']}", "leave the schedule out")
    return rate


def _one_rate_only(finder: str, otherwise: str) -> GdError:
    return GdError(
        f"a rate for each parameter is given, and {finder} finds the length of each step as a whole",
        "one rate for all parameters is needed",
        f"give one number, or {otherwise}",
    )


def times(rate: Rate, factor: float) -> Rate:
    """So many times the rate."""
    return tuple(one * factor for one in rate) if isinstance(rate, tuple) else rate * factor


def factor_at(schedule: Schedule, k: int) -> float:
    """The factor of update k. Raises GdError for one that is negative or not finite."""
    factor = float(schedule(k))
    if not math.isfinite(factor) or factor < 0:
        raise GdError(
            f"the schedule gives the factor {factor} for update {k}",
            "it must be finite and 0 or more",
            "correct the schedule",
        )
    return factor
