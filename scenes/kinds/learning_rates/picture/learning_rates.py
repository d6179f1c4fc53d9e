"""The scene `learning-rates`: one ground, one start, several rates in step, and the axis of rates below."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from scenes.draw.faint_pen import FaintPen
from scenes.draw.pen import Pen, measure
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.layout import Box, Frame, Plot
from scenes.storyboard.story import Moment
from scenes.text import Rich
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.picture import Picture
from scenes.widgets.plane.axes import MARK, PAD
from scenes.widgets.plane.regime_strip import RegimeStrip

from .cells import Cells
from .ground import Ground
from .jump_stage import JumpStage
from .rate_panel import RatePanel
from .standing import Standing
from .tall import TallCells
from .tall_axis import DEEPER
from .tall_panel import TallPanel

_APART = 0.14  # between the panels and the strip
_HEADROOM = 0.1  # above the valley
_SPACING = 1.3  # between the numbers of its axis
_BESIDE = 0.3  # between the title and the counter


class LearningRatesPicture(Picture[LearningRatesStory]):
    """Panels in a row or a grid, the counter in the line of the title, below them the strip."""

    has_readout = False

    def __init__(self, story: LearningRatesStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.zones.stage
        self.counter_size = LABEL * frame.type
        title, counter = (
            measure(story.title, self.title_size, bold=True)[0],
            measure(self._counted(int(story.steps[-1])), self.counter_size)[0],
        )
        self.beside = title + _BESIDE + counter <= self.zones.title.width
        if not self.beside:  # it has a line of its own
            self.counter_size = TICK * frame.type
            stage = stage.trimmed(top=1.45 * self.counter_size)
        # Of other rules than plain descent the strip says nothing: they have no place on it.
        plain = [contender for contender in story.contenders if contender.plain]
        self.has_strip = bool(plain)
        strip = RegimeStrip.height(frame.type)
        self.foot = Box(stage.left, stage.bottom, stage.right, stage.bottom + strip)
        above = stage.trimmed(bottom=strip + _APART) if self.has_strip else stage
        # Where one valley takes the place of the panels before the axis of rates comes, they have all the room.
        area = stage if story.jumps is not None else above
        self.panels: list[TallPanel] | list[RatePanel]
        if story.curve is not None:
            tall = TallCells(story, frame, area)
            panels = [TallPanel(story, i, tall, cell, lettered=False) for i, cell in enumerate(tall.boxes)]
            # The objective is named once, in the first panel that has room for it.
            named = next((panel for panel in panels if panel.name is not None), None)
            if named is not None:
                named.lettered = True
            self.panels = panels
        else:
            cells = Cells(Ground(story, frame.type), story.contenders, area)
            self.panels = [RatePanel(story, i, cells, cell) for i, cell in enumerate(cells.boxes)]
        shown = plain or story.contenders
        self.strip = RegimeStrip(
            self.foot,
            story.speech,
            story.strip,
            [contender.rate for contender in shown],
            [contender.verdict for contender in shown],
            frame.type,
            reasoned=story.jumps is None,
        )
        self.stage: JumpStage | None = None
        if story.jumps is not None:
            origin = self._origin()
            room = MARK + PAD + DEEPER + TICK * frame.type
            box = above.trimmed(bottom=room, top=_HEADROOM)
            style = replace(tall.style, x_spacing=_SPACING * frame.type)
            self.stage = JumpStage(story, story.jumps, self.strip, box, origin, style)

    def _origin(self) -> Plot:
        """The panel that the one valley grows out of: that of the run that was home first, else the first."""
        homes = [(step, i) for i, step in enumerate(self.story.homes) if step is not None]
        panel = self.panels[min(homes)[1] if homes else 0]
        assert isinstance(panel, TallPanel)
        return panel.plot(Standing(0, 0, 0.0, (0.0,) * len(self.panels)))

    def draw(self, pen: Pen, at: Moment) -> None:
        stand, seen = Standing.at(self.story, at), self._panels_seen(at)
        if seen > 0:
            faint = pen if seen >= 1 else FaintPen(pen, seen)
            for panel in self.panels:
                panel.draw(faint, at, stand)
                panel.draw_words(faint, stand)
            self._counter(faint, stand.step)
        if self.stage is not None:
            self.stage.draw(pen, at)

    def _panels_seen(self, at: Moment) -> float:
        return 1.0 if self.stage is None else self.stage.panels_shown(at)

    def ground_key(self, at: Moment) -> Hashable:
        stand = Standing.at(self.story, at)
        if self.stage is not None:
            strip = self.stage.painted(at), self.stage.limit_shown(at), self.stage.key(at)
            return tuple(panel.key(stand) for panel in self.panels), strip, at.raw("end")
        parts = at.raw("strip"), at.raw("limit"), at.raw("end"), at.raw("judged")
        return tuple(panel.key(stand) for panel in self.panels), parts

    def ground(self, pen: Pen, at: Moment) -> None:
        stand, seen = Standing.at(self.story, at), self._panels_seen(at)
        if seen > 0:
            faint = pen if seen >= 1 else FaintPen(pen, seen)
            for panel in self.panels:
                panel.draw_ground(faint, stand)
        if not self.has_strip:
            return
        swelling = at.raw("end")
        pulse = 4 * swelling * (1 - swelling)
        if self.stage is not None:
            self.stage.draw_ground(pen, at)
            self.strip.draw(
                pen,
                shown=self.stage.strip_shown(at),
                coloured=self.stage.painted(at),
                limit=self.stage.limit_shown(at),
                judged=1.0,
                pulse=pulse,
            )
            return
        told = self.story.has("strip")
        self.strip.draw(
            pen,
            # With what it explains; where no curvature is known the rates stand alone, when all are judged.
            shown=1.0 if told else at.done("judged", 0.8, 1.0),  # the axis of rates stands from the start
            coloured=at.done("strip", 0.1, 1.0),
            limit=at.done("limit", 0.0, 0.6),
            pulse=pulse,
        )

    def _counted(self, step: int) -> Rich:
        speech = self.story.speech
        return speech.say("learning-rates.after", steps=speech.count("step", step))

    def _counter(self, pen: Pen, step: int) -> None:
        """The steps that all panels have taken."""
        if step == 0:
            return
        zone = self.zones.title
        at, side = ((zone.right, zone.top), 1.0) if self.beside else ((zone.left, self.zones.stage.top), -1.0)
        pen.text(self._counted(step), at, self.counter_size, anchor=(side, 1), role=Role.SECONDARY)


picture = LearningRatesPicture
