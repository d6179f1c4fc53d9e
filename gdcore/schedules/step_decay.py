"""Step decay: a cut after every so many updates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class StepDecay(Spelt):
    """factor^⌊k / every⌋: a cut after every so many updates. PyTorch's ``StepLR``.

    Raises GdError for an ``every`` below 1 and a factor outside 0 to 1.
    """

    every: int
    factor: float = 0.1
    kind: ClassVar[str] = "step"

    def __post_init__(self) -> None:
        self._count("every")
        self._number("factor", 0, 1)

    def __call__(self, k: int) -> float:
        return float(self.factor ** (k // self.every))
