"""Nothing overlaps, nothing leaves the frame: every scene of the gallery, every pause, every format."""

from __future__ import annotations

import pytest

from scenes.draw.recording_pen import RecordingPen
from scenes.layout import Frame
from scenes.widgets.picture import picture_of

from .gallery import scene_names, story

FORMATS = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", scene_names())
def test_text_meets_nothing_and_stays_inside(name: str, shape: str) -> None:
    told = story(name)
    frame = Frame.of_pixels(*FORMATS[shape])
    picture = picture_of(told, frame)
    for beat in told.beats:
        pen = RecordingPen(frame)
        picture.paint(pen, beat.end - 1e-3)
        met = [f"«{text.text}» meets {other.kind} {other.text}" for text, other in pen.collisions()]
        assert not met, f"at the end of beat '{beat.id}'"
        assert not [mark.text for mark in pen.outside()], f"outside at the end of beat '{beat.id}'"
        assert beat.caption.plain() in [mark.text for mark in pen.texts()]


@pytest.mark.parametrize("name", scene_names())
def test_a_picture_is_a_function_of_time(name: str) -> None:
    """Painting other moments in between changes nothing: frames may be painted in any order."""
    told = story(name)
    frame = Frame.of_pixels(854, 480)
    picture = picture_of(told, frame)

    def marks(seconds: float) -> list[tuple[str, str, float]]:
        pen = RecordingPen(frame)
        picture.paint(pen, seconds)
        return [(mark.kind, mark.text, float(mark.points.sum())) for mark in pen.marks]

    middle = told.seconds / 2
    before = marks(middle)
    marks(told.seconds)
    marks(0.0)
    assert marks(middle) == before


@pytest.mark.parametrize("name", scene_names())
def test_captions_fit_two_lines(name: str) -> None:
    for beat in story(name).beats:
        assert len(beat.caption.plain()) <= 130, beat.id
