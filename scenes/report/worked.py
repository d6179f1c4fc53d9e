"""The worked example of a run as data: which rows a table shows, and the arithmetic of the first steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.analysis import thin
from gdcore.trajectory import Trajectory

from ..lecture.model import RunSpec
from ..richtext import Rich, say
from ..storyboard.names import typst_name
from ..storyboard.numbers import decimals_for, math_number, text_number

FloatArray = NDArray[np.float64]

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


def is_plain(run: RunSpec) -> bool:
    """Is every step rate × slope? Not with another optimizer, a schedule, batches or one-after-the-other updates."""
    return run.optimizer == "gd" and not run.schedule and not run.batch_size and run.order == "simultaneous"


def shown_steps(steps: int, most: int = MOST_ROWS) -> NDArray[np.int64]:
    """The core's choice (0-10, every 15th, the last); of a long run ever fewer, so that a table stays a page."""
    kept = thin(steps)
    if len(kept) <= most:
        return kept
    later = kept[11:]
    wanted = np.geomspace(later[0], later[-1], most - 11)
    nearest = np.abs(later[:, None] - wanted).argmin(axis=0)
    return np.unique(np.concatenate([kept[:11], later[nearest], later[-1:]]))


def worked_rows(trajectory: Trajectory, run: RunSpec, most: int = MOST_ROWS) -> tuple[WorkedRow, ...]:
    """The rows of the table of a run."""
    rows = np.flatnonzero(np.isin(trajectory.step, shown_steps(trajectory.steps, most)))
    found = []
    for row in rows.tolist():
        step, values = int(trajectory.step[row]), trajectory.parameters[row]
        move = following = None
        if row + 1 < len(trajectory) and trajectory.step[row + 1] == step + 1:
            following = trajectory.parameters[row + 1]
            move = run.rate * trajectory.gradient[row] if is_plain(run) else values - following
        elif row + 1 < len(trajectory) and is_plain(run):
            move = run.rate * trajectory.gradient[row]
            following = values - move
        found.append(
            WorkedRow(step, values, float(trajectory.loss[row]), trajectory.gradient[row], move, following)
        )
    return tuple(found)


def arithmetic(trajectory: Trajectory, run: RunSpec, count: int = SPELLED) -> tuple[Rich, ...]:
    """The first steps spelled out, a line for each step and parameter: w_1 = 6 − 0.1 · 6 = 5.4."""
    lines = []
    if not is_plain(run) or trajectory.is_thinned:
        return ()
    for row in range(min(count, len(trajectory) - 1)):
        for index, parameter in enumerate(trajectory.parameters_names):
            name = typst_name(parameter)
            below = f"_({row + 1})" if "_(" not in name else f"^(({row + 1}))"
            old, slope, new = (
                float(trajectory.parameters[row, index]),
                float(trajectory.gradient[row, index]),
                float(trajectory.parameters[row + 1, index]),
            )
            lines.append(
                say(
                    f"{{point|${name}{below}$}} $= {math_number(old)} - {math_number(run.rate)} dot$ "
                    f"{{slope|${math_number(slope, signed=True)}$}} $=$ "
                    f"{{point|${math_number(new)}$}}"
                )
            )
    return tuple(lines)


def column_texts(values: FloatArray, digits: int = 6) -> list[str]:
    """Numbers of one column: as many decimals for all as the smallest needs, powers of ten where sizes differ much.

    A value that is not there is nan and becomes a dash.
    """
    there = np.abs(values[np.isfinite(values)])
    if not len(there):
        return ["–"] * len(values)
    largest = float(there.max())
    smallest = float(there[there > 0].min()) if (there > 0).any() else 1.0
    if largest >= 1e6 or (largest > 0 and largest < 1e-3):
        return [text_number(float(v), 5) if np.isfinite(v) else "–" for v in values]
    decimals = decimals_for(largest, digits)
    needed = int(np.ceil(1 - np.log10(smallest))) if smallest < 1 else 0
    decimals = max(decimals, min(needed, 4, decimals + 2))
    exact = _exact_decimals(values[np.isfinite(values)], decimals)
    return [_fixed(float(v), exact) if np.isfinite(v) else "–" for v in values]


def _exact_decimals(values: FloatArray, decimals: int) -> int:
    """Fewer decimals where all numbers of the column are exact with them."""
    while decimals > 0 and np.allclose(values, np.round(values, decimals - 1), rtol=0, atol=1e-12):
        decimals -= 1
    return decimals


def _fixed(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")
