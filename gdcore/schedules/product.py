"""Several schedules at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from gdcore.base.errors import GdError
from gdcore.schedules.protocol import AdaptiveSchedule, AnySchedule, Schedule


@dataclass(frozen=True, slots=True)
class Product:
    """Several schedules at once: their factors multiply."""

    parts: tuple[Schedule, ...]
    kind: ClassVar[str] = "product"

    def __call__(self, k: int) -> float:
        return math.prod(float(part(k)) for part in self.parts)

    def spec(self) -> dict[str, Any]:
        """The kind, and the specs of the parts."""
        return {"kind": self.kind, "parts": [part.spec() for part in self.parts]}


def product_of(parts: tuple[AnySchedule, ...]) -> Product:
    """The schedules at once. Raises GdError for none, and for one that finds a rate of its own."""
    factors: list[Schedule] = []
    for part in parts:
        if isinstance(part, AdaptiveSchedule):
            raise GdError(
                f"the schedule {part.spec()['kind']} finds a rate of its own and cannot be joined to others",
                mend="take it alone",
            )
        factors.append(part)
    if not factors:
        raise GdError("there is no schedule", "at least one is needed", "give one, such as constant")
    return Product(tuple(factors))
