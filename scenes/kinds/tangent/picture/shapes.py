"""The shapes of the scene `tangent` in the frame: point, tangent, slope triangle, arrow of a step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Plot
from scenes.storyboard.telling import EXPLAINED
from scenes.widgets.marks import hop_between

ARROW_HEIGHT = 0.3  # of the step's arrow above the axis
_TANGENT = 1.9  # half its longest length
_BEYOND = 1.25  # of the triangle's run, that the tangent reaches


@dataclass(frozen=True)
class TangentShapes:
    """Where a story's shapes lie in a plot."""

    story: TangentStory
    plot: Plot

    @cached_property
    def curve(self) -> list[FloatArray]:
        """The visible parts of the objective."""
        return self.plot.curve(self.story.curve.x, self.story.curve.y)

    @property
    def explained(self) -> range:
        """The rows at which the descent rests while it is explained."""
        return range(min(len(self.story.w), EXPLAINED + 1))

    def point(self, row: int) -> Point:
        """The place of a row on the curve."""
        return self.plot.point(float(self.story.w[row]), float(self.story.loss[row]))

    def foot(self, row: int) -> Point:
        """The place of a row on the axis."""
        return float(self.plot.x(self.story.w[row])), self.plot.box.bottom

    def tangent(self, row: int, grown: float = 1.0) -> list[FloatArray]:
        """What is visible of the tangent at a row, grown from there outwards, at least as far as its triangle."""
        story = self.story
        w, loss, slope = float(story.w[row]), float(story.loss[row]), float(story.slope[row])
        reach = 0.24 * (story.curve.x_range[1] - story.curve.x_range[0])
        middle = np.array(self.plot.point(w, loss))
        half = np.array(self.plot.point(w + reach, loss + slope * reach)) - middle
        length = float(np.hypot(*half))
        wanted = min(length, _TANGENT)
        corners = self.triangle(row)
        if corners is not None:
            wanted = max(wanted, _BEYOND * float(np.hypot(*(np.array(corners[0]) - middle))))
        half = half * (wanted / length) if length else half
        return self.plot.box.clip(np.array([middle - half * grown, middle + half * grown]))

    def triangle(self, row: int) -> tuple[Point, Point, Point] | None:
        """Far end, right angle and point of the slope triangle at a row; None where it has none."""
        story = self.story
        if row >= len(story.spans) or story.slope[row] == 0 or story.spans[row] == 0:
            return None
        w, loss, slope, run = (float(v[row]) for v in (story.w, story.loss, story.slope, story.spans))
        low = loss - abs(slope) * run
        side = -1.0 if slope > 0 else 1.0
        return self.plot.point(w + side * run, low), self.plot.point(w, low), self.plot.point(w, loss)

    def drop(self, row: int) -> FloatArray:
        """The line from the point of a row down to the axis."""
        return np.array([self.point(row), self.foot(row)])

    def hop(self, row: int) -> FloatArray:
        """The way of the point from a row to the next, (n, 2)."""
        start, end = self.point(row), self.point(row + 1)
        return np.array([hop_between(start, end, part) for part in np.linspace(0.0, 1.0, 13).tolist()])

    def step(self, row: int) -> tuple[Point, Point]:
        """Both ends of the arrow from a row to the next, above the axis."""
        (start, bottom), (end, _) = self.foot(row), self.foot(row + 1)
        return (start, bottom + ARROW_HEIGHT), (end, bottom + ARROW_HEIGHT)
