"""The loss of the jumps over the steps, on a logarithmic axis that ends with the machine's numbers."""

from __future__ import annotations

import sys

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, Plot
from scenes.layout.place import CLEARANCE
from scenes.text import maths, number
from scenes.theme import TICK, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.plane.axes import AxisStyle, draw_axes, fit_plot

_POINT = 0.0825
_DASH = (0.08, 0.07)
_LARGEST = sys.float_info.max


class LossPanel:
    """Axes that hold every loss, the losses so far, and a point at the last of them."""

    def __init__(self, story: OvershootStory, zone: Box, names: Formulae) -> None:
        self.story, self.zone = story, zone
        self.plot, self.style = self._fitted(names)

    def _fitted(self, names: Formulae) -> tuple[Plot, AxisStyle]:
        story = self.story
        values = story.loss + story.shift
        values = values[values > 0]
        low, high = float(values.min()), float(values.max())
        middle = np.sqrt(low) * np.sqrt(high)
        low, high = min(low / 1.5, middle / 4), max(min(high, _LARGEST / 2) * 1.5, middle * 4)
        if story.beyond is not None:
            high = _LARGEST
        name = names.loss
        if story.shift != 0:
            shift = number(story.shift, 3)
            name = maths(story.speech.formula("J({p}) + {shift}", p=story.parameter, shift=shift))
        style = AxisStyle(names.counter, name, y_role=Role.OBJECTIVE, x_spacing=0.85, y_spacing=0.42)
        last = float(story.steps[-1] if story.beyond is None else story.beyond)
        return fit_plot(self.zone, (0.0, last), (low, high), style, log_y=True), style

    def draw_axes(self, pen: Pen, grown: float) -> None:
        """The axes, drawn out from their corner."""
        draw_axes(pen, self.plot, self.style, grown)

    def draw(self, pen: Pen, position: float, born: float, ended: float) -> None:
        """The loss up to a row or a place between two rows; `ended` shows where the numbers end."""
        row = int(position)
        points = self._points(slice(row + 1))
        if position > row:
            ahead = self._points(slice(row + 1, row + 2))
            points = np.vstack([points, points[-1] + (position - row) * (ahead - points[-1])])
        pen.stroke(points, Role.OBJECTIVE, LINE * 1.2, born)
        x, y = points[-1].tolist()
        pen.disc((x, y), _POINT, Role.POINT, born)
        if self.story.beyond is not None:
            self._edge_of_numbers(pen, ended)

    def _points(self, rows: slice) -> FloatArray:
        """The loss at rows, (n, 2) in frame units."""
        story, plot = self.story, self.plot
        k = story.steps[rows].astype(np.float64)
        return plot.at(k, np.maximum(story.loss[rows] + story.shift, plot.y.low))

    def _edge_of_numbers(self, pen: Pen, shown: float) -> None:
        """Where the machine's numbers end."""
        box = self.plot.box
        pen.stroke(np.array([(box.left, box.top), (box.right, box.top)]), Role.TROUBLE, LINE, shown, _DASH)
        text = self.story.speech.say("picture.largest-number")
        width, height = measure(text, TICK)
        label = Box(box.left + 0.12, box.top - 0.1 - height, box.left + 0.12 + width, box.top - 0.1)
        points = self._points(slice(None))
        if not label.grown(2 * CLEARANCE).crossed_by(points) and label.right + 0.15 < points[-1][0]:
            pen.text(text, label.centre, TICK, role=Role.TROUBLE, opacity=shown)
