"""Stories: beats in order, time to read, and a descent that stands where the beat says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gdcore.optimizers import GradientDescent
from gdcore.problems import problem_from_formula
from gdcore.run.descent import descend
from gdcore.run.trajectory import Trajectory
from scenes.storyboard.brief import BRIEF_SECONDS
from scenes.storyboard.parts import Part, TimedPart
from scenes.storyboard.question import OfferedAnswer, Question
from scenes.storyboard.requirements import StoryError
from scenes.storyboard.story import Beat, Story, smooth
from scenes.storyboard.telling import CHARACTERS_PER_SECOND, Telling
from scenes.text import join, speech, words
from scenes.text.captions import Caption, read_caption
from scenes.theme import Role

ENGLISH = speech("en", ["w"])


def run_of(steps: int) -> Trajectory:
    """A run from 6 on (w-3)^2 + 2 at rate 0.1: 6, 5.4, 4.92, …"""
    return descend(problem_from_formula("(w-3)^2 + 2"), GradientDescent(), 6, steps, rate=0.1)


def telling_of(steps: int, captions: dict[str, str] | None = None, pace: float = 1.0) -> Telling:
    read: dict[str, Caption | None] = {
        name: read_caption(text, ["w"]) for name, text in (captions or {}).items()
    }
    return Telling(run_of(steps), ENGLISH, pace=pace, captions=read, scene="mine")


def caption(beat: Beat) -> str:
    return ENGLISH.text(beat.caption)


@pytest.fixture
def story() -> Story:
    telling = telling_of(100, captions={"b": "own <words> #x$"})
    first = join([words("A caption with"), words("some", Role.POINT), words("words in it.")])
    telling.beat("a", first, chapter=words("One"))
    telling.beat("b", words("Replaced."), row=1, motion=2.0)
    telling.beat("c", words("More"), row=100, motion=4.0, pause=False)
    return Story(kind="k", name="n", runs=("r",), title=words("t"), speech=ENGLISH, beats=telling.told())


def test_beats_follow_one_another(story: Story) -> None:
    for before, after in pairwise(story.beats):
        assert after.start == pytest.approx(before.end)
    assert story.seconds == story.beats[-1].end
    assert story.pauses == tuple(beat.end for beat in story.beats[:2])


def test_every_caption_stays_long_enough_to_be_read(story: Story) -> None:
    for beat in story.beats:
        shown = beat.seconds - beat.spoken
        assert shown >= len(caption(beat)) / CHARACTERS_PER_SECOND - 1 / 24


def test_a_movement_is_spread_over_the_time_of_reading() -> None:
    telling = telling_of(1)
    telling.beat("a", words("Quickly seen."), motion=1.0)
    telling.beat("b", words("A caption that is so long that it takes four seconds to read it."), motion=1.0)
    short, long = telling.told()
    assert short.motion == pytest.approx(1.0, abs=1 / 12)
    assert 2.0 < long.motion < long.seconds - 1.0


def test_nothing_rests_longer_than_it_takes_to_breathe() -> None:
    telling = telling_of(1)
    for length in range(10, 90, 5):
        telling.beat(f"b{length}", words("x" * length), motion=1.0)
    assert max(beat.seconds - beat.motion for beat in telling.told()) <= 3.5


SLOWLY = [TimedPart(part, 1, 0.5) for part in Part]


def test_the_parts_of_a_step_follow_one_another() -> None:
    telling = telling_of(1)
    telling.beat("start", words("Here."))
    telling.beat("a", words("A step with all its parts, and quite some words to read."), parts=SLOWLY, row=1)
    told = telling.told()
    beat = told[1]
    assert [span.part for span in beat.parts] == list(Part)
    assert all(after.start == pytest.approx(before.end) for before, after in pairwise(beat.parts))
    assert beat.parts[-1].end == pytest.approx(beat.start + beat.motion)
    story = Story(kind="k", name="n", runs=("r",), title=words("t"), speech=ENGLISH, beats=told)
    jump = story.span(Part.JUMP, 1)
    assert jump is not None
    assert jump.end - jump.start == pytest.approx(0.5), "a jump takes its time and no more"
    for seconds, landed in ((jump.start + 0.01, 0), (jump.end - 0.01, 0), (jump.end + 1e-6, 1)):
        assert story.moment(seconds).landed == landed
        assert (story.moment(seconds).hop > 0) == (landed == 0)
    assert story.moment(jump.end).part(Part.RESULT, 1) == 0.0, "the numbers change when it has landed"


def test_an_answer_is_told_when_it_has_been_seen() -> None:
    telling = telling_of(1)
    prompt = words("Where?")
    telling.beat(
        "ask", prompt, question=Question(prompt, (OfferedAnswer(words("5.4"), words("so"), right=True),))
    )
    pieces = [TimedPart(Part.JUMP, 1, 0.8), TimedPart(Part.RESULT, 1, 0.5)]
    telling.beat("step", words("At 5.4."), parts=pieces, row=1, answers=True)
    asked, answered = telling.told()
    assert asked.seconds - asked.motion > answered.seconds - answered.moving, "there is time to think"
    assert answered.spoken == pytest.approx(0.8)


def test_a_scene_told_briefly_has_its_beats_and_takes_a_quarter_of_a_minute() -> None:
    def told(brief: bool) -> Story:
        telling = telling_of(5)
        telling.brief = brief
        telling.beat("a", words("One."), motion=4.0)
        telling.beat("b", words("Two."), motion=9.0, brief=True)
        telling.beat("c", words("Three."), parts=[TimedPart(Part.JUMP, 1, 4.0)], row=1)
        telling.beat("d", words("Four."), motion=9.0, row=5, brief=True)
        return Story(kind="k", name="n", runs=("r",), title=words("t"), speech=ENGLISH, beats=telling.told())

    whole, brief = told(False), told(True)
    assert [beat.id for beat in brief.beats] == [beat.id for beat in whole.beats]
    assert brief.seconds <= BRIEF_SECONDS < whole.seconds
    assert [beat.id for beat in brief.beats if beat.seconds] == ["b", "d"]
    assert brief.pauses == (brief.beat("b").end, brief.beat("d").end)
    assert brief.moment(0.0).raw("a") == 1.0, "what it left out has happened"
    late = brief.moment(brief.beat("d").start)
    assert (late.past_row, late.landed) == (0, 0), "the steps that were left out are made now"
    assert brief.end_of("d").row == 5


def test_a_pace_of_two_is_twice_as_fast() -> None:
    def seconds(pace: float) -> float:
        telling = telling_of(1, pace=pace)
        telling.beat("a", words("A caption that takes some seconds to read."), motion=3.0)
        return telling.told()[-1].end

    assert seconds(2.0) == pytest.approx(seconds(1.0) / 2, abs=1 / 12)


def test_a_lectures_own_caption_is_taken_literally(story: Story) -> None:
    assert caption(story.beat("b")) == "own <words> #x$"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("From {w[0]} to {w[-1]}, $J$ to {J[-1]}", "From 6 to 3.983, J to 2.9664"),
        ("after one {w[1]}, before the end {w[-2]}", "after one 5.4, before the end 4.2288"),
        ("{steps} steps at {rate}", "5 steps at 0.1"),
        ("{w[9]}, {J[-7]}", "{w[9]}, {J[-7]}"),  # the run has no such step
    ],
)
def test_a_lectures_own_caption_has_the_numbers_of_the_run(typed: str, seen: str) -> None:
    telling = telling_of(5, captions={"a": typed})
    telling.beat("a", words("Replaced."))
    assert caption(telling.told()[0]) == seen


def test_a_beat_can_be_without_a_caption() -> None:
    telling = Telling(run_of(5), ENGLISH, captions={"a": None})
    telling.beat("a", words("Left out."))
    assert not telling.told()[0].caption


def test_a_caption_for_no_beat_is_a_mistake_with_its_mend() -> None:
    telling = telling_of(2, captions={"strat": "x"})
    telling.beat("start", words("Here."))
    with pytest.raises(StoryError, match=r"no beat 'strat'.*Did you mean start") as caught:
        telling.told()
    assert caught.value.scene == "mine"
    assert "'strat'" in caught.value.found
    assert "start" in caught.value.allowed
    assert caught.value.mend == "did you mean start?"


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


def test_of_many_steps_every_other_row_is_shown_and_the_ends_as_they_are(story: Story) -> None:
    beat = story.beat("c")
    moments = [story.moment(beat.start + part * beat.motion) for part in np.linspace(0, 1, 200)]
    quick = [m for m in moments if 1 + 0.15 * 99 < m.position < 100]
    assert quick
    for moment in moments:
        assert abs(moment.steady_position - moment.position) <= 2
    assert all(m.steady_position % 2 == 0 for m in quick)
    assert moments[0].steady_position == moments[0].position
    assert moments[-1].steady_position == moments[-1].row == 100


def test_easing_starts_and_ends_at_rest() -> None:
    assert (smooth(-1), smooth(0), smooth(0.5), smooth(1), smooth(2)) == (0, 0, 0.5, 1, 1)
