"""The story `overshoot`: counted jumps, a view that keeps the point in sight, the factor of the core."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.storyboard.requirements import StoryError
from scenes.storyboard.views.zoom import zoom_of
from scenes.text import maths, number
from tests.lectures import written

LECTURE = """
title: Overshoot
problem: {{formula: "{formula}"}}
runs:
  run: {{rate: {rate}, start: {start}, steps: {steps}}}
scenes:
  - kind: overshoot
{extra}"""


def told(
    folder: Path, rate: float, steps: int = 20, formula: str = "(w-3)^2+2", start: float = 6, extra: str = ""
) -> OvershootStory:
    text = LECTURE.format(formula=formula, rate=rate, start=start, steps=steps, extra=extra)
    _, (story,) = written(folder, text)
    assert isinstance(story, OvershootStory)
    return story


def caption(story: OvershootStory, beat: str) -> str:
    return story.speech.text(story.beat(beat).caption)


def shown(value: float, digits: int = 5) -> str:
    return maths(number(value, digits)).plain()


def test_every_jump_is_counted(tmp_path: Path) -> None:
    story = told(tmp_path, 1.1)
    assert story.crossings.tolist() == list(range(21))
    assert story.crossed.tolist() == [False, *[True] * 20]
    assert "All 10 steps so far jumped across." in caption(story, "more-steps")
    assert (np.sign(story.w - 3)[1:] == -np.sign(story.w - 3)[:-1]).all()


@pytest.mark.parametrize(
    ("rate", "factor", "word"),
    [(1.1, 1.2, "runs away"), (1, 1.0, "exactly the limit"), (0.9, 0.8, "to rest")],
)
def test_the_factor_of_a_step_is_that_of_the_core(
    tmp_path: Path, rate: float, factor: float, word: str
) -> None:
    story = told(tmp_path, rate)
    assert story.factor == pytest.approx(factor, rel=1e-12)
    told_why = caption(story, "factor")
    assert f"= {shown(factor)}" in told_why
    assert "curvature λ = 2" in told_why
    assert word in told_why
    distances = np.abs(story.w - 3)
    np.testing.assert_allclose(distances[1:6] / distances[:5], factor, rtol=1e-9)


def test_captions_are_short_and_the_zoom_is_explained_at_its_first_use(tmp_path: Path) -> None:
    story = told(tmp_path, 1.1)
    assert max(len(caption(story, beat.id)) for beat in story.beats) <= 120
    first = next(beat for beat in story.beats if story.zoom.levels[beat.row] > 0)
    assert "zooms out" in caption(story, first.id)


def test_the_edge_jumps_to_and_fro(tmp_path: Path) -> None:
    """From 6 at rate 1: 6, 0, 6."""
    story = told(tmp_path, 1)
    assert story.w[:3].tolist() == [6.0, 0.0, 6.0]
    assert "6 − 1 · 6 = 0" in caption(story, "step-1")
    assert "0 − 1 · (−6) = 6" in caption(story, "step-2")
    assert story.zoom.levels.max() == 0.0


def test_captions_carry_the_numbers_of_the_run(tmp_path: Path) -> None:
    story = told(tmp_path, 1.1)
    assert "6 − 1.1 · 6 = −0.6" in caption(story, "step-1")
    end = caption(story, "end")
    assert shown(float(story.w[-1])) in end
    assert shown(float(story.loss[-1])) in end
    assert shown(float(story.loss[-1] / story.loss[0]), 4) in end


def test_the_step_that_leaves_the_numbers_is_named(tmp_path: Path) -> None:
    story = told(tmp_path, 1.5, 2000)
    assert story.beyond == 511
    assert len(story.w) == 511
    assert "At step 511 the cost leaves the machine’s numbers" in caption(story, "end")


@pytest.mark.parametrize(
    ("rate", "steps"), [(1.1, 20), (1.02, 300), (1.5, 2000), (20, 400), (0.9, 20), (1, 20)]
)
def test_the_view_holds_every_point_at_its_row(tmp_path: Path, rate: float, steps: int) -> None:
    story = told(tmp_path, rate, steps)
    zoom = story.zoom
    assert (np.diff(zoom.levels) >= 0).all()
    for w, loss, level in zip(story.w, story.loss, zoom.levels, strict=True):
        (left, right), (low, high) = zoom.x_range(level), zoom.y_range(level)
        assert left < w < right
        assert low <= loss < high


def test_where_the_story_pauses_the_view_rests(tmp_path: Path) -> None:
    for rate, steps in ((1.1, 20), (1.5, 2000), (20, 400)):
        story = told(tmp_path, rate, steps)
        for beat in story.beats:
            assert min(abs(story.zoom.levels[beat.row] - rest) for rest in story.zoom.rests) < 1e-9


def test_the_first_view_holds_the_first_rows_and_does_not_move() -> None:
    w = 3 + 3 * (-1.2) ** np.arange(12.0)
    zoom = zoom_of(w, (w - 3) ** 2 + 2, 3.0, 2.0)
    assert zoom.levels[:4].tolist() == [0.0] * 4
    assert zoom.levels[-1] > 0


def test_a_domain_is_left_and_named(tmp_path: Path) -> None:
    text = (
        'title: D\nproblem: {formula: "(w-3)^2+2", domain: {w: [-20, 26]}}\n'
        "runs: {run: {rate: 1.1, start: 6, steps: 40}}\nscenes: [{kind: overshoot}]\n"
    )
    _, (story,) = written(tmp_path, text)
    assert isinstance(story, OvershootStory)
    assert story.beyond is None
    assert "leaves the domain" in caption(story, "end")


def test_a_curve_without_a_known_minimum_is_told_too(tmp_path: Path) -> None:
    story = told(tmp_path, 2.2, 8, "sin(w)", 0.5)
    assert story.crossings[-1] > 0
    assert story.factor is None
    assert not story.has("factor")
    assert (story.loss + story.shift >= 0).all()


def test_a_run_that_never_jumps_across_is_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"never jumps across a minimum.*larger rate.*tangent"):
        told(tmp_path, 0.1)


def test_a_run_that_starts_at_the_minimum_needs_another_start(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"starts at rest: the slope at w = 3 is 0.*Choose another start"):
        told(tmp_path, 0.1, start=3)
