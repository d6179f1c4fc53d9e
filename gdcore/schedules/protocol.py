"""What a schedule is: a factor on the rate for every update, or a rate found from the way so far."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias, runtime_checkable

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State


class Schedule(Protocol):
    """A factor on the rate for every update."""

    def __call__(self, k: int) -> float:
        """The factor of update k, counted from 0: finite and not negative."""

    def spec(self) -> dict[str, Any]:
        """The schedule as JSON-able data."""


@runtime_checkable
class AdaptiveSchedule(Protocol):
    """A rate of its own for every update, from points and slopes. What it remembers is saved with the run."""

    def init(self, x: FloatArray) -> State:
        """The memory before the first update from x (..., d)."""

    def rate(
        self, x: FloatArray, gradient: FloatArray, memory: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        """The rate (..., 1) of update k from x (..., d), with ``rate`` the one that the run was given."""

    def spec(self) -> dict[str, Any]:
        """The schedule as JSON-able data."""


AnySchedule: TypeAlias = Schedule | AdaptiveSchedule
