"""Backtracking: try a bold step, halve it until the loss falls enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.line import armijo
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Backtracking(Rule):
    """Gradient descent with the condition of Armijo (1966); algorithm 3.1 of Nocedal and Wright (2nd ed.).

        x ← x - α g,  α the first of rate, rate · shrink, rate · shrink², … with
        J(x - α g) <= J(x) - decrease · α · g²

    Every step begins with ``rate`` again, 1 unless given. ``decrease`` is the 1e-4 of that book; Armijo has 1/2, Boyd
    and Vandenberghe name 0.01 to 0.3. A point outside the domain is never taken. Where no α of 60 lowers J, which is
    at a minimum but for rounding, it stays.

    Raises GdError for a shrink or decrease that is not between 0 and 1.
    """

    name: ClassVar[str] = "backtracking"
    default_rate: ClassVar[float | None] = 1.0  # the first length that is tried
    shrink: float = 0.5
    decrease: float = 1e-4

    def __post_init__(self) -> None:
        self._parts("shrink", "decrease")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        length = armijo(problem, x, -gradient, -dot(gradient, gradient), rate, self.shrink, self.decrease)
        return x - length * gradient, state
