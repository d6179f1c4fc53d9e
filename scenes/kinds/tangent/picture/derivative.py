"""The derivative below its curve, as far as it has been seen: its height at w is the slope of the tangent above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import BOLD, LINE, THIN, Pen
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.layout import Plot
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.theme import Role
from scenes.widgets.marks import POINT, draw_cased, draw_point
from scenes.widgets.plane.axes import AxisStyle, draw_axes


@dataclass(frozen=True, eq=False)
class DerivativePanel:
    """J′ over the parameter, under the same axis as the curve."""

    story: TangentStory
    plot: Plot
    style: AxisStyle

    def draw_ground(self, pen: Pen) -> None:
        """The axes, and the line at slope 0."""
        draw_axes(pen, self.plot, self.style)
        box, zero = self.plot.box, float(self.plot.y(0.0))
        pen.stroke(np.array([(box.left, zero), (box.right, zero)]), Role.AXIS, THIN, 0.8)

    def draw(self, pen: Pen, at: Moment, low: float, high: float) -> None:
        """J′ between two places on the axis (frame units), and the slope where the point rests."""
        story, plot = self.story, self.plot
        x = plot.x(story.curve.x)
        shown = (x >= low - 1e-9) & (x <= high + 1e-9)
        grown = at.part(Part.SLOPE, 1) if story.span(Part.SLOPE, 1) is not None else 1.0
        for part in plot.curve(story.curve.x[shown], story.curve.slope[shown]):
            pen.stroke(part, Role.SLOPE, LINE * 1.3, grown)
        zero = float(plot.y(0.0))
        across, up = plot.point(float(story.w[at.landed]), float(story.slope[at.landed]))
        if plot.box.bottom <= up <= plot.box.top and at.hop == 0:
            end = (across, zero + (up - zero) * grown)
            draw_cased(pen, np.array([(across, zero), end]), Role.SLOPE, BOLD)
            draw_point(pen, end, grown, 0.6 * POINT)
