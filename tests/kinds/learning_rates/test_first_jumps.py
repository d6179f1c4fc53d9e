"""One jump with every rate: what is shown and said of it is where the core's step lands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.kinds.learning_rates.picture.learning_rates import LearningRatesPicture
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.layout import Frame
from scenes.theme import Role
from tests.lectures import written
from tests.painted import FORMATS, painted, trouble

LECTURE = """
title: T
problem: {{formula: "{formula}"}}
runs:
{runs}
scenes: [{{kind: learning-rates{extra}}}]
"""
BOWLS = {
    "bowl": ("(w-3)^2 + 2", 6, (0.02, 0.3, 0.9, 1.05)),
    "from the left": ("(w-3)^2 + 2", -1, (0.1, 0.9)),
    "flat": ("0.0001*w^2", 30, (100, 3000, 11000)),
    "steep": ("1000000*(w+5)^2 - 7", -4, (1e-8, 1e-7, 1.04e-6)),
    "decades": ("(w-3)^2 + 2", 6, (0.0001, 0.01, 0.3, 1)),
    "beyond": ("(w-3)^2", 6, (0.1, 3)),
}
NONE = {
    "no parabola": ("w^4", 1, (0.1, 0.2)),
    "at rest": ("(w-3)^2", 3, (0.1, 0.2)),
    "a hill": ("-w^2", 1, (0.1, 0.2)),
    "two parameters": ("x^2 + y^2", [1, 1], (0.1, 0.2)),
}


def story_of(folder: Path, formula: str, start: object, rates: tuple[float, ...]) -> LearningRatesStory:
    lines = [
        f"  {run}: {{rate: {rate!r}, start: {start}, steps: 10}}"
        for run, rate in zip("abcd", rates, strict=False)
    ]
    text = LECTURE.format(formula=formula, runs="\n".join(lines), extra="")
    (story,) = written(folder, text)[1]
    assert isinstance(story, LearningRatesStory)
    return story


@pytest.fixture(params=BOWLS)
def story(request: pytest.FixtureRequest, tmp_path: Path) -> LearningRatesStory:
    return story_of(tmp_path, *BOWLS[request.param])


def test_the_best_rate_lands_home_and_the_limit_as_high_as_it_began(story: LearningRatesStory) -> None:
    jumps = story.jumps
    assert jumps is not None
    height = jumps.value(jumps.start) - jumps.floor
    assert jumps.landing(jumps.best)[0] == pytest.approx(jumps.goal, abs=1e-9 * abs(jumps.start - jumps.goal))
    assert jumps.landing(jumps.limit)[1] - jumps.floor == pytest.approx(height, rel=1e-9)
    assert jumps.landing(jumps.farthest)[1] - jumps.floor > height * 1.01
    assert story.strip.limit == pytest.approx(jumps.limit, rel=1e-12)


def test_the_first_jump_of_a_run_is_the_core_s(story: LearningRatesStory) -> None:
    assert story.jumps is not None
    for contender in story.contenders:
        place, value = story.jumps.landing(contender.rate)
        assert place == pytest.approx(float(contender.path[1, 0]), rel=1e-12)
        assert value == pytest.approx(float(contender.loss[1]), rel=1e-9)


@pytest.mark.parametrize("name", NONE)
def test_without_a_parabola_and_a_way_to_go_there_is_no_such_jump(name: str, tmp_path: Path) -> None:
    told = story_of(tmp_path, *NONE[name])
    assert told.jumps is None
    assert not told.has("best")


def test_results_are_told_after_the_landing(story: LearningRatesStory) -> None:
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    stage, jumps = picture.stage, story.jumps
    assert stage is not None
    assert jumps is not None
    for beat, rate in (("best", jumps.best), ("limit", jumps.limit), ("above", jumps.farthest)):
        told = story.beat(beat)
        assert told.spoken > 1
        for seconds in (told.start + told.spoken, told.end - 1e-6):
            assert stage.rate(story.moment(seconds))[0] == rate
        before = stage.rate(story.moment(told.start + 0.9 * told.spoken))[0]
        assert before < rate
    assert stage.rate(story.moment(story.seconds))[0] == jumps.best


def test_a_stretch_of_rates_has_its_colour_when_it_has_been_tried(story: LearningRatesStory) -> None:
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    stage = picture.stage
    assert stage is not None
    painted_before = 0.0
    for seconds in np.linspace(story.beat("strip").start, story.beat("above").end, 80).tolist():
        at = story.moment(seconds)
        assert stage.painted(at) >= max(painted_before, stage.share(at) - 1e-12)
        painted_before = stage.painted(at)
    assert painted_before == 1.0


def test_the_point_stands_where_the_jump_lands(story: LearningRatesStory) -> None:
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    stage, jumps = picture.stage, story.jumps
    assert stage is not None
    assert jumps is not None
    for seconds in np.linspace(story.beat("best").start, story.seconds, 30).tolist():
        at = story.moment(seconds)
        x, y = stage.plot(at).point(*jumps.landing(stage.rate(at)[0]))
        discs = [
            mark.points[0]
            for mark in painted(picture, seconds).marks
            if mark.kind == "disc" and mark.role is Role.POINT
        ]
        assert min(np.hypot(*(disc - (x, y))) for disc in discs) < 1e-9
        assert stage.box.grown(1e-6).crossed_by(np.array([(x, y)]))


@pytest.mark.parametrize("shape", FORMATS)
def test_text_meets_nothing_at_any_moment(story: LearningRatesStory, shape: str) -> None:
    picture = LearningRatesPicture(story, Frame.of_pixels(*FORMATS[shape]))
    for seconds in np.linspace(story.beat("verdicts").end, story.seconds, 45).tolist():
        assert not trouble(picture, seconds), seconds


def test_the_question_offers_the_right_rate_among_those_that_were_tried(tmp_path: Path) -> None:
    told = story_of(tmp_path, *BOWLS["bowl"])
    question = told.beat("strip").question
    assert question is not None
    assert told.speech.text(question.answer.text) == "0.5"
    choices = [told.speech.text(choice.text) for choice in question.choices]
    assert choices == ["0.5", "0.9", "1", "1.05"]
    assert told.speech.text(told.beat("above").caption).endswith("That is how α = 1.05 got away.")
