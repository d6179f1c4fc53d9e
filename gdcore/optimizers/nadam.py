"""Nadam: Adam with the look ahead of Nesterov."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.adam import moments, quotient
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Nadam(Rule):
    """The rule of Dozat (2016), in the convention of PyTorch's ``NAdam``; t = k + 1.

        m, v as Adam                    v̂ = v / (1 - beta2^t)
        μ_t = beta1 · (1 - 0.96^(t · momentum_decay) / 2)       M_t = μ_1 · … · μ_t
        x ← x - rate · (μ_(t+1) · m / (1 - M_(t+1)) + (1 - μ_t) · g / (1 - M_t)) / (√v̂ + eps)

    ``warming``: "dozat" is the μ_t above, as in the paper and PyTorch; "none" has μ_t = beta1 throughout, as optax
    does. Keras 3 has "dozat" with momentum_decay = 1: it is warm after a hundred steps, not after 25,000.

    State: m and v (..., d), and the product M (..., 1). Raises GdError for a beta outside [0, 1), and another number
    that is negative.
    """

    name: ClassVar[str] = "nadam"
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    momentum_decay: float = 0.004
    weight_decay: float = 0.0
    warming: Literal["dozat", "none"] = "dozat"

    def __post_init__(self) -> None:
        self._fractions("beta1", "beta2")
        self._amounts("eps", "momentum_decay", "weight_decay")
        self._choice("warming", ("dozat", "none"))

    def init(self, x: FloatArray) -> State:
        return {"m": np.zeros_like(x), "v": np.zeros_like(x), "product": np.ones((*x.shape[:-1], 1))}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        m, v = moments(g, state, self.beta1, self.beta2)
        now, then = self._mu(k + 1), self._mu(k + 2)
        product = state["product"] * now
        blend = then / (1 - product * then) * m + (1 - now) / (1 - product) * g
        root = np.sqrt(v / (1 - self.beta2 ** (k + 1))) + self.eps
        return x - rate * quotient(blend, root), {"m": m, "v": v, "product": product}

    def _mu(self, t: int) -> float:
        if self.warming == "none":
            return self.beta1
        return float(self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay)))
