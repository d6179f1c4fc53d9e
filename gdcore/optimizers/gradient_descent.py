"""Gradient descent: downhill against the slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import Optimizer, State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem

Order: TypeAlias = Literal["simultaneous", "sequential"]


@dataclass(frozen=True, slots=True)
class GradientDescent(Rule):
    """The rule of Cauchy (1847).

        simultaneous   x ← x - rate · ∇J(x)
        sequential     x_i ← x_i - rate · ∂J/∂x_i (x), one parameter after the other, each with the new values
                       of those before it: another method, in the manner of Gauss and Seidel

    A sequential update costs d gradients instead of one. ``weight_decay`` adds weight_decay · x to ∇J(x), as PyTorch's
    ``SGD`` does. Raises GdError for another order, and a weight_decay that is negative.
    """

    name: ClassVar[str] = "gd"
    order: Order = "simultaneous"
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        self._amounts("weight_decay")
        self._choice("order", get_args(Order))

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        if self.order == "simultaneous":
            return x - rate * decayed(gradient, x, self.weight_decay), state
        new = x.copy()
        for i in range(x.shape[-1]):
            slope = gradient if i == 0 else problem.gradient(new)
            new[..., i] -= (rate * decayed(slope, new, self.weight_decay))[..., i]
        return new, state

    def settings(self) -> dict[str, Any]:
        """Each only where it is not the usual one."""
        usual = {"order": "simultaneous", "weight_decay": 0.0}
        return {name: getattr(self, name) for name, value in usual.items() if getattr(self, name) != value}


def is_gradient_step(optimizer: Optimizer) -> bool:
    """Is every update the rate times ∇J and nothing else: no decay, no sequential order?"""
    return optimizer == GradientDescent()
