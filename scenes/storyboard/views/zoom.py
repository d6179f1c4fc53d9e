"""A view that widens with a run that leaves: one rule for both axes, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray

UNDER = 0.12  # of the view's height, below the floor
POINT_AT = 0.75  # of the view's height, where the highest point so far stands
# Of the farthest distance so far, half the view's width: on a parabola the curve leaves through the top of the view.
WIDTH = 1.1 / np.sqrt(POINT_AT)
_SEEN_UP, _SEEN_ASIDE = (
    0.93,
    0.95,
)  # of the view's height and half its width: nearer to the edge no point lands
_HALVED = 8  # times a length is halved before it is compared with a view: one may be too large for the machine's numbers
_LARGEST = 1.6e308


@dataclass(frozen=True)
class View:
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

    `widths`, `heights`: logarithms of half the width and of the height. `landing[k]`: the share of the way from the
    view of row k − 1 to that of row k without which the point would land out of sight.
    """

    centre: float
    floor: float
    widths: FloatArray
    heights: FloatArray
    landing: FloatArray

    def view(self, row: float) -> View:
        """The view at a row, or between two."""
        rows = np.arange(len(self.widths))
        width, height = (float(np.interp(row, rows, each)) for each in (self.widths, self.heights))
        return View(self.centre, self.floor, width, height)

    def factors(self, row: float) -> tuple[float, float]:
        """How many times wider, and higher, than the first view that of a row is."""
        now = self.view(row)
        return _grown(now.log_half - float(self.widths[0])), _grown(now.log_height - float(self.heights[0]))

    @cached_property
    def moves(self) -> bool:
        """Does the view ever change?"""
        return bool(self.widths[-1] > self.widths[0] or self.heights[-1] > self.heights[0])


def zoom_of(
    w: FloatArray, loss: FloatArray, centre: float, floor: float, *, reach: float | None = None
) -> Zoom:
    """The views for a path w (n,) with losses (n,), about `centre` where the loss is `floor`.

    Half a view's width is 1.1/√¾ times the farthest distance so far, and the highest point so far stands at three
    quarters of its height: on a parabola the picture keeps its shape. `reach` is what half the first width is at least;
    a view that is wider for its sake is higher by the square, which keeps that shape too.
    """
    away, rise = (
        _filled(np.maximum.accumulate(np.abs(values)))
        for values in (w - centre, np.maximum(loss - floor, 0.0))
    )
    widths = np.log(away) + np.log(WIDTH)
    heights = np.log(rise) - np.log(POINT_AT - UNDER)
    if reach is not None and reach > 0:
        wider = np.maximum(widths, np.log(reach))
        heights = heights + 2 * (wider - widths)
        widths = wider
    return Zoom(centre, floor, widths, heights, _landing(w - centre, loss - floor, widths, heights))


def _landing(away: FloatArray, rise: FloatArray, widths: FloatArray, heights: FloatArray) -> FloatArray:
    """By row the share of the zoom without which its point would land out of sight."""
    needed = np.zeros(len(widths))
    with np.errstate(divide="ignore", invalid="ignore"):
        for logs, sizes, seen in (
            (widths, np.abs(away), _SEEN_ASIDE),
            (heights, np.maximum(rise, 0.0), _SEEN_UP - UNDER),
        ):
            grown = np.diff(logs)
            lacking = np.log(sizes[1:]) - np.log(seen) - logs[:-1]
            share = np.where(grown > 0, lacking / np.where(grown > 0, grown, 1.0), 0.0)
            needed[1:] = np.maximum(needed[1:], np.clip(np.nan_to_num(share, neginf=0.0), 0.0, 1.0))
    return needed


def _filled(values: FloatArray) -> FloatArray:
    """Sizes that never fall, the zeros at their beginning replaced by the first that is none, else by 1."""
    positive = values[values > 0]
    return np.where(values > 0, values, positive[0] if len(positive) else 1.0)


def _grown(logarithm: float) -> float:
    return float(np.exp(min(logarithm, float(np.log(_LARGEST)))))
