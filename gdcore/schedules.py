"""Learning-rate schedules: the hook through which they enter a run."""

from __future__ import annotations

from typing import Any, Protocol


class Schedule(Protocol):
    """A factor on the rate for every update."""

    def __call__(self, k: int) -> float:
        """The factor of update k, counted from 0: finite and not negative."""

    def spec(self) -> dict[str, Any]:
        """The schedule as JSON-able data."""
