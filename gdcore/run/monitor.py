"""What a run must remember from step to step beside its last row, whether or not the rows are kept."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from gdcore.base.arrays import FloatArray
from gdcore.run.events import FEW, EventFinder


class Monitor:
    """Running facts of one run: where it began, its best loss, its last move, its events.

    ``since_best`` counts the steps without a new best loss; ``moved`` is |x_k - x_(k-1)| and ``changed``
    |J_k - J_(k-1)|, both None at the start; ``slope`` is |∇J|. A loss is a new best when it is below the last one by
    more than ``improvement``, which is 0 unless it is set.
    """

    def __init__(self, parameters: Sequence[str]) -> None:
        self.finder = EventFinder(parameters)
        self.step = 0
        self.loss = math.nan
        self.slope = math.nan
        self.first_loss = math.nan
        self.first_slope = math.nan
        self.best_loss = math.inf
        self.since_best = 0
        self.improvement = 0.0
        self.moved: float | None = None
        self.changed: float | None = None
        self._x: Sequence[float] = ()

    def see(self, step: int, x: Sequence[float], loss: float, gradient: Sequence[float]) -> None:
        """Take in the next row."""
        self.slope = slope_length(gradient)
        if self._x:
            self.moved = min(math.dist(x, self._x), sys.float_info.max)
            self.changed = min(abs(loss - self.loss), sys.float_info.max)
        else:
            self.first_loss = loss
            self.first_slope = self.slope
        if loss < self.best_loss - self.improvement:
            self.best_loss = loss
            self.since_best = 0
        else:
            self.since_best += 1
        self.step, self.loss, self._x = step, loss, x
        self.finder.see(step, x, loss, gradient)

    def see_many(self, step: int, x: FloatArray, loss: FloatArray, gradient: FloatArray) -> None:
        """Take in the rows after ``step``, one for each step, as ``see`` would one after the other."""
        if not self._x or len(loss) < FEW or self.improvement:
            for row, values in enumerate(
                zip(x.tolist(), loss.tolist(), gradient.tolist(), strict=True), start=step + 1
            ):
                self.see(row, *values)
            return
        self.finder.see_many(step, x, loss, gradient)
        lowest = int(loss.argmin())
        if loss[lowest] < self.best_loss:
            self.best_loss = float(loss[lowest])
            self.since_best = len(loss) - 1 - lowest
        else:
            self.since_best += len(loss)
        before, last = x[-2:].tolist()
        self.slope = slope_length(gradient[-1].tolist())
        self.moved = min(math.dist(last, before), sys.float_info.max)
        self.changed = min(abs(float(loss[-1]) - float(loss[-2])), sys.float_info.max)
        self.step, self.loss, self._x = step + len(loss), float(loss[-1]), last

    def rose_to_the_end(self) -> int | None:
        """The number of last steps in each of which the loss rose, if that makes the run diverged.

        It does when the last loss is above the first and all of the last 10 steps rose; all steps of a run of
        3 to 9.
        """
        needed = min(10, self.step)
        if self.step >= 3 and self.loss > self.first_loss and self.finder.rising >= needed:
            return self.finder.rising
        return None

    def snapshot(self) -> dict[str, Any]:
        """All of it that the last row does not say, as JSON-able data."""
        return {
            "first_loss": self.first_loss,
            "first_slope": self.first_slope,
            "best_loss": self.best_loss,
            "since_best": self.since_best,
            "moved": self.moved,
            "changed": self.changed,
            "events": self.finder.snapshot(),
        }

    @classmethod
    def restored(
        cls,
        parameters: Sequence[str],
        memory: Mapping[str, Any],
        step: int,
        x: Sequence[float],
        loss: float,
        gradient: Sequence[float],
    ) -> Monitor:
        """The monitor whose ``snapshot`` was taken after the row (step, x, loss, gradient)."""
        monitor = cls(parameters)
        monitor.step, monitor.loss, monitor._x = step, loss, x
        monitor.slope = slope_length(gradient)
        monitor.first_loss = memory["first_loss"]
        monitor.first_slope = memory["first_slope"]
        monitor.best_loss = memory["best_loss"]
        monitor.since_best = memory["since_best"]
        monitor.moved = memory["moved"]
        monitor.changed = memory["changed"]
        monitor.finder.restore(memory["events"], step, x, loss, gradient)
        return monitor


def slope_length(gradient: Sequence[float]) -> float:
    """|∇J| of finite entries, at most the greatest number: so that a bound of 1e-6 |∇J| stays a bound."""
    return min(math.hypot(*gradient), sys.float_info.max)
