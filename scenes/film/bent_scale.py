"""A scale that is linear about 0 and logarithmic far away from it, so that large and small slopes are both seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..layout import Scale
from ..layout.ticks import tick_label
from .pen import FloatArray


@dataclass(frozen=True)
class BentScale:
    """Values from `low` to `high` over `start` to `end`, linear within ± `bend`: asinh(value / bend)."""

    low: float
    high: float
    start: float
    end: float
    bend: float

    def __call__(self, value: FloatArray | float) -> FloatArray:
        low, high = np.arcsinh(self.low / self.bend), np.arcsinh(self.high / self.bend)
        part = (np.arcsinh(np.asarray(value, dtype=np.float64) / self.bend) - low) / (high - low)
        return np.asarray(self.start + part * (self.end - self.start))

    def ticks(self, spacing: float) -> FloatArray:
        """0 and powers of ten of either sign, at least `spacing` apart; the farthest first."""
        largest = max(abs(self.low), abs(self.high), self.bend)
        powers = 10.0 ** np.arange(np.floor(np.log10(largest) + 1e-9), np.log10(self.bend) - 0.5, -1)
        chosen = [0.0]
        for size in powers.tolist():
            for value in (-size, size):
                inside = self.low <= value <= self.high
                if inside and all(abs(float(self(value) - self(other))) >= spacing for other in chosen):
                    chosen.append(value)
        return np.sort(np.array(chosen))


ValueScale = Scale | BentScale


def short_ticks(ticks: FloatArray) -> list[str]:
    """The numbers of ticks in Typst mathematics: powers of ten as such where all are powers and some large."""
    sizes = np.abs(ticks[ticks != 0])
    powers = np.log10(sizes)
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else float(np.abs(ticks).max())
    even = np.allclose(np.diff(ticks), step)
    as_powers = not even and np.allclose(powers, np.round(powers)) and bool(np.any(np.abs(powers) > 3.5))
    names = []
    for value in ticks.tolist():
        if value and as_powers:
            names.append(f"{'-' if value < 0 else ''}10^({round(np.log10(abs(value)))})")
        else:
            names.append(tick_label(value, step if even else abs(value)))
    return names


def apart(scale: ValueScale, ticks: FloatArray, spacing: float) -> FloatArray:
    """Those of the ticks that keep this distance from one another, from the lowest on."""
    chosen: list[float] = []
    for value in ticks.tolist():
        if not chosen or abs(float(scale(value) - scale(chosen[-1]))) >= spacing:
            chosen.append(value)
    return np.array(chosen)
