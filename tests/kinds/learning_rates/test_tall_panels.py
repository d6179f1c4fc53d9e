"""Panels of one parameter: each shows its own run at the common step, and what is said is true when it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from scenes.draw.recording_pen import RecordingPen
from scenes.kinds.learning_rates.picture.learning_rates import LearningRatesPicture
from scenes.kinds.learning_rates.picture.standing import Standing
from scenes.kinds.learning_rates.picture.tall_panel import TallPanel
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.layout import Frame
from scenes.text import number
from tests.lectures import written
from tests.painted import FORMATS, painted, trouble

LECTURE = """
title: T
problem: {{formula: "{formula}"}}
runs:
{runs}
scenes: [{{kind: learning-rates}}]
"""
HARD = {
    "bowl": ("(w-3)^2 + 2", 6, (0.02, 0.3, 0.9, 1.05), 10),
    "long": ("(w-3)^2 + 2", 6, (0.1, 1.5), 600),
    "steep": ("w^8 + 0.2*w^2", 1.4, (0.01, 0.05), 40),
    "far": ("(w-10000)^2", 10006, (0.1, 1.1), 20),
    "kink": ("abs(w)", 1.03, (0.1, 0.7, 0.9), 20),
    "plateau": ("tanh(w)^2", 4, (0.1, 10, 100), 30),
    "poles": ("tan(w)^2", 1.2, (0.01, 0.1), 20),
    "wells": ("0.05*(w-1)^2*(w-5)^2", 2.9, (0.1, 3.2, 40), 12),
    "spans": ("(w-3)^2 + 2", 6, (0.0001, 0.01, 0.3, 1), 20),
    "hilltop": ("sin(w)", 1.5707963267948966, (0.1, 0.2), 5),
}


def story_of(name: str, folder: Path) -> LearningRatesStory:
    formula, start, rates, steps = HARD[name]
    runs = [
        f"  {run}: {{rate: {rate}, start: {start}, steps: {steps}}}"
        for run, rate in zip("abcd", rates, strict=False)
    ]
    (story,) = written(folder, LECTURE.format(formula=formula, runs="\n".join(runs)))[1]
    assert isinstance(story, LearningRatesStory)
    return story


def moments(story: LearningRatesStory, count: int = 60) -> list[float]:
    return [*np.linspace(0, story.seconds, count).tolist(), *(beat.end - 1e-3 for beat in story.beats)]


def panels(picture: LearningRatesPicture) -> Iterator[TallPanel]:
    for panel in picture.panels:
        assert isinstance(panel, TallPanel)
        yield panel


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", HARD)
def test_text_meets_nothing_and_stays_inside_at_any_moment(name: str, shape: str, tmp_path: Path) -> None:
    story = story_of(name, tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(*FORMATS[shape]))
    for seconds in moments(story, 20):
        assert not trouble(picture, seconds), seconds


@pytest.mark.parametrize("name", HARD)
def test_numbers_are_those_of_rows_that_have_landed(name: str, tmp_path: Path) -> None:
    story = story_of(name, tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    for seconds in moments(story):
        at = story.moment(seconds)
        stand = Standing.at(story, at)
        texts = [mark.text for mark in painted(picture, seconds).texts()]
        counted = [re.fullmatch(r"after ([\d,]+) steps?", text) for text in texts]
        steps = [int(found[1].replace(",", "")) for found in counted if found]
        gone = picture.stage is not None and picture.stage.panels_shown(at) < 0.1
        assert gone or steps == ([stand.step] if stand.step else [])
        behind = at.row - int(np.searchsorted(story.steps, stand.step))
        assert behind in (0, 1), "never a step that is not taken yet; in a sweep every other one"
        assert not behind or at.beat.id == "sweep"
        for panel in panels(picture):
            row = panel.contender.row_at(stand.step)
            assert panel.rows(stand)[0] == row
            if not stand.judged[panel.index]:
                pen = RecordingPen(picture.frame)
                panel.draw_words(pen, stand)
                (shown,) = [mark.text for mark in pen.texts() if mark.text.startswith("w = ")]
                digits = re.sub(r" × 10(\S+)", r"e\1", shown[4:].replace("−", "-").translate(POWERS))
                value = float(digits)
                last = 0.0 if "e" in digits else 0.5001 * 10.0 ** -len(digits.partition(".")[2])
                assert value == pytest.approx(
                    float(panel.w[row]), rel=5e-3 if "e" in digits else 1e-9, abs=last
                )


POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@pytest.mark.parametrize("name", HARD)
def test_a_badge_says_how_far_both_axes_have_widened(name: str, tmp_path: Path) -> None:
    story = story_of(name, tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    seen = 0
    for seconds in moments(story):
        stand = Standing.at(story, story.moment(seconds))
        for panel in panels(picture):
            first, now = panel.plot(Standing(0, 0, 0.0, ())), panel.plot(stand)
            across = (now.x.high - now.x.low) / (first.x.high - first.x.low)
            up = (now.y.high - now.y.low) / (first.y.high - first.y.low)
            pen = RecordingPen(picture.frame)
            panel.draw(pen, story.moment(seconds), stand)
            wide, high = (number(each, 2 if each < 1e4 else 1) for each in (across, up))
            say = story.speech.say
            wanted = say("learning-rates.view", across=wide, up=high)
            if across < 1.05:
                wanted = say("learning-rates.view-high", up=high)
            elif up < 1.05:
                wanted = say("learning-rates.view-wide", across=wide)
            elif panel.cells.compact:
                wanted = say("learning-rates.view-short", p=story.parameters[0], across=wide, up=high)
            badges = [mark.text for mark in pen.texts() if "times" in mark.text or " × " in mark.text]
            assert badges in ([], [wanted.plain()])
            seen += len(badges)
            named = [mark.text for mark in pen.texts() if mark.text == "first view"]
            resting = stand.settled == 1
            if max(across, up**0.5) > 1.05 and resting:
                assert bool(badges) != bool(named), "the box says it by itself"
            seen += len(badges) + len(named)
    assert bool(seen) == any(panel.view.zooms for panel in panels(picture))


@pytest.mark.parametrize("name", HARD)
def test_a_point_is_always_in_its_panel(name: str, tmp_path: Path) -> None:
    story = story_of(name, tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    for panel in panels(picture):
        for row in range(len(panel.w)):
            plot = panel.resting(row)
            assert panel.holds(panel.place(plot, row)), row


def test_on_a_parabola_a_view_that_is_s_times_as_wide_is_s_squared_times_as_high(tmp_path: Path) -> None:
    story = story_of("bowl", tmp_path)
    view = story.contenders[-1].view
    assert view is not None
    for row in range(len(story.steps) - 1):
        across, up = view.times(row)
        assert up == pytest.approx(across**2, rel=1e-9)
    # The common view holds the first landing too, which lies 1.1 times as far out as the start.
    assert view.times(10)[0] == pytest.approx(1.1**9, rel=1e-9)


def test_a_view_widens_seldom_and_for_all_that_is_to_come_where_that_is_near(tmp_path: Path) -> None:
    """Within a factor of 4 at once; what a run needs is always there."""
    for name, most in (("bowl", 1), ("long", 30)):
        view = story_of(name, tmp_path).contenders[-1].view
        assert view is not None
        widths = np.diff(view.ends[:, :2], axis=1)[:, 0]
        factors = widths[1:] / widths[:-1]
        assert 1 <= (factors > 1 + 1e-9).sum() <= most * (len(widths) // 20 + 1), name
        assert (factors >= 1 - 1e-12).all()


def test_all_other_panels_have_one_view(tmp_path: Path) -> None:
    views = [run.view for run in story_of("bowl", tmp_path).contenders]
    assert all(view is not None and not view.zooms for view in views[:-1])
    assert len({str(view.at(0)) for view in views if view is not None}) == 1


@pytest.mark.parametrize("name", HARD)
def test_results_are_told_after_the_last_step_and_colours_after_the_verdicts(
    name: str, tmp_path: Path
) -> None:
    story = story_of(name, tmp_path)
    last = story.beats[-1].row
    for beat in story.beats[[beat.id for beat in story.beats].index("judged") :]:
        assert story.moment(beat.start).landed == last
    for beat in story.beats:
        caption = story.speech.text(beat.caption)
        for run in story.contenders:
            if story.speech.text(run.label) + " " in caption and beat.id != "step-1":
                assert story.moment(beat.start).landed == last, caption
        if beat.id == "step-1" and beat.spoken:
            assert story.moment(beat.start + beat.spoken).landed == 1
    judged = story.beat("judged")
    assert not any(Standing.at(story, story.moment(judged.start)).judged)
    assert all(part == 1 for part in Standing.at(story, story.moment(judged.end)).judged)


def test_the_question_has_the_run_for_an_answer_that_is_home_first(tmp_path: Path) -> None:
    story = story_of("bowl", tmp_path)
    question = story.beat("panels").question
    assert question is not None
    assert story.speech.text(question.prompt).endswith("Which one gets home first?")
    assert [story.speech.text(choice.text) for choice in question.choices] == [
        "α = 0.02", "α = 0.3", "α = 0.9", "α = 1.05",
    ]  # fmt: skip
    assert story.speech.text(question.answer.text) == "α = 0.3"
    said = story.speech.text(story.beat("verdicts").caption)
    assert said == "α = 0.3 gets home first. α = 1.05 is farther away than it began."
    words = [story.speech.text(run.verdict.word) for run in story.contenders]
    assert words == ["crawls", "arrives smoothly", "zig-zags in", "jumps out"]
    details = [story.speech.text(run.verdict.detail) for run in story.contenders]
    assert details == ["1.99 to go", "0.0003 to go", "0.32 to go", "7.78 away"]


def test_the_first_frame_is_a_whole_picture(tmp_path: Path) -> None:
    story = story_of("bowl", tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    marks = {(mark.kind, mark.text) for mark in painted(picture, 0.0).marks if mark.opacity > 0.9}
    for beat_mark in ("α = 0.02", "α = 0.3", "α = 0.9", "α = 1.05"):
        assert ("text", beat_mark) in marks
