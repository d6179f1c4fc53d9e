"""The scene `learning-rates`: every panel shows its own run, in step, and keeps to itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.draw.recording_pen import RecordingPen
from scenes.kinds.learning_rates.picture.learning_rates import LearningRatesPicture
from scenes.kinds.learning_rates.picture.standing import Standing
from scenes.kinds.learning_rates.picture.tall_panel import TallPanel
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.layout import Frame
from scenes.lecture.shipped import shipped
from scenes.theme import Role
from tests.lectures import shipped_lecture, written
from tests.painted import FORMATS, painted, trouble

WELL = """
title: Wells
problem: {formula: "0.05*(w-1)^2*(w-5)^2"}
runs:
  a: {rate: 0.1, start: 2.9, steps: 40}
  b: {rate: 3.2, start: 2.9, steps: 12}
  c: {rate: 40, start: 3.1, steps: 30}
scenes: [{kind: learning-rates, runs: [a, b]}, {kind: learning-rates, runs: [a, b, c]}]
"""
THREE = """
title: Three parameters
problem: {formula: "a^2 + 2*b^2 + 30*c^2"}
runs:
  p: {rate: 0.000001, start: [1, 1, 1], steps: 30}
  q: {rate: 0.01, start: [1, 1, 1], steps: 30}
  r: {rate: 0.03, start: [1, 1, 1], steps: 30}
  s: {rate: 0.04, start: [1, 1, 1], steps: 30}
scenes: [{kind: learning-rates}]
"""
VALLEY = """
title: Valley
problem: {formula: "(1-x)^2 + 100*(y-x^2)^2"}
runs:
  a: {rate: 0.0001, start: [-1.2, 1], steps: 400}
  b: {rate: 0.001, start: [-1.2, 1], steps: 400}
  c: {rate: 0.01, start: [-1.2, 1], steps: 200}
scenes: [{kind: learning-rates}]
"""

STEEP = """
title: Steep
problem: {formula: "w^8 + 0.2*w^2"}
runs:
  a: {rate: 0.01, start: 1.4, steps: 3000}
  b: {rate: 0.05, start: 1.4, steps: 12}
scenes: [{kind: learning-rates}]
"""


def stories(text: str, folder: Path) -> list[LearningRatesStory]:
    _, told = shipped_lecture(text) if text in shipped() else written(folder, text)
    return [story for story in told if isinstance(story, LearningRatesStory)]


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("text", [WELL, THREE, VALLEY], ids=["wells", "three", "valley"])
def test_text_meets_nothing_and_stays_inside(text: str, shape: str, tmp_path: Path) -> None:
    frame = Frame.of_pixels(*FORMATS[shape])
    for story in stories(text, tmp_path):
        picture = LearningRatesPicture(story, frame)
        for beat in story.beats:
            assert not trouble(picture, beat.end - 1e-3), beat.id


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", ["houses", "intuition", "park"])
def test_points_stand_where_the_core_says_and_all_at_the_same_step(
    name: str, shape: str, tmp_path: Path
) -> None:
    (story,) = stories(name, tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(*FORMATS[shape]))
    for identifier in ("panels", "step-1", "steps", "verdicts"):
        row = story.beat(identifier).row
        pen = painted(picture, story.beat(identifier).end - 1e-3)
        counted = story.speech.say(
            "learning-rates.after", steps=story.speech.count("step", int(story.steps[row]))
        )
        assert (counted.plain() in [mark.text for mark in pen.texts()]) == (row > 0)
        stand = Standing.at(story, story.moment(story.beat(identifier).end - 1e-3))
        discs = np.array([mark.points[0] for mark in pen.marks if mark.kind == "disc"])
        for panel in picture.panels:
            here = panel.contender.path[panel.contender.row_at(int(story.steps[row]))]
            across, up = (here[0], here[1]) if len(here) == 2 else (here[0], panel.contender.loss[row])
            if isinstance(panel, TallPanel):  # its view follows the point
                assert np.abs(discs - panel.plot(stand).at(across, up)).max(axis=1).min() < 1e-9
                continue
            place = panel.plot.at(across, up)
            if panel.track.inside(row):
                assert np.abs(discs - place).max(axis=1).min() < 1e-9
            else:
                assert panel.track.exit(row)


@pytest.mark.parametrize("shape", FORMATS)
def test_a_run_that_leaves_is_never_drawn_over_its_neighbours(shape: str, tmp_path: Path) -> None:
    (story,) = stories("houses", tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(*FORMATS[shape]))
    leaving = picture.panels[-1]
    pen = RecordingPen(picture.frame)
    end = story.moment(story.seconds)
    leaving.draw(pen, end, Standing.at(story, end))
    for mark in pen.marks:
        assert leaving.plot.box.grown(0.12).holds(mark.box)
    others = [panel.cell for panel in picture.panels[:-1]]
    assert not [mark for mark in pen.marks for cell in others if mark.box.grown(-0.03).meets(cell)]


def test_the_rates_stand_on_their_axis_and_what_they_mean_comes_with_its_caption(tmp_path: Path) -> None:
    (story,) = stories("houses", tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    for identifier, told in (("panels", False), ("verdicts", False), ("strip", True)):
        pen = painted(picture, story.beat(identifier).end - 1e-3)
        shown = {mark.text: mark for mark in pen.texts() if mark.opacity > 0.5}
        assert "0.0075" in shown
        assert (shown["0.082"].role is Role.TROUBLE) is told, "a verdict has its time"


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", ["houses", "park"])
def test_every_axis_has_two_numbers(name: str, shape: str, tmp_path: Path) -> None:
    (story,) = stories(name, tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(*FORMATS[shape]))
    for panel in picture.panels:
        assert len(panel.plot.x.ticks(panel.cells.style.x_spacing)) >= 2
        assert len(panel.plot.y.ticks(panel.cells.style.y_spacing)) >= 2


def test_panels_share_ground_and_scale(tmp_path: Path) -> None:
    (story,) = stories("houses", tmp_path)
    picture = LearningRatesPicture(story, Frame.of_pixels(1920, 1080))
    first = picture.panels[0].plot
    for panel in picture.panels:
        assert (panel.plot.x.low, panel.plot.x.high) == (first.x.low, first.x.high)
        assert (panel.plot.y.low, panel.plot.y.high) == (first.y.low, first.y.high)
        assert panel.plot.box.width == pytest.approx(first.box.width)


def test_the_rates_stand_at_their_places_on_the_strip(tmp_path: Path) -> None:
    (story,) = stories("houses", tmp_path)
    strip = LearningRatesPicture(story, Frame.of_pixels(1920, 1080)).strip
    assert strip.marks == pytest.approx([float(strip.scale(c.rate)) for c in story.contenders])
    limit = float(strip.scale(story.strip.limit or 0.0))
    assert strip.marks[2] < limit < strip.marks[3]
    pen = RecordingPen(Frame.of_pixels(1920, 1080))
    strip.draw(pen, shown=1.0, coloured=1.0, limit=1.0)
    texts = [mark.text for mark in pen.texts()]
    assert {"0.001", "0.0075", "0.08", "0.082", "limit 2/λ = 0.081284"} <= set(texts)


@pytest.mark.parametrize("shape", FORMATS)
def test_both_limits_are_marked_where_the_curvature_changes(shape: str, tmp_path: Path) -> None:
    (story,) = stories(STEEP, tmp_path)
    strip = LearningRatesPicture(story, Frame.of_pixels(*FORMATS[shape])).strip
    assert story.strip.limit is not None
    assert story.strip.rest_limit is not None
    assert story.strip.limits == (story.strip.limit, story.strip.rest_limit)
    pen = RecordingPen(Frame.of_pixels(*FORMATS[shape]))
    strip.draw(pen, shown=1.0, coloured=1.0, limit=1.0)
    texts = [mark.text for mark in pen.texts()]
    assert [text for text in texts if text.startswith("steepest: 2/λ = ")]
    assert [text for text in texts if text.startswith("bottom: 2/λ = ")]
    for limit in story.strip.limits:
        place = float(strip.scale(limit))
        assert [
            mark
            for mark in pen.marks
            if mark.kind == "stroke" and abs(mark.points[:, 0] - place).max() < 1e-9
        ]
