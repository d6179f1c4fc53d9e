"""AdaDelta: steps in the units of the parameters, from a running mean of steps and of slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class AdaDelta(Rule):
    """The rule of Zeiler (2012), in the convention of PyTorch's ``Adadelta``.

        g ← ∇J(x) + weight_decay · x
        s ← decay · s + (1 - decay) · g²
        Δ ← √(u + eps) / √(s + eps) · g
        u ← decay · u + (1 - decay) · Δ²                        x ← x - rate · Δ

    ``eps_in_root=False`` takes Δ ← (√u + eps) / (√s + eps) · g, as some tutorials do (Brownlee, Machine Learning Mastery,
    2021). The paper has no rate, which is rate = 1. PyTorch and optax have decay 0.9 as here; the paper and Keras 0.95.

    State: s and u (..., d). Raises GdError for a decay outside [0, 1), and another number that is negative.
    """

    name: ClassVar[str] = "adadelta"
    memory: ClassVar[tuple[str, ...]] = ("s", "u")
    decay: float = 0.9
    eps: float = 1e-6
    weight_decay: float = 0.0
    eps_in_root: bool = True

    def __post_init__(self) -> None:
        self._fractions("decay")
        self._amounts("eps", "weight_decay")
        self._truth("eps_in_root")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        s = self.decay * state["s"] + (1 - self.decay) * (g * g)
        root = self._root(s)
        step = self._root(state["u"]) / np.where(root == 0, 1.0, root) * g
        u = self.decay * state["u"] + (1 - self.decay) * (step * step)
        return x - rate * step, {"s": s, "u": u}

    def _root(self, mean: FloatArray) -> FloatArray:
        return np.sqrt(mean + self.eps) if self.eps_in_root else np.sqrt(mean) + self.eps
