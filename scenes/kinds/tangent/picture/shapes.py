"""The shapes of the scene `tangent` in the frame: point, tangent, slope triangle, arrow of a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point
from scenes.kinds.tangent.story import TangentStory
from scenes.layout import Plot
from scenes.storyboard.telling import EXPLAINED

ARROW_HEIGHT = 0.17  # of the step's arrow above the axis
_TANGENT = 1.9  # half its longest length


@dataclass(frozen=True)
class TangentShapes:
    """Where a story's shapes lie in a plot."""

    story: TangentStory
    plot: Plot

    @property
    def curve(self) -> list[FloatArray]:
        """The visible parts of the objective."""
        return self.plot.curve(self.story.curve.x, self.story.curve.y)

    @property
    def explained(self) -> range:
        """The rows at which the descent rests while it is explained."""
        return range(min(len(self.story.w), EXPLAINED + 1))

    def state(self, position: float) -> tuple[float, float, float]:
        """Parameter, loss and slope at a row, or on the curve between two rows."""
        story, row = self.story, int(position)
        if position == row:
            return float(story.w[row]), float(story.loss[row]), float(story.slope[row])
        w = float(story.w[row] + (position - row) * (story.w[row + 1] - story.w[row]))
        curve = story.curve
        return w, float(np.interp(w, curve.x, curve.y)), float(np.interp(w, curve.x, curve.slope))

    def tangent(self, w: float, loss: float, slope: float, grown: float = 1.0) -> list[FloatArray]:
        """What is visible of the tangent at a point, grown from there outwards."""
        reach = 0.24 * (self.story.curve.x_range[1] - self.story.curve.x_range[0])
        ends = self.plot.at(
            np.array([w - reach, w + reach]), np.array([loss - slope * reach, loss + slope * reach])
        )
        middle = ends.mean(axis=0)
        half = ends[1] - middle
        half = half * min(1.0, _TANGENT / float(np.hypot(*half)))
        return self.plot.box.clip(np.array([middle - half * grown, middle + half * grown]))

    def tangent_at(self, row: int) -> list[FloatArray]:
        return self.tangent(*self.state(float(row)))

    def triangle(self, row: int) -> tuple[Point, Point, Point] | None:
        """Far end, right angle and point of the slope triangle at a row; None where it has none."""
        story = self.story
        if row >= len(story.spans) or story.slope[row] == 0 or story.spans[row] == 0:
            return None
        w, loss, slope = self.state(float(row))
        run = float(story.spans[row])
        low = loss - abs(slope) * run
        side = -1.0 if slope > 0 else 1.0
        return self.plot.point(w + side * run, low), self.plot.point(w, low), self.plot.point(w, loss)

    def drop(self, point: Point) -> FloatArray:
        """The line from a point down to the axis."""
        return np.array([point, (point[0], self.plot.box.bottom)])

    def step(self, row: int) -> tuple[Point, Point]:
        """Both ends of the arrow from a row to the next, above the axis."""
        height = self.plot.box.bottom + ARROW_HEIGHT
        start, end = (float(self.plot.x(self.story.w[k])) for k in (row, row + 1))
        return (start, height), (end, height)
