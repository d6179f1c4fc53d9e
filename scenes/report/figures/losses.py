"""A loss over the steps: the ends of its axis, and which rows to draw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout.span import span_of
from scenes.lecture.model import Range


def loss_range(losses: FloatArray, log: bool) -> Range:
    """Ends of the loss axis with a little air."""
    low, high = float(losses.min()), float(losses.max())
    if log:
        ends = np.log10([low, high])
        air = 0.08 * float(ends[1] - ends[0]) or 0.3
        # A run that leaves the machine's numbers ends close below the largest of them.
        return float(10.0 ** max(ends[0] - air, -307.0)), float(10.0 ** min(ends[1] + air, 308.2))
    span = span_of(low, high)
    return (0.0 if 0 <= low < 0.4 * span else low - 0.06 * span), high + 0.08 * span


def few(steps: FloatArray, most: int = 240) -> NDArray[np.intp]:
    """Rows to draw of a long run: all at first, ever fewer later; the first and the last are kept."""
    count = len(steps)
    if count <= most:
        return np.arange(count)
    return np.unique(np.concatenate([np.arange(60), np.geomspace(60, count - 1, most - 60).astype(np.intp)]))


def dots(count: int) -> str:
    """The marker at each of so many rows: none where they would run together into a thick line."""
    return "o" if count <= 60 else ""
