"""Adam: momentum and a rate for each parameter, both freed from their start at 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Adam(Rule):
    """Algorithm 1 of Kingma and Ba (2015), as PyTorch and optax have it; t = k + 1 counts from 1.

        g ← ∇J(x) + weight_decay · x
        m ← beta1 · m + (1 - beta1) · g                         m̂ = m / (1 - beta1^t)
        v ← beta2 · v + (1 - beta2) · g²                        v̂ = v / (1 - beta2^t)
        x ← x - rate · m̂ / (√v̂ + eps)

    ``eps_hat`` is the shortened form at the end of section 2 of the paper, which Keras has: eps is added to √v
    instead of √v̂, so its meaning changes from step to step. ``weight_decay`` goes through the slope, as in PyTorch's
    ``Adam``; AdamW takes it past the slope.

    State: m and v (..., d). Raises GdError for a beta outside [0, 1), and another number that is negative.
    """

    name: ClassVar[str] = "adam"
    memory: ClassVar[tuple[str, ...]] = ("m", "v")
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    weight_decay: float = 0.0
    eps_hat: bool = False

    def __post_init__(self) -> None:
        self._fractions("beta1", "beta2")
        self._amounts("eps", "weight_decay")
        self._truth("eps_hat")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        m, v = moments(g, state, self.beta1, self.beta2)
        rest1, rest2 = 1 - self.beta1 ** (k + 1), 1 - self.beta2 ** (k + 1)
        step = corrected(m, v, rest1, rest2, self.eps, self.eps_hat)
        return x - rate * step, {"m": m, "v": v}


def moments(g: FloatArray, state: State, beta1: float, beta2: float) -> tuple[FloatArray, FloatArray]:
    """The running means m of the slopes and v of their squares, one step on."""
    m = beta1 * state["m"] + (1 - beta1) * g
    v = beta2 * state["v"] + (1 - beta2) * (g * g)
    return m, v


def corrected(
    m: FloatArray, v: FloatArray, rest1: float, rest2: float, eps: float, eps_hat: bool
) -> FloatArray:
    """m̂ / (√v̂ + eps) of the moments m and v (..., d), with m̂ = m / rest1 and v̂ = v / rest2; or as ``eps_hat`` says."""
    if eps_hat:
        return quotient(np.sqrt(rest2) / rest1 * m, np.sqrt(v) + eps)
    return quotient(m / rest1, np.sqrt(v / rest2) + eps)


def quotient(a: FloatArray, b: FloatArray) -> FloatArray:
    """a / b; 0 / 0, which is a parameter that has never had a slope and no eps, is 0."""
    result: FloatArray = a / np.where(b == 0, 1.0, b)
    return result
