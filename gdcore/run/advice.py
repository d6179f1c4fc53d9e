"""What to do about a run that did not arrive: only what helps, with the numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.base.rates import Rate, common_rate
from gdcore.optimizers import BFGS, Backtracking, ConjugateGradient, DampedNewton, ExactLine, Newton
from gdcore.problems.curvature import best_rate, curvature, rate_limit, regime
from gdcore.problems.domain import within
from gdcore.problems.linear.linear_model import LinearModel
from gdcore.problems.minima import is_pointed
from gdcore.problems.protocol import Problem
from gdcore.rest.remaining import steps_still_needed
from gdcore.rest.verdict import Rest, RestKind
from gdcore.run.end import End
from gdcore.run.leaving import Break, Exit, real_root_at
from gdcore.run.plan import Plan, times
from gdcore.run.rate_clauses import of_rate
from gdcore.sentences.sentence import Sentence, said

#: More steps than this are no advice.
MOST_STEPS = 1e6
_NEAR_BEST = 0.05
# Places on the way of one step at which J is looked at.
_WAY = np.linspace(0.0, 1.0, 129)[:, None]


def against_a_break(end: End, broken: Break, left: Exit | None) -> tuple[Sentence, ...]:
    """For a run whose next step is not finite or outside the domain."""
    if left is None and broken.loss == -math.inf:
        return (said("advice.no_bottom"),)
    root = None if left is None else real_root_at(end.plan.problem, broken.x)
    if root is not None:
        return (said("advice.real_root", part=root[0], root=root[1]),)
    if left is not None and _falls_out(end.plan.problem, end.place.x, np.array(broken.x)):
        return (said("advice.falls_out"),)
    smaller = against_a_rise(end)
    wider = left is not None and left.bounds is not None
    return (*smaller, said("more.widen_domain")) if wider else smaller


def against_a_rise(end: End) -> tuple[Sentence, ...]:
    """For a run that went up: a smaller rate, with the limit where there is one to name.

    The limit at the start comes first: far out, where a run leaves the numbers, the curvature says nothing.
    """
    plan, problem, optimizer = end.plan, end.plan.problem, end.plan.optimizer
    rate, sizes = common_rate(plan.rate)
    if isinstance(optimizer, Newton) and _bends_down(problem, end.place.x):
        return (said("advice.another_optimizer.climbs", optimizer=optimizer.name),)
    if plan.is_plain:
        at_start = "advice.smaller_rate.limit" if problem.is_quadratic else "advice.smaller_rate.limit_start"
        for key, x in ((at_start, end.start), ("advice.smaller_rate.limit_end", end.place.x)):
            limit = _limit(problem, x, sizes)
            if limit is not None and limit < rate:
                return (of_rate(plan, key, limit=limit),)
    return (of_rate(plan, "advice.smaller_rate"),)


def for_a_run_on_its_way(end: End, rest: Rest, needed: float | None) -> tuple[Sentence, ...]:
    """For a run that did all its steps and does not rest: more of them only where they help."""
    optimizer = end.plan.optimizer
    if isinstance(optimizer, Newton | DampedNewton) and end.monitor.moved == 0:
        flat = said("advice.another_optimizer.flat", optimizer=optimizer.name)
        return (flat, said("more.no_bottom")) if rest.kind is RestKind.NO_BOTTOM else (flat,)
    if rest.kind is RestKind.NO_BOTTOM:
        return (said("advice.no_bottom"),)
    if rest.kind is RestKind.INFLECTION:
        return (said("advice.creeps.inflection"),)
    if rest.kind is RestKind.MINIMUM and rest.left is None:
        return (said("advice.creeps.minimum"),)
    if not end.plan.is_plain:
        return (said("advice.more_steps"),)
    return _for_a_plain_run(end, rest, needed)


def for_a_run_that_stands(end: End) -> Sentence:
    """For a run whose last steps came to nothing: a larger rate, but not for a rule that looks for the length itself."""
    optimizer = end.plan.optimizer
    if isinstance(optimizer, Backtracking | BFGS | ConjugateGradient | DampedNewton | ExactLine):
        return said("advice.another_optimizer.stands", optimizer=optimizer.name)
    return of_rate(end.plan, "advice.larger_rate")


def _for_a_plain_run(end: End, rest: Rest, needed: float | None) -> tuple[Sentence, ...]:
    plan, problem = end.plan, end.plan.problem
    rate, sizes = common_rate(plan.rate)
    settled = _above_every_limit(plan, end.start)
    if settled is not None:
        return (settled,)
    try:
        eigenvalues = curvature(problem, end.place.x, sizes)
    except GdError:
        return (said("advice.more_steps"),)
    limit = rate_limit(eigenvalues)
    if problem.is_quadratic and limit is not None:
        if regime(rate, float(eigenvalues[-1])) == "edge":
            return (of_rate(plan, "advice.edge"),)
        if rate > limit:
            return (of_rate(plan, "advice.smaller_rate.limit", limit=limit),)
    if needed is None:
        return (said("advice.more_steps"),)
    best = best_rate(eigenvalues) if problem.is_quadratic else None
    at_best = None if best is None else _needed(end, best if sizes is None else times(plan.rate, best), rest)
    if needed > MOST_STEPS:
        if best is not None and at_best is not None and at_best <= MOST_STEPS:
            return (of_rate(plan, "advice.best_rate", steps=_about(needed), best=best),)
        standardize = isinstance(problem, LinearModel) and not problem.features.standardize
        key = "advice.too_many.standardize" if standardize else "advice.too_many.rescale"
        return (said(key, steps=_about(needed)),)
    count = int(_about(needed))
    if best is None:
        return (said("advice.more_steps.count", steps=count),)
    if abs(rate - best) < _NEAR_BEST * best:
        return (of_rate(plan, "advice.more_steps.near_best", steps=count),)
    return (of_rate(plan, "advice.more_steps.best", steps=count, best=best),)


def _needed(end: End, rate: Rate, rest: Rest) -> float | None:
    """The steps that are still needed at another rate."""
    place = end.place
    rest = replace(rest, at_rest=False)
    return steps_still_needed(
        end.plan.problem, rate, place.x, place.loss, place.gradient, end.monitor.first_loss, rest
    )


def _above_every_limit(plan: Plan, start: FloatArray) -> Sentence | None:
    """Said of a rate at which no known minimum holds the point."""
    problem = plan.problem
    rate, sizes = common_rate(plan.rate)
    if problem.is_quadratic:
        return None
    limits = [
        0.0 if is_pointed(problem, point, start) else _limit(problem, point, sizes)
        for point in problem.minima()
    ]
    known = [limit for limit in limits if limit is not None]
    if not known or len(known) < len(limits) or rate <= max(known):
        return None
    if max(known) == 0:
        return said("advice.cannot_settle.point")
    if len(known) > 2:
        return of_rate(plan, "advice.cannot_settle.all", limits=(max(known),))
    key = "advice.cannot_settle.one" if len(known) == 1 else "advice.cannot_settle.both"
    return of_rate(plan, key, limits=tuple(known))


def _limit(problem: Problem, x: FloatArray, sizes: FloatArray | None) -> float | None:
    try:
        return rate_limit(curvature(problem, x, sizes))
    except GdError:
        return None


def _bends_down(problem: Problem, x: FloatArray) -> bool:
    try:
        return bool(curvature(problem, x)[0] < 0)
    except GdError:
        return False


def _falls_out(problem: Problem, last: FloatArray, outside: FloatArray) -> bool:
    """Does J fall from ``last`` all the way to the edge of the domain, ever more steeply or at the same slope?"""
    with np.errstate(all="ignore"):
        ways = last + _WAY * (outside - last)
        values, slopes = problem.value_and_gradient(ways)
        along = (slopes * (outside - last)).sum(-1)
    fine = np.isfinite(values) & np.isfinite(along) & within(problem.domain, ways)
    inside = len(fine) if fine.all() else int(np.argmin(fine))
    if inside < 2:
        return False
    falls = bool((np.diff(values[:inside]) < 0).all())
    # Where the slope vanishes at the edge, a smaller rate would come to rest there.
    return falls and bool(along[inside - 1] <= 0.9 * along[0])


def _about(steps: float) -> float:
    """Two digits of a number of steps below a million, one of a larger one."""
    return float(f"{steps:.1g}") if steps > MOST_STEPS else float(f"{steps:.2g}")
