"""Does a run rest where it ended, by its own scale? For many points at once.

With s, C, (μ, v) and τ of :mod:`gdcore.base.scaled`, at the point x with the exact slope g:

    δ = ½ Σ_{μ>τ} (vᵀ(g/s))²/μ      the decrease that is still to come
    p = H⁻¹ g                        Newton's step, along the directions that bend

x rests when no slope is left along directions that are flat or fall, but for rounding, and

    √(δ/(|J_start - J| + δ)) <= 1e-6  while the curvature one Newton step on is about the same,
    or δ <= eps |J|,  or δ <= ½ Σ |H_ii| (2 eps x_i)².

None of this depends on the units of J or of any parameter. On a round bowl the first line is |g| <= 1e-6 |g_start|.
The Newton decrement √(2δ) is that of Boyd and Vandenberghe, Convex Optimization (2004), section 9.5.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.base.scaled import EPS, Bending
from gdcore.problems.minima import listed_minima
from gdcore.problems.protocol import Problem
from gdcore.rest.bent import bent
from gdcore.rest.creeping import neared
from gdcore.rest.kinds import HILLTOP, INFLECTION, MINIMUM, NO_BOTTOM, PLATEAU, SADDLE, UNKNOWN
from gdcore.rest.probing import falls_for_ever, position_rounding, sides

# What is left of the way when a run rests, and without second derivatives what is left of the slope.
RELATIVE = 1e-6
_SAME_CURVATURE = 0.3
# How many points are judged at the same time.
BLOCK = 1 << 14


@dataclass(frozen=True, eq=False)
class Ends:
    """n points that runs have come to: ``x``, ``gradient`` and ``start`` (n, d); ``loss`` and ``start_loss`` (n,)."""

    x: FloatArray
    loss: FloatArray
    gradient: FloatArray
    start: FloatArray
    start_loss: FloatArray

    def some(self, which: NDArray[np.bool_] | slice) -> Ends:
        """Those of them."""
        return Ends(
            self.x[which],
            self.loss[which],
            self.gradient[which],
            self.start[which],
            self.start_loss[which],
        )

    @property
    def spans(self) -> FloatArray:
        """A length (n, d) for each parameter, from the run: how far it came or how large it is; 1 where both are 0."""
        span = np.maximum(np.abs(self.x - self.start), np.abs(self.x))
        return np.asarray(np.where(span > 0, span, 1.0))


@dataclass(frozen=True, eq=False)
class Judged:
    """What is known of n points. ``at_rest`` (n,); ``kind`` (n,) numbers into ``tuple(RestKind)``, -1 for none.

    ``left`` (n,): δ/(|J_start - J| + δ), the share of the decrease that is still to come; nan where the curvature does
    not say. ``steady`` (n,): the curvature one Newton step on is about the same. ``free`` (n, d): along which of the
    directions of ``bends`` J does not change. ``bends`` is None where there are no second derivatives.
    """

    at_rest: NDArray[np.bool_]
    kind: NDArray[np.int8]
    left: FloatArray
    steady: NDArray[np.bool_]
    free: NDArray[np.bool_]
    bends: Bending | None


def resting(problem: Problem, ends: Ends) -> tuple[NDArray[np.bool_], NDArray[np.int8]]:
    """Which of n points rest (n,), and on what kind of place (n,): see :class:`Judged`. Block by block."""
    at_rest = np.zeros(len(ends.x), dtype=np.bool_)
    kind = np.full(len(ends.x), UNKNOWN, dtype=np.int8)
    for first in range(0, len(ends.x), BLOCK):
        here = slice(first, first + BLOCK)
        found = judge(problem, ends.some(here))
        at_rest[here], kind[here] = found.at_rest, found.kind
    return at_rest, kind


def judge(problem: Problem, ends: Ends, creeping: bool = False) -> Judged:
    """What is known of n points; with ``creeping`` also over what kind of place those go that do not rest."""
    n, d = ends.x.shape
    with np.errstate(all="ignore"):
        curvatures, bends = bent(problem, ends.x)
        if bends is None:
            return _by_slope(problem, ends)
        slopes = bends.along(ends.gradient)
        up, down, flat = bends.up, bends.down, bends.flat
        parts = np.where(flat, 0.0, 0.5 * slopes * slopes / np.abs(np.where(flat, 1.0, bends.values)))
        decrease = np.where(up, parts, 0.0).sum(-1)
        newton = bends.back(np.where(up, slopes / np.where(up, bends.values, 1.0), 0.0))
        rounding = position_rounding(curvatures, ends.x)
        steady = _steady(problem, ends.x, newton, bends)
        whole = np.abs(ends.start_loss - ends.loss) + decrease
        left = np.where(decrease == 0, 0.0, decrease / whole)
        arrived = steady & (left <= RELATIVE**2)
        arrived |= (decrease <= EPS * np.abs(ends.loss)) | (decrease <= rounding)
        sliding = (flat & (np.abs(slopes) > _slope_noise(bends, ends, curvatures))).any(-1)
        falling = np.where(down, parts, 0.0).sum(-1) > rounding
    arrived &= ~sliding & ~falling & np.isfinite(left)

    kind = np.full(n, UNKNOWN, dtype=np.int8)
    free = np.zeros((n, d), dtype=np.bool_)
    sure = arrived & (steady | down.any(-1) | ~up.any(-1))
    kind[sure] = _kinds(problem, ends, bends, curvatures, sure, free)
    creeps = ~steady & up.any(-1) & ~down.any(-1) & ~sliding & (arrived | creeping)
    if creeps.any():
        some = ends.some(creeps)
        kind[creeps] = neared(problem, some.x, some.loss, some.gradient, newton[creeps], curvatures[creeps])
    arrived &= kind != NO_BOTTOM
    if creeping:
        going = ~arrived & (kind == UNKNOWN)
        loose = going & (sliding | falling)
        if loose.any():
            away = bends.back(np.where(up, 0.0, -slopes))[loose]
            with np.errstate(all="ignore"):
                away /= (np.abs(away) / ends.spans[loose]).max(-1, keepdims=True)
            lost = falls_for_ever(problem, ends.x[loose], ends.loss[loose], away, curvatures[loose])
            kind[loose] = np.where(lost, NO_BOTTOM, UNKNOWN)
        nearing = going & ~loose & steady & up.any(-1)
        kind[nearing] = _kinds(problem, ends, bends, curvatures, nearing, free)
    without = np.asarray(~np.isfinite(bends.values).all(-1))
    if without.any():
        plain = _by_slope(problem, ends)
        arrived = np.where(without, plain.at_rest, arrived)
        kind = np.where(without, plain.kind, kind)
        left = np.where(without, np.nan, left)
        free[without] = False
    return Judged(arrived, kind, left, steady, free, bends)


def _by_slope(problem: Problem, ends: Ends) -> Judged:
    """Without second derivatives: |g| <= 1e-6 |g_start|; a minimum where the problem knows of one."""
    n, d = ends.x.shape
    first = np.asarray(problem.gradient(ends.start), dtype=np.float64)
    largest = np.abs(first).max(-1, keepdims=True)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    with np.errstate(over="ignore"):
        lengths = [np.sqrt(((slopes / scale) ** 2).sum(-1)) for slopes in (ends.gradient, first)]
    rests = lengths[0] <= RELATIVE * lengths[1]
    near = np.zeros(n, dtype=np.bool_)
    for known in listed_minima(problem):
        near |= (np.abs(ends.x - known) <= RELATIVE * ends.spans).all(-1)
    return Judged(
        rests,
        np.where(rests & near, MINIMUM, UNKNOWN).astype(np.int8),
        np.full(n, np.nan),
        np.zeros(n, dtype=np.bool_),
        np.zeros((n, d), dtype=np.bool_),
        None,
    )


def _steady(problem: Problem, x: FloatArray, newton: FloatArray, bends: Bending) -> NDArray[np.bool_]:
    """Is H(x - p) about H(x), along the directions that bend up: relative eigenvalues in [0.7, 1.3]? (n,)"""
    if problem.is_quadratic:
        return np.ones(len(x), dtype=np.bool_)
    matrix = np.asarray(problem.hessian(x - newton))
    scaled = matrix / bends.size[..., :, None] / bends.size[..., None, :]
    shrunk = (
        bends.vectors
        * np.where(bends.up, 1.0 / np.sqrt(np.where(bends.up, bends.values, 1.0)), 0.0)[..., None, :]
    )
    relative = np.swapaxes(shrunk, -1, -2) @ scaled @ shrunk
    d = x.shape[-1]
    relative = relative + np.where(bends.up, 0.0, 1.0)[..., None] * np.eye(d)
    finite = np.asarray(np.isfinite(relative).all((-2, -1)))
    safe: FloatArray = np.where(finite[..., None, None], relative, np.eye(d)) - np.eye(d)
    values = np.linalg.eigvalsh(safe)
    return np.asarray(finite & (np.abs(values) <= _SAME_CURVATURE).all(-1))


def _slope_noise(bends: Bending, ends: Ends, curvatures: FloatArray) -> FloatArray:
    """How much of the slope along each direction (n, d) may be rounding, of g and of the direction."""
    d = ends.x.shape[-1]
    # |H_ij| <= s_i s_j for what is convex, and about so elsewhere.
    reach = (np.sqrt(np.abs(curvatures)) * np.abs(ends.x)).sum(-1, keepdims=True)
    bare = np.where(curvatures == 0, 0.0, 1.0)
    across = np.abs(bends.vectors)
    own = (across * np.abs(ends.gradient / bends.size)[..., :, None]).sum(-2)
    # Along one axis alone the slope is as exact as the gradient.
    mixed = (across > 64 * EPS).sum(-2) > 1
    turned = (across * bare[..., :, None]).sum(-2) * reach
    return np.asarray(64 * d * EPS * (np.where(mixed, own, 0.0) + turned))


def _kinds(
    problem: Problem,
    ends: Ends,
    bends: Bending,
    curvatures: FloatArray,
    which: NDArray[np.bool_],
    free: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """The kind of each of those points, from the curvature and, along flat directions, from J itself."""
    rises, falls = (np.asarray(signs[which].any(-1)) for signs in (bends.up, bends.down))
    slips = np.zeros(len(rises), dtype=np.bool_)
    found, flat = ends.some(which), bends.flat[which]
    same = np.zeros_like(flat)
    size, vectors = bends.size[which], bends.vectors[which]
    for k in np.flatnonzero(flat.any(0)).tolist():
        here = flat[:, k]
        with np.errstate(all="ignore"):
            move = vectors[here, :, k] / size[here]
            # A share of rounding in a direction is no part of it.
            move = np.where(np.abs(vectors[here, :, k]) > 64 * EPS, move, 0.0)
            spans = found.spans[here]
            move /= (np.abs(move) / spans).max(-1, keepdims=True)
        seen = sides(problem, found.x[here], found.loss[here], move, curvatures[which][here])
        low, high = seen.min(-1), seen.max(-1)
        slips[here] |= (low < 0) & (high >= 0)
        falls[here] |= (low < 0) & (high < 0)
        rises[here] |= low > 0
        same[here, k] = (low == 0) & (high == 0)
    free[which] = same
    kind = np.where(rises, np.where(falls, SADDLE, MINIMUM), np.where(falls, HILLTOP, PLATEAU))
    return np.where(slips & ~falls, INFLECTION, kind).astype(np.int8)
