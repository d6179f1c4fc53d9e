"""Newton: to where the slope would vanish if the curvature stayed as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Newton(Rule):
    """Newton's method for ∇J = 0 (Nocedal and Wright, Numerical Optimization, 2nd ed., section 3.3).

        x ← x - rate · H(x)⁻¹ ∇J(x)

    From anywhere on a quadratic one step of rate 1, the default, reaches the point where the slope is 0. That may be a
    saddle or a hilltop: the rule is pure and does not care which. Along directions without curvature (an eigenvalue
    of H that is 0 but for rounding) it does not move.
    """

    name: ClassVar[str] = "newton"

    @property
    def default_rate(self) -> float | None:
        """1, the full step."""
        return 1.0

    def init(self, x: FloatArray) -> State:
        return {}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        eigenvalues, vectors = spectrum(problem.hessian(x))
        return x - rate * solved(eigenvalues, vectors, gradient), state


def spectrum(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues (..., d), ascending, and vectors (..., d, d) of H; nan where H is not finite."""
    finite = np.asarray(np.isfinite(matrix).all((-2, -1)))
    # LAPACK must not see nan or inf: it may raise, or not come back.
    safe = np.where(finite[..., None, None], matrix, np.eye(matrix.shape[-1]))
    eigenvalues, vectors = np.linalg.eigh(safe)
    return np.where(finite[..., None], eigenvalues, np.nan), vectors


def solved(eigenvalues: FloatArray, vectors: FloatArray, gradient: FloatArray) -> FloatArray:
    """H⁻¹ g (..., d) out of the spectrum of H, leaving out the directions without curvature."""
    largest = np.abs(eigenvalues).max(-1, keepdims=True)
    flat = np.abs(eigenvalues) <= eigenvalues.shape[-1] * np.finfo(float).eps * largest
    along = (vectors * gradient[..., :, None]).sum(-2)
    parts = np.where(flat, 0.0, along / np.where(flat, 1.0, eigenvalues))
    result: FloatArray = (vectors * parts[..., None, :]).sum(-1)
    return result
