"""The scene `regression`: data and line, the plane of the parameters, loss and slopes, all in step."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.draw.pen import Pen, measure
from scenes.kinds.regression.story.phrases import answer_beat
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.layout import Box, Frame, Plot
from scenes.storyboard.story import Moment
from scenes.theme import TICK, TITLE, Role
from scenes.widgets.picture import Picture, fitted_size
from scenes.widgets.plane.data_panel import DataPanel

from .dashboard import Arrangement
from .number_line import RunNumbers
from .parameter_panel import ParameterPanel
from .recorded import Recorded

_NOTE_GAP = 0.16


class RegressionPicture(Picture[RegressionStory]):
    """The data alone at first; then they make room for the parameters, and for what is recorded."""

    has_readout = False

    def __init__(self, story: RegressionStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.stage = self._stage()
        self.note = story.speech.words(story.note)
        note = measure(self.note, TICK, wrap=stage.width)[1] + _NOTE_GAP if story.note else 0.0
        flat = story.terrain is not None or story.curve is not None
        places = Arrangement.of(frame, stage, note, flat or len(story.distance) > 0)
        self.data = DataPanel(story.fit, story.speech, story.labels, places.alone, places.data)
        self.parameters = ParameterPanel(story, places.second) if flat and places.second else None
        self.recorded = Recorded(story, places.loss, places.slopes, None if flat else places.second)
        self.numbers = RunNumbers(story, places.numbers)
        self.makes_room = "room" if story.has("room") else "traces"

    def _stage(self) -> Box:
        """The stage, up to the title: room that is kept for a second line of it is used where there is none."""
        zone, title = self.zones.title, self.story.title
        size = fitted_size(title, TITLE, zone, bold=True)
        free = zone.height - measure(title, size, bold=True, wrap=zone.width)[1] - 0.12
        return self.zones.stage.trimmed(top=-max(0.0, free))

    def ground_key(self, at: Moment) -> Hashable:
        beats = ("data", "question", "loss", "room", self.makes_room)
        return *(at.raw(beat) for beat in beats), self.recorded.ground_key(at)

    def ground(self, pen: Pen, at: Moment) -> None:
        self.data.draw_axes(pen, self._plot(at), at.done("data", 0.0, 0.5))
        self._note(pen, at.done("data", 0.3, 0.6) * (1 - at.done("question", 0.0, 0.4)))
        if self.parameters:
            self.parameters.draw_ground(pen, at.done("room", 0.5, 1.0))
        self.recorded.draw_axes(pen, at)

    def draw(self, pen: Pen, at: Moment) -> None:
        self._data(pen, at)
        if self.parameters:
            self.parameters.draw(pen, at, at.done("room", 0.5, 1.0))
        self.recorded.draw(pen, at)
        self.numbers.draw(pen, at)

    def _plot(self, at: Moment) -> Plot:
        """Of the data, which shrinks when it makes room."""
        return self.data.plot(at.done("loss", 0.0, 0.3), at.done(self.makes_room, 0.0, 0.55))

    def _data(self, pen: Pen, at: Moment) -> None:
        panel, story, plot, position = self.data, self.story, self._plot(at), at.position
        panel.draw_diagonal(pen, plot, at.done("question", 0.0, 0.7))
        answered = at.done("line" if story.has("line") else "residuals", 0.0, 0.3)
        panel.draw_question(pen, plot, at.done("question"), 1 - answered)
        squares = at.done("loss", 0.3, 1.0) * (1 - at.done(self.makes_room, 0.0, 0.3))
        panel.draw_squares(pen, plot, position, squares)
        faded = 1 - 0.55 * at.done("best", 0.0, 0.4)
        panel.draw_residuals(pen, plot, position, at.done("residuals"), 0.85 * faded)
        panel.draw_best(pen, plot, at.done("best"))
        began = at.done("data", 0.5, 1.0) if story.fit.against else at.done("line", 0.2, 1.0)
        panel.draw_model(pen, plot, position, began)
        panel.draw_dots(pen, plot, at.done("data", 0.45, 1.0))
        told = [at.done(answer_beat(count + 1)) for count in range(len(panel.answers))]
        for count, shown in enumerate(told):
            panel.draw_answers(pen, count, shown, 1 - (told[count + 1] if count + 1 < len(told) else 0.0))

    def _note(self, pen: Pen, shown: float) -> None:
        """Where the data come from, small below them."""
        if self.note and shown > 0:
            corner, width = (self.stage.left, self.stage.bottom), self.stage.width
            pen.text(self.note, corner, TICK, anchor=(-1, -1), role=Role.AXIS, opacity=shown, wrap=width)


picture = RegressionPicture
