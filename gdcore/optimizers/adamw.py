"""AdamW: Adam with weight decay beside the slope, not through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.adam import corrected, moments
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class AdamW(Rule):
    """The rule of Loshchilov and Hutter (2019), in the convention of PyTorch's ``AdamW``; t = k + 1.

        x ← x - rate · weight_decay · x
        m ← beta1 · m + (1 - beta1) · ∇J                        m̂ = m / (1 - beta1^t)
        v ← beta2 · v + (1 - beta2) · (∇J)²                     v̂ = v / (1 - beta2^t)
        x ← x - rate · m̂ / (√v̂ + eps)

    The slope is that of x before the decay. PyTorch, Keras and optax multiply the decay by the rate; the paper does
    not: ``scaled=False`` is its x ← x - weight_decay · x (without the multiplier of a schedule). ``eps_hat`` adds eps
    to √v instead of √v̂, as Keras does (see Adam).

    State: m and v (..., d). Raises GdError for a beta outside [0, 1), and another number that is negative.
    """

    name: ClassVar[str] = "adamw"
    memory: ClassVar[tuple[str, ...]] = ("m", "v")
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    weight_decay: float = 0.01
    scaled: bool = True
    eps_hat: bool = False

    def __post_init__(self) -> None:
        self._fractions("beta1", "beta2")
        self._amounts("eps", "weight_decay")
        self._truth("scaled")
        self._truth("eps_hat")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        m, v = moments(gradient, state, self.beta1, self.beta2)
        rest1, rest2 = 1 - self.beta1 ** (k + 1), 1 - self.beta2 ** (k + 1)
        less = x - (rate * self.weight_decay if self.scaled else self.weight_decay) * x
        step = corrected(m, v, rest1, rest2, self.eps, self.eps_hat)
        return less - rate * step, {"m": m, "v": v}
