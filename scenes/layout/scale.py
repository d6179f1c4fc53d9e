"""From values to a length and back: linear or logarithmic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray

from .ticks import log_ticks, nice_ticks


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` laid over lengths from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: FloatArray | float) -> FloatArray:
        """Positions of values; what a logarithmic scale cannot show lies far below."""
        values = np.asarray(value, dtype=np.float64)
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.log(np.where(values > 0, values, np.nan))
            low, high = np.log(self.low), np.log(self.high)
        else:
            low, high = self.low, self.high
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self.start + (values - low) / (high - low) * (self.end - self.start))

    def ticks(self, spacing: float = 1.0) -> FloatArray:
        """Round values about `spacing` lengths apart."""
        wanted = max(2, int(abs(self.end - self.start) / spacing))
        return (log_ticks if self.log else nice_ticks)(self.low, self.high, wanted)
