"""Another run, in the first view: from the same start, with a rate below the limit, it comes home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, Pen, Point, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.layout.box import box_at
from scenes.storyboard.story import Moment, smooth
from scenes.text import maths, number
from scenes.theme import RATE, Role
from scenes.widgets.marks import HALO, POINT, draw_cased, draw_ghost, draw_point
from scenes.widgets.plane.zooming import ZoomingPlot

from .measures import draw_measure

# Of the time in which the limit is told: until the view is the first one again, and the rate the other one.
_BACK, _MOVED, _SEEN, _OFF = (0.06, 0.28), (0.14, 0.34), (0.24, 0.32), 0.38
_RETURNED, _HERE = 0.45, 0.6  # of that of the verdict: until the view is back, and this run is seen again
_LANDED = 0.6  # of the time of a hop, in which the point is on its way
_QUICKER = 1.35


@dataclass(frozen=True, eq=False)
class Excursion:
    """What is drawn of it; nothing meets the box of the `rates`."""

    story: OvershootStory
    plot: ZoomingPlot
    rates: Box
    type: float

    @property
    def known(self) -> bool:
        """Is there one to be shown? Told briefly, the scene has no time for it."""
        story = self.story
        if story.tamer is None or story.minimum is None or not story.has("limit"):
            return False
        return story.beat("limit").seconds > 0

    def amount(self, at: Moment) -> float:
        """How far the view has gone back to the first one."""
        return at.done("limit", *_BACK) - at.done("verdict", 0.05, _RETURNED) if self.known else 0.0

    def here(self, at: Moment) -> float:
        """How much of this run is seen: nothing while the view moves."""
        return 1 - at.done("limit", 0.0, 0.06) + at.done("verdict", _RETURNED, _HERE) if self.known else 1.0

    def tamed(self, at: Moment) -> float:
        """How far the rate has gone to the other one's."""
        if not self.known:
            return 0.0
        return at.done("limit", *_MOVED) - at.done("verdict", 0.0, _RETURNED)

    def _shown(self, at: Moment) -> float:
        return at.done("limit", *_SEEN) - at.done("verdict", 0.0, 0.08)

    @property
    def top(self) -> float:
        """The height at which it starts."""
        return self._points()[0][1] if self.known else 0.0

    def _points(self) -> list[Point]:
        tamer = self.story.tamer
        if tamer is None:
            return []
        found = self.plot.places(self.story.zoom.view(0), tamer.w, tamer.loss)
        return [(x, y) for x, y in found.tolist()]

    def draw(self, pen: Pen, at: Moment) -> None:
        """Jump after jump, each quicker than the one before, and how far it is from the bottom."""
        tamer, minimum, shown = self.story.tamer, self.story.minimum, self._shown(at)
        if not self.known or tamer is None or minimum is None or shown <= 0:
            return
        points, last = self._points(), len(tamer.w) - 1
        part = max(0.0, (at.raw("limit") - _OFF) / (1 - _OFF))
        travelled = last * part**_QUICKER
        row = min(int(travelled + 1e-9), last)
        hop = smooth(min(1.0, (travelled - row) / _LANDED)) if row < last else 0.0
        if hop >= 1:
            row, hop = row + 1, 0.0
        place: Point = points[row]
        if hop:
            (x, y), (a, b) = points[row], points[row + 1]
            place = x + hop * (a - x), y + hop * (b - y)
        middle = self.plot.point(self.story.zoom.view(0), *minimum)[0]
        if abs(place[0] - middle) > 0.3:
            draw_measure(pen, np.array([(middle, place[1]), place]), 1.0, shown)
        path = np.array([*points[: row + 1], place])
        if row or hop:
            draw_cased(pen, path, Role.GOOD, BOLD, 0.85 * shown)
        for k in range(row + (hop > 0)):
            draw_ghost(pen, points[k], 0.8 * shown, role=Role.GOOD)
        draw_point(pen, place, shown, 1.1 * POINT)
        self._number(
            pen, abs(float(tamer.w[row]) - minimum[0]), middle, place, shown if not hop else 0.0, path
        )

    def _number(
        self, pen: Pen, distance: float, middle: float, place: Point, shown: float, path: FloatArray
    ) -> None:
        """How far it is, above the line where there is room."""
        text, size = maths(number(distance, 3)), RATE * self.type
        wide, high = measure(text, size)
        box = box_at(((middle + place[0]) / 2, place[1] + high / 2 + 0.11), (wide, high))
        air = box.grown(0.05)
        room = abs(place[0] - middle) > wide + 0.4
        if shown > 0 and room and not air.meets(self.rates) and not air.crossed_by(path):
            pen.text(text, box.centre, size, opacity=shown, bold=False, halo=HALO)
