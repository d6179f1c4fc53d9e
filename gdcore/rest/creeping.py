"""What a run nears without end where the curvature goes on changing, such as x^3, x^4 and exp(-x)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.problems.protocol import Problem
from gdcore.rest.bent import bent
from gdcore.rest.kinds import INFLECTION, MINIMUM, NO_BOTTOM, UNKNOWN
from gdcore.rest.probing import change, falls_for_ever

# How far from a root of the slope J is looked at, in distances of the run from it.
_LOOKS = 4.0 ** np.arange(9.0)
# Of the slope at the point, what may be left at a root of the slope that is worked out from there.
_FAINT = 1e-6


def neared(
    problem: Problem,
    x: FloatArray,
    loss: FloatArray,
    gradient: FloatArray,
    first: FloatArray,
    curvatures: FloatArray,
) -> NDArray[np.int8]:
    """The kind of place (n,) that points x (n, d) near; numbers into ``tuple(RestKind)``, -1 where it cannot be said.

    ``loss`` (n,) and ``gradient`` (n, d) belong to x, ``first`` (n, d) is Newton's step from there, ``curvatures``
    (n, d) are H_ii.

    Near a root of the slope of multiplicity m, Newton's steps shrink by 1 - 1/m: two of them tell the root (Traub,
    Iterative Methods for the Solution of Equations, 1964). Where they do not shrink, J may fall for ever.
    """
    n = len(x)
    kind = np.full(n, UNKNOWN, dtype=np.int8)
    with np.errstate(all="ignore"):
        lost = falls_for_ever(problem, x, loss, -first, curvatures)
        # The first step takes the directions along which J is round to their bottom; the next two tell.
        place = x - first
        second = _newton(problem, place)
        third = _newton(problem, place - second)
        weight = np.where(curvatures != 0, np.abs(curvatures), 1.0)
        length = (weight * second * second).sum(-1)
        shrink = (weight * second * third).sum(-1) / length
        times = 1.0 / (1.0 - shrink)
        near = np.round(times)
        times = np.where(np.abs(times - near) < 0.1, near, times)[:, None]
        root = place - times * second
        # Once more, which brings nothing where this was no root of that multiplicity.
        more = _newton(problem, root)
        along = second * ((weight * more * second).sum(-1) / length)[:, None]
        root = root - more - (times - 1.0) * along
        root[np.abs(root) <= 1e-9 * np.abs(x)] = 0.0
        far = times * second
        at, slopes = problem.value_and_gradient(root)
        sizes = np.sqrt(weight)
        faint = (np.abs(slopes) / sizes).max(-1) <= _FAINT * (np.abs(gradient) / sizes).max(-1)
        # In the tail of exp(-x) the slope is faint as well, but fainter still beyond.
        beyond = np.asarray(problem.gradient(root - far))
        turns = np.abs((beyond * far).sum(-1)) > np.abs((slopes * far).sum(-1))
        told = (shrink > 0.2) & (shrink < 0.98) & faint & turns & np.isfinite(at)
        reach = np.array([-1.0, 1.0])[:, None] * _LOOKS
        places = root[:, None, None, :] + reach[..., None] * far[:, None, None, :]
        looks = change(
            problem, places, root[:, None, None, :], at[:, None, None], curvatures[:, None, None, :]
        )
    # The closest look that tells on both sides.
    both = (looks != 0).all(1)
    told &= both.any(-1)
    low, high = np.take_along_axis(looks, both.argmax(-1)[:, None, None], -1)[..., 0].T
    kind[lost & ~told] = NO_BOTTOM
    kind[told & (low > 0) & (high > 0)] = MINIMUM
    kind[told & (low * high < 0)] = INFLECTION
    return kind


def _newton(problem: Problem, x: FloatArray) -> FloatArray:
    """H⁻¹ ∇J at x (n, d)."""
    bends = bent(problem, x)[1]
    assert bends is not None
    return bends.solved(np.asarray(problem.gradient(x)))
