"""AMSGrad: Adam whose rates never grow again."""

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
class AMSGrad(Rule):
    """The rule of Reddi, Kale and Kumar (2018), in the convention of PyTorch's ``Adam(amsgrad=True)``; t = k + 1.

        m, v as Adam                    u ← max(u, v)
        x ← x - rate · m / (1 - beta1^t) / (√(u / (1 - beta2^t)) + eps)

    ``correction``: "after" the maximum, as PyTorch does; "before", as optax does: u ← max(u, v / (1 - beta2^t)),
    so that the rates cannot grow through the correction either; or "none", as the paper has it.

    ``beta1_decay`` λ lets m forget its past: update t has beta1 · λ^(t-1) in the place of beta1, as the theorems of this
    paper (corollary 1) and of Kingma and Ba (theorem 4.1) want it, and beta1^t · λ^(t(t-1)/2), the product of all so
    far, in the place of beta1^t. With λ = beta1 and correction "none" it is the beta1^t of Brownlee's tutorial
    (Machine Learning Mastery, 2021).

    State: m, v and u (..., d). Raises GdError for a beta outside [0, 1), a beta1_decay outside [0, 1], and another
    number that is negative.
    """

    name: ClassVar[str] = "amsgrad"
    memory: ClassVar[tuple[str, ...]] = ("m", "v", "u")
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    weight_decay: float = 0.0
    beta1_decay: float = 1.0
    correction: Literal["after", "before", "none"] = "after"

    def __post_init__(self) -> None:
        self._fractions("beta1", "beta2")
        self._amounts("eps", "weight_decay")
        self._shares("beta1_decay")
        self._choice("correction", ("after", "before", "none"))

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        t, fading = k + 1, self.beta1_decay
        g = decayed(gradient, x, self.weight_decay)
        m, v = moments(g, state, self.beta1 * fading**k, self.beta2)
        corrected = self.correction != "none"
        rest1 = 1 - self.beta1**t * fading ** (t * k // 2) if corrected else 1.0
        rest2 = 1 - self.beta2**t if corrected else 1.0
        if self.correction == "before":
            u = np.maximum(state["u"], v / rest2)
            root = np.sqrt(u)
        else:
            u = np.maximum(state["u"], v)
            root = np.sqrt(u / rest2)
        return x - rate * quotient(m / rest1, root + self.eps), {"m": m, "v": v, "u": u}
