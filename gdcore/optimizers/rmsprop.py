"""RMSProp: slopes measured against their usual size of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class RMSProp(Rule):
    """The rule of Tieleman and Hinton (Coursera lecture 6.5, 2012), in the convention of PyTorch's ``RMSprop``.

        g ← ∇J(x) + weight_decay · x
        s ← decay · s + (1 - decay) · g²                        x ← x - rate · g / (√s + eps)

    ``centered`` takes the variance s - m² with m ← decay · m + (1 - decay) · g in the place of s (Graves, 2013).
    ``eps_in_root`` takes √(s + eps), as Keras and optax do. ``decay`` is 0.99 in PyTorch; the lecture, Keras and
    optax have 0.9.

    State: s, and m when centered, (..., d). Raises GdError for a decay outside [0, 1), another number that is negative.
    """

    name: ClassVar[str] = "rmsprop"
    decay: float = 0.99
    eps: float = 1e-8
    weight_decay: float = 0.0
    centered: bool = False
    eps_in_root: bool = False

    def __post_init__(self) -> None:
        self._fractions("decay")
        self._amounts("eps", "weight_decay")
        self._truth("centered")
        self._truth("eps_in_root")

    def init(self, x: FloatArray) -> State:
        return {name: np.zeros_like(x) for name in ("s", "m")[: 1 + self.centered]}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        new: dict[str, FloatArray] = {"s": self.decay * state["s"] + (1 - self.decay) * (g * g)}
        spread = new["s"]
        if self.centered:
            new["m"] = self.decay * state["m"] + (1 - self.decay) * g
            # A variance is never negative, but rounding can make it so.
            spread = np.maximum(spread - new["m"] * new["m"], 0.0)
        root = np.sqrt(spread + self.eps) if self.eps_in_root else np.sqrt(spread) + self.eps
        return x - rate * (g / np.where(root == 0, 1.0, root)), new
