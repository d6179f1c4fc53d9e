"""Exact line search: straight down the slope to the lowest point on that line, on quadratics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.optimizers.line import exact_length
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class ExactLine(Rule):
    """The steepest descent of Cauchy (1847) with the best length of every step, on quadratics only.

        x ← x - rate · α g,  α = g · g / (g · H g)

    Each step is at a right angle to the one before. The error in J falls by at least ((κ-1)/(κ+1))² a step, κ the
    condition number (Nocedal and Wright, 2nd ed., theorem 3.3). rate is 1 unless given; less than 1 is a relaxed
    search, which often is faster. Where the quadratic does not curve upwards along g, α is 1.

    ``update`` raises GdError for a problem that is no quadratic.
    """

    name: ClassVar[str] = "exact-line"
    default_rate: ClassVar[float | None] = 1.0  # the whole way to the lowest point

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        if not problem.is_quadratic:
            raise GdError(
                f"exact-line finds the exact length on quadratics only, and {problem.name} is none",
                mend="take the optimizer backtracking",
            )
        length = exact_length(problem, x, -gradient, -dot(gradient, gradient))
        return x - rate * length * gradient, state
