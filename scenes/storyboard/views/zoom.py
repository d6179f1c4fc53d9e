"""A view that widens by half decades, so that a point that runs away stays in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray

_FILL = 0.86  # of half the view's width that the path may use
_HEADROOM = 0.8  # of the view's height that the path may use
_NICE = (1.0, 2.0, 3.0, 5.0, 10.0)  # the last zoom may be less than a decade
_DECADES = 8  # a run over more decades than this is followed without a rest
# The first view holds these many rows, unless they are this many times as far as the start.
_FIRST, _NEAR = 3, 3.2
_WIDEST, _HIGHEST = 307.9, 308.25  # log10 of the largest view that the machine's numbers can describe


@dataclass(frozen=True, eq=False)
class Zoom:
    """Views about `centre`, by trajectory row. A view at level L is `reach`·10^L wide to either side.

    `levels` (n,): the level when the descent stands at a row; between two rows it is between theirs.
    `rests`: levels at which the view rests long enough for numbers to be read.
    `knots`, `heights`: log10 of the view's height above `floor` at some levels.
    """

    centre: float
    floor: float
    reach: float
    levels: FloatArray
    rests: tuple[float, ...]
    knots: FloatArray
    heights: FloatArray

    def x_range(self, level: float) -> tuple[float, float]:
        half = 10.0 ** min(_WIDEST, float(np.log10(self.reach)) + level)
        return self.centre - half, self.centre + half

    def y_range(self, level: float) -> tuple[float, float]:
        height = 10.0 ** min(_HIGHEST, float(np.interp(level, self.knots, self.heights)))
        # Zero belongs to the axis when it is near; far out the bottom of the curve is as good as the floor.
        below = 0.12 * height if height < 1e300 else 0.0
        low = self.floor - (min(below, self.floor) if self.floor >= 0 else below)
        return low, self.floor + height


def zoom_of(
    w: FloatArray,
    loss: FloatArray,
    centre: float,
    floor: float,
    *,
    reach: float | None = None,
    still: int = 3,
    pauses: Sequence[int] = (),
) -> Zoom:
    """The views for a path w (n,) with losses (n,), about `centre` where the loss is `floor`.

    `reach` is half the first view's width; by default it holds the first rows. The first `still` steps are told
    one by one: there the view changes between two rows, elsewhere over several. At the rows `pauses` it rests.
    """
    away = np.abs(w - centre)
    if reach is None:
        first = away[: _FIRST + 1]
        near = first[first <= _NEAR * (away[0] or 1.0)]
        reach = float(near.max(initial=0.0) or away.max() or 1.0) / _FILL
    needed = _logarithm(np.maximum.accumulate(away) / _FILL) - float(np.log10(reach))
    needed = np.maximum(0.0, needed)
    widest = float(needed[-1])
    plateaus = _plateaus(widest)
    levels = _stepped(needed, plateaus, still)
    if widest > _DECADES:  # after its first rows the run is followed without a rest
        row = min(max((still, *pauses[:-1])), len(w) - 1)
        level = levels[row]
        levels = np.where(np.arange(len(w)) <= row, levels, np.maximum(needed, level))
        plateaus = plateaus[plateaus <= level]
        rests = np.append(plateaus, widest)
        plateaus = np.concatenate([plateaus, needed[needed > level]])
    else:
        rests = plateaus
    rests = np.unique(np.concatenate([rests, levels[[row for row in pauses if row < len(w)]]]))
    knots, heights = _heights(needed, loss - floor, plateaus)
    return Zoom(centre, floor, reach, levels, tuple(rests.tolist()), knots, heights)


def _logarithm(values: FloatArray) -> FloatArray:
    return np.log10(np.maximum(values, 1e-300))


def _plateaus(widest: float) -> FloatArray:
    """Half and whole decades (×3, ×10, ×30, …), and a round number of times for the last view.

    A parabola grows a hundredfold in height over a decade: in steps of whole ones the path would be a speck.
    """
    whole = np.floor(widest + 1e-9)
    rest = 10.0 ** (widest - whole)
    last = next(nice for nice in _NICE if rest <= nice * (1 + 1e-9))
    top = float(whole + np.log10(last))
    decades = np.arange(whole + 1)
    found = np.concatenate([decades, decades + np.log10(3.0), [top]])
    return np.unique(np.round(found[found <= top + 1e-9], 12))


def _stepped(needed: FloatArray, plateaus: FloatArray, still: int) -> FloatArray:
    """From plateau to plateau: each change ends at the row that needs it."""
    index = np.searchsorted(plateaus, needed - 1e-9)
    levels = plateaus[index].astype(np.float64)
    rows = np.flatnonzero(np.diff(index)) + 1
    before = 0
    for row in rows.tolist():
        # Half of the rows since the last change, at most 8; a step that is told by itself is one row.
        width = 1 if row <= still + 1 else max(1, min(8, (row - before) // 2))
        start, end = levels[row - width], levels[row]
        if width > 1:
            part = np.arange(width + 1) / width
            eased = part * part * (3 - 2 * part)
            levels[row - width : row + 1] = start + (end - start) * eased
        before = row
    return levels


def _heights(needed: FloatArray, rise: FloatArray, plateaus: FloatArray) -> tuple[FloatArray, FloatArray]:
    """At each plateau that some row reached: log10 of the height that holds all rows so far."""
    highest = _logarithm(np.maximum.accumulate(np.maximum(rise, 0.0))) - float(np.log10(_HEADROOM))
    knots: list[float] = []
    heights: list[float] = []
    for level in plateaus:
        reached = np.flatnonzero(needed <= level + 1e-9)
        if len(reached) and (not knots or needed[reached[-1]] > knots[-1]):
            knots.append(float(level))
            heights.append(float(highest[reached[-1]]))
    return np.array(knots), np.maximum.accumulate(np.array(heights))
