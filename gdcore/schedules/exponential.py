"""Exponential decay: the same cut at every update."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Exponential(Spelt):
    """factor^k: the same cut at every update. PyTorch's ``ExponentialLR``.

    Raises GdError for a factor outside 0 to 1.
    """

    factor: float
    kind: ClassVar[str] = "exponential"

    def __post_init__(self) -> None:
        self._number("factor", 0, 1)

    def __call__(self, k: int) -> float:
        return float(self.factor**k)
