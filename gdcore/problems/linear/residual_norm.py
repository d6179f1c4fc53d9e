"""The length of the residuals of a linear model: the root of the sum of their squares.

    J(θ) = √S(θ)        S(θ) = N (ρ² + |A θ - a|²), a :class:`SquaredError`

    ∇J = ∇S / (2 J)
    H  = √(N/q) Aᵀ (1 - l lᵀ/q) A,      l = A θ - a,  q = ρ² + l²

Far from the minimum J grows like a cone, so its slope keeps its length; near it J is round, the rounder the larger the
least residual is. Where every residual is 0 it comes to a point, and has no gradient there. Of all that would do, the
subgradients, this program takes 0, as PyTorch does; and the curvature is not finite.

Boyd and Vandenberghe, Convex Optimization (2004), sections 3.1.5 and 6.1.1, for the norm as a convex cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.problems.linear.squared_error import SquaredError

# A share of the curvature along the way from the minimum that is only rounding.
_ROUNDING = 64 * float(np.finfo(float).eps)


@dataclass(frozen=True)
class ResidualNorm:
    """J(θ) = √S(θ), with ``square`` for S, the sum of the squared residuals."""

    square: SquaredError

    def value_and_gradient(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """J (...) and ∇J (..., d) at x (..., d), the same bits for one point as for many; ∇J is 0 where J is."""
        return rooted(*self.square.value_and_gradient(x))

    def curvature_root(self, x: FloatArray) -> FloatArray:
        """B with H = BᵀB at x (..., d), shape (..., d, d): (N/q)^¼ (1 - β l lᵀ) A, β = 1/(q (1 + ρ/√q))."""
        square = self.square
        with np.errstate(all="ignore"):
            lengths = square.lengths(x)
            q = square.floor + (lengths * lengths).sum(-1, keepdims=True)
            beta = 1.0 / (q * (1.0 + np.sqrt(square.floor / q)))
            across = (lengths[..., :, None] * square.matrix).sum(-2)
            parts = square.matrix - (beta * lengths)[..., :, None] * across[..., None, :]
            return np.asarray(np.sqrt(np.sqrt(square.scale / q))[..., None] * parts)

    def curvature_rank(self, x: FloatArray) -> int:
        """How many directions bend at one point x (d,): not the one to the minimum where no residual is left there."""
        square = self.square
        lengths = square.lengths(x)
        away = float((lengths * lengths).sum())
        straight = away > 0 and np.sqrt(square.floor) <= _ROUNDING * np.sqrt(square.floor + away)
        return square.rank - bool(straight)

    def hessian(self, x: FloatArray) -> FloatArray:
        """BᵀB (..., d, d); nan where J is 0."""
        root = self.curvature_root(x)
        with np.errstate(all="ignore"):
            return np.asarray((root[..., :, :, None] * root[..., :, None, :]).sum(-3))

    def eigenvalues(self, x: FloatArray) -> FloatArray:
        """Of the Hessian at one point x (d,), ascending, shape (d,); nan where J is 0."""
        root = self.curvature_root(x)
        if not np.isfinite(root).all():
            return np.full(x.size, np.nan)
        sizes = np.linalg.svd(root, compute_uv=False)
        sizes[self.curvature_rank(x) :] = 0.0
        return np.asarray(np.sort(sizes**2))


def rooted(value: FloatArray, gradient: FloatArray) -> tuple[FloatArray, FloatArray]:
    """√S (...) and its gradient (..., d) from those of S; 0 where S is, for there it is a subgradient."""
    with np.errstate(all="ignore"):
        root = np.sqrt(value)
        twice = np.asarray(2.0 * root)[..., None]
        return np.asarray(root)[()], np.where(twice == 0, 0.0, gradient / np.where(twice == 0, 1.0, twice))
