"""Momentum: a ball that rolls on, the slopes of the past with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Momentum(Rule):
    """The heavy ball of Polyak (1964), in the convention of PyTorch's ``SGD``.

        g ← ∇J(x) + weight_decay · x
        slope      v ← beta · v + (1 - dampening) · g;  at the first step v ← g         x ← x - rate · v
        step       v ← beta · v - rate · (1 - dampening) · g                            x ← x + v

    ``form``: "slope" collects slopes, as PyTorch and optax do; "step" collects steps, as Polyak, Sutskever et al.
    (2013) and Keras do. They are the same while the rate stays the same; when a schedule changes it, "slope"
    rescales the whole collection at once. As in PyTorch the first slope is not dampened in the form "slope".
    ``dampening`` = ``beta`` makes v a weighted mean of slopes.

    On a quadratic it is stable for 0 < rate·λ < 2 + 2·beta. State: v (..., d).
    Raises GdError for a beta or dampening outside [0, 1), and a weight_decay that is negative.
    """

    name: ClassVar[str] = "momentum"
    memory: ClassVar[tuple[str, ...]] = ("v",)
    beta: float = 0.9
    dampening: float = 0.0
    weight_decay: float = 0.0
    form: Literal["slope", "step"] = "slope"

    def __post_init__(self) -> None:
        self._fractions("beta", "dampening")
        self._amounts("weight_decay")
        self._choice("form", ("slope", "step"))

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        g = decayed(gradient, x, self.weight_decay)
        if self.form == "step":
            v = self.beta * state["v"] - rate * ((1 - self.dampening) * g)
            return x + v, {"v": v}
        v = g if k == 0 else self.beta * state["v"] + (1 - self.dampening) * g
        return x - rate * v, {"v": v}
