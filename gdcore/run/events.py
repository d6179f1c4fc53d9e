"""What happens on the way: found by the program, step by step, in one pass.

Definitions, for a run with points x_k, losses J_k and gradients g_k:

    overshoot       of a parameter at k: g_(k-1)·g_k < 0 in this parameter: the step crossed a bottom
    loss increase   at k: J_k > J_(k-1)
    turning point   of a parameter at k: x_k is its farthest value; its steps change sign there and keep the new
                    sign for at least 3 steps
    plateau         at least 10 steps with |J_k - J_(k-1)| < 1e-3 |J_(k-1)|, then a faster fall
    divergence      of a diverged run: the first step of the final rise, or the first step that is not finite

Consecutive ones of the same kind and parameter are one event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray, IntArray

EventKind: TypeAlias = Literal["overshoot", "loss increase", "turning point", "plateau", "divergence"]

KEEPS_SIGN = 3
PLATEAU_STEPS = 10
PLATEAU_CHANGE = 1e-3
FEW = 16  # rows that are looked at faster one by one than as arrays


@dataclass(frozen=True, slots=True)
class Event:
    """``count`` steps of one kind, from ``step`` to ``last``; ``parameter`` is None for those of the loss."""

    step: int
    kind: EventKind
    parameter: str | None
    last: int
    count: int

    def as_dict(self) -> dict[str, Any]:
        """JSON-able, in the order kind, parameter, step, last, count."""
        return {
            "kind": self.kind,
            "parameter": self.parameter,
            "step": self.step,
            "last": self.last,
            "count": self.count,
        }


class EventFinder:
    """Sees every step of a run in turn, also those that are not kept, and remembers what happened.

    Its memory is a few numbers for each parameter; ``snapshot`` gives it as JSON-able data, so that a run that is
    saved and continued finds the same events as one that is not interrupted.
    """

    def __init__(self, parameters: Sequence[str]) -> None:
        self._parameters = tuple(parameters)
        self._found: list[Event] = []
        self._open: dict[tuple[EventKind, str | None], Event] = {}
        # Of each parameter: the sign of its last step that was not 0, and a turning point not yet confirmed.
        self._signs = [0] * len(self._parameters)
        self._turns: list[tuple[int, int] | None] = [None] * len(self._parameters)
        self._flat = 0  # steps in a row with hardly any change
        self._rising = 0  # steps in a row with a greater loss
        self._step = 0
        self._last: tuple[Sequence[float], float, Sequence[float]] | None = None

    @property
    def rising(self) -> int:
        """In how many of the last steps, without a break, the loss rose."""
        return self._rising

    def see(self, step: int, x: Sequence[float], loss: float, gradient: Sequence[float]) -> None:
        """Look at the next row of the run."""
        if self._last is not None:
            before, loss_before, gradient_before = self._last
            self._see_loss(step, loss, loss_before)
            for i, name in enumerate(self._parameters):
                if gradient[i] < 0 < gradient_before[i] or gradient_before[i] < 0 < gradient[i]:
                    self._add("overshoot", name, step)
                self._see_step(step, i, name, x[i] - before[i])
        self._step = step
        self._last = (x, loss, gradient)

    def see_many(self, step: int, x: FloatArray, loss: FloatArray, gradient: FloatArray) -> None:
        """Look at the rows after ``step`` (m, d), (m,), (m, d), as ``see`` would one after the other.

        There must have been a row before them.
        """
        assert self._last is not None
        before, loss_before, gradient_before = self._last
        x = np.concatenate(([before], x))
        gradient = np.concatenate(([gradient_before], gradient))
        steps = np.arange(step + 1, step + 1 + len(loss))
        self._see_losses(steps, np.concatenate(([loss_before], loss)))
        signs = np.sign(gradient)
        moves = np.sign(np.diff(x, axis=0))
        for i, name in enumerate(self._parameters):
            self._add_many("overshoot", name, steps[signs[1:, i] * signs[:-1, i] < 0])
            self._see_moves(steps, i, name, moves[:, i])
        self._step = int(steps[-1])
        self._last = (x[-1].tolist(), float(loss[-1]), gradient[-1].tolist())

    def events(self, diverged: bool, nonfinite_step: int | None) -> tuple[Event, ...]:
        """All events so far, by step; for a run that ends here with this result."""
        found = [*self._found, *self._open.values()]
        if diverged:
            last = self._step if nonfinite_step is None else nonfinite_step
            first = self._step - self._rising + 1 if self._rising else last
            found.append(Event(first, "divergence", None, last, last - first + 1))
        return tuple(sorted(found, key=_by_step))

    def snapshot(self) -> dict[str, Any]:
        """The memory as JSON-able data."""
        return {
            "found": [asdict(event) for event in sorted(self._found, key=_by_step)],
            "open": [asdict(event) for event in sorted(self._open.values(), key=_by_step)],
            "signs": list(self._signs),
            "turns": [None if turn is None else list(turn) for turn in self._turns],
            "flat": self._flat,
            "rising": self._rising,
        }

    def restore(
        self, memory: Mapping[str, Any], step: int, x: Sequence[float], loss: float, gradient: Sequence[float]
    ) -> None:
        """Take up a ``snapshot`` made after the row (step, x, loss, gradient)."""
        self._found = [Event(**event) for event in memory["found"]]
        self._open = {(event.kind, event.parameter): event for event in (Event(**e) for e in memory["open"])}
        self._signs = list(memory["signs"])
        self._turns = [None if turn is None else (turn[0], turn[1]) for turn in memory["turns"]]
        self._flat = memory["flat"]
        self._rising = memory["rising"]
        self._step = step
        self._last = (x, loss, gradient)

    def _add(self, kind: EventKind, parameter: str | None, step: int) -> None:
        """One step of ``kind``."""
        self._add_run(kind, parameter, step, step)

    def _add_run(self, kind: EventKind, parameter: str | None, first: int, last: int) -> None:
        """Steps of ``kind`` without a gap, joined to the event that ended in the step before."""
        key = (kind, parameter)
        count = last - first + 1
        before = self._open.get(key)
        if before is not None and before.last == first - 1:
            self._open[key] = Event(before.step, kind, parameter, last, before.count + count)
            return
        if before is not None:
            self._found.append(before)
        self._open[key] = Event(first, kind, parameter, last, count)

    def _add_many(self, kind: EventKind, parameter: str | None, steps: IntArray) -> None:
        """Many steps of ``kind``, ascending."""
        if not steps.size:
            return
        gaps = np.flatnonzero(np.diff(steps) != 1)
        firsts = [int(steps[0]), *steps[gaps + 1].tolist()]
        lasts = [*steps[gaps].tolist(), int(steps[-1])]
        for first, last in zip(firsts, lasts, strict=True):
            self._add_run(kind, parameter, first, last)

    def _see_loss(self, step: int, loss: float, before: float) -> None:
        if loss > before:
            self._rising += 1
            self._add("loss increase", None, step)
        else:
            self._rising = 0
        if abs(loss - before) < PLATEAU_CHANGE * abs(before) or loss == before:
            self._flat += 1
            return
        if loss < before and self._flat >= PLATEAU_STEPS:
            self._found.append(Event(step - self._flat, "plateau", None, step - 1, self._flat))
        self._flat = 0

    def _see_step(self, step: int, i: int, name: str, moved: float) -> None:
        sign = (moved > 0) - (moved < 0)
        if sign == 0:
            return
        turn = self._turns[i]
        if sign == self._signs[i]:
            if turn is not None:
                self._turns[i] = (turn[0], turn[1] + 1)
        else:
            turned = self._signs[i] != 0
            self._signs[i] = sign
            self._turns[i] = (step - 1, 1) if turned else None
        turn = self._turns[i]
        if turn is not None and turn[1] == KEEPS_SIGN:
            self._add("turning point", name, turn[0])
            self._turns[i] = None

    def _see_losses(self, steps: IntArray, loss: FloatArray) -> None:
        """As ``_see_loss`` one after the other; ``loss`` begins with that before the first of ``steps``."""
        after, before = loss[1:], loss[:-1]
        up = after > before
        self._add_many("loss increase", None, steps[up])
        self._rising = _trailing(up, self._rising)
        flat = (np.abs(after - before) < PLATEAU_CHANGE * np.abs(before)) | (after == before)
        ends = np.flatnonzero(~flat)
        counts = np.diff(ends, prepend=-1) - 1
        counts[:1] += self._flat
        for end in np.flatnonzero((after[ends] < before[ends]) & (counts >= PLATEAU_STEPS)).tolist():
            step, count = int(steps[ends[end]]), int(counts[end])
            self._found.append(Event(step - count, "plateau", None, step - 1, count))
        self._flat = _trailing(flat, self._flat)

    def _see_moves(self, steps: IntArray, i: int, name: str, signs: FloatArray) -> None:
        """As ``_see_step`` one after the other, for the signs of the moves of parameter i."""
        moving = np.flatnonzero(signs)
        if not moving.size:
            return
        kept = signs[moving]
        changes = np.flatnonzero(np.diff(kept, prepend=self._signs[i]))
        # What was going on before goes on until the first change.
        turn = self._turns[i]
        if turn is not None:
            going_on = int(changes[0]) if changes.size else kept.size
            turn = (turn[0], turn[1] + going_on)
            if turn[1] >= KEEPS_SIGN:
                self._add("turning point", name, turn[0])
                turn = None
        if changes.size:
            lengths = np.diff(changes, append=kept.size)
            turned = np.ones(changes.size, dtype=np.bool_)
            turned[0] = self._signs[i] != 0
            before = steps[moving[changes]] - 1
            for step in before[turned & (lengths >= KEEPS_SIGN)].tolist():
                self._add("turning point", name, step)
            is_open = turned[-1] and lengths[-1] < KEEPS_SIGN
            turn = (int(before[-1]), int(lengths[-1])) if is_open else None
        self._turns[i] = turn
        self._signs[i] = int(kept[-1])


def _by_step(event: Event) -> tuple[int, str, str]:
    return event.step, event.kind, event.parameter or ""


def _trailing(marks: NDArray[np.bool_], before: int) -> int:
    """How many of the last marks are set without a break, ``before`` being the count ahead of the first."""
    breaks = np.flatnonzero(~marks)
    return before + marks.size if not breaks.size else marks.size - 1 - int(breaks[-1])
