"""The drawing is large, the first frame is a picture, and text meets nothing."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.audience.playing import Screened
from scenes.audience.rules.drawing_share import drawing_share, judge_drawing, panels
from scenes.audience.rules.opening import ink_of, judge_opening
from scenes.audience.rules.overlap import OverlapMeter
from scenes.draw.recording_pen import RecordingPen
from scenes.layout import Frame
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


@pytest.mark.parametrize(
    ("left", "right", "readout", "limit"),
    [(-6, 6, False, None), (-5, 5, False, 0.60), (-5, 5, True, None), (-4, 4, True, 0.45)],
)
def test_a_drawing_is_large_for_what_stands_beside_it(
    left: float, right: float, readout: bool, limit: float | None
) -> None:
    found = judge_drawing(TOLD, [(FIRST, 1.0, plot(left, right).marks)], WIDE, readout)
    assert [each.limit for each in found] == ([] if limit is None else [limit])


def test_panels_beside_each_other_may_be_smaller() -> None:
    both = [*plot(-6.5, -0.5, -2.5, 2.5).marks, *plot(0.5, 6.5, -2.5, 2.5).marks]
    assert len(panels(both, WIDE)) == 2
    assert not judge_drawing(TOLD, [(FIRST, 1.0, both)], WIDE, readout=False)


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
