"""The minima of a function: found, exactly for quadratics and by bisection on a line; and whether one is a point."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from gdcore.base.arrays import FloatArray, frozen
from gdcore.base.scaled import bending

if TYPE_CHECKING:
    from gdcore.problems.protocol import Problem

_SAMPLES = 4001
# A Hessian this near to a singular one, in its own scale, is no sign of a minimum.
_LEAST_BEND = 1e-10
# At these shares of the way to a minimum its slope is looked at: there it must have become smaller by much.
_NEARER, _SIDES = np.array([1e-6, 1e-9]), np.array([-1.0, 1.0])
# How near to a minimum Newton's steps must come, as a part of the way and of the point.
_CLOSE = 1e-8


def listed_minima(problem: Problem) -> tuple[FloatArray, ...]:
    """The minima (d,) on the problem's own list; none of those that a formula has found itself, in an interval only."""
    listed: tuple[FloatArray, ...] | None = getattr(problem, "known_minima", None)
    return problem.minima() if listed is None else listed


def minimum_of_quadratic(problem: Problem) -> tuple[FloatArray, ...]:
    """The one minimum x* = -H⁻¹ ∇J(0) of a quadratic, or none: a saddle, a valley floor, a slope."""
    origin = np.zeros(len(problem.parameters))
    matrix = problem.hessian(origin)
    slope = problem.gradient(origin)
    if not (np.isfinite(matrix).all() and np.isfinite(slope).all()):
        return ()
    bends = bending(matrix)
    if not bends.up.all():
        return ()
    scaled = matrix / bends.size[:, None] / bends.size
    return (frozen(np.linalg.solve(scaled, -slope / bends.size) / bends.size + 0.0),)  # + 0.0: no minus zero


def minima_on_a_line(problem: Problem, low: float, high: float) -> tuple[FloatArray, ...]:
    """The minima of a function of one parameter between ``low`` and ``high``.

    A minimum is where the slope goes from - to +, looked for on 4001 evenly spaced points and then bisected
    down to neighbouring floating-point numbers. Minima closer together than the spacing may be missed.
    """
    grid = np.linspace(low, high, _SAMPLES)
    slopes = problem.gradient(grid[:, None])[:, 0]
    moving = np.flatnonzero(np.isfinite(slopes) & (slopes != 0))
    found = []
    for left, right in pairwise(moving):
        if not (slopes[left] < 0 < slopes[right]):
            continue
        flat = slopes[left + 1 : right]
        if not np.isfinite(flat).all():
            continue  # a pole or a gap lies between
        # Points of slope 0 in between are the minimum, or the floor of a valley: its middle.
        x = float(np.mean(grid[left + 1 : right])) if flat.size else _bisect(problem, grid[left], grid[right])
        steepest = max(-slopes[left], slopes[right])
        at = problem.gradient(np.array([x]))[0]
        # At a pole such as that of 1/x^2 upside down the slope grows without bound instead of vanishing.
        if np.isfinite(problem.value(np.array([x]))) and abs(at) <= steepest:
            found.append(frozen([x]))
    return tuple(found)


def _bisect(problem: Problem, left: float, right: float) -> float:
    """The place between ``left`` (slope < 0) and ``right`` (slope > 0) where the slope changes its sign."""
    while True:
        middle = 0.5 * (left + right)
        if not left < middle < right:
            break
        slope = float(problem.gradient(np.array([middle]))[0])
        if slope == 0:
            return middle
        if slope < 0:
            left = middle
        else:
            right = middle
    ends = [abs(float(problem.gradient(np.array([end]))[0])) for end in (left, right)]
    return float(left if ends[0] <= ends[1] else right)


def is_pointed(problem: Problem, minimum: FloatArray, start: FloatArray) -> bool:
    """Does J come to a point or an edge at a minimum (d,), such as |x| at 0, as seen from a ``start`` (d,)?

    Then the slope does not vanish there but jumps from - to +, and descent with a fixed rate settles nowhere near.
    """
    if problem.is_quadratic:
        return False
    way = np.abs(start - minimum)
    way = np.where(way > 0, way, np.where(minimum != 0, np.abs(minimum), 1.0))
    # Two shares of the way, to two sides, along each axis.
    places = minimum + _NEARER[:, None, None, None] * _SIDES[:, None, None] * np.diag(way)
    with np.errstate(all="ignore"):
        far, near = np.diagonal(np.asarray(problem.gradient(places)), axis1=-2, axis2=-1)
    jumps = (near[0] < 0) & (near[1] > 0) & (far[0] < 0) & (far[1] > 0)
    return bool((jumps & (near[1] - near[0] > 0.5 * (far[1] - far[0]))).any())


def newton_minimum(problem: Problem, near: FloatArray) -> FloatArray | None:
    """The minimum (d,) that damped Newton steps from ``near`` (d,) lead to, to the last digits; None without one.

    Each step is Newton's, turned downhill where the curvature is not positive, and halved until |∇J| or J falls.
    None when the Hessian at the end is not positive, or the slope does not vanish in 100 steps.
    """
    x = np.array(near, dtype=np.float64)
    with np.errstate(all="ignore"):
        value, slope = problem.value_and_gradient(x)
        first = float(value)
        for _ in range(100):
            found = _downhill_step(problem, x, slope)
            if found is None:
                return None
            step, size = found
            length = 1.0
            while length > 1e-10:
                new = x + length * step
                new_value, new_slope = problem.value_and_gradient(new)
                if new_value < value or np.abs(new_slope / size).max() < np.abs(slope / size).max():
                    break
                length *= 0.5
            else:
                break  # neither can fall any more: this is as near as numbers get
            x, value, slope = new, new_value, new_slope
        matrix = problem.hessian(x)
        if not (np.isfinite(x).all() and np.isfinite(matrix).all()):
            return None
        bends = bending(matrix)
        if not (bends.up.all() and bends.values[0] > _LEAST_BEND * bends.values[-1]):
            return None
        # What J would still fall by is nothing beside what it fell by, or beside its rounding.
        left = 0.5 * float((bends.along(slope) ** 2 / bends.values).sum())
        rounding = 0.5 * float((np.abs(np.diagonal(matrix)) * (_CLOSE * x) ** 2).sum())
        fell = abs(float(value) - first)
        # Along exp(-x) every step looks like the last one: the curvature must have settled.
        ahead = problem.hessian(x - bends.solved(slope))
        if not (np.abs(np.diagonal(ahead) / np.diagonal(matrix) - 1.0) <= 0.3).all():
            return None
        slack = 4 * float(np.finfo(float).eps) * abs(float(value))
        rest = left <= max(_CLOSE**2 * (fell + left), slack, rounding)
        return frozen(x + 0.0) if rest else None


def _downhill_step(
    problem: Problem, x: FloatArray, slope: FloatArray
) -> tuple[FloatArray, FloatArray] | None:
    """-|H|⁻¹ ∇J: Newton's step where H is positive, downhill everywhere; and the scale s. None where H is not finite or 0."""
    matrix = problem.hessian(x)
    if not np.isfinite(matrix).all():
        return None
    bends = bending(matrix)
    sizes = np.abs(bends.values)
    if not sizes.max() > 0:
        return None
    sizes = np.maximum(sizes, 1e-12 * sizes.max())
    return -bends.back(bends.along(slope) / sizes), bends.size
