"""AdaGrad: each parameter has its own rate, smaller the more slope it has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class AdaGrad(Rule):
    """The diagonal rule of Duchi, Hazan and Singer (2011), in the convention of PyTorch's ``Adagrad``.

        g ← ∇J(x) + weight_decay · x
        s ← s + g²,  s = initial at first                       x ← x - rate · g / (√s + eps)

    ``eps_in_root`` takes √(s + eps) instead, as optax does. ``initial`` is 0 in the paper and in PyTorch; Keras
    and optax begin with 0.1. Where s is 0 the slope is 0 too, and the parameter stays.

    State: s (..., d). Raises GdError for a number that is negative.
    """

    name: ClassVar[str] = "adagrad"
    eps: float = 1e-10
    initial: float = 0.0
    weight_decay: float = 0.0
    eps_in_root: bool = False

    def __post_init__(self) -> None:
        self._amounts("eps", "initial", "weight_decay")
        self._truth("eps_in_root")

    def init(self, x: FloatArray) -> State:
        return {"s": np.full_like(x, self.initial)}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        s = state["s"] + g * g
        root = np.sqrt(s + self.eps) if self.eps_in_root else np.sqrt(s) + self.eps
        return x - rate * (g / np.where(root == 0, 1.0, root)), {"s": s}
