"""The scene `learning-rates`: one ground, one start, several rates in step, and the axis of rates below."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from scenes.draw.pen import Pen, measure
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.layout import Box, Frame
from scenes.storyboard.story import Moment
from scenes.text import maths, whole
from scenes.theme import READOUT, TICK, Role
from scenes.widgets.picture import Picture
from scenes.widgets.plane.regime_strip import STRIP_HEIGHT, RegimeStrip

from .cells import Cells
from .ground import Ground
from .rate_panel import RatePanel

_COUNTER = 1.15  # width of the common counter beside the strip


class LearningRatesPicture(Picture[LearningRatesStory]):
    """Panels in a grid, below them the counter and the strip."""

    has_readout = False

    def __init__(self, story: LearningRatesStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.zones.stage
        self.foot = Box(stage.left, stage.bottom, stage.right, stage.bottom + STRIP_HEIGHT)
        cells = Cells(Ground(story), story.contenders, stage.trimmed(bottom=STRIP_HEIGHT + 0.26))
        self.panels = [
            RatePanel(story, contender, cells, cell)
            for contender, cell in zip(story.contenders, cells.boxes, strict=True)
        ]
        # Of other rules than plain descent the strip says nothing: they have no place on it.
        plain = [contender for contender in story.contenders if contender.plain]
        self.has_strip = bool(plain)
        self.strip = RegimeStrip(
            self.foot.trimmed(left=_COUNTER + 0.35),
            story.speech,
            story.strip,
            [contender.rate for contender in plain or story.contenders],
            [contender.verdict for contender in plain or story.contenders],
        )

    def draw(self, pen: Pen, at: Moment) -> None:
        step = self._step(at)
        for panel in self.panels:
            panel.draw_path(pen, at, step)
            panel.draw_verdict(pen, at, step)
        self._counter(pen, at.done("panels", 0.7, 1.0), step)

    def ground_key(self, at: Moment) -> Hashable:
        return at.raw("panels"), at.raw("strip"), at.raw("limit")

    def ground(self, pen: Pen, at: Moment) -> None:
        for panel in self.panels:
            panel.draw_ground(pen, at.done("panels", 0.0, 0.8))
            panel.draw_head(pen, at.done("panels", 0.3, 0.8))
        if not self.has_strip:
            return
        self.strip.draw(
            pen,
            # With what it explains; where no curvature is known the rates stand alone from the start.
            shown=at.done("strip", 0.0, 0.5) if self.story.has("strip") else at.done("panels", 0.4, 1.0),
            coloured=at.done("strip", 0.3, 1.0),
            limit=at.done("limit"),
        )

    def _step(self, at: Moment) -> float:
        """The common step reached."""
        rows = np.arange(len(self.story.steps))
        return float(np.interp(at.steady_position, rows, self.story.steps))

    def _counter(self, pen: Pen, shown: float, step: float) -> None:
        """The step that all panels have reached."""
        middle = self.foot.left + _COUNTER / 2
        word = self.story.speech.say("picture.step")
        pen.text(word, (middle, self.foot.top - 0.2), TICK, role=Role.AXIS, opacity=shown)
        widest = measure(maths(whole(self.story.steps[-1])), READOUT * 1.6)[0]
        size = READOUT * 1.6 * min(1.0, _COUNTER / widest)
        pen.text(maths(whole(int(step + 1e-9))), (middle, self.strip.band.centre[1]), size, opacity=shown)


picture = LearningRatesPicture
