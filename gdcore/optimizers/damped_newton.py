"""Damped Newton: Newton's step held back, so that it goes downhill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.scaled import bending
from gdcore.optimizers.line import armijo
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class DampedNewton(Rule):
    """Three rules go by this name; ``rule`` chooses.

        shift         x ← x - rate · (H + μ I)⁻¹ ∇J,  μ = damping, or damping - λ_min where H has an eigenvalue
                      λ_min < 0: then H + μ I has none below ``damping``, and the step leads downhill.
                      Levenberg (1944) for the shift; Goldfeld, Quandt and Trotter (1966) for its size
        decrement     x ← x - rate / (1 + δ) · H⁻¹ ∇J,  δ² = ∇J · H⁻¹ ∇J where that is positive, else 0.
                      Nesterov and Nemirovski (1994), for self-concordant J
        backtracking  x ← x - α p,  p = H⁻¹ ∇J,  α the first of rate, rate · shrink, rate · shrink², … with
                      J(x - α p) <= J(x) - decrease · α · p · ∇J.  Boyd and Vandenberghe, Convex Optimization (2004),
                      algorithm 9.5; their examples have shrink 0.7 and decrease 0.1. Where H bends down, that bend counts
                      as one upwards, so that p leads downhill (Nocedal and Wright, 2nd ed., section 3.4)

    ``damping`` has a part in "shift" only, ``shrink`` and ``decrease`` in "backtracking". A large ``damping`` makes a short
    step along the slope of length rate/damping, damping 0 is Newton's own step where H is positive. rate is 1 unless given.
    Raises GdError for a damping that is negative, and a shrink or decrease that is not between 0 and 1.
    """

    name: ClassVar[str] = "damped-newton"
    default_rate: ClassVar[float | None] = 1.0  # the full step
    damping: float = 1.0
    rule: Literal["shift", "decrement", "backtracking"] = "shift"
    shrink: float = 0.5
    decrease: float = 1e-4

    def __post_init__(self) -> None:
        self._amounts("damping")
        self._choice("rule", ("shift", "decrement", "backtracking"))
        self._parts("shrink", "decrease")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        matrix = problem.hessian(x)
        bends = bending(matrix)
        if self.rule == "backtracking":
            step = bends.solved(gradient, np.abs(bends.values))
            slope = -dot(gradient, step)
            return x - armijo(problem, x, -step, slope, rate, self.shrink, self.decrease) * step, state
        if self.rule == "decrement":
            step = bends.solved(gradient)
            decrement = np.sqrt(np.maximum(dot(gradient, step), 0.0))
            return x - rate * (step / (1.0 + decrement)), state
        # An eigenvalue that is negative by rounding alone is none.
        falls = bends.down.any(-1, keepdims=True)
        finite = np.isfinite(matrix).all((-2, -1), keepdims=True)
        lowest = np.linalg.eigvalsh(np.where(finite, matrix, 0.0))[..., :1]
        shift = self.damping - np.where(falls, np.minimum(lowest, 0.0), 0.0)
        shifted = matrix + shift[..., None] * np.eye(x.shape[-1])
        return x - rate * bending(shifted).solved(gradient), state

    def settings(self) -> dict[str, Any]:
        """The damping, and the others only where they are not the usual ones."""
        usual = {"rule": "shift", "shrink": 0.5, "decrease": 1e-4}
        others = {name: getattr(self, name) for name, value in usual.items() if getattr(self, name) != value}
        return {"damping": self.damping, **others}
