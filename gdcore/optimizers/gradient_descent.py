"""Gradient descent: downhill against the slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from gdcore.arrays import FloatArray
from gdcore.errors import GdError
from gdcore.optimizers.protocol import State
from gdcore.points import suggestion
from gdcore.problems.protocol import Problem

Order: TypeAlias = Literal["simultaneous", "sequential"]


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """The rule of Cauchy (1847).

        simultaneous   x ← x - rate · ∇J(x)
        sequential     x_i ← x_i - rate · ∂J/∂x_i (x), one parameter after the other, each with the new values
                       of those before it: another method, in the manner of Gauss and Seidel

    A sequential update costs d gradients instead of one. Raises GdError for another order.
    """

    order: Order = "simultaneous"

    def __post_init__(self) -> None:
        if self.order not in get_args(Order):
            known = get_args(Order)
            raise GdError(
                f"order must be 'simultaneous' or 'sequential'; found {self.order!r}."
                f"{suggestion(self.order, known)}"
            )

    @property
    def name(self) -> str:
        return "gd"

    @property
    def default_rate(self) -> float | None:
        return None

    def init(self, x: FloatArray) -> State:
        return {}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        if self.order == "simultaneous":
            return x - rate * gradient, state
        new = x.copy()
        for i in range(x.shape[-1]):
            slope = gradient if i == 0 else problem.gradient(new)
            new[..., i] -= rate * slope[..., i]
        return new, state

    def settings(self) -> dict[str, Any]:
        """``order`` only where it is not the usual one."""
        return {} if self.order == "simultaneous" else {"order": self.order}
