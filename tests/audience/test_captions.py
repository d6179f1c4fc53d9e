"""Captions are there long enough, and say one thing."""

from __future__ import annotations

import pytest

from gdcore.notation import Numeral, Row, Script, Sign, Symbol
from scenes.audience.advice import AudienceRule
from scenes.audience.rules.reading import FASTEST, judge_reading
from scenes.audience.rules.wording import judge_words, numbers_in, words_in
from scenes.text import Rich, maths, number, words
from tests.stories import beat, story_of


def test_a_caption_has_a_second_for_fifteen_characters() -> None:
    assert not judge_reading(story_of(beat("a", "x" * 60, 4.0)))
    (found,) = judge_reading(story_of(beat("a", "x" * 90, 4.0)))
    assert (found.rule, found.beat, found.limit) == (AudienceRule.READING, "a", FASTEST)
    assert found.value == pytest.approx(22.5)


def test_the_mend_of_a_caption_works() -> None:
    (found,) = judge_reading(story_of(beat("a", "x" * 90, 4.0)))
    assert "at most 60 characters" in found.mend
    assert not judge_reading(story_of(beat("a", "x" * 60, 4.0)))


def test_an_answer_is_read_from_when_it_is_told() -> None:
    late = story_of(beat("a", "before", 4.0), beat("b", "x" * 60, 5.0, spoken=3.0))
    (found,) = judge_reading(late)
    assert (found.beat, found.seconds) == ("b", 7.0)
    assert found.value == pytest.approx(30.0)


def test_a_caption_that_stays_is_one() -> None:
    assert not judge_reading(story_of(beat("a", "x" * 60, 2.0), beat("b", "x" * 60, 2.0)))


def test_a_caption_is_seen() -> None:
    (found,) = judge_reading(story_of(beat("a", "x", 0.5), beat("b", "", 0.2)))
    assert (found.beat, found.limit) == ("a", 0.83)


def test_beats_that_take_no_time_are_not_judged() -> None:
    told = story_of(beat("a", "x" * 200, 0.0), beat("b", "short", 3.0))
    assert not judge_reading(told)
    assert not judge_words(told)


def test_fourteen_words_are_enough() -> None:
    assert not judge_words(story_of(beat("a", "word " * 14, 9.0)))
    (found,) = judge_words(story_of(beat("a", "word " * 15, 9.0)))
    assert (found.value, found.limit, found.found) == (15, 14, "a caption of 15 words")


def test_two_numbers_are_enough() -> None:
    two = words("From 6 to ") + maths(number(5.4))
    assert not judge_words(story_of(beat("a", two, 9.0)))
    (found,) = judge_words(story_of(beat("a", two + words(" in step 3"), 9.0)))
    assert (found.value, found.limit) == (3, 2)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (words("no numbers, w1 is a name"), 0),
        (words("20,000 steps in 6.5 seconds"), 2),
        (maths(number(-0.25)), 1),
        (maths(Row((Numeral("6"), Sign("minus"), Numeral("0.6")))), 2),
        (maths(Script(Symbol("w"), below=Numeral("3"))), 0),
        (maths(Script(Symbol("x"), above=Numeral("2"))), 0),
        (maths(number(1e-9)), 1),
        (Rich(), 0),
    ],
)
def test_numbers_are_counted_in_words_and_formulae(text: Rich, count: int) -> None:
    assert numbers_in(text) == count


def test_signs_are_no_words() -> None:
    assert words_in(words("one – two … three")) == 3
    assert words_in(maths(Row((Symbol("w"), Sign("equals"), Numeral("6"))))) == 2
