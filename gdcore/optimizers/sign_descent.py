"""Sign descent: every parameter moves by the rate, only the direction counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class SignDescent(Rule):
    """signSGD of Bernstein et al. (2018), without momentum.

        x ← x - rate · sign(∇J(x)) - rate · weight_decay · x            sign(0) = 0

    It is steepest descent where length is measured by the largest entry. With a fixed rate it never comes to rest but
    jumps about the minimum, unless it hits it. The weight decay goes past the sign, where it keeps its size.
    Raises GdError for a weight_decay that is negative.
    """

    name: ClassVar[str] = "sign"
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        self._amounts("weight_decay")

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        less = x - rate * self.weight_decay * x if self.weight_decay else x
        return less - rate * np.sign(gradient), state
