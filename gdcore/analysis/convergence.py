"""How fast a run nears its minimum, measured and by theory; and how the rate decides it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray, frozen, lengths
from gdcore.base.checks import checked_rate, positive, whole_number
from gdcore.base.errors import GdError
from gdcore.base.inputs import point_of
from gdcore.base.rates import common_rate
from gdcore.optimizers import Momentum, Nesterov, Newton, Optimizer
from gdcore.optimizers.again import is_own, optimizer_again
from gdcore.optimizers.gradient_descent import is_gradient_step
from gdcore.problems.curvature import curvature
from gdcore.problems.minima import newton_minimum
from gdcore.problems.protocol import Problem
from gdcore.rest.kinds import RestKind
from gdcore.rest.settling import Ends, resting
from gdcore.run.descent import descend
from gdcore.run.outcome import Outcome
from gdcore.run.rows import most_rows
from gdcore.run.trajectory import Trajectory

# How many steps a sweep looks through first, and how many times as many the next time.
_FIRST_LOOK, _GROWTH = 256, 8
# Looking through a run takes so many times the memory of its rows.
_ROOM = 4


@dataclass(frozen=True)
class Convergence:
    """How the distance e_k = |x_k - x*| to the minimum shrank.

    ``minimum`` x* (d,). ``factor``: the mean e_(k+1)/e_k over the later half of the run, as long as e_k is more than
    rounding. ``theory``: what it should be once the quadratic that touches J at x* is all that counts, or None where
    there is no theory for the optimizer. ``order`` p of e_(k+1) ≈ c · e_k^p at the last steps that tell (1 linear, 2
    that of Newton). What the run is too short to tell is None.
    """

    minimum: FloatArray
    factor: float | None
    theory: float | None
    order: float | None


@dataclass(frozen=True)
class Sweep:
    """Steps to convergence against the rate. ``rates`` (n,), ``steps`` (n,) with -1 where a run did not converge.

    ``outcomes`` and ``kinds`` say how each run ended and on what kind of place it rests (None where it does not, or
    nobody can say). ``tolerance`` is the slope that counts as zero, or None: then a run converges when it rests in its own scale.
    """

    rates: FloatArray
    steps: IntArray
    outcomes: tuple[Outcome, ...]
    tolerance: float | None
    kinds: tuple[RestKind | None, ...] = ()

    @property
    def best(self) -> float | None:
        """The rate with the fewest steps, the smallest of these; None when no run converged."""
        reached = self.steps >= 0
        if not reached.any():
            return None
        return float(self.rates[reached][np.argmin(self.steps[reached])])


def theoretical_factor(optimizer: Optimizer, rate: float, eigenvalues: ArrayLike) -> float | None:
    """By what a step shrinks the error on a quadratic with these ``eigenvalues`` (d,) of its Hessian, in the long run.

    The largest modulus, over the λ > 0, of the roots z of

        gradient descent    z = 1 - rate·λ
        momentum            z² - (1 + β - rate·(1 - dampening)·λ) z + β = 0         (Polyak, 1964)
        nesterov            z² - (1 + β)(1 - rate·λ) z + β (1 - rate·λ) = 0
        newton              z = 1 - rate

    Above 1 the run moves away. None for other rules, those made of these among them, for a sequential order, with weight decay, and when no λ > 0.
    """
    values = np.asarray(eigenvalues, dtype=np.float64)
    bent = values[values > 0]
    if bent.size == 0:
        return None
    kind = type(optimizer)  # a subclass may do anything
    if is_gradient_step(optimizer):
        return float(np.abs(1 - rate * bent).max())
    if kind is Newton:
        return abs(1 - rate)
    if isinstance(optimizer, Momentum) and kind is Momentum and not optimizer.weight_decay:
        slope = rate * (1 - optimizer.dampening) * bent
        return _largest_root(1 + optimizer.beta - slope, np.full_like(bent, optimizer.beta))
    if isinstance(optimizer, Nesterov) and kind is Nesterov and not optimizer.weight_decay:
        rest = 1 - rate * bent
        return _largest_root((1 + optimizer.beta) * rest, optimizer.beta * rest)
    return None


def measure_convergence(
    trajectory: Trajectory, problem: Problem, minimum: ArrayLike | Mapping[str, float] | None = None
) -> Convergence:
    """How fast the run neared ``minimum`` (d,); without it the nearest known one, or one found from its last point.

    With a rate for each parameter the theory is that of the rate 1 in the scale of :mod:`gdcore.base.rates`.

    Raises GdError when there is no minimum to be found there.
    """
    target = _target(trajectory, problem, minimum)
    errors = lengths(trajectory.parameters - target)
    # Rounding, in the units of the parameters.
    size = max(float(np.abs(target).max()), float(np.abs(trajectory.start).max()))
    floor = 1e4 * np.finfo(float).eps * size
    told = int(np.argmax(errors <= floor)) if (errors <= floor).any() else len(errors)
    # Of every rule that has a theory it holds for one fixed rate and all rows.
    fixed = trajectory.specs.get("schedule") is None and "sampling" not in trajectory.specs
    theory = None
    if fixed and not is_own(trajectory.specs["optimizer"]):
        optimizer = optimizer_again(trajectory.specs["optimizer"])
        rate, sizes = common_rate(trajectory.rate)
        # Where a minimum comes to a point, there is no curvature to reckon with.
        with suppress(GdError):
            theory = theoretical_factor(optimizer, rate, curvature(problem, target, sizes))
    return Convergence(
        minimum=frozen(target),
        factor=_factor(trajectory.step[:told], errors[:told]),
        theory=theory,
        order=None if trajectory.is_thinned else _order_of(errors[:told]),
    )


def sweep(
    problem: Problem,
    optimizer: Optimizer,
    start: ArrayLike | Mapping[str, float],
    rates: Sequence[float] | FloatArray,
    steps: int,
    *,
    tolerance: float | None = None,
) -> Sweep:
    """How many steps each of ``rates`` (n,) needs until it converges, at most ``steps``.

    That is the first step at which the run rests in its own scale, as ``descend`` decides it; with a ``tolerance`` the
    first at which |∇J| <= tolerance. Raises GdError for a tolerance that is not above 0, no rates, more steps than can
    be looked through for the first, and as ``descend`` does.
    """
    steps = whole_number(steps, "steps", 0)
    if tolerance is not None:
        tolerance = positive(tolerance, "tolerance", "try 1e-6")
    given = np.asarray(rates, dtype=np.float64)
    if given.ndim > 1:
        raise GdError(
            f"rates has the shape {given.shape}",
            "a sweep goes along one axis of rates, shape (n,)",
            "give one number for each run",
        )
    checked = [checked_rate(rate) for rate in given.ravel().tolist()]
    if not checked:
        raise GdError("there is no rate", "at least one is needed", "give some, such as 0.01, 0.1 and 1")
    needed, outcomes, kinds = [], [], []
    for rate in checked:
        if tolerance is None:
            run = _until_it_rests(problem, optimizer, start, steps, rate)
        else:
            run = descend(
                problem, optimizer, start, steps, rate=rate, stop={"gradient": tolerance}, every=max(1, steps)
            )
        reached = run.outcome is Outcome.CONVERGED
        needed.append(run.steps if reached else -1)
        outcomes.append(run.outcome)
        kinds.append(run.rest.kind if run.rest.at_rest else None)
    return Sweep(frozen(checked), np.array(needed, dtype=np.int64), tuple(outcomes), tolerance, tuple(kinds))


def _until_it_rests(
    problem: Problem, optimizer: Optimizer, start: ArrayLike | Mapping[str, float], steps: int, rate: float
) -> Trajectory:
    """The run up to the first step at which it rests; all ``steps`` of it where it never does.

    Longer and longer runs, each looked through at once: that costs little more than the longest, and no rule but
    this one need be told of every step.
    """
    count, most = min(_FIRST_LOOK, steps), most_rows(len(problem.parameters)) // _ROOM
    while True:
        run = descend(problem, optimizer, start, count, rate=rate)
        first = _first_rest(run, problem)
        if first is not None:
            return descend(problem, optimizer, start, first, rate=rate, every=max(1, first))
        if count >= steps or run.nonfinite_step is not None:
            return run
        if count >= most:
            raise GdError(
                f"at the rate {rate:g} the point does not rest within {count} steps",
                f"a sweep looks through at most {most}, of the {steps} that are asked for",
                "ask for fewer steps, or give a tolerance",
            )
        count = min(count * _GROWTH, steps, most)


def _first_rest(run: Trajectory, problem: Problem) -> int | None:
    """The first step at which a run of which every step is kept has converged.

    Of a rule that remembers it must rest at the next step as well: it may pass through a place of rest with speed.
    """
    n = len(run)
    start = np.broadcast_to(run.start, run.parameters.shape)
    ends = Ends(run.parameters, run.loss, run.gradient, start, np.full(n, run.loss[0]))
    at_rest = resting(problem, ends)[0]
    if run.state:
        at_rest = at_rest & np.append(at_rest[1:], run.rest.at_rest)
    # As ``descend`` decides it: a run that rose in all its last steps, and above where it began, has diverged.
    higher = run.loss > run.loss[0]
    if (at_rest & higher).any():
        rises = np.concatenate([[False], np.diff(run.loss) > 0])
        since = np.arange(n) - np.maximum.accumulate(np.where(rises, 0, np.arange(n)))
        at_rest &= ~(higher & (np.arange(n) >= 3) & (since >= np.minimum(10, np.arange(n))))
    return int(at_rest.argmax()) if at_rest.any() else None


def _target(trajectory: Trajectory, problem: Problem, minimum: object) -> FloatArray:
    if minimum is not None:
        return point_of(minimum, problem.parameters, "minimum")
    known = problem.minima()
    if known:
        return min(known, key=lambda point: float(lengths(point - trajectory.final)))
    found = newton_minimum(problem, trajectory.final)
    if found is None:
        raise GdError(
            "no minimum is known, and none was found from the last point of the run",
            mend="give one as minimum=",
        )
    return found


def _factor(steps: IntArray, errors: FloatArray) -> float | None:
    """e to the slope of ln e_k against k over the later half."""
    later = slice(len(errors) // 2, None)
    steps, errors = steps[later], errors[later]
    if len(errors) < 3 or not (errors > 0).all():
        return None
    return math.exp(float(np.polyfit(steps, np.log(errors), 1)[0]))


def _order_of(errors: FloatArray) -> float | None:
    """ln(e_(k+1)/e_k) / ln(e_k/e_(k-1)) at the last three."""
    if len(errors) < 3 or not (errors[-3:] > 0).all():
        return None
    before, last = np.diff(np.log(errors[-3:]))
    return float(last / before) if before else None


def _largest_root(b: FloatArray, c: FloatArray) -> float:
    """The largest modulus of the roots of z² - b z + c."""
    root = np.sqrt((b * b - 4 * c).astype(complex))
    return float(np.maximum(np.abs(b + root), np.abs(b - root)).max() / 2)
