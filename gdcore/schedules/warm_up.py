"""Warm-up: the rate grows at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class WarmUp(Spelt):
    """(k + 1) / steps in the first ``steps`` updates, then 1. Goyal et al. (2017), section 2.2.

    To go on with another schedule, give both: factors multiply. Raises GdError for steps below 1.
    """

    steps: int
    kind: ClassVar[str] = "warm-up"

    def __post_init__(self) -> None:
        self._count("steps")

    def __call__(self, k: int) -> float:
        return min(1.0, (k + 1) / self.steps)
