"""How far to go along a direction on any function: to the lowest point, or until Wolfe's conditions hold.

Both searches double a length until it is too long, and then look between the longest that was too short and the
shortest that was too long. They ask for J and ∇J, not for second derivatives. Many points are searched at once, each
with the bits that it has alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.base.scaled import EPS
from gdcore.optimizers.rule import dot
from gdcore.problems.domain import sound
from gdcore.problems.protocol import Problem

# So often a length is doubled: 2^60 of the first is far beyond what its curvature told.
_MOST_DOUBLINGS = 60
# A bracket that is halved so often is a single number; two looks of three may cut it otherwise.
_MOST_LOOKS = 240
# So much of J is rounding, where two values are compared that may be the same.
_SLACK = 8 * EPS


class Look(NamedTuple):
    """What is seen at a length: J and its slope along the direction, whether a run may stand there, each (..., 1)."""

    value: FloatArray
    slope: FloatArray
    fine: NDArray[np.bool_]
    gradient: FloatArray  # (..., d)


def look(problem: Problem, x: FloatArray, direction: FloatArray, length: FloatArray) -> Look:
    """J at x + length · direction, for x (..., d), direction (..., d) and length (..., 1)."""
    there = x + length * direction
    value, gradient = problem.value_and_gradient(there)
    fine = sound(problem.domain, there, np.asarray(value), gradient)[..., None]
    return Look(np.asarray(value)[..., None], dot(gradient, direction), fine, gradient)


def lowest_length(
    problem: Problem, x: FloatArray, direction: FloatArray, slope: FloatArray, first: FloatArray
) -> FloatArray:
    """Where J has a minimum along x + α p, α > 0, to the last digits: shape (..., 1).

    ``slope`` = ∇J · p (..., 1); ``first`` (..., 1) is the length that is looked at first. It is doubled until J does not
    fall any more or is not defined; between there and the last length that led down lies a minimum, or a kink, or the
    edge of where J is defined. It is where the slope changes its sign, found by false position (the rule of Illinois:
    Dowell and Jarratt, 1971) with a halving at every third look; on a plateau the first point that was looked at.

    Where J falls for ever, it is the last of 60 doublings. 0 where p does not lead down.
    """
    with np.errstate(all="ignore"):
        here = np.asarray(problem.value(x))[..., None]
        low, low_value, low_slope = np.zeros_like(slope), here, slope
        high, high_slope = np.full_like(slope, np.inf), np.full_like(slope, np.nan)
        done, trial = ~(slope < 0), np.array(np.broadcast_to(first, slope.shape), dtype=np.float64)
        # A length that differs by no more than this leads to the same point.
        same = EPS * np.abs(x / direction).min(-1, keepdims=True)
        was_down, was_up, good = np.zeros((3, *slope.shape), dtype=np.bool_)
        for turn in range(_MOST_LOOKS):
            if done.all():
                break
            found = look(problem, x, direction, trial)
            # In a bracket the slopes lead on, and J is only to stay clearly below where it began: it is flat around
            # the minimum, and there its rounding would mislead.
            most = np.where(np.isfinite(high), 0.5 * (low_value + here), low_value)
            lower = found.fine & (found.value <= most + _SLACK * np.abs(most))
            down, up = ~done & lower & (found.slope <= 0), ~done & ~(lower & (found.slope < 0))
            # The slope of an end that stays counts for half, so that the other end passes the minimum.
            kept_low = np.where(up & was_up, 0.5 * low_slope, low_slope)
            kept_high = np.where(down & was_down, 0.5 * high_slope, high_slope)
            low, low_slope = np.where(down, trial, low), np.where(down, found.slope, kept_low)
            low_value = np.where(down, found.value, low_value)
            # A place that is too far and where J falls again, or is not defined, tells nothing by its slope.
            told = np.where(found.fine & (found.slope >= 0), found.slope, np.nan)
            high, high_slope = np.where(up, trial, high), np.where(up, told, kept_high)
            good = np.where(up, lower, good)  # J at the far end is as low as it should be
            was_down, was_up = down, up
            bracketed = np.isfinite(high)
            width, least = high - low, np.fmax(2 * EPS * high, same)
            done |= (width <= least) if turn > _MOST_DOUBLINGS else (width <= least) & bracketed
            crossing = low - low_slope * (width / (high_slope - low_slope))
            inner = np.clip(crossing, low + least, high - least)
            guess = np.where(np.isfinite(inner) & (turn % 3 < 2), inner, low + 0.5 * width)
            trial = np.where(bracketed, guess, 2 * trial)
        return np.where(done & good & (low_slope + high_slope < 0), high, low)


def wolfe_length(
    problem: Problem,
    x: FloatArray,
    direction: FloatArray,
    slope: FloatArray,
    first: FloatArray | float,
    decrease: float,
    flatten: float,
) -> tuple[FloatArray, FloatArray]:
    """A length that is neither too long nor too short, (..., 1), and ∇J there (..., d).

        not too long      J(x + α p) <= J(x) + decrease · α · slope
        not too short     ∇J(x + α p) · p >= flatten · slope

    with ``slope`` = ∇J · p (..., 1): Wolfe (1969). ``first`` is tried first, doubled while it is too short, and the bracket
    halved (Lewis and Overton, 2013, algorithm 2.6). Where no such length is found, the longest that was too short, which
    lowers J; 0 where there is none.
    """
    with np.errstate(all="ignore"):
        here = look(problem, x, direction, np.zeros_like(slope))
        low, high = np.zeros_like(slope), np.full_like(slope, np.inf)
        gradient, done = here.gradient, ~(slope < 0)
        trial = np.array(np.broadcast_to(first, slope.shape), dtype=np.float64)
        for _ in range(_MOST_DOUBLINGS + 1):
            if done.all():
                break
            found = look(problem, x, direction, trial)
            long = ~found.fine | ~(found.value <= here.value + decrease * trial * slope)
            right = ~long & (found.slope >= flatten * slope)
            high = np.where(~done & long, trial, high)
            low = np.where(~done & ~long, trial, low)
            gradient = np.where(~done & ~long, found.gradient, gradient)
            done |= right
            trial = np.where(np.isfinite(high), low + 0.5 * (high - low), 2 * trial)
        return low, gradient
