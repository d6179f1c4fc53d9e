"""A plot whose view widens while it is watched: ticks fade, and none jitters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import Pen, measure
from scenes.layout import Box, Plot
from scenes.storyboard.views.zoom import Zoom
from scenes.text import Rich, TickNumbers, tick_numbers
from scenes.theme import LABEL, TICK, Role

from .axes import MARK, PAD, draw_axis_lines, draw_tick, extent

_NUMBERS, _UNDER = MARK + PAD + TICK * 0.75, 0.12  # height of the numbers; the gap to a name below them
_SPACING = (1.15, 0.75)
_FADE = 0.3  # levels away from a resting view at which its numbers have gone


class ZoomingPlot:
    """Axes in a zone that follow a zoom. Each resting view has its own ticks, placed once.

    Above the zone and at its right there must be room for the names of the axes.
    """

    def __init__(self, zone: Box, zoom: Zoom) -> None:
        self.zoom = zoom
        box = zone
        for _ in range(2):  # the numbers' width depends on the ticks, the ticks on the room
            self.box = box
            plots = [self.at(level) for level in zoom.rests]
            self.x_ticks = [plot.x.ticks(_SPACING[0]) for plot in plots]
            self.y_ticks = [plot.y.ticks(_SPACING[1]) for plot in plots]
            self.x_numbers = [tick_numbers(ticks.tolist()) for ticks in self.x_ticks]
            self.y_numbers = [tick_numbers(ticks.tolist()) for ticks in self.y_ticks]
            widest = max(extent(numbers.labels, TICK)[0] for numbers in self.y_numbers)
            below = any(numbers.offset for numbers in self.x_numbers)
            under = _NUMBERS + (_UNDER + LABEL if below else 0.0)
            box = zone.trimmed(left=widest + MARK + PAD, bottom=under)
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
        draw_axis_lines(pen, self.box, grown)
        plot = self.at(level)
        for view in range(len(self.zoom.rests)):
            seen = self._seen(view, level) * max(0.0, 2 * grown - 1)
            if seen > 0:
                across, upright = self.x_numbers[view].labels, self.y_numbers[view].labels
                self._ticks(pen, plot.x(self.x_ticks[view]), across, seen, upright=False)
                self._ticks(pen, plot.y(self.y_ticks[view]), upright, seen, upright=True)

    def draw_names(
        self, pen: Pen, level: float, shown: float, x_name: Rich, y_name: Rich, y_room: float
    ) -> None:
        """The names of the axes: above the plot, and at its right.

        Where the numbers lack something the name says it, view by view; such a name is long: at the right it stands below
        them, above the plot it is made smaller where `y_room` asks for it.
        """
        box = self.box
        at = (box.left - MARK, box.top + 0.16)
        for name, seen in self._forms(y_name, self.y_numbers, level):
            size = LABEL * min(1.0, y_room / max(measure(name, LABEL)[0], 1e-6))
            pen.text(name, at, size, anchor=(-1, -1), role=Role.OBJECTIVE, opacity=seen * shown)
        at, anchor = (box.right + 0.16, box.bottom), (-1, 0)
        if any(numbers.offset for numbers in self.x_numbers):
            at, anchor = (box.right, box.bottom - _NUMBERS - _UNDER), (1, 1)
        for name, seen in self._forms(x_name, self.x_numbers, level):
            pen.text(name, at, LABEL, anchor=anchor, opacity=seen * shown)

    def _forms(self, name: Rich, numbers: Sequence[TickNumbers], level: float) -> list[tuple[Rich, float]]:
        """The forms of a name and how much of each is seen at a level."""
        if not any(view.offset for view in numbers):
            return [(name, 1.0)]
        return [(view.name(name) or name, self._seen(i, level)) for i, view in enumerate(numbers)]

    def _seen(self, view: int, level: float) -> float:
        """How much is seen at a level of what belongs to a resting view."""
        return max(0.0, 1.0 - abs(level - self.zoom.rests[view]) / self._radii[view])

    def _ticks(
        self, pen: Pen, places: FloatArray, numbers: Sequence[Node], seen: float, *, upright: bool
    ) -> None:
        box = self.box
        low, high = (box.bottom, box.top) if upright else (box.left, box.right)
        for place, number in zip(places.tolist(), numbers, strict=True):
            if low - 1e-6 <= place <= high + 1e-6:
                draw_tick(pen, box, place, number, seen, upright=upright)
