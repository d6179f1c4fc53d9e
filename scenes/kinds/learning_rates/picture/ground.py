"""What the panels of several rates stand on where there is more than one parameter: level lines, or the losses over the steps."""

from __future__ import annotations

import numpy as np

from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.layout import Box, Plot
from scenes.layout.span import span_of
from scenes.text import Rich, maths
from scenes.theme import Role
from scenes.widgets.plane.axes import AxisStyle, fit_plot
from scenes.widgets.plane.track import Track

_POINT = 0.11


class Ground:
    """The axes that all panels have, and their names."""

    def __init__(self, story: LearningRatesStory, type_scale: float = 1.0) -> None:
        self.story, self.type = story, type_scale
        names, formula = story.parameters, story.speech.formula
        role = Role.OBJECTIVE
        if story.terrain is not None:
            self.x_name, self.y_name, role = maths(names[0]), maths(names[1]), Role.INK
        else:
            self.x_name, self.y_name = maths(formula("k")), maths(formula("J"))
        self.style = AxisStyle(self.x_name, self.y_name, y_role=role, type=type_scale)

    def fitted(self, body: Box, style: AxisStyle) -> Plot:
        """The plot that all panels have, within a body."""
        story = self.story
        seen = story.terrain
        if seen is not None:
            return fit_plot(body, seen.x_range, seen.y_range, style)
        low, high = story.loss_range
        log = low > 0 and high > 8 * low
        if log:
            low, high = low / 1.6, high * 1.6
        else:
            air = 0.1 * span_of(low, high)
            low, high = low - air, high + air
        return fit_plot(body, (0.0, float(story.steps[-1])), (low, high), style, log_y=log)

    def track(self, plot: Plot, contender: Contender) -> Track:
        """The way of a run on a plot."""
        if self.story.terrain is not None:
            return Track.on(plot, contender.path[:, 0], contender.path[:, 1], _POINT)
        return Track.on(plot, contender.steps.astype(np.float64), contender.loss, _POINT)

    def names_on(self, plot: Plot, style: AxisStyle) -> tuple[Rich, Rich]:
        """The names of the axes, with what their numbers on a plot lack."""
        across, upright = style.across(plot).numbers, style.upright(plot).numbers
        return across.name(self.x_name) or self.x_name, upright.name(self.y_name) or self.y_name
