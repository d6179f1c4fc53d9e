"""Polynomial decay: down to a floor along a power of what is left of the steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Polynomial(Spelt):
    """floor + (1 - floor) · (1 - k / steps)^power in the first ``steps`` updates, and ``floor`` from then on.

    PyTorch's ``PolynomialLR`` (floor 0), Keras's ``PolynomialDecay`` without cycles, whose ``end_learning_rate`` is floor ·
    rate; power 0.9 is that of Liu, Rabinovich and Berg (ParseNet, 2015). Raises GdError for steps below 1, a power that
    is negative, and a floor outside 0 to 1.
    """

    steps: int
    power: float = 1.0
    floor: float = 0.0
    kind: ClassVar[str] = "polynomial"

    def __post_init__(self) -> None:
        self._count("steps")
        self._number("power", 0, math.inf)
        self._number("floor", 0, 1)

    def __call__(self, k: int) -> float:
        left = 1.0 - min(k, self.steps) / self.steps
        # 0^0 is 1 in floats: beyond the end there is the floor whatever the power.
        return self.floor + (1.0 - self.floor) * (left**self.power if left else 0.0)
