"""How far to go along a direction: the exact length on quadratics, and backtracking elsewhere."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.rule import dot
from gdcore.problems.domain import within
from gdcore.problems.protocol import Problem

# Halvings, or whatever the shrinking is, before a search gives up: 2^-60 of the first step is nothing.
MOST_TRIALS = 60


def exact_length(problem: Problem, x: FloatArray, direction: FloatArray, slope: FloatArray) -> FloatArray:
    """The minimum along x + α p of the quadratic that touches J at x: α = -slope / (p · H p), shape (..., 1).

    ``slope`` = ∇J · p (..., 1). 1 where J does not curve upwards along p, for there is no minimum; 0 where the
    slope is 0.
    """
    curve = _curve(problem, x, direction)
    upwards = curve > 0
    length = np.where(upwards, -slope / np.where(upwards, curve, 1.0), 1.0)
    return np.where(slope == 0, 0.0, length)


def touched_length(problem: Problem, x: FloatArray, direction: FloatArray, slope: FloatArray) -> FloatArray:
    """How far along p (..., d) the slope would change by its own size, if J curved as at x, up or down: (..., 1).

    ``slope`` = ∇J · p (..., 1). 1 where J does not curve along p.
    """
    with np.errstate(all="ignore"):
        length = np.abs(slope / _curve(problem, x, direction))
    return np.where(np.isfinite(length) & (length > 0), length, 1.0)


def _curve(problem: Problem, x: FloatArray, direction: FloatArray) -> FloatArray:
    """p · H p, shape (..., 1)."""
    return dot(direction, (problem.hessian(x) * direction[..., None, :]).sum(-1))


def armijo(
    problem: Problem,
    x: FloatArray,
    direction: FloatArray,
    slope: FloatArray,
    first: FloatArray | float,
    shrink: float,
    decrease: float,
) -> FloatArray:
    """The first of the lengths first, first·shrink, first·shrink², … that lowers J enough, shape (..., 1).

    Enough is J(x + α p) <= J(x) + decrease · α · slope, with ``slope`` = ∇J · p (..., 1): Armijo (1966). A point
    outside the domain, or without a finite value, is never good enough. 0 where no length of 60 is.
    """
    here = np.asarray(problem.value(x))[..., None]
    length: FloatArray = np.array(np.broadcast_to(first, slope.shape), dtype=np.float64)
    found = np.zeros(slope.shape, dtype=bool)
    for _ in range(MOST_TRIALS):
        there = x + length * direction
        value = np.asarray(problem.value(there))[..., None]
        found = (
            (value <= here + decrease * length * slope)
            & np.isfinite(value)
            & within(problem.domain, there)[..., None]
        )
        if found.all():
            break
        length = np.where(found, length, shrink * length)
    return np.where(found, length, 0.0)
