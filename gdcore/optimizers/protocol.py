"""What an optimizer is: one update rule, pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from gdcore.base.arrays import FloatArray
from gdcore.problems.protocol import Problem

# What a rule remembers from step to step, as named arrays, so that every run can be saved and continued.
State: TypeAlias = Mapping[str, FloatArray]


class Optimizer(Protocol):
    """An update rule. It keeps nothing itself: what it remembers goes through ``State``."""

    @property
    def name(self) -> str:
        """The slug under which it is registered."""

    @property
    def default_rate(self) -> float | None:
        """The rate when none is given; None when one must be."""

    def init(self, x: FloatArray) -> State:
        """The state before the first update from x (..., d)."""

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        """The point after update k (counted from 0) from x (..., d) with ``gradient`` = ∇J(x); and the state.

        ``rate`` may be an array (d,), a rate for each parameter, where there is no ``default_rate``.

        Neither x nor the state is changed in place.
        """

    def settings(self) -> dict[str, Any]:
        """The hyperparameters as JSON-able data; making it again from them gives the same rule."""
