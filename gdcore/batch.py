"""Many runs that are over."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.arrays import FloatArray, IntArray
from gdcore.outcome import Outcome

OUTCOMES: tuple[Outcome, ...] = tuple(Outcome)


@dataclass(frozen=True, eq=False)
class Batch:
    """Where the runs from B starts went, and how each ended. Arrays are read-only.

    ``final`` (B, d) is the last finite point of each run, ``loss`` (B,) the loss there. ``nonfinite_step`` (B,) is
    the first step that is not finite or outside the domain, -1 where there is none; 0 where the start itself has
    no finite loss or slope. ``codes`` (B,) says the outcomes, as numbers into ``tuple(Outcome)``.

    ``recorded_steps`` (R,) are the steps that were asked to be recorded, ``recorded`` (R, B, d) the points after
    them; nan where a run had broken by then. ``specs``: what was run, as JSON-able data.
    """

    parameters_names: tuple[str, ...]
    final: FloatArray
    loss: FloatArray
    codes: NDArray[np.uint8]
    nonfinite_step: IntArray
    steps: int
    rate: float
    recorded_steps: IntArray
    recorded: FloatArray
    specs: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("final", "loss", "codes", "nonfinite_step", "recorded_steps", "recorded"):
            getattr(self, name).setflags(write=False)

    def __len__(self) -> int:
        """B, the number of starts."""
        return int(self.loss.size)

    def outcome(self, i: int) -> Outcome:
        """How the run from start i ended."""
        return OUTCOMES[int(self.codes[i])]

    def ended(self, outcome: Outcome | str) -> NDArray[np.bool_]:
        """Which runs ended so, shape (B,). Raises ValueError for a word that is no outcome."""
        return np.asarray(self.codes == OUTCOMES.index(Outcome(outcome)))

    @property
    def counts(self) -> MappingProxyType[Outcome, int]:
        """How many runs ended in each way."""
        numbers = np.bincount(self.codes, minlength=len(OUTCOMES)).tolist()
        return MappingProxyType(dict(zip(OUTCOMES, numbers, strict=True)))
