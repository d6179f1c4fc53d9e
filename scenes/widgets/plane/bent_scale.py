"""A scale that is linear about 0 and logarithmic far away from it, so that large and small slopes are both seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Numeral
from scenes.layout import Scale
from scenes.text import TickNumbers, tick_numbers


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


def short_ticks(ticks: FloatArray, *, log: bool = False) -> TickNumbers:
    """The numbers of ticks, evenly spaced or not: powers of ten as such where all are powers and some large."""
    values = ticks.tolist()
    gaps = np.diff(ticks)
    if len(values) < 2 or (not log and np.allclose(gaps, gaps[0])):
        return tick_numbers(values)
    powers = np.log10(np.abs(ticks[ticks != 0]))
    if not np.allclose(powers, np.round(powers)) or np.abs(powers).max() <= 3.5:
        return tick_numbers(values, log=True)
    return TickNumbers(tuple(_power(value) for value in values))


def _power(value: float) -> Numeral:
    """0, or a power of ten of either sign."""
    if not value:
        return Numeral("0")
    return Numeral("-1" if value < 0 else "1", round(float(np.log10(abs(value)))))


def ticks_apart(scale: ValueScale, ticks: FloatArray, spacing: float) -> FloatArray:
    """Those of the ticks that keep this distance from one another, from the lowest on."""
    chosen: list[float] = []
    for value in ticks.tolist():
        if not chosen or abs(float(scale(value) - scale(chosen[-1]))) >= spacing:
            chosen.append(value)
    return np.array(chosen)
