"""What the files of this folder share: settings that are checked, and that can be written down."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any, ClassVar

from gdcore.base.checks import real_number, whole_number
from gdcore.base.errors import GdError


class Spelt:
    """The spec of a frozen dataclass: its kind and its fields."""

    __slots__ = ()
    kind: ClassVar[str] = ""

    def spec(self) -> dict[str, Any]:
        """The kind and the settings as JSON-able data, from which ``make_schedule`` makes it again."""
        schedule: Any = self
        return {"kind": self.kind, **{field.name: getattr(self, field.name) for field in fields(schedule)}}

    def _number(self, name: str, low: float, high: float) -> None:
        """Check that it is finite and from ``low`` (above it, when that is 0) to ``high``. Raises GdError."""
        number = real_number(getattr(self, name), f"{name} of the schedule {self.kind}")
        if not (math.isfinite(number) and low <= number <= high):
            allowed = f"from {low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
            raise GdError(
                f"{name} of the schedule {self.kind} is {number:g}", f"it must be {allowed}", "correct it"
            )
        object.__setattr__(self, name, number)

    def _count(self, name: str) -> None:
        number = whole_number(getattr(self, name), f"{name} of the schedule {self.kind}", 1)
        object.__setattr__(self, name, number)
