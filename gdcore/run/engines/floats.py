"""Many steps of gradient descent from one point, at rates that are known beforehand, fast.

Only the points need the steps one after the other, and a point of a few numbers is moved fastest by plain floats:
closures built once from the tape of the gradient. Losses and gradients follow afterwards for a whole
stretch of points at once. The bits are those of the loop that takes one step at a time with arrays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.rates import Rate
from gdcore.formula.tape.floats import FloatTape
from gdcore.problems.domain import inside, sound
from gdcore.problems.protocol import Box, Problem
from gdcore.problems.tapes import gradient_tape_of
from gdcore.run.leaving import Break
from gdcore.run.monitor import Monitor
from gdcore.run.rows import Place, Rows
from gdcore.run.stopping import Fired, StopRules

# Stretches grow: a run that breaks or stops soon has hardly any step too many.
_FIRST, _LONGEST, _GROWTH = 32, 8192, 4
# Building the closures takes longer than so few steps.
_FEWEST = 16


@dataclass
class FloatWalk:
    """Gives the run from a point, stretch by stretch."""

    problem: Problem
    gradient: FloatTape
    apart: bool  # has each parameter a rate of its own?
    size: int = _FIRST

    def advance(
        self, place: Place, rates: Iterable[Rate], rows: Rows, monitor: Monitor, rules: StopRules
    ) -> tuple[Place, Break | None, Fired | None]:
        """One update for each of ``rates``, as far as the run goes: the last good place, and what ended it there.

        ``rows`` and ``monitor`` take in what lies on the way. Whoever calls it ignores floating-point errors
        (np.errstate).
        """
        self.size = min(self.size * _GROWTH, _LONGEST)
        d = place.x.size
        points: Any = walk_apart if self.apart else walk
        path: list[float] = points(self.gradient, place.x.tolist(), rates)
        x = np.fromiter(path, np.float64, len(path)).reshape(-1, d)  # half the time of np.array
        loss, gradient = self.problem.value_and_gradient(x)
        end = _first_break(self.problem.domain, x, loss, gradient)
        fired = None
        if rules == StopRules():
            monitor.see_many(place.step, x[:end], loss[:end], gradient[:end])
        else:
            given = zip(x[:end].tolist(), loss[:end].tolist(), gradient[:end].tolist(), strict=True)
            for row, values in enumerate(given, start=1):
                monitor.see(place.step + row, *values)
                fired = rules.fired(monitor)
                if fired is not None:
                    end = row
                    break
        rows.add_many(place.step, x[:end], loss[:end], gradient[:end])
        if end:
            last = end - 1
            place = Place(
                place.step + end, x[last].copy(), float(loss[last]), gradient[last].copy(), place.state
            )
        broken = None
        if fired is None and end < len(x):
            broken = break_at(
                self.problem.domain, place.step + 1, x[end].tolist(), float(loss[end]), gradient[end].tolist()
            )
        return place, broken, fired


def break_at(
    domain: Box | None, step: int, x: Sequence[float], loss: float, gradient: Sequence[float]
) -> Break | None:
    """What is wrong with a row, if anything: a number that is not finite, or a point outside the domain."""
    finite = math.isfinite(loss) and all(map(math.isfinite, x)) and all(map(math.isfinite, gradient))
    outside = domain is not None and not inside(domain, x)
    if finite and not outside:
        return None
    # Outside its domain a formula need not be finite: that it was left is what happened first.
    return Break(step, x, loss, outside and all(map(math.isfinite, x)))


def _first_break(domain: Box | None, x: FloatArray, loss: FloatArray, gradient: FloatArray) -> int:
    """The first row with which something is wrong, or their number."""
    if domain is None and all(np.isfinite(part).all() for part in (loss, x, gradient)):
        return len(x)  # what nearly every stretch is, in a quarter of the time
    fine = sound(domain, x, loss, gradient)
    return len(x) if fine.all() else int(np.argmin(fine))


def float_walk(problem: Problem, steps: int, rate: Rate) -> FloatWalk | None:
    """What gives a run of so many steps at a rate like that; None for a problem that has no tape, and when ``steps`` are too few to be worth it."""
    tape = gradient_tape_of(problem) if steps >= _FEWEST else None
    return None if tape is None else FloatWalk(problem, FloatTape(tape), isinstance(rate, tuple))


def walk(gradient: FloatTape, x: Sequence[float], rates: Iterable[float]) -> list[float]:
    """The points of a descent by x_i - rate * g_i, one number after the other, without the first point."""
    registers = [*x, *gradient.registers[len(x) :]]
    path: list[float] = []
    {1: _walk_1, 2: _walk_2}.get(len(x), _walk_many)(gradient, registers, rates, path.append)
    return path


def walk_apart(gradient: FloatTape, x: Sequence[float], rates: Iterable[tuple[float, ...]]) -> list[float]:
    """The points of a descent by x_i - rate_i * g_i, as ``walk`` gives them."""
    r = [*x, *gradient.registers[len(x) :]]
    path: list[float] = []
    shared, outputs, keep = gradient.shared, gradient.outputs, path.append
    for each in rates:
        for place, part in shared:
            r[place] = part(r)
        for i, (rate, slope) in enumerate(zip(each, [output(r) for output in outputs], strict=True)):
            r[i] = moved = r[i] - rate * slope
            keep(moved)
    return path


def _walk_1(
    gradient: FloatTape, r: list[float], rates: Iterable[float], keep: Callable[[float], None]
) -> None:
    shared, (slope,) = gradient.shared, gradient.outputs
    for rate in rates:
        for place, part in shared:
            r[place] = part(r)
        r[0] = x = r[0] - rate * slope(r)
        keep(x)


def _walk_2(
    gradient: FloatTape, r: list[float], rates: Iterable[float], keep: Callable[[float], None]
) -> None:
    shared, (first, second) = gradient.shared, gradient.outputs
    for rate in rates:
        for place, part in shared:
            r[place] = part(r)
        down, along = first(r), second(r)
        r[0] = x = r[0] - rate * down
        r[1] = y = r[1] - rate * along
        keep(x)
        keep(y)


def _walk_many(
    gradient: FloatTape, r: list[float], rates: Iterable[float], keep: Callable[[float], None]
) -> None:
    shared, outputs = gradient.shared, gradient.outputs
    for rate in rates:
        for place, part in shared:
            r[place] = part(r)
        for i, slope in enumerate([output(r) for output in outputs]):
            r[i] = x = r[i] - rate * slope
            keep(x)
