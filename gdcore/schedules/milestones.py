"""Milestones: a cut at each of some updates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from gdcore.base.checks import whole_number
from gdcore.base.errors import GdError
from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Milestones(Spelt):
    """factor^(how many of ``at`` are at most k): a cut from each of these updates on. PyTorch's ``MultiStepLR``.

    So is optax's ``piecewise_constant_schedule`` (2024); Keras's ``PiecewiseConstantDecay`` cuts one update later, which
    is ``at`` + 1. Raises GdError for an ``at`` without whole numbers from 1 on that rise, and a factor outside 0 to 1.
    """

    at: tuple[int, ...]
    factor: float = 0.1
    kind: ClassVar[str] = "milestones"

    def __post_init__(self) -> None:
        given: Any = self.at
        name = f"at of the schedule {self.kind}"
        listed = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
        at = tuple(whole_number(step, name, 1) for step in listed)
        if not at or any(after <= before for before, after in pairwise(at)):
            found = ", ".join(map(str, at)) or "empty"
            raise GdError(f"{name} is {found}", "it must be whole numbers that rise", "sort them, each once")
        object.__setattr__(self, "at", at)
        self._number("factor", 0, 1)

    def __call__(self, k: int) -> float:
        return float(self.factor ** sum(step <= k for step in self.at))

    def spec(self) -> dict[str, Any]:
        """The kind and the settings as JSON-able data."""
        return {"kind": self.kind, "at": list(self.at), "factor": self.factor}
