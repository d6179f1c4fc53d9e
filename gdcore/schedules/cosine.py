"""Cosine annealing: down half a wave, and up again at once with restarts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from gdcore.base.checks import truth
from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Cosine(Spelt):
    """floor + (1 - floor) · (1 + cos(π k / steps)) / 2, and floor from then on; with ``restarts`` it begins anew.

    Loshchilov and Hutter, SGDR (2017), equation 5. Optax stays at the floor, PyTorch's ``CosineAnnealingLR`` climbs back
    the same way. Raises GdError for steps below 1 and a floor outside 0 to 1.
    """

    steps: int
    floor: float = 0.0
    restarts: bool = False
    kind: ClassVar[str] = "cosine"

    def __post_init__(self) -> None:
        self._count("steps")
        self._number("floor", 0, 1)
        object.__setattr__(self, "restarts", truth(self.restarts, "restarts of the schedule cosine"))

    def __call__(self, k: int) -> float:
        place = k % self.steps if self.restarts else min(k, self.steps)
        return self.floor + (1.0 - self.floor) * 0.5 * (1.0 + math.cos(math.pi * place / self.steps))
