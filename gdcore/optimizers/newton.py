"""Newton: to where the slope would vanish if the curvature stayed as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.base.arrays import FloatArray
from gdcore.base.scaled import bending
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Newton(Rule):
    """Newton's method for ∇J = 0 (Nocedal and Wright, Numerical Optimization, 2nd ed., section 3.3).

        x ← x - rate · H(x)⁻¹ ∇J(x)

    From anywhere on a quadratic one step of rate 1, the default, reaches the point where the slope is 0. That may be a
    saddle or a hilltop: the rule is pure and does not care which. Along directions without curvature (an eigenvalue
    of H that is 0 but for rounding, in the scale of :mod:`gdcore.base.scaled`) it does not move.
    """

    name: ClassVar[str] = "newton"
    default_rate: ClassVar[float | None] = 1.0  # the full step

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        return x - rate * bending(problem.hessian(x)).solved(gradient), state
