"""A view that widens with a run that leaves: one rule for both axes, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray

UNDER = 0.12  # of the view's height, below the floor
POINT_AT = (
    0.64  # of the view's height, where the highest point so far stands: above it there is room for words
)
# Of the farthest distance so far, half the view's width: on a parabola the curve leaves through the top of the view.
REACH = 1.02 * float(np.sqrt((1 - UNDER) / (POINT_AT - UNDER)))
_SEEN_UP, _SEEN_ASIDE = (
    0.93,
    0.95,
)  # of the view's height and half its width: nearer to the edge no point lands
_HALVED = 8  # times a length is halved before it is compared with a view: one may be too large for the machine's numbers
_LARGEST = 1.6e308


@dataclass(frozen=True)
class ZoomView:
    """What is seen: `centre` in the middle, `floor` near the bottom; natural logarithms of half its width, and its height."""

    centre: float
    floor: float
    log_half: float
    log_height: float

    def across(self, w: FloatArray | float) -> FloatArray:
        """Where places are, from −1 at the left to 1 at the right."""
        away = np.ldexp(np.asarray(w, dtype=np.float64) - self.centre, -_HALVED)
        return np.asarray(away / np.exp(self.log_half - _HALVED * np.log(2)))

    def up(self, loss: FloatArray | float) -> FloatArray:
        """Where values are, from 0 at the bottom to 1 at the top."""
        rise = np.ldexp(np.asarray(loss, dtype=np.float64) - self.floor, -_HALVED)
        return np.asarray(UNDER + rise / np.exp(self.log_height - _HALVED * np.log(2)))

    @property
    def half(self) -> float:
        """Half the width, in units of the parameter."""
        return _grown(self.log_half)

    @property
    def x_range(self) -> tuple[float, float]:
        return self.centre - self.half, self.centre + self.half

    @property
    def y_range(self) -> tuple[float, float]:
        height = _grown(self.log_height)
        return self.floor - UNDER * height, min(_LARGEST, self.floor + (1 - UNDER) * height)


@dataclass(frozen=True, eq=False)
class Zoom:
    """A view for each row (n,) of a run; between two rows it is between theirs, by the same share of either logarithm.

    `widths`, `heights`: logarithms of half the width and of the height. `away`, `rise`: how far from the centre, and how
    high above the floor, the run is at a row.
    """

    centre: float
    floor: float
    widths: FloatArray
    heights: FloatArray
    away: FloatArray
    rise: FloatArray

    def view(self, row: float) -> ZoomView:
        """The view at a row, or between two."""
        rows = np.arange(len(self.widths))
        width, height = (float(np.interp(row, rows, each)) for each in (self.widths, self.heights))
        return ZoomView(self.centre, self.floor, width, height)

    def factors(self, row: float) -> tuple[float, float]:
        """How many times wider, and higher, than the first view that of a row is."""
        now = self.view(row)
        return _grown(now.log_half - float(self.widths[0])), _grown(now.log_height - float(self.heights[0]))

    def followed(self, row: int, hop: float) -> float:
        """The row of the view when the point has come so far on its straight way from a row to the next.

        The view widens no more than it must for the point to stay in sight, or for it to do so steadily.
        """
        share = self.landing(row + 1)
        needed = hop * share
        for logs, sizes, seen in self._axes:
            there = float(np.abs((1 - hop) * sizes[row] + hop * sizes[row + 1]))
            needed = max(needed, _lacking(logs[row], logs[row + 1], there, seen))
        return row + min(needed, 1.0)

    def landing(self, row: int) -> float:
        """The share of the way from the view before to that of a row without which its point would land out of sight."""
        return max(
            _lacking(logs[row - 1], logs[row], float(np.abs(sizes[row])), seen)
            for logs, sizes, seen in self._axes
        )

    @property
    def _axes(self) -> tuple[tuple[FloatArray, FloatArray, float], ...]:
        return (self.widths, self.away, _SEEN_ASIDE), (self.heights, self.rise, _SEEN_UP - UNDER)

    @property
    def moves(self) -> bool:
        """Does the view ever change?"""
        return bool(self.widths[-1] > self.widths[0] or self.heights[-1] > self.heights[0])


def zoom_of(
    w: FloatArray, loss: FloatArray, centre: float, floor: float, *, reach: float | None = None
) -> Zoom:
    """The views for a path w (n,) with losses (n,), about `centre` where the loss is `floor`.

    Half a view's width is `REACH` times the farthest distance so far, and the highest point so far stands at `POINT_AT`
    of its height: on a parabola the picture keeps its shape. `reach` is what half the first width is at least;
    a view that is wider for its sake is higher by the square, which keeps that shape too.
    """
    away, rise = (
        _filled(np.maximum.accumulate(np.abs(values)))
        for values in (w - centre, np.maximum(loss - floor, 0.0))
    )
    widths = np.log(away) + np.log(REACH)
    heights = np.log(rise) - np.log(POINT_AT - UNDER)
    if reach is not None and reach > 0:
        wider = np.maximum(widths, np.log(reach))
        heights = heights + 2 * (wider - widths)
        widths = wider
    return Zoom(centre, floor, widths, heights, w - centre, np.maximum(loss - floor, 0.0))


def _lacking(before: float, after: float, size: float, seen: float) -> float:
    """The share of the way between two logarithms after which a size is no more than it may be of what is seen, 0 to 1."""
    if after <= before or size == 0:
        return 0.0
    return min(1.0, max(0.0, float((np.log(size) - np.log(seen) - before) / (after - before))))


def _filled(values: FloatArray) -> FloatArray:
    """Sizes that never fall, the zeros at their beginning replaced by the first that is none, else by 1."""
    positive = values[values > 0]
    return np.where(values > 0, values, positive[0] if len(positive) else 1.0)


def _grown(logarithm: float) -> float:
    return float(np.exp(min(logarithm, float(np.log(_LARGEST)))))
