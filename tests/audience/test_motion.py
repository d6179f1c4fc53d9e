"""Nothing flashes, most of the time something moves, and what is looked at is what a film shows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.audience.playing import FRAME_RATE, Screened, rests, screened
from scenes.audience.rules.flashes import FlashMeter
from scenes.audience.rules.stillness import StillnessMeter
from tests.stories import beat, frames, plain, story_of

TOLD = story_of(beat("a", "words", 4.0), beat("b", "words", 4.0))


def flashes(*pictures: NDArray[np.uint8]) -> list[str]:
    meter = FlashMeter()
    for frame, picture in frames(TOLD, pictures):
        meter.see(frame, picture)
    return [found.found for found in meter.findings(TOLD)]


def blinking(a: object, b: object, times: int, every: int) -> list[NDArray[np.uint8]]:
    """One second in which `b` comes and goes so many times, each state standing `every` frames."""
    states = [a, b] * times + [a]
    return [state for state in states for _ in range(every)]  # type: ignore[misc]


def spot(shade: object, part: float) -> NDArray[np.uint8]:
    """A dark picture with a bright rectangle that fills so much of a field of view: a third in width and height."""
    picture = plain(0, 96, 168)
    side = part**0.5
    picture[: round(96 / 3 * side), : round(168 / 3 * side), :3] = shade
    return picture


def test_more_than_three_flashes_a_second_are_found() -> None:
    (found,) = flashes(*blinking(plain(0), plain(200), 5, 1))
    assert found.startswith("more than 3 bright flashes within a second")
    assert not flashes(*blinking(plain(0), plain(200), 3, 2))


def test_flashes_that_are_spread_in_time_are_none() -> None:
    assert not flashes(*blinking(plain(0), plain(200), 8, 4))


def test_a_flash_needs_a_tenth_of_brightness_and_a_dark_side() -> None:
    assert not flashes(*blinking(plain(100), plain(110), 6, 1))
    assert not flashes(*blinking(plain(235), plain(255), 6, 1))  # both lighter than 0.8


def test_a_flash_needs_a_quarter_of_the_field() -> None:
    assert not flashes(*blinking(spot(200, 0.15), spot(0, 0.15), 6, 1))
    assert flashes(*blinking(spot(200, 0.5), spot(0, 0.5), 6, 1))


def test_a_slow_rise_is_one_change() -> None:
    assert not flashes(*(plain(shade) for shade in [*range(0, 250, 10), *range(250, 0, -10)]))


def test_red_flashes_are_found_where_the_brightness_hardly_changes() -> None:
    red, grey = plain((110, 0, 0)), plain(50)
    (found,) = flashes(*blinking(red, grey, 6, 1))
    assert "red" in found
    assert not flashes(*blinking(plain((110, 80, 80)), grey, 6, 1))


def seen(*pictures: NDArray[np.uint8]) -> StillnessMeter:
    meter = StillnessMeter()
    for i, picture in enumerate(pictures):
        meter.see(Screened(3 * i, i / 5, TOLD.beats[i >= 20], True), picture, True)
    return meter


def dotted(count: int) -> NDArray[np.uint8]:
    """A picture of 100 × 100 pixels, so many of which are white."""
    picture = plain(0, 100, 100)
    picture[0, :count, :3] = 255
    return picture


def test_what_stands_still_is_measured_as_its_share_of_time() -> None:
    meter = seen(*[dotted(0)] * 6, *(dotted(i) for i in range(10, 100, 20)))
    assert meter.frozen == pytest.approx(0.5)
    assert meter.longest == pytest.approx(1.0)
    assert [found.rule.value for found in meter.findings(TOLD)] == ["frozen"]


def test_two_pixels_in_ten_thousand_are_a_movement() -> None:
    assert seen(dotted(0), dotted(2)).frozen == 0
    assert seen(dotted(0), dotted(1)).frozen == 1
    assert seen(plain(100), plain(112)).frozen == 1  # twelve shades are none yet
    assert seen(plain(100), plain(113)).frozen == 0


def test_a_hold_is_found_in_the_beat_in_which_it_begins() -> None:
    moving = [dotted(i) for i in range(1, 60, 3)]
    meter = seen(*moving, *[moving[-1]] * 18)
    (found,) = (found for found in meter.findings(TOLD) if found.rule.value == "hold")
    assert (found.beat, found.value) == ("b", pytest.approx(3.6))
    assert found.seconds == pytest.approx(3.8)
    assert not any(f.rule.value == "hold" for f in seen(*moving, *[moving[-1]] * 17).findings(TOLD))


def test_frames_follow_the_time_line_of_the_film() -> None:
    shown = list(screened(TOLD))
    assert [frame.number for frame in shown] == list(range(round(TOLD.seconds * FRAME_RATE)))
    assert all(a.seconds <= b.seconds for a, b in pairwise(shown))
    for frame in shown:
        assert frame.beat.start - 1e-9 <= frame.seconds < frame.beat.end
        if frame.number / FRAME_RATE <= frame.beat.start + frame.beat.moving:
            assert frame.fresh
            assert frame.seconds == pytest.approx(frame.number / FRAME_RATE)
    assert not any(frame.fresh for frame in shown if frame.seconds < frame.number / FRAME_RATE - 1e-6)


def test_pauses_are_looked_at_within_their_beats() -> None:
    told = story_of(beat("a", "words", 4.0, pause=False), beat("b", "words", 4.0))
    assert [(at.id, round(seconds)) for at, seconds in rests(told)] == [("b", 8)]
    assert all(TOLD.moment(seconds).beat is at for at, seconds in rests(TOLD))
    assert [at.id for at, _ in rests(story_of(beat("a", "words", 4.0, pause=False)))] == ["a"]
