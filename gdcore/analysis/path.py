"""What the rows of a run show: its events, and the steps that are enough to see it."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import IntArray
from gdcore.base.errors import GdError
from gdcore.run.events import Event, EventFinder
from gdcore.run.outcome import Outcome
from gdcore.run.trajectory import Trajectory


def find_events(trajectory: Trajectory) -> tuple[Event, ...]:
    """The events of a run of which every step is kept.

    A thinned run has them in ``trajectory.events``, found while it ran. Raises GdError for one.
    """
    if trajectory.is_thinned:
        raise GdError(
            f"this run keeps {len(trajectory)} of {trajectory.steps + 1} rows, and events need neighbouring ones",
            mend="read trajectory.events, found while it ran",
        )
    finder = EventFinder(trajectory.parameters_names)
    for step, (x, loss, gradient) in enumerate(
        zip(
            trajectory.parameters.tolist(),
            trajectory.loss.tolist(),
            trajectory.gradient.tolist(),
            strict=True,
        )
    ):
        finder.see(step, x, loss, gradient)
    return finder.events(trajectory.outcome is Outcome.DIVERGED, trajectory.nonfinite_step)


def thin(steps: int) -> IntArray:
    """Which of the steps 0 … ``steps`` a film and a table show: 0-10, then 25, 40, … (every 15th), and the last.

    Rising, shape (n,). Raises GdError for a negative number of steps.
    """
    if steps < 0:
        raise GdError(f"steps is {steps}", "it must be 0 or more", "write for example 1")
    first = np.arange(min(steps, 10) + 1)
    later = np.arange(25, steps + 1, 15)
    return np.unique(np.concatenate([first, later, [steps]])).astype(np.int64)
