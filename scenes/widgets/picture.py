"""What every scene's picture has: its zones, its title, its caption."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Generic, TypeVar

from scenes.draw.pen import Pen, measure
from scenes.kinds import kind_of
from scenes.layout import Box, Frame
from scenes.storyboard.drawing_error import DrawingError, Spot
from scenes.storyboard.story import Moment, Story, smooth
from scenes.text import Rich
from scenes.theme import CAPTION, LABEL, TITLE, Role

StoryT = TypeVar("StoryT", bound=Story)

_FADE = 0.25  # seconds in which one caption leaves, and another comes
CAPTION_AIR = 0.08  # air above a caption
_COUNTER = 2.0  # width of the counter's place
_NARROWEST = 0.75  # times its size a title may be made smaller to stay on one line


def picture_of(story: Story, frame: Frame) -> Picture[Any]:
    """The picture of a story, laid out for a frame."""
    picture: Picture[Any] = kind_of(story.kind).part("picture")(story, frame)
    return picture


class Picture(ABC, Generic[StoryT]):
    """A scene as a function of time: the same moment always gives the same picture.

    A kind lays out what stands still in `__init__`. It paints a moment in two layers: in `ground` what stays for
    many frames, in `draw` what moves upon it.
    """

    readout_height: float = 3.2  # where the readout stands under the stage
    has_readout: bool = True
    counts: bool = False  # does a counter stand beside the title?

    def __init__(self, story: StoryT, frame: Frame) -> None:
        self.story = story
        self.frame = frame
        self.title_size = TITLE * frame.type
        room = frame.safe.width - (_COUNTER * frame.type if self.counts else 0.0)
        wide = measure(story.title, self.title_size, bold=True)[0] / room
        lines = 1 if wide <= 1 / _NARROWEST else 2
        self.title_size *= min(1.0, max(_NARROWEST, lines / wide)) if wide else 1.0
        self.title_width = room
        self.zones = frame.zones(self.has_readout, self.readout_height, lines)

    def paint(self, pen: Pen, seconds: float) -> None:
        """Paint the picture at a time of the story. Raises DrawingError where that fails."""
        at = self.story.moment(seconds)
        try:
            self._paint(pen, at)
        except Exception as error:
            raise DrawingError.of(error, self.story, Spot.at(at.beat)) from error

    def _paint(self, pen: Pen, at: Moment) -> None:
        settled = self._settled(at)

        def standing() -> None:
            self.ground(pen, at)
            self._title(pen)
            if settled:
                self._caption(pen, at)

        pen.backdrop((self.ground_key(at), at.number if settled else None), standing)
        self.draw(pen, at)
        if not settled:
            self._caption(pen, at)

    def ground_key(self, at: Moment) -> Hashable:
        """All that `ground` depends on: as long as it stays the same, the layer is not painted again."""
        return None

    def ground(self, pen: Pen, at: Moment) -> None:
        """Paint what stands still most of the time."""

    @abstractmethod
    def draw(self, pen: Pen, at: Moment) -> None:
        """Paint what moves."""

    def _title(self, pen: Pen) -> None:
        zone = self.zones.title
        zone = replace(zone, right=zone.left + self.title_width)
        size = fitted_size(self.story.title, self.title_size, zone, bold=True)
        pen.text(
            self.story.title, (zone.left, zone.top), size, anchor=(-1, 1), bold=True, wrap=self.title_width
        )

    def draw_counter(self, pen: Pen, text: Rich, shown: float = 1.0) -> None:
        """What is counted, at the right end of the title's line; `counts` keeps that place free."""
        zone = self.zones.title
        size = LABEL * self.frame.type
        at = (zone.right, zone.top - 0.5 * self.title_size)
        pen.text(text, at, size, anchor=(1, 0), role=Role.SECONDARY, opacity=shown)

    def _settled(self, at: Moment) -> bool:
        """Has the caption taken the place of the one before?"""
        return at.number == 0 or at.seconds - at.beat.start - at.beat.spoken >= 1.6 * _FADE

    def _caption(self, pen: Pen, at: Moment) -> None:
        beat = at.beat
        entered = at.seconds - beat.start - beat.spoken
        before = self.story.beats[at.number - 1].caption if at.number else beat.caption
        same = before == beat.caption
        # While an answer is awaited the question stays; what else was said is not said of what happens now.
        asked = at.number > 0 and self.story.beats[at.number - 1].question is not None
        leaving = entered if asked or not beat.spoken else at.seconds - beat.start
        if leaving < _FADE and not same:
            self._caption_text(pen, before, 1 - smooth(leaving / _FADE))
        shown = 1.0 if same else smooth((entered - _FADE * 0.6) / _FADE)
        self._caption_text(pen, beat.caption, shown)

    def _caption_text(self, pen: Pen, caption: Rich, opacity: float) -> None:
        zone = self.zones.caption.trimmed(top=CAPTION_AIR)
        if caption:
            size = fitted_size(caption, CAPTION * self.frame.type, zone)
            pen.text(caption, (zone.left, zone.top), size, anchor=(-1, 1), opacity=opacity, wrap=zone.width)


def fitted_size(content: Rich, size: float, zone: Box, *, bold: bool = False) -> float:
    """The size, reduced just enough for a text to fit a zone's height when wrapped at its width."""
    for factor in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65, 0.6):
        width, height = measure(content, size * factor, bold=bold, wrap=zone.width)
        if height <= zone.height + 0.01 and width <= zone.width + 1e-6:
            return size * factor
    return size * 0.6
