"""The drawing is large, the first frame is a picture, and text meets nothing."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.audience.playing import Screened
from scenes.audience.rules.drawing_share import drawing_share, judge_drawing, panels
from scenes.audience.rules.opening import ink_of, judge_opening
from scenes.audience.rules.overlap import OverlapMeter
from scenes.draw.recording_pen import Mark, RecordingPen
from scenes.layout import Box, Frame
from scenes.text import words
from scenes.theme import Role
from tests.stories import beat, plain, story_of

WIDE = Frame.of_pixels(1920, 1080)
TOLD = story_of(beat("a", "words", 4.0), beat("b", "words", 4.0))
FIRST = TOLD.beats[0]


def pen() -> RecordingPen:
    return RecordingPen(WIDE)


def plot(left: float, right: float, bottom: float = -3.0, top: float = 3.0) -> RecordingPen:
    """Axes and a curve that touches them."""
    noting = pen()
    noting.stroke(np.array([[left, bottom], [right, bottom]]), Role.AXIS)
    noting.stroke(np.array([[left, bottom], [left, top]]), Role.AXIS)
    noting.stroke(np.array([[left, top - 1], [right, bottom]]), Role.OBJECTIVE)
    return noting


def box_on(frame: Frame, box: Box) -> list[Mark]:
    """A diagonal that fills a box."""
    noting = RecordingPen(frame)
    noting.stroke(np.array([[box.left, box.bottom], [box.right, box.top]]), Role.OBJECTIVE)
    return noting.marks


def test_axes_and_curve_are_one_panel_and_words_are_none() -> None:
    noting = plot(-6.0, 6.0)
    noting.text(words("far away"), (0.0, 3.9), 0.3)
    (panel,) = panels(noting.marks, WIDE)
    assert panel.area == pytest.approx(12 * 6, rel=0.02)
    assert drawing_share(TOLD, [(FIRST, 1.0, noting.marks)], WIDE) == pytest.approx(
        72 / WIDE.box.area, rel=0.02
    )


def test_what_lies_outside_the_frame_does_not_count() -> None:
    (panel,) = panels(plot(-60.0, 6.0).marks, WIDE)
    assert panel.left == WIDE.box.left


def numbers(at: tuple[float, float], size: float = 0.8) -> list[Mark]:
    """A rule in numbers, its pieces apart, with a line above it."""
    noting, (x, y) = pen(), at
    noting.text(words("w = w \u2212 0.1 w"), (x, y + 0.9 * size), 0.6 * size, anchor=(-1, 0))
    for i, piece in enumerate(("5.4", "0.1", "4.8", "4.92")):
        noting.text(words(piece), (x + 1.6 * i * size, y), size, anchor=(-1, 0))
    return noting.marks


def limits(marks: list[Mark], frame: Frame = WIDE) -> list[float]:
    return [found.limit for found in judge_drawing(TOLD, [(FIRST, 1.0, marks)], frame, frame.zones(False))]


def test_a_drawing_is_large_for_what_stands_beside_it() -> None:
    assert not limits(plot(-6, 6).marks)
    assert limits(plot(-5, 5).marks) == [0.60]
    assert not limits([*plot(-6.5, 2.2).marks, *numbers((2.3, 0.0))])
    assert limits([*plot(-6.5, 0).marks, *numbers((1.5, 0.0))]) == [0.45]


def test_numbers_above_a_drawing_are_beside_it() -> None:
    low = plot(-6.5, 6.5, -3.0, 1.2).marks
    assert limits(low) == [0.60]
    assert not limits([*low, *numbers((-6.5, 2.0))])


def test_numbers_in_a_drawing_or_at_its_axes_leave_it_alone() -> None:
    noting = plot(-5, 5)
    for i in range(9):
        noting.text(words("10.25"), (-5.2, 0.7 * i - 2.8), 0.22, anchor=(1, 0))
        noting.text(words("10.25"), (1.1 * i - 4.4, -3.3), 0.22)
    assert limits([*noting.marks, *numbers((-2.0, 1.5))]) == [0.60]


def test_title_caption_and_a_word_far_away_are_no_numbers_beside() -> None:
    noting, zones = plot(-5, 5), WIDE.zones(False)
    noting.text(words("A title of some length, in large letters"), zones.title.centre, 0.44)
    noting.text(words("The slope there was 4.8: less steep, so a shorter step."), zones.caption.centre, 0.34)
    noting.text(words("step 2"), (6.3, 2.0), 0.3)
    assert limits(noting.marks) == [0.60]


def test_a_drawing_alone_fills_what_title_and_caption_leave() -> None:
    for shape in ((1080, 1080), (1080, 1920)):
        frame = Frame.of_pixels(*shape)
        stage = frame.zones(readout=False).stage
        assert not limits(box_on(frame, stage.trimmed(left=0.4, bottom=0.4)), frame)
        (limit,) = limits(box_on(frame, stage.trimmed(left=0.8, bottom=0.8)), frame)
        assert 0.5 < limit < 0.6


def test_panels_beside_each_other_may_be_smaller() -> None:
    both = [*plot(-6.5, -0.5, -2.5, 2.5).marks, *plot(0.5, 6.5, -2.5, 2.5).marks]
    assert len(panels(both, WIDE)) == 2
    assert not limits(both)


def test_the_first_frame_shows_the_run_and_says_something() -> None:
    noting = pen()
    noting.text(words("T"), (-6.0, 3.5), 0.3)
    empty = [found.found for found in judge_opening(TOLD, 0.002, noting.marks)]
    assert len(empty) == 3
    noting.text(words("Where will it land?"), (0.0, -3.5), 0.3)
    noting.disc((0.0, 0.0), 0.1, Role.POINT)
    assert not judge_opening(TOLD, 0.02, noting.marks)


def test_ink_is_what_differs_from_the_ground() -> None:
    picture = plain(20, 100, 100)
    picture[:5, :, :3] = 255
    assert ink_of(picture) == pytest.approx(0.05)
    assert ink_of(plain(200)) == 0


def test_a_text_that_meets_something_is_told_once_a_beat() -> None:
    meter = OverlapMeter()
    for number in (0, 3, 6):
        noting = pen()
        noting.text(words("here"), (0.0, 0.0), 0.5)
        noting.disc((0.0, 0.0), 0.1, Role.POINT)
        noting.arrow((-1.0, 0.0), (1.0, 0.0), Role.STEP)
        meter.see(Screened(number, number / 15, FIRST, True), noting)
    (found,) = meter.findings(TOLD)
    assert found.found == "«here» meets a disc (point), meets an arrow (step)"
    assert (found.seconds, found.value) == (0.0, pytest.approx(0.6))


def test_a_text_that_leaves_the_frame_is_told() -> None:
    meter, noting = OverlapMeter(), pen()
    noting.text(words("outside"), (7.0, 0.0), 0.5)
    meter.see(Screened(0, 0.0, FIRST, True), noting)
    assert [found.found for found in meter.findings(TOLD)] == ["«outside» leaves the frame"]
