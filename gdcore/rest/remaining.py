"""How many more steps a run of plain gradient descent would need."""

from __future__ import annotations

import math

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.rates import Rate, common_rate
from gdcore.base.scaled import EPS, eigen
from gdcore.problems.linear.squared_error import SquaredError
from gdcore.problems.protocol import Problem
from gdcore.rest.probing import position_rounding
from gdcore.rest.settling import RELATIVE
from gdcore.rest.verdict import Rest, RestKind


def steps_still_needed(
    problem: Problem,
    rate: Rate,
    x: FloatArray,
    loss: float,
    gradient: FloatArray,
    start_loss: float,
    rest: Rest,
) -> float | None:
    """The steps after x (d,), with J and ∇J (d,) there, until plain descent with ``rate`` rests; None if it never does.

    Along an eigenvector of the Hessian with eigenvalue λ, what J is above its least shrinks by (1 - rate·λ)² a step
    (Nocedal and Wright, Numerical Optimization, 2nd ed., section 3.3), with a rate for each parameter in the scale of
    :mod:`gdcore.base.rates`. None, too, for a run that rests already, and
    where the curvature has not settled.
    """
    if rest.at_rest or rest.kind is not RestKind.MINIMUM or rest.left is None:
        return None
    common, sizes = common_rate(rate)
    with np.errstate(all="ignore"):
        curvatures, parts = _modes(problem, x, gradient, sizes)
        diagonal = np.diagonal(np.asarray(problem.hessian(x)))
        above = float(parts.sum())
    if not (math.isfinite(above) and above > 0):
        return None
    enough = max(
        RELATIVE**2 * (abs(start_loss - loss) + above),
        EPS * abs(loss - above),
        float(position_rounding(diagonal, x)),
    )
    if above <= enough:
        return 1.0
    with np.errstate(all="ignore"):
        # ln of the factor, exact for the smallest rate·λ.
        s = common * curvatures
        shrink = np.where(s < 1, np.log1p(-np.minimum(s, 1.0)), np.log(np.abs(s - 1.0)))
        counted = parts > 0
        shrink, far = shrink[counted], np.log(parts[counted] / enough)
    if (shrink >= 0).any():
        return None

    def is_enough(steps: float) -> bool:
        with np.errstate(all="ignore"):
            return bool(np.exp(far + 2.0 * steps * shrink).sum() <= 1.0)

    low, high = 0.0, 1.0
    while not is_enough(high):
        low, high = high, 2.0 * high
        if high > 1e300:
            return None
    while high - low > max(0.5, 1e-12 * high):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return float(math.ceil(low) if low < 1e15 and is_enough(math.ceil(low)) else math.ceil(high))


def _modes(
    problem: Problem, x: FloatArray, gradient: FloatArray, sizes: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """The eigenvalues of H at x (d,), in units of ``sizes``, and what J is above its least along each (d,); 0 where λ <= 0."""
    condensed = getattr(problem, "condensed", None)
    if sizes is None and isinstance(condensed, SquaredError):
        return condensed.modes(x)
    matrix = np.asarray(problem.hessian(x), dtype=np.float64)
    if sizes is not None:
        matrix, gradient = matrix * np.outer(sizes, sizes), gradient * sizes
    values, vectors = eigen(matrix)
    up = values > 0
    # In this order, as the square of a slope may leave the range of numbers.
    slopes = (vectors.T @ gradient) / np.sqrt(np.where(up, values, 1.0))
    return values, np.where(up, 0.5 * slopes * slopes, 0.0)
