"""Many runs that are over."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.rates import Rate
from gdcore.problems.protocol import Problem
from gdcore.rest.kinds import UNKNOWN
from gdcore.rest.settling import BLOCK, Ends, resting
from gdcore.rest.staying import stays
from gdcore.run.outcome import Outcome

OUTCOMES: tuple[Outcome, ...] = tuple(Outcome)


_DIVERGED, _CONVERGED, _STEP_LIMIT = (
    OUTCOMES.index(outcome) for outcome in (Outcome.DIVERGED, Outcome.CONVERGED, Outcome.STEP_LIMIT)
)


@dataclass(frozen=True, eq=False)
class Batch:
    """Where the runs from B starts went, and how each ended. Arrays are read-only.

    ``final`` (B, d) is the last finite point of each run from ``start`` (B, d), ``loss`` (B,) the loss there.
    ``nonfinite_step`` (B,) is the first step that is not finite or outside the domain, -1 where there is none; 0 where
    the start itself has no finite loss or slope. ``diverged`` (B,) says which runs diverged. Which of the others
    converged is worked out from ``problem`` when it is asked for.

    ``recorded_steps`` (R,) are the steps that were asked to be recorded, ``recorded`` (R, B, d) the points after
    them; nan where a run had broken by then. ``onward`` (B, d): where one more step would lead, of a rule that
    remembers, for it may pass through a place of rest with speed; else None. ``specs``: what was run, as JSON-able data.
    """

    parameters_names: tuple[str, ...]
    final: FloatArray
    loss: FloatArray
    diverged: NDArray[np.bool_]
    nonfinite_step: IntArray
    problem: Problem
    start: FloatArray
    steps: int
    rate: Rate
    recorded_steps: IntArray
    recorded: FloatArray
    specs: dict[str, Any] = field(default_factory=dict)
    onward: FloatArray | None = None

    def __post_init__(self) -> None:
        for name in ("final", "loss", "diverged", "nonfinite_step", "start", "recorded_steps", "recorded"):
            getattr(self, name).setflags(write=False)

    @cached_property
    def codes(self) -> NDArray[np.uint8]:
        """The outcomes (B,), as numbers into ``tuple(Outcome)``."""
        codes = np.where(self._resting[0], _CONVERGED, _STEP_LIMIT).astype(np.uint8)
        codes[self.diverged] = _DIVERGED
        codes.setflags(write=False)
        return codes

    @cached_property
    def kinds(self) -> NDArray[np.int8]:
        """On what kind of place each run rests (B,), as numbers into ``tuple(RestKind)``; -1 where it does not."""
        at_rest, kinds = self._resting
        kinds = np.where(at_rest, kinds, UNKNOWN).astype(np.int8)
        kinds.setflags(write=False)
        return kinds

    @cached_property
    def _resting(self) -> tuple[NDArray[np.bool_], NDArray[np.int8]]:
        at_rest = np.zeros(len(self), dtype=np.bool_)
        kinds = np.full(len(self), UNKNOWN, dtype=np.int8)
        which = np.flatnonzero(~self.diverged)
        # Block by block, so that nothing is as long as the batch but what is kept.
        for first in range(0, which.size, BLOCK):
            here = which[first : first + BLOCK]
            with np.errstate(all="ignore"):
                x, start = self.final[here], self.start[here]
                gradient, first_loss = self.problem.gradient(x), self.problem.value(start)
            ends = Ends(x, self.loss[here], np.asarray(gradient), start, np.asarray(first_loss))
            rests, kinds[here] = resting(self.problem, ends)
            if self.onward is not None and rests.any():
                some = ends.some(rests)
                rests[rests] = stays(self.problem, self.onward[here][rests], some.start, some.start_loss)
            at_rest[here] = rests
        return at_rest, kinds

    def __len__(self) -> int:
        """B, the number of starts."""
        return int(self.loss.size)

    def outcome(self, i: int) -> Outcome:
        """How the run from start i ended."""
        return OUTCOMES[int(self.codes[i])]

    def ended(self, outcome: Outcome | str) -> NDArray[np.bool_]:
        """Which runs ended so, shape (B,). Raises ValueError for a word that is no outcome."""
        if Outcome(outcome) is Outcome.DIVERGED:
            return self.diverged
        return np.asarray(self.codes == OUTCOMES.index(Outcome(outcome)))

    @property
    def counts(self) -> MappingProxyType[Outcome, int]:
        """How many runs ended in each way."""
        numbers = np.bincount(self.codes, minlength=len(OUTCOMES)).tolist()
        return MappingProxyType(dict(zip(OUTCOMES, numbers, strict=True)))
