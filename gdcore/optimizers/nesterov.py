"""Nesterov: momentum that looks where it is going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Nesterov(Rule):
    """Nesterov's accelerated gradient (1983) with a fixed beta, in the convention of PyTorch's ``SGD``.

        here       g ← ∇J(x) + weight_decay · x;                v ← beta · v + g        x ← x - rate · (g + beta · v)
        ahead      g ← ∇J(x̃) + weight_decay · x̃ with x̃ = x - rate · beta · v
                   v ← beta · v + g                                                     x ← x - rate · v

    ``slope``: where the slope is taken. "here" is the rewriting of Bengio et al. (2013) that PyTorch, Keras and
    optax use; its points are the x̃ of "ahead", the form of Nesterov and of Sutskever et al. (2013), which costs
    one gradient more in this program, since the one at x is needed for the record.

    State: v (..., d). Raises GdError for a beta outside [0, 1), and a weight_decay that is negative.
    """

    name: ClassVar[str] = "nesterov"
    beta: float = 0.9
    weight_decay: float = 0.0
    slope: Literal["here", "ahead"] = "here"

    def __post_init__(self) -> None:
        self._fractions("beta")
        self._amounts("weight_decay")
        self._choice("slope", ("here", "ahead"))

    def init(self, x: FloatArray) -> State:
        return {"v": np.zeros_like(x)}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        if self.slope == "ahead":
            ahead = x - rate * (self.beta * state["v"])
            v = self.beta * state["v"] + decayed(problem.gradient(ahead), ahead, self.weight_decay)
            return x - rate * v, {"v": v}
        g = decayed(gradient, x, self.weight_decay)
        v = self.beta * state["v"] + g
        return x - rate * (g + self.beta * v), {"v": v}
