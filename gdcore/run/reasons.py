"""Why a run ended as it did: its outcome, where it rests, and a sentence with the numbers and the advice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.problems.linear.linear_model import LinearModel
from gdcore.problems.protocol import Problem
from gdcore.rest.remaining import steps_still_needed
from gdcore.rest.staying import stays
from gdcore.rest.verdict import Rest, RestKind, find_rest
from gdcore.run.advice import (
    against_a_break,
    against_a_rise,
    for_a_run_on_its_way,
    for_a_run_that_stands,
)
from gdcore.run.end import End
from gdcore.run.engines.step import onward
from gdcore.run.leaving import Break, Exit, exit_of
from gdcore.run.monitor import Monitor
from gdcore.run.outcome import Outcome
from gdcore.run.stopping import Fired
from gdcore.sentences.sentence import At, Name, Sentence, said

_MORE_STEPS = (
    "advice.more_steps",
    "advice.more_steps.count",
    "advice.more_steps.near_best",
    "advice.more_steps.best",
    "advice.more_steps.near_best.rates",
    "advice.more_steps.best.rates",
)
_ON_ITS_WAY = (
    *(*_MORE_STEPS, "advice.best_rate", "advice.best_rate.rates"),
    *("advice.too_many.standardize", "advice.too_many.rescale"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided of a run when it is over; see :class:`gdcore.Trajectory` for each."""

    outcome: Outcome
    reasons: tuple[Sentence, ...]
    rest: Rest
    exit: Exit | None
    steps_needed: float | None


def decide(end: End) -> Verdict:
    """The outcome, asked for in the order diverged, converged, stopped early, step limit; and all that explains it."""
    if end.broken is not None:
        return _broke(end, end.broken)
    plan, place, monitor = end.plan, end.place, end.monitor
    first_loss = monitor.first_loss
    rest = find_rest(plan.problem, place.x, place.loss, place.gradient, end.start, first_loss)
    # A rule that remembers may pass through.
    if rest.at_rest and place.state:
        ahead = onward(plan, place)
        if not stays(plan.problem, ahead[None], end.start[None], np.array([first_loss]))[0]:
            rest = Rest(kind=rest.kind, left=rest.left)
    risen = monitor.rose_to_the_end()
    if risen is not None:
        rose = said("reason.rose", steps=risen, loss=monitor.loss, first=first_loss)
        return Verdict(Outcome.DIVERGED, (rose, *against_a_rise(end)), Rest(), None, None)
    needed = None
    if plan.is_plain:
        needed = steps_still_needed(
            plan.problem, plan.rate, place.x, place.loss, place.gradient, first_loss, rest
        )
    limit = plan.rules.gradient
    converged = rest.at_rest if limit is None else monitor.slope <= limit
    if end.fired is not None:
        outcome = Outcome.CONVERGED if converged else Outcome.STOPPED_EARLY
        reasons = _ended_by_rule(end, end.fired, rest, converged)
    elif converged:
        outcome = Outcome.CONVERGED
        slope = _after(monitor)
        reasons = (slope, said("reason.rests"), *_place(end.plan.problem, rest))
    else:
        outcome, reasons = Outcome.STEP_LIMIT, _step_limit(end, rest, needed)
    return Verdict(outcome, reasons, rest, None, needed)


def _broke(end: End, broken: Break) -> Verdict:
    left = exit_of(end.plan.problem, broken)
    at = At(tuple(end.plan.problem.parameters), tuple(float(x) for x in broken.x))
    rest = Rest()
    if left is None and broken.loss == -np.inf:
        rest = Rest(kind=RestKind.NO_BOTTOM)
    if left is None:
        if np.isfinite(broken.x).all():
            what = said("reason.not_finite.loss", step=broken.step, loss=broken.loss, at=at)
        else:
            what = said("reason.not_finite", step=broken.step, at=at)
    elif left.part is not None:
        what = said("reason.left_domain.part", step=broken.step, part=left.part, at=at)
    else:
        assert left.parameter is not None
        assert left.value is not None
        assert left.bounds is not None
        what = said(
            "reason.left_domain.bounds",
            step=broken.step,
            parameter=Name(left.parameter),
            value=left.value,
            low=left.bounds[0],
            high=left.bounds[1],
        )
    return Verdict(Outcome.DIVERGED, (what, *against_a_break(end, broken, left)), rest, left, None)


def _ended_by_rule(end: End, fired: Fired, rest: Rest, converged: bool) -> tuple[Sentence, ...]:
    ended = said("reason.ended_by_rule", rule=fired.rule, steps=end.monitor.step, planned=end.planned)
    if rest.at_rest:
        return ended, fired.sentence, said("reason.rests.after_rule"), *_place(end.plan.problem, rest)
    if converged:
        return ended, fired.sentence
    return ended, fired.sentence, said("reason.before_rest")


def _place(problem: Problem, rest: Rest) -> tuple[Sentence, ...]:
    """On what kind of place the point rests, along what it is free, and what to do where that is no minimum."""
    flat = "place.undetermined" if isinstance(problem, LinearModel) else "place.flat"
    free = tuple(said(flat, parameters=", ".join(one.parameters)) for one in rest.flat)
    match rest.kind:
        case None | RestKind.NO_BOTTOM:
            return free
        case RestKind.MINIMUM:
            # With a flat direction there are many of the same depth.
            key = "place.the_minimum" if rest.alone else "place.minimum"
            return said("place.minimum.not_deepest" if rest.deepest is False else key), *free
        case RestKind.PLATEAU:
            return (said("place.plateau"),)
        case RestKind.SADDLE:
            place = "place.saddle"
        case RestKind.HILLTOP:
            place = "place.hilltop"
        case RestKind.INFLECTION:
            place = "place.inflection"
    return said(place), *free, said("advice.start_beside")


def _step_limit(end: End, rest: Rest, needed: float | None) -> tuple[Sentence, ...]:
    monitor, limit = end.monitor, end.plan.rules.gradient
    if monitor.step == 0:
        return said("reason.no_steps"), said("advice.give_steps")
    done = said("reason.steps_done", steps=monitor.step)
    if monitor.step == 1:
        done = said("reason.steps_done.one")
    still = said("reason.slope_still", slope=monitor.slope)
    if limit is not None:
        still = said("reason.slope_above", slope=monitor.slope, limit=limit)
    # Nothing came of it: the last move is rounding, or all of the way is left to the last digit.
    stuck = monitor.moved is not None and (
        monitor.moved <= 1e-15 * float(np.abs(end.place.x).max()) or rest.left == 1.0
    )
    if rest.at_rest:
        more = said("advice.larger_limit" if stuck else "advice.more_steps")
        return done, still, more
    advice = for_a_run_on_its_way(end, rest, needed)
    if stuck and monitor.moved is not None and advice[0].key in _MORE_STEPS:
        moved = said("reason.moved", moved=monitor.moved, slope=monitor.slope)
        return done, moved, for_a_run_that_stands(end)
    # Only of a run that is on its way to a minimum some of the way is left.
    nearing = rest.kind is RestKind.MINIMUM and advice[0].key in _ON_ITS_WAY
    if rest.left and nearing and monitor.loss <= monitor.first_loss:
        # Of several parameters each has its own way: only the loss is one number.
        one = len(end.plan.problem.parameters) == 1
        way = said("reason.way_left", share=rest.left)
        return done, still, way if one else said("reason.loss_left", share=rest.left**2), *advice
    return done, still, *advice


def _after(monitor: Monitor) -> Sentence:
    """The slope after so many steps."""
    if monitor.step == 1:
        return said("reason.slope.one", slope=monitor.slope)
    return said("reason.slope", steps=monitor.step, slope=monitor.slope)
