"""AdaMax: Adam that divides by the largest slope of late instead of the mean one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.adam import quotient
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class AdaMax(Rule):
    """Algorithm 2 of Kingma and Ba (2015), in the convention of PyTorch's ``Adamax``; t = k + 1 counts from 1.

        g ← ∇J(x) + weight_decay · x
        m ← beta1 · m + (1 - beta1) · g
        u ← max(beta2 · u, |g| + eps)                           x ← x - rate / (1 - beta1^t) · m / u

    The paper has no eps, which is eps = 0, and the rate 0.002. PyTorch and optax have eps with the slope as above; with
    ``eps_in_max=False`` it is added afterwards, u ← max(beta2 · u, |g|) and m / (u + eps), as Keras does.

    State: m and u (..., d). Raises GdError for a beta outside [0, 1), and another number that is negative.
    """

    name: ClassVar[str] = "adamax"
    memory: ClassVar[tuple[str, ...]] = ("m", "u")
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    weight_decay: float = 0.0
    eps_in_max: bool = True

    def __post_init__(self) -> None:
        self._fractions("beta1", "beta2")
        self._amounts("eps", "weight_decay")
        self._truth("eps_in_max")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        inner, outer = (self.eps, 0.0) if self.eps_in_max else (0.0, self.eps)
        m = self.beta1 * state["m"] + (1 - self.beta1) * g
        u = np.maximum(self.beta2 * state["u"], np.abs(g) + inner)
        return x - rate / (1 - self.beta1 ** (k + 1)) * quotient(m, u + outer), {"m": m, "u": u}
