"""A plot whose view widens while it is watched: ticks fade, and none jitters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..layout import Box, Plot
from ..layout.ticks import tick_label
from ..richtext import Rich, maths
from ..storyboard.zoom import Zoom
from ..theme import TICK, Role
from .pen import THIN, FloatArray, Pen, measure

_TICK = 0.08
_PAD = 0.1
_SPACING = (1.15, 0.75)
_FADE = 0.3  # levels away from a resting view at which its numbers have gone


class ZoomingPlot:
    """Axes in a zone that follow a zoom. Each resting view has its own ticks, placed once."""

    def __init__(self, zone: Box, zoom: Zoom) -> None:
        self.zoom = zoom
        box = zone
        for _ in range(2):  # the numbers' width depends on the ticks, the ticks on the room
            self.box = box
            plots = [self.at(level) for level in zoom.rests]
            self.x_ticks = [plot.x.ticks(_SPACING[0]) for plot in plots]
            self.y_ticks = [plot.y.ticks(_SPACING[1]) for plot in plots]
            widest = max(measure(number, TICK)[0] for ticks in self.y_ticks for number in _numbers(ticks))
            box = zone.trimmed(left=widest + _TICK + _PAD, bottom=_TICK + _PAD + TICK * 0.75)
        self.box = box
        gaps = np.diff([-np.inf, *zoom.rests, np.inf])
        self._radii = [min(_FADE, 0.5 * float(min(a, b))) for a, b in pairwise(gaps)]

    def at(self, level: float) -> Plot:
        """The plot at a level of the zoom."""
        return Plot.over(self.box, self.zoom.x_range(level), self.zoom.y_range(level))

    def draw(self, pen: Pen, level: float, grown: float) -> None:
        """Axis lines, and the ticks of the resting view that is near."""
        if grown <= 0:
            return
        box = self.box
        corner = (box.left, box.bottom)
        pen.stroke(np.array([corner, (box.left + box.width * grown, box.bottom)]), Role.AXIS, THIN)
        pen.stroke(np.array([corner, (box.left, box.bottom + box.height * grown)]), Role.AXIS, THIN)
        plot = self.at(level)
        for rest, radius, x_ticks, y_ticks in zip(
            self.zoom.rests, self._radii, self.x_ticks, self.y_ticks, strict=True
        ):
            seen = max(0.0, 1.0 - abs(level - rest) / radius) * max(0.0, 2 * grown - 1)
            if seen > 0:
                self._ticks(pen, plot.x(x_ticks), _numbers(x_ticks), seen, upright=False)
                self._ticks(pen, plot.y(y_ticks), _numbers(y_ticks), seen, upright=True)

    def _ticks(
        self, pen: Pen, places: FloatArray, numbers: list[Rich], seen: float, *, upright: bool
    ) -> None:
        box = self.box
        low, high = (box.bottom, box.top) if upright else (box.left, box.right)
        for place, number in zip(places.tolist(), numbers, strict=True):
            if not low - 1e-6 <= place <= high + 1e-6:
                continue
            if upright:
                mark, at, anchor = (box.left - _TICK, place), (box.left - _TICK - _PAD * 0.7, place), (1, 0)
                foot = (box.left, place)
            else:
                mark, at, anchor = (place, box.bottom - _TICK), (place, box.bottom - _TICK - _PAD), (0, 1)
                foot = (place, box.bottom)
            pen.stroke(np.array([foot, mark]), Role.AXIS, THIN, seen)
            pen.text(number, at, TICK, anchor=anchor, role=Role.AXIS, opacity=seen)


def _numbers(ticks: FloatArray) -> list[Rich]:
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else abs(float(ticks[0])) or 1.0
    return [maths(tick_label(float(value), step)) for value in ticks]


__all__ = ["ZoomingPlot"]
