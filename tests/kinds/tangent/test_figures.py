"""The figures of the kind `tangent`: what they show stands where the core says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.text import Annotation

from scenes.draw.recording_pen import RecordingPen
from scenes.kinds.tangent.figures.steps import figure_steps
from scenes.kinds.tangent.figures.tangent import figure_tangent
from scenes.theme import Role
from tests.figures import at_every_pause, cited, drawn, fullest, lines
from tests.lectures import examples, story, written


def test_the_path_stands_where_the_core_says() -> None:
    told = story("intuition/from-the-right")
    path = np.column_stack([told.w, told.loss])
    shown = lines(drawn(figure_tangent, told))
    assert any(line.shape == path.shape and np.array_equal(line, path) for line in shown)


def test_a_tangent_has_the_slope_of_its_row() -> None:
    told = story("intuition/from-the-right")
    segments = [line for line in lines(drawn(figure_tangent, told)) if line.shape == (2, 2)]
    slopes = [float(np.diff(s[:, 1])[0] / np.diff(s[:, 0])[0]) for s in segments if np.diff(s[:, 0])[0]]
    for slope in told.slope[:3]:
        assert any(found == pytest.approx(float(slope)) for found in slopes)


def steps_drawn(pen: RecordingPen) -> int:
    """The bars under the curve, one for each step that the film has made."""
    return len([mark for mark in pen.marks if mark.kind == "area" and mark.role is Role.STEP])


def test_the_film_rests_on_the_steps_of_the_figure() -> None:
    """At the time under the figure the film has made steps of the figure only, as many as it ever rests on."""
    for study, told in examples("tangent"):
        arrows = [artist for artist in drawn(figure_steps, told) if isinstance(artist, Annotation)]
        assert cited(study, told) == [fullest(at_every_pause(told), steps_drawn, len(arrows))]


ONE = "title: T\nproblem: {formula: '(w-3)^2 + 2'}\nruns: {a: {rate: 0.1, start: %s, steps: %s}}\nscenes: [{kind: tangent}]\n"


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_of_a_short_run_the_film_has_made_every_step(steps: int, tmp_path: Path) -> None:
    study, (told,) = written(tmp_path, ONE % (6, steps))
    assert cited(study, told) == [fullest(at_every_pause(told), steps_drawn, steps)]
    assert cited(study, told)[0].row == steps


def test_a_run_that_never_moves_is_cited_where_it_has_stayed(tmp_path: Path) -> None:
    study, (told,) = written(tmp_path, ONE % (3, 4))
    (beat,) = cited(study, told)
    assert beat == next(beat for beat in told.beats if beat.row == 4)
    assert "step 4" in [mark.text for mark in dict(at_every_pause(told))[beat].texts()], "the film's counter"


@pytest.mark.parametrize("size", ["1e-300", "1e300", "1e307"])
def test_slopes_of_any_size_are_told_and_drawn(size: str, tmp_path: Path) -> None:
    rate = 0.1 / float(size)
    _, (told,) = written(
        tmp_path,
        f"title: T\nproblem: {{formula: '{size}*x^2'}}\nruns: {{a: {{rate: {rate}, start: 0.5, steps: 6}}}}\n"
        "scenes: [{kind: tangent}]\n",
    )
    assert drawn(figure_tangent, told)
    assert at_every_pause(told)
