"""Damped Newton: Newton's step held back, so that it goes downhill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.optimizers.newton import solved, spectrum
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class DampedNewton(Rule):
    """Two rules go by this name; ``rule`` chooses.

        shift        x ← x - rate · (H + μ I)⁻¹ ∇J,  μ = damping, or damping - λ_min where H has an eigenvalue
                     λ_min < 0: then H + μ I has none below ``damping``, and the step leads downhill.
                     Levenberg (1944) for the shift; Goldfeld, Quandt and Trotter (1966) for its size
        decrement    x ← x - rate / (1 + δ) · H⁻¹ ∇J,  δ² = ∇J · H⁻¹ ∇J where that is positive, else 0.
                     Nesterov and Nemirovski (1994), for self-concordant J; ``damping`` has no part in it

    A large ``damping`` makes a short step along the slope of length rate/damping, damping 0 is Newton's own step where
    H is positive. rate is 1 unless given. Raises GdError for a damping that is negative.
    """

    name: ClassVar[str] = "damped-newton"
    damping: float = 1.0
    rule: Literal["shift", "decrement"] = "shift"

    def __post_init__(self) -> None:
        self._amounts("damping")
        self._choice("rule", ("shift", "decrement"))

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
        if self.rule == "decrement":
            step = solved(eigenvalues, vectors, gradient)
            decrement = np.sqrt(np.maximum(dot(gradient, step), 0.0))
            return x - rate * (step / (1.0 + decrement)), state
        shift = self.damping - np.minimum(eigenvalues[..., :1], 0.0)
        return x - rate * solved(eigenvalues + shift, vectors, gradient), state
