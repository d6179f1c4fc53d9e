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

EventKind: TypeAlias = Literal["overshoot", "loss increase", "turning point", "plateau", "divergence"]

KEEPS_SIGN = 3
PLATEAU_STEPS = 10
PLATEAU_CHANGE = 1e-3


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

    def events(self, diverged: bool, nonfinite_step: int | None) -> tuple[Event, ...]:
        """All events so far, by step; for a run that ends here with this result."""
        found = [*self._found, *self._open.values()]
        if diverged:
            last = self._step if nonfinite_step is None else nonfinite_step
            first = self._step - self._rising + 1 if self._rising else last
            found.append(Event(first, "divergence", None, last, last - first + 1))
        return tuple(sorted(found, key=lambda event: (event.step, event.kind, event.parameter or "")))

    def snapshot(self) -> dict[str, Any]:
        """The memory as JSON-able data."""
        return {
            "found": [asdict(event) for event in self._found],
            "open": [asdict(event) for event in self._open.values()],
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
        """One step of ``kind``, joined to the event that ended in the step before."""
        key = (kind, parameter)
        before = self._open.get(key)
        if before is not None and before.last == step - 1:
            self._open[key] = Event(before.step, kind, parameter, step, before.count + 1)
            return
        if before is not None:
            self._found.append(before)
        self._open[key] = Event(step, kind, parameter, step, 1)

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
