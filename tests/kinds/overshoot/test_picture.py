"""The scene `overshoot`: the point stays in sight, the numbers stand still, nothing overlaps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenes.draw.recording_pen import RecordingPen
from scenes.kinds.overshoot.picture.overshoot import OvershootPicture
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Frame
from scenes.theme import Role
from tests.lectures import written
from tests.painted import FORMATS, discs, painted, trouble

PARABOLA = "(w-3)^2+2"
RUNS = {
    "diverges": (PARABOLA, 1.1, 6, 20),
    "slowly": (PARABOLA, 1.02, 6, 300),
    "leaves the numbers": (PARABOLA, 1.5, 6, 2000),
    "at once": (PARABOLA, 20, 6, 400),
    "edge": (PARABOLA, 1, 6, 20),
    "comes to rest": (PARABOLA, 0.9, 6, 20),
    "few steps": (PARABOLA, 1.1, 6, 2),
    "two wells": ("0.05*(w-1)^2*(w-5)^2", 40, 3.1, 30),
    "on the axis": ("w^2", 1.1, 1e-7, 12),
    "far out": ("w^2", 1.1, 1e7, 12),
}


def told(name: str, folder: Path) -> OvershootStory:
    formula, rate, start, steps = RUNS[name]
    runs = f"{{run: {{rate: {rate}, start: {start}, steps: {steps}}}}}"
    text = f'title: O\nproblem: {{formula: "{formula}"}}\nruns: {runs}\nscenes: [{{kind: overshoot}}]\n'
    _, (story,) = written(folder, text)
    assert isinstance(story, OvershootStory)
    return story


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("name", RUNS)
def test_text_meets_nothing_and_stays_inside(name: str, shape: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    frame = Frame.of_pixels(*FORMATS[shape])
    picture = OvershootPicture(story, frame)
    for beat in story.beats:
        assert not trouble(picture, beat.end - 1e-3), beat.id


@pytest.mark.parametrize("name", RUNS)
def test_the_point_stands_in_sight_where_the_core_says(name: str, tmp_path: Path) -> None:
    story = told(name, tmp_path)
    picture = OvershootPicture(story, Frame.of_pixels(1920, 1080))
    for beat in story.beats[1:]:
        plot = picture.view.at(float(story.zoom.levels[beat.row]))
        place = plot.at(float(story.w[beat.row]), float(story.loss[beat.row]))
        box = picture.view.box
        assert box.left < place[0] < box.right
        assert box.bottom <= place[1] < box.top
        assert np.abs(discs(picture, beat.end - 1e-3) - place).max(axis=1).min() < 1e-6


def test_every_explained_jump_is_an_arrow_in_the_colour_of_trouble(tmp_path: Path) -> None:
    story = told("diverges", tmp_path)
    picture = OvershootPicture(story, Frame.of_pixels(1920, 1080))
    for k in (1, 2, 3):
        pen = painted(picture, story.beat(f"step-{k}").end - 1e-3)
        arrows = [mark for mark in pen.marks if mark.kind == "arrow"]
        assert len(arrows) == k
        assert {mark.role for mark in arrows} == {Role.TROUBLE}
        tip = picture.view.at(0.0).at(float(story.w[k]), float(story.loss[k]))
        assert min(float(np.abs(mark.points - tip).max(axis=1).min()) for mark in arrows) < 1e-6


def test_nothing_of_the_panel_is_drawn_outside_of_it(tmp_path: Path) -> None:
    story = told("leaves the numbers", tmp_path)
    picture = OvershootPicture(story, Frame.of_pixels(1920, 1080))
    box = picture.view.box
    for seconds in np.linspace(0.0, story.seconds, 90):
        pen = painted(picture, float(seconds))
        for mark in pen.marks:
            if mark.role in (Role.OBJECTIVE, Role.TROUBLE) and mark.kind in ("stroke", "arrow"):
                inside = box.grown(0.1).holds(mark.box) or picture.loss.zone.grown(0.1).holds(mark.box)
                assert inside, seconds


def test_ticks_keep_their_numbers_while_the_view_zooms(tmp_path: Path) -> None:
    """Between two moments of a zoom a number only moves: its text never changes on the way."""
    story = told("diverges", tmp_path)
    picture = OvershootPicture(story, Frame.of_pixels(1920, 1080))
    levels = np.linspace(story.zoom.rests[0], story.zoom.rests[1], 40)
    allowed = set()
    for rest in story.zoom.rests[:2]:
        pen = RecordingPen(picture.frame)
        picture.view.draw(pen, rest, 1.0)
        allowed |= {mark.text for mark in pen.texts()}
        assert pen.texts()
    for level in levels:
        pen = RecordingPen(picture.frame)
        picture.view.draw(pen, float(level), 1.0)
        assert {mark.text for mark in pen.texts()} <= allowed


def test_the_scale_of_the_view_is_written_once_it_is_not_the_first(tmp_path: Path) -> None:
    story = told("diverges", tmp_path)
    picture = OvershootPicture(story, Frame.of_pixels(1920, 1080))

    def texts(identifier: str) -> list[str]:
        pen = painted(picture, story.beat(identifier).end - 1e-3)
        return [mark.text for mark in pen.texts()]

    assert not [text for text in texts("step-1") if text.startswith("view")]
    widest = 10 ** float(story.zoom.levels[-1])
    assert f"view × {widest:.0f}" in texts("end")


def test_the_loss_grows_in_step_on_a_logarithmic_axis(tmp_path: Path) -> None:
    story = told("diverges", tmp_path)
    picture = OvershootPicture(story, Frame.of_pixels(1920, 1080))
    assert picture.loss.plot.y.log
    for identifier in ("step-1", "more-steps", "end"):
        row = story.beat(identifier).row
        place = picture.loss.plot.at(float(story.steps[row]), float(story.loss[row]))
        assert np.abs(discs(picture, story.beat(identifier).end - 1e-3) - place).max(axis=1).min() < 1e-9
