"""The upright axis of the losses: what it holds up to a row, and its ticks."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout.ticks import nice_ticks
from scenes.text import TickNumbers, tick_numbers

LARGEST = sys.float_info.max
_AIR = 0.12  # of the span of losses, above and below them, on a plain axis
_OVER = 0.07  # of the decades, above them on a logarithmic one
_NEAR = 0.08  # decades: an end so near to a line of the grid is there
_LEAST = 1.06  # decades that a logarithmic axis shows at least


@dataclass(frozen=True, eq=False)
class LossWindow:
    """What is shown of the losses up to a row: ends of the upright axis, its ticks with their numbers, the last step."""

    low: float
    high: float
    values: FloatArray  # where the ticks are, on the axis
    numbers: TickNumbers
    stride: int | None  # decades from line to line, where they are even
    last: float


@dataclass(frozen=True, eq=False)
class LossAxis:
    """The axis of values (n,) at steps (n,): decimal logarithms where it is `log`; `beyond` the last the numbers end."""

    values: FloatArray
    steps: NDArray[np.int64]
    log: bool
    beyond: int | None

    def ends(self, row: int) -> tuple[float, float]:
        """Both ends of the upright axis that holds the rows up to this one."""
        seen = self.values[: row + 1]
        low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
        if self.log and self.beyond is not None and row == len(self.values) - 1:
            return low, float(np.log10(LARGEST))
        span = high - low
        if self.log:  # from a line of the grid to hardly more than the data
            low = float(np.floor(low + 1e-9))
            high = max(high + _OVER * max(1.0, high - low), low + _LEAST)
            return low, float(np.round(high)) if abs(high - np.round(high)) < _NEAR else high
        span = span or abs(high) or 1.0
        return low - _AIR * span, high + _AIR * span

    def window(self, row: int, wanted: int) -> LossWindow:
        low, high = self.ends(row)
        last = float(self.steps[row])
        if not self.log:
            values = nice_ticks(low, high, wanted)
            return LossWindow(low, high, values, tick_numbers(values.tolist()), None, last)
        stride = max(1, int(np.ceil((high - low) / wanted)))
        values = np.arange(np.ceil(low - 1e-9), np.floor(high + 1e-9) + 1, stride)
        numbers = tick_numbers((10.0**values).tolist(), log=True)
        return LossWindow(low, high, values, numbers, stride, last)
