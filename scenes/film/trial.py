"""Paint a film's pauses with a pen that only takes notes: what cannot be painted shows before rendering."""

from __future__ import annotations

from scenes.draw.recording_pen import RecordingPen
from scenes.layout import Frame
from scenes.storyboard.drawing_error import DrawingError, Spot
from scenes.storyboard.story import Story
from scenes.widgets.picture import picture_of

_BEFORE_THE_END = 1e-3  # seconds: at the end itself the next beat begins


def try_pauses(story: Story, width: int, height: int) -> None:
    """Paint what a film shows where it rests. Raises DrawingError with the beat and the step."""
    frame = Frame.of_pixels(width, height)
    try:
        picture = picture_of(story, frame)
    except Exception as error:
        raise DrawingError.of(error, story, Spot.at(story.beats[0])) from error
    for beat in story.beats:
        if beat.pause:
            picture.paint(RecordingPen(frame, decimal=story.speech.decimal), beat.end - _BEFORE_THE_END)
