"""The worked example of a run as data: which rows a table shows, and the arithmetic of the first steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis.path import thin
from gdcore.base.arrays import FloatArray
from gdcore.base.rates import each_rate
from gdcore.problems import Problem
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.facts import losses_shown, slopes_shown
from scenes.text import Rich, Speech, arithmetic, signed, whole

MOST_ROWS = 25
SPELLED = 3  # steps whose arithmetic is written out


@dataclass(frozen=True)
class WorkedRow:
    """Step k: its values (d,), loss and slopes (d,), what is subtracted (d,) and the next values (d,).

    `move` and `following` are None where the run has no next step.
    """

    step: int
    values: FloatArray
    loss: float
    slopes: FloatArray
    move: FloatArray | None
    following: FloatArray | None


def shown_steps(steps: int, most: int = MOST_ROWS) -> NDArray[np.int64]:
    """The core's choice (0-10, every 15th, the last); of a long run ever fewer, so that a table stays a page."""
    kept = thin(steps)
    if len(kept) <= most:
        return kept
    later = kept[11:]
    wanted = np.geomspace(later[0], later[-1], most - 11)
    nearest = np.abs(later[:, None] - wanted).argmin(axis=0)
    return np.unique(np.concatenate([kept[:11], later[nearest], later[-1:]]))


def worked_rows(problem: Problem, trajectory: Trajectory) -> tuple[WorkedRow, ...]:
    """The rows of the table of a run."""
    losses, slopes = losses_shown(problem, trajectory), slopes_shown(problem, trajectory)
    rows = np.flatnonzero(np.isin(trajectory.step, shown_steps(trajectory.steps)))
    plain, rate = trajectory.plain, np.asarray(trajectory.rate)
    found = []
    for row in rows.tolist():
        step, values = int(trajectory.step[row]), trajectory.parameters[row]
        move = following = None
        if row + 1 < len(trajectory) and trajectory.step[row + 1] == step + 1:
            following = trajectory.parameters[row + 1]
            move = rate * slopes[row] if plain else values - following
        elif row + 1 < len(trajectory) and plain:
            move = rate * slopes[row]
            following = values - move
        found.append(WorkedRow(step, values, float(losses[row]), slopes[row], move, following))
    return tuple(found)


def spelled_steps(
    problem: Problem, trajectory: Trajectory, speech: Speech, count: int = SPELLED
) -> tuple[tuple[Rich, ...], ...]:
    """The first steps spelled out, of each a line for every parameter: w_1 = 6 − 0.1 · 6 = 5.4."""
    steps: list[tuple[Rich, ...]] = []
    if not trajectory.plain or trajectory.is_thinned:
        return ()
    slopes = slopes_shown(problem, trajectory)
    rates = each_rate(trajectory.rate, len(problem.parameters))
    for row in range(min(count, len(trajectory) - 1)):
        lines = []
        for index, name in enumerate(trajectory.parameters_names):
            numbers = arithmetic(
                float(trajectory.parameters[row, index]),
                rates[index],
                float(slopes[row, index]),
                float(trajectory.parameters[row + 1, index]),
            )
            lines.append(
                speech.say(
                    "report.formula.spelled",
                    p=speech.name(name),
                    k=whole(row + 1),
                    old=numbers.old,
                    rate=numbers.rate,
                    slope=signed(numbers.slope),
                    new=numbers.new,
                )
            )
        steps.append(tuple(lines))
    return tuple(steps)
