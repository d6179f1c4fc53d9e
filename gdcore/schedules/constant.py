"""The rate as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Constant(Spelt):
    """The rate as it is: the factor is 1."""

    kind: ClassVar[str] = "constant"

    def __call__(self, k: int) -> float:
        return 1.0
