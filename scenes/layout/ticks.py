"""Round tick values and how they are written."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_SMALLEST = 1e-300  # below it a step has no digits to spare
_FINEST = 1e-13  # times the numbers at an axis: a step that is finer is rounding


def nice_step(span: float, wanted: int) -> float:
    """The round step (1, 2 or 5 times a power of ten) that gives about `wanted` intervals."""
    raw = span / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1.0, 2.0, 5.0, 10.0):
        if raw <= factor * power * 1.0000001:
            return factor * power
    return 10.0 * power


def nice_ticks(low: float, high: float, wanted: int = 6) -> NDArray[np.float64]:
    """Round numbers within [low, high], about `wanted` of them.

    Where two are wanted there are never fewer, for one number is no scale: then two of a finer step, far apart.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return np.array([low])
    span = high - low
    if not _SMALLEST < span < math.inf or span < _FINEST * max(abs(low), abs(high)):
        return np.array([low, high])  # no round number can be told from its neighbour
    ticks = _multiples(nice_step(high - low, wanted), low, high)
    steps = wanted
    while len(ticks) < 2 <= wanted:
        steps *= 2
        ticks = _multiples(nice_step(high - low, steps), low, high)
    return ticks if steps == wanted else _pair(ticks)


def _pair(ticks: NDArray[np.float64]) -> NDArray[np.float64]:
    """The two that are farthest apart, of those whose difference needs all the decimals that they need."""
    needed = _decimals(float(ticks[1] - ticks[0]))
    pairs = [
        ticks[[i, i + apart]] for apart in range(len(ticks) - 1, 0, -1) for i in range(len(ticks) - apart)
    ]
    return next(pair for pair in pairs if _decimals(float(pair[1] - pair[0])) == needed)


def _decimals(step: float) -> int:
    return max(0, -math.floor(math.log10(abs(step)) + 1e-9)) if step else 0


def _multiples(step: float, low: float, high: float) -> NDArray[np.float64]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = np.arange(first, last + 1, dtype=np.float64) * step
    ticks[np.abs(ticks) < step * 1e-9] = 0.0
    return ticks


def log_ticks(low: float, high: float, wanted: int = 6) -> NDArray[np.float64]:
    """Powers of ten within [low, high]; 2 and 5 between them where there is room for few powers only."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first >= 2:
        stride = max(1, math.ceil((last - first + 1) / wanted))
        return np.power(10.0, np.arange(first, last + 1, stride, dtype=np.float64))
    candidates = np.array([m * 10.0**p for p in range(first - 1, last + 1) for m in (1, 2, 5)])
    return candidates[(candidates >= low * (1 - 1e-9)) & (candidates <= high * (1 + 1e-9))]
