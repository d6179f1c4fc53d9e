"""RMSProp: slopes measured against their usual size of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class RMSProp(Rule):
    """The rule of Tieleman and Hinton (Coursera lecture 6.5, 2012), in the convention of PyTorch's ``RMSprop``.

        g ← ∇J(x) + weight_decay · x
        s ← decay · s + (1 - decay) · g²,  s = initial at first         q = g / (√s + eps)
        x ← x - rate · q;  with ``momentum`` by what it collects:
        slope      v ← momentum · v + q                                 x ← x - rate · v
        step       v ← momentum · v - rate · q                          x ← x + v

    ``form``: "slope" as PyTorch does, "step" as Keras, optax and TensorFlow do; as in Momentum they are the same while
    the rate stays. ``centered`` takes the variance s - m² with m ← decay · m + (1 - decay) · g in the place of s
    (Graves, 2013). ``eps_in_root`` takes √(s + eps), as Keras, optax and TensorFlow do. ``initial`` is 1 in TensorFlow 1,
    whose ``RMSPropOptimizer`` is decay 0.9, eps 1e-10, eps_in_root, initial 1 and form "step". ``decay`` is 0.99 in PyTorch;
    the lecture, Keras and optax have 0.9.

    State: s, m when centered, and v with momentum, (..., d). Raises GdError for a decay or momentum outside [0, 1), and
    another number that is negative.
    """

    name: ClassVar[str] = "rmsprop"
    decay: float = 0.99
    eps: float = 1e-8
    momentum: float = 0.0
    initial: float = 0.0
    weight_decay: float = 0.0
    centered: bool = False
    eps_in_root: bool = False
    form: Literal["slope", "step"] = "slope"

    def __post_init__(self) -> None:
        self._fractions("decay", "momentum")
        self._amounts("eps", "initial", "weight_decay")
        self._truth("centered")
        self._truth("eps_in_root")
        self._choice("form", ("slope", "step"))

    def init(self, x: FloatArray) -> State:
        state = {"s": np.full_like(x, self.initial)}
        if self.centered:
            state["m"] = np.zeros_like(x)
        if self.momentum:
            state["v"] = np.zeros_like(x)
        return state

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
        scaled = g / np.where(root == 0, 1.0, root)
        if not self.momentum:
            return x - rate * scaled, new
        if self.form == "step":
            new["v"] = self.momentum * state["v"] - rate * scaled
            return x + new["v"], new
        new["v"] = self.momentum * state["v"] + scaled
        return x - rate * new["v"], new
