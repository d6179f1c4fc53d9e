"""How a problem bends at a point, and what rates gradient descent can take there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, frozen
from gdcore.base.errors import GdError
from gdcore.base.scaled import eigen
from gdcore.problems.protocol import Problem, Spectral

Regime: TypeAlias = Literal["crawl", "smooth", "zig-zag", "edge", "diverge", "depends"]
"""``depends``: the rate is below one of the two limits and above the other, so it depends on the place."""


def curvature(problem: Problem, x: ArrayLike, sizes: FloatArray | None = None) -> FloatArray:
    """The eigenvalues of the Hessian at one point x (d,), ascending, shape (d,).

    ``sizes`` (d,) are those of other units for the parameters: then of H_ij · size_i · size_j (see
    :mod:`gdcore.base.rates`). Those that are 0 but for rounding are 0. Raises GdError when the Hessian is not finite
    there, and for a formula whose second derivatives are too long to be worked out.
    """
    if sizes is None and isinstance(problem, Spectral):
        found = problem.eigenvalues(x)
        if not np.isfinite(found).all():
            raise _not_finite(x)
        return frozen(found)
    try:
        matrix = np.asarray(problem.hessian(x), dtype=np.float64)
    except GdError:
        raise
    except Exception as error:
        # A problem of somebody else's need not have second derivatives; how it says so is its own affair.
        raise GdError(f"the problem has no second derivatives ({error})", mend="give it a hessian") from error
    if sizes is not None:
        matrix = matrix * np.outer(sizes, sizes)
    if not np.isfinite(matrix).all():
        raise _not_finite(x)
    return frozen(eigen(matrix)[0])


def _not_finite(x: ArrayLike) -> GdError:
    return GdError(f"the curvature is not finite at {np.asarray(x).tolist()}", mend="choose another point")


def rate_limit(eigenvalues: Sequence[float] | FloatArray) -> float | None:
    """2/λ_max of ``eigenvalues`` (d,): above this rate gradient descent on a quadratic moves away. None when λ_max <= 0.

    Nocedal and Wright, Numerical Optimization (2nd ed., 2006), section 3.3. From x_k - x* = (I - rate·H)^k (x_0 - x*), which shrinks when |1 - rate·λ| < 1 for every λ > 0.
    """
    largest = float(np.max(eigenvalues))
    return _finite(2.0 / largest) if largest > 0 else None


def best_rate(eigenvalues: Sequence[float] | FloatArray) -> float | None:
    """2/(λ_min + λ_max) of ``eigenvalues`` (d,): the fixed rate with the fastest decrease, (κ-1)/(κ+1) a step.

    Polyak, Introduction to Optimization (1987), section 1.4. None when λ_min <= 0.
    """
    smallest, largest = float(np.min(eigenvalues)), float(np.max(eigenvalues))
    return _finite(2.0 / (smallest + largest)) if smallest > 0 else None


def condition_number(eigenvalues: Sequence[float] | FloatArray) -> float | None:
    """κ = λ_max/λ_min of ``eigenvalues`` (d,): how much longer than wide the valley is, squared. None when λ_min <= 0."""
    smallest, largest = float(np.min(eigenvalues)), float(np.max(eigenvalues))
    return _finite(largest / smallest) if smallest > 0 else None


def regime(rate: float, largest_curvature: float | None) -> Regime | None:
    """What gradient descent does along the steepest direction, by s = rate·λ_max.

    s < 0.1 crawl, s <= 1 smooth, s < 2 zig-zag, s = 2 (to 1e-12) edge, s > 2 diverge; None when λ_max <= 0.
    """
    if largest_curvature is None or not largest_curvature > 0:
        return None
    s = rate * largest_curvature
    if abs(s - 2) <= 1e-12:
        return "edge"
    if s > 2:
        return "diverge"
    if s > 1:
        return "zig-zag"
    return "smooth" if s >= 0.1 else "crawl"


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
