"""Stories: beats in order, time to read, and a descent that stands where the beat says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenes.storyboard.numbers import fixed, math_number, text_number
from scenes.storyboard.requirements import StoryError
from scenes.storyboard.story import Story, smooth
from scenes.storyboard.telling import CHARACTERS_PER_SECOND, Telling


@pytest.fixture
def story() -> Story:
    telling = Telling(np.arange(101, dtype=np.int64), captions={"b": "own <words> $x$"})
    telling.beat("a", "A caption with {point|some} words in it.", chapter="One")
    telling.beat("b", "Replaced.", row=1, motion=2.0)
    telling.beat("c", "More", row=100, motion=4.0, pause=False)
    return Story(kind="k", name="n", title="t", beats=telling.told())


def test_beats_follow_one_another(story: Story) -> None:
    for before, after in pairwise(story.beats):
        assert after.start == pytest.approx(before.end)
    assert story.seconds == story.beats[-1].end
    assert story.pauses == tuple(beat.end for beat in story.beats[:2])


def test_every_caption_stays_long_enough_to_be_read(story: Story) -> None:
    for beat in story.beats:
        rest = beat.seconds - beat.motion
        assert rest >= len(beat.caption.plain()) / CHARACTERS_PER_SECOND - 1 / 24


def test_a_pace_of_two_is_twice_as_fast() -> None:
    def seconds(pace: float) -> float:
        telling = Telling(np.arange(2, dtype=np.int64), pace=pace)
        telling.beat("a", "A caption that takes some seconds to read.", motion=3.0)
        return telling.told()[-1].end

    assert seconds(2.0) == pytest.approx(seconds(1.0) / 2, abs=1 / 12)


def test_a_lectures_own_caption_is_taken_literally(story: Story) -> None:
    assert story.beat("b").caption.plain() == "own <words> $x$"


def test_a_caption_for_no_beat_is_a_mistake_with_its_mend() -> None:
    telling = Telling(np.arange(3, dtype=np.int64), captions={"strat": "x"})
    telling.beat("start", "Here.")
    with pytest.raises(StoryError, match=r"no beat 'strat'.*Did you mean start"):
        telling.told()


def test_a_step_is_the_arrow_first_then_the_point(story: Story) -> None:
    beat = story.beat("b")
    before, middle = story.moment(beat.start), story.moment(beat.start + 0.6 * beat.motion)
    assert (before.arrow, before.position) == (0.0, 0.0)
    assert (middle.arrow, middle.position) == pytest.approx((1.0, 0.0))
    assert story.end_of("b").position == 1.0


def test_many_steps_pass_in_order_and_end_exactly(story: Story) -> None:
    beat = story.beat("c")
    times = np.linspace(beat.start, beat.end - 1e-6, 400)
    positions = [story.moment(float(t)).position for t in times]
    assert all(b >= a - 1e-12 for a, b in pairwise(positions))
    assert positions[0] == 1.0
    assert positions[-1] == 100.0


def test_easing_starts_and_ends_at_rest() -> None:
    assert (smooth(-1), smooth(0), smooth(0.5), smooth(1), smooth(2)) == (0, 0, 0.5, 1, 1)


@pytest.mark.parametrize(
    ("value", "text", "maths"),
    [
        (5.4, "5.4", "5.4"),
        (-1645.7142857142858, "−1645.7", "-1645.7"),
        (72.38497040094477, "72.385", "72.385"),
        (63550852.09, "6.355 × 10⁷", "6.355 dot 10^(7)"),
        (-0.00001234, "−1.234 × 10⁻⁵", "-1.234 dot 10^(-5)"),
        (0.0, "0", "0"),
        (9.9999999e8, "1 × 10⁹", "1 dot 10^(9)"),
        (float("inf"), "∞", "infinity"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, text: str, maths: str) -> None:
    assert text_number(value) == text
    assert math_number(value) == maths


def test_changing_numbers_keep_their_decimals() -> None:
    assert [fixed(v, 3) for v in (6.0, 5.4, -0.0001)] == ["6.000", "5.400", "0.000"]
    assert math_number(-2.5, signed=True) == "(-2.5)"
