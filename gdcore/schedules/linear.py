"""Linear: the rate goes from one share of itself to another in even steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Linear(Spelt):
    """start + (end - start) · k / steps in the first ``steps`` updates, and ``end`` from then on. PyTorch's ``LinearLR``.

    That goes from 1/3 up to 1 in 5 updates unless told otherwise; optax has it as ``linear_schedule`` (2020), Keras as
    ``PolynomialDecay`` of power 1. Raises GdError for steps below 1, and a start or end that is negative.
    """

    steps: int
    start: float = 1.0
    end: float = 0.0
    kind: ClassVar[str] = "linear"

    def __post_init__(self) -> None:
        self._count("steps")
        self._number("start", 0, math.inf)
        self._number("end", 0, math.inf)

    def __call__(self, k: int) -> float:
        return self.start + (self.end - self.start) * (min(k, self.steps) / self.steps)
