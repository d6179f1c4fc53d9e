"""Every shipped scene: nothing overlaps, nothing leaves the frame, at every pause and in every format."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.draw.cairo_pen import CairoPen
from scenes.film.still import render_still
from scenes.layout import Frame
from scenes.theme import DARK
from scenes.widgets.picture import picture_of
from tests.lectures import scene_names, story
from tests.painted import FORMATS, painted, trouble


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", scene_names())
def test_text_meets_nothing_and_stays_inside(name: str, shape: str) -> None:
    told = story(name)
    frame = Frame.of_pixels(*FORMATS[shape])
    picture = picture_of(told, frame)
    for beat in told.beats:
        assert not trouble(picture, beat.end - 1e-3), f"at the end of beat '{beat.id}'"
        shown = painted(picture, beat.end - 1e-3).texts()
        assert beat.caption.plain() in [mark.text for mark in shown]


@pytest.mark.parametrize("name", scene_names())
def test_a_picture_is_a_function_of_time(name: str) -> None:
    """Painting other moments in between changes nothing: frames may be painted in any order."""
    told = story(name)
    frame = Frame.of_pixels(854, 480)
    picture = picture_of(told, frame)

    def marks(seconds: float) -> list[tuple[str, str, float]]:
        marks = painted(picture, seconds).marks
        return [(mark.kind, mark.text, float(mark.points.sum())) for mark in marks]

    middle = told.seconds / 2
    before = marks(middle)
    marks(told.seconds)
    marks(0.0)
    assert marks(middle) == before


def test_the_same_frames_every_time() -> None:
    for name in scene_names():
        told = story(name)
        first, second = (render_still(told, told.seconds * 0.7, width=160, height=90) for _ in range(2))
        assert np.array_equal(first, second)


@pytest.mark.parametrize("name", scene_names())
def test_a_pen_that_goes_on_paints_what_a_fresh_one_paints(name: str) -> None:
    """What a pen keeps from frame to frame never shows."""
    told = story(name)
    frame = Frame.of_pixels(160, 90)
    picture = picture_of(told, frame)
    pixels = np.zeros((90, 160, 4), dtype=np.uint8)
    pen = CairoPen(pixels, DARK)
    for beat in told.beats:
        moments = [beat.start + part * beat.motion for part in (0.05, 0.3, 0.55, 0.9)] + [beat.end - 0.05]
        for first in moments:
            for seconds in (
                first,
                first + 0.01,
                first + 0.02,
                first + 0.03,
            ):  # what stands still is kept by then
                picture.paint(pen, seconds)
                pen.finish()
            fresh = render_still(told, first + 0.03, width=160, height=90)
            assert np.array_equal(pen.pixels, fresh), (beat.id, first)
