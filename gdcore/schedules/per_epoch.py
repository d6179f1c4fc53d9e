"""A schedule that changes once an epoch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from gdcore.base.errors import GdError
from gdcore.schedules.product import Product
from gdcore.schedules.protocol import AdaptiveSchedule, AnySchedule, Schedule


@dataclass(frozen=True, slots=True)
class PerEpoch:
    """A schedule that counts epochs where it would count updates: its factor changes once in ``updates`` of them.

    An epoch is a pass over the rows, ceil(rows / batch_size) updates; without batches it is one update. A run fills
    ``updates`` in, which is no part of the spec: so the same schedule goes with any number of rows. Raises GdError for
    a schedule that finds a rate of its own.
    """

    inner: Schedule
    updates: int = 1
    per: ClassVar[str] = "epoch"

    def __post_init__(self) -> None:
        if isinstance(self.inner, AdaptiveSchedule):
            kind = self.inner.spec()["kind"]
            raise GdError(
                f"the schedule {kind} finds a rate for every update, not for an epoch", mend="leave per out"
            )

    def __call__(self, k: int) -> float:
        return float(self.inner(k // self.updates))

    def spec(self) -> dict[str, Any]:
        """That of the schedule inside, with ``per``."""
        return {**self.inner.spec(), "per": self.per}


def in_epochs(schedule: AnySchedule | None, updates: int) -> AnySchedule | None:
    """The schedule of a run that has so many updates in an epoch."""
    if isinstance(schedule, PerEpoch):
        return replace(schedule, updates=updates)
    if isinstance(schedule, Product):
        return Product(tuple(in_epochs(part, updates) for part in schedule.parts))  # type: ignore[misc]
    return schedule
