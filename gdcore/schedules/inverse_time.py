"""Inverse time: the rate falls as 1/k does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class InverseTime(Spelt):
    """1 / (1 + decay · k)^power. With a power in (1/2, 1] the steps meet the conditions of Robbins and Monro (1951).

    Power 1 is what Keras calls ``InverseTimeDecay``. Raises GdError for a number that is negative or not finite.
    """

    decay: float
    power: float = 1.0
    kind: ClassVar[str] = "inverse-time"

    def __post_init__(self) -> None:
        self._number("decay", 0, math.inf)
        self._number("power", 0, math.inf)

    def __call__(self, k: int) -> float:
        return float((1.0 + self.decay * k) ** -self.power)
