"""The story `overshoot`: questions before answers, told by what the core finds of the run."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.findings import Charted, Trend
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.storyboard.parts import Part
from scenes.storyboard.requirements import StoryError
from scenes.storyboard.views.zoom import POINT_AT, REACH, zoom_of
from scenes.text import maths, number, value_of
from tests.kinds.overshoot.examples import QUADRATIC, RUNS, told
from tests.lectures import written

TREND = {
    "diverges": Trend.GROWS,
    "slowly": Trend.GROWS,
    "leaves the numbers": Trend.GROWS,
    "edge": Trend.STAYS,
    "comes to rest": Trend.SHRINKS,
    "rests slowly": Trend.SHRINKS,
    "leaves the domain": Trend.GROWS,
    "fourth power": Trend.GROWS,
    "kink": Trend.STAYS,
    "half a line": Trend.SHRINKS,
    "wavy": None,  # it never settles, and is led nowhere: that is not for us to say
}


def caption(story: OvershootStory, beat: str) -> str:
    return story.speech.text(story.beat(beat).caption)


def shown(value: float, digits: int = 5) -> str:
    return maths(number(value, digits)).plain()


def test_every_jump_is_counted(tmp_path: Path) -> None:
    story = told("diverges", tmp_path)
    assert story.crossings.tolist() == list(range(21))
    assert story.crossed.tolist() == [False, *[True] * 20]
    assert (np.sign(story.w - 3)[1:] == -np.sign(story.w - 3)[:-1]).all()


@pytest.mark.parametrize("name", RUNS)
def test_captions_are_short(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    for beat in story.beats:
        said = caption(story, beat.id)
        numbers = re.findall(r"[−-]?\d+(?:\.\d+)?(?: × 10\S+)?", re.sub(r"\|.*?\||2/λ|10[⁻⁰-⁹]+", "", said))
        assert len(numbers) <= 2, said
        formula = re.sub(r"\|.*?\| = \S+|2/λ = \S+| × 10\S+", "formula", said)
        assert len([word for word in formula.split() if re.search(r"\w", word)]) <= 14, said


@pytest.mark.parametrize("name", RUNS)
def test_a_step_is_named_only_when_the_run_has_come_to_it(name: str, tmp_path: Path) -> None:
    """No number of steps is spoken of before so many are made; what is still to come is announced as such."""
    story = told(name, tmp_path)
    last = int(story.steps[-1])
    for before, beat in pairwise([story.beats[0], *story.beats]):
        said = caption(story, beat.id)
        reached = beat.step if beat.spoken or beat.id not in ("more-steps", "sweep") else before.step
        for step in map(int, re.findall(r"[Ss]tep (\d+)", said)):
            if beat.id == "sweep":
                assert f"up to step {last}" in said
            elif beat.id == "end" and ("leaves" in said):
                assert step == last + 1
            else:
                assert step <= reached, said


@pytest.mark.parametrize("name", [name for name in RUNS if name not in ("few steps", "one step")])
def test_what_is_asked_comes_before_its_answer(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    asked = story.beat("ask")
    assert asked.question is not None
    assert asked.row == 0
    assert asked.question.answer.text.plain() == maths(story.spelled[0].new).plain()
    landing = story.span(Part.JUMP, 1)
    assert landing is not None
    assert landing.start >= asked.end - 1e-9
    assert story.beat("step-1").start + story.beat("step-1").spoken == pytest.approx(landing.end)


@pytest.mark.parametrize("name", TREND)
def test_whether_it_comes_back_is_what_the_run_says(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    assert story.trend is TREND[name]
    assert story.has("back") == (story.trend is not None)
    if story.trend is None:
        return
    question = story.beat("back").question
    assert question is not None
    answer = story.speech.text(question.answer.text)
    word = {Trend.GROWS: "leads away", Trend.SHRINKS: "settles", Trend.STAYS: "goes on jumping"}[story.trend]
    assert word in answer
    assert story.beat("back").row < len(story.w) - 1, "asked while there is something to come"


def test_without_questions_none_is_asked(tmp_path: Path) -> None:
    story = told("diverges", tmp_path, more="questions: false")
    assert not [beat for beat in story.beats if beat.question is not None]
    assert "It was 3 away, now 3.6" in caption(story, "step-1")


def test_briefly_it_is_a_question_a_jump_the_run_and_the_verdict(tmp_path: Path) -> None:
    for name in ("diverges", "slowly", "edge", "fourth power"):
        story = told(name, tmp_path, scene="    brief: true")
        kept = [beat.id for beat in story.beats if beat.seconds]
        assert kept[:2] == ["ask", "step-1"]
        assert kept[-1] == "verdict"
        assert story.seconds <= 15.0
        assert story.beats[-1].row == len(story.w) - 1


@pytest.mark.parametrize(
    ("name", "factor", "words"),
    [
        ("diverges", 1.2, ("1.44 times as high", "below 1 comes home: 0.9", "lands higher each time")),
        ("edge", 1.0, ("it stays", "exactly the limit: 1", "jumps for ever")),
        ("comes to rest", 0.8, ("it shrinks", "limit is 1", "come to rest")),
    ],
)
def test_the_factor_of_a_step_is_that_of_the_core(
    tmp_path: Path, name: str, factor: float, words: tuple[str, str, str]
) -> None:
    story = told(name, tmp_path)
    assert story.factor == pytest.approx(factor, rel=1e-12)
    assert shown(factor) in caption(story, "factor") or factor == 1
    for beat, word in zip(("factor", "limit", "verdict"), words, strict=True):
        assert word in caption(story, beat)
    distances = np.abs(story.w - 3)
    np.testing.assert_allclose(distances[1:6] / distances[:5], factor, rtol=1e-9)


@pytest.mark.parametrize("name", [name for name in RUNS if name not in QUADRATIC])
def test_where_the_curvature_changes_no_one_factor_and_no_limit_is_told(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    assert story.factor is None
    assert story.limit is None
    everything = " ".join(caption(story, beat.id) for beat in story.beats)
    assert "1.44" not in everything
    assert "One distance" not in everything
    assert story.tamer is None
    assert not {"factor", "distances", "limit"} & {beat.id for beat in story.beats}


@pytest.mark.parametrize("name", RUNS)
def test_no_letter_of_the_theory_is_in_what_is_said(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    said = " ".join(caption(story, beat.id) for beat in story.beats)
    assert not re.search(r"[λα|′]", said)


@pytest.mark.parametrize("name", RUNS)
def test_neighbouring_distances_are_told_apart_and_are_those_of_the_run(name: str, tmp_path: Path) -> None:
    """The number beside a measure is the distance from the minimum, in so many digits that a change is seen."""
    story = told(name, tmp_path)
    if story.minimum is None:
        assert story.away(0) is None
        return
    for row in story.rests:
        away = story.away(row)
        assert away is not None
        assert value_of(away) == pytest.approx(abs(story.w[row] - story.minimum[0]), rel=6e-3)
        if row and story.farther(row - 1, row):
            assert away != story.away(row - 1)


@pytest.mark.parametrize("name", QUADRATIC)
def test_a_step_has_so_many_distances_as_is_said(name: str, tmp_path: Path) -> None:
    """One gets home, two to the mirror image; this one leads as much farther as the factor is above 1."""
    story = told(name, tmp_path)
    assert story.factor is not None
    assert story.has("distances") == (story.factor > 1 + 1e-9)
    if story.has("distances"):
        assert story.minimum is not None
        said = value_of(factor_shown(1 + story.factor))
        assert shown(said) in caption(story, "distances")
        steps = np.abs(np.diff(story.w[:2])) / abs(story.w[0] - story.minimum[0])
        np.testing.assert_allclose(steps, said, rtol=6e-3)


@pytest.mark.parametrize("name", QUADRATIC)
def test_the_run_that_comes_home_is_that_of_the_core_below_the_limit(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    assert story.factor is not None
    if story.factor <= 1 + 1e-9:
        assert story.tamer is None
        return
    tamer, minimum = story.tamer, story.minimum
    assert tamer is not None
    assert minimum is not None
    assert story.limit is not None
    assert tamer.rate == pytest.approx(0.9 * story.limit, rel=0.06)
    assert tamer.rate < story.limit
    assert shown(tamer.rate) in caption(story, "limit")
    away = np.abs(tamer.w - minimum[0])
    assert away[0] == abs(story.w[0] - minimum[0])
    np.testing.assert_allclose(away[1:] / away[:-1], abs(1 - 2 * tamer.rate / story.limit), rtol=1e-4)


def test_the_edge_jumps_to_and_fro(tmp_path: Path) -> None:
    """From 6 at rate 1: 6, 0, 6."""
    story = told("edge", tmp_path)
    assert story.w[:3].tolist() == [6.0, 0.0, 6.0]
    assert "exactly as far away: 3" in caption(story, "step-1")
    assert not story.zoom.moves
    assert "Exactly as far away" in caption(story, "end")


def test_captions_carry_the_numbers_of_the_run(tmp_path: Path) -> None:
    story = told("diverges", tmp_path)
    assert "slope is 6, here 2 times the distance" in caption(story, "slope")
    assert "1.1 times 6 is the step" in caption(story, "ask")
    assert "3 from the bottom" in caption(story, "curve")
    assert "was 3 away, now 3.6" in caption(story, "step-1")
    assert "steeper there, 7.2 the other way. Now 4.32 away" in caption(story, "step-2")
    assert "again: 5.184. Every time 1.2 times" in caption(story, "step-3")
    assert f"{3 * 1.2**10:.4g} away" in caption(story, "seen")
    assert f"{3 * 1.2**20:.0f} away from the bottom. It began 3 away" in caption(story, "end")
    assert "each step is 2.2 distances" in caption(story, "distances")
    assert "1.1 is too large" in caption(story, "verdict")


def test_a_run_that_comes_to_rest_is_not_told_to_leave(tmp_path: Path) -> None:
    story = told("comes to rest", tmp_path)
    assert "was 3 away, now 2.4" in caption(story, "step-1")
    assert "less steep there" in caption(story, "step-2")
    assert "nearer again" in caption(story, "step-3")
    assert f"{3 * 0.8**20:.4g} away from the bottom" in caption(story, "end")
    assert not story.has("distances")
    everything = " ".join(caption(story, beat.id) for beat in story.beats)
    assert "farther" not in everything
    assert "zooms out" not in everything
    assert story.title == story.speech.say("overshoot.title-stays")


def test_the_step_that_leaves_the_numbers_is_named(tmp_path: Path) -> None:
    story = told("leaves the numbers", tmp_path)
    assert story.beyond == 511
    assert len(story.w) == 511
    assert "At step 511 the cost leaves the machine’s numbers" in caption(story, "end")


def test_a_domain_is_left_and_named(tmp_path: Path) -> None:
    story = told("leaves the domain", tmp_path)
    assert story.beyond is None
    assert story.edges == (-20.0, 26.0)
    assert "leaves the domain" in caption(story, "end")
    inside = (story.curve_x >= -20) & (story.curve_x <= 26)
    assert inside.all()


# The view


@pytest.mark.parametrize("name", RUNS)
def test_the_view_only_widens_and_holds_every_point_so_far(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    zoom = story.zoom
    assert (np.diff(zoom.widths) >= 0).all()
    assert (np.diff(zoom.heights) >= 0).all()
    for row in story.rests:
        view = zoom.view(row)
        assert (np.abs(view.across(story.w[: row + 1])) < 1).all()
        up = view.up(story.loss[: row + 1])
        assert (up > 0).all()
        assert (up < 1).all()


@pytest.mark.parametrize(
    "name", [name for name in QUADRATIC if name not in ("leaves the numbers", "at once")]
)
def test_on_a_parabola_both_axes_follow_one_rule(name: str, tmp_path: Path) -> None:
    """The height grows as the square of the width, so that the picture keeps its shape."""
    zoom = told(name, tmp_path).zoom
    wider, higher = zoom.widths - zoom.widths[0], zoom.heights - zoom.heights[0]
    np.testing.assert_allclose(higher, 2 * wider, atol=1e-6)


def test_a_point_that_is_farther_than_all_before_stands_where_it_always_stands(
    tmp_path: Path,
) -> None:
    story = told("diverges", tmp_path)
    for row in range(len(story.w)):
        view = story.zoom.view(row)
        assert float(view.up(story.loss[row])) == pytest.approx(POINT_AT)
        assert abs(float(view.across(story.w[row]))) == pytest.approx(1 / REACH)


def test_a_view_that_shall_be_wider_at_first_keeps_the_shape() -> None:
    w = 3 + 3 * (-1.2) ** np.arange(12.0)
    usual = zoom_of(w, (w - 3) ** 2 + 2, 3.0, 2.0)
    wide = zoom_of(w, (w - 3) ** 2 + 2, 3.0, 2.0, reach=8.0)
    assert wide.view(0).half == pytest.approx(8.0)
    np.testing.assert_allclose(wide.heights - usual.heights, 2 * (wide.widths - usual.widths), atol=1e-12)
    assert wide.view(11).half == pytest.approx(usual.view(11).half)


def test_between_two_rows_the_view_is_between_theirs_by_the_same_share_of_both_logarithms() -> None:
    w = 3 + 3 * (-1.2) ** np.arange(12.0)
    zoom = zoom_of(w, (w - 3) ** 2 + 2, 3.0, 2.0)
    for row in np.linspace(0, 11, 45):
        wide, high = zoom.factors(float(row))
        assert high == pytest.approx(wide**2, rel=1e-9)


# The losses


@pytest.mark.parametrize(
    ("name", "scale"), [("diverges", Charted.ABOVE), ("edge", Charted.ABOVE), ("two wells", Charted.ABOVE)]
)
def test_losses_are_charted_above_a_minimum_that_none_lies_below(
    name: str, scale: Charted, tmp_path: Path
) -> None:
    story = told(name, tmp_path)
    assert story.scale is scale
    assert story.minimum is not None
    np.testing.assert_allclose(story.charted, story.loss - story.minimum[1])
    assert (story.charted >= 0).all()


def test_losses_without_a_logarithm_stand_on_a_plain_axis(tmp_path: Path) -> None:
    text = (
        'title: T\nproblem: {formula: "w^2 + 1/w"}\nruns: {run: {rate: 0.9, start: 2, steps: 20}}\n'
        "scenes: [{kind: overshoot}]\n"
    )
    _, (story,) = written(tmp_path, text)
    assert isinstance(story, OvershootStory)
    assert story.scale is Charted.PLAIN
    assert (story.charted == story.loss).all()


# Refusals


def test_a_run_that_never_jumps_across_is_refused_with_the_mend(tmp_path: Path) -> None:
    text = 'title: T\nproblem: {formula: "(w-3)^2"}\nruns: {run: {rate: 0.1, start: 6, steps: 20}}\nscenes: [{kind: overshoot}]\n'
    with pytest.raises(StoryError, match=r"never jumps across a minimum.*larger rate.*tangent"):
        written(tmp_path, text)


def test_a_run_that_starts_at_the_minimum_needs_another_start(tmp_path: Path) -> None:
    text = 'title: T\nproblem: {formula: "(w-3)^2"}\nruns: {run: {rate: 0.1, start: 3, steps: 20}}\nscenes: [{kind: overshoot}]\n'
    with pytest.raises(StoryError, match=r"starts at rest: the slope at w = 3 is 0.*Choose another start"):
        written(tmp_path, text)
