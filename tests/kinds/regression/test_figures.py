"""The figures of the kind `regression`: the line is that of the run, and dots keep apart."""

from __future__ import annotations

import numpy as np
from matplotlib.lines import Line2D

from scenes.kinds.regression.figures.data import figure_data
from scenes.kinds.regression.figures.loss import figure_regression_loss
from scenes.kinds.regression.picture.regression import RegressionPicture
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.layout import Frame
from scenes.theme import Role
from tests.figures import at_every_pause, cited, drawn, lines
from tests.lectures import examples, shipped_lecture, story


def test_the_line_of_a_regression_is_the_last_one_of_the_run() -> None:
    told = story("houses/regression")
    study = shipped_lecture("houses")[0]
    m, b = study.trajectories["steady"].final
    shown = [line for line in lines(drawn(figure_data, told)) if line.shape == (2, 2)]
    assert any(np.allclose(line[:, 1], m * line[:, 0] + b) and np.ptp(line[:, 0]) > 3 for line in shown)


def test_dots_that_would_run_together_are_left_out() -> None:
    for lecture, dotted in (("houses", True), ("park", False)):
        told = story(f"{lecture}/regression")
        curve = next(
            artist
            for artist in drawn(figure_regression_loss, told)
            if isinstance(artist, Line2D) and len(artist.get_data()[0]) == len(told.steps)
        )
        assert (curve.get_marker() == "o") is dotted


def test_the_film_rests_on_the_lines_and_on_the_run_of_the_figures() -> None:
    """The first pause with the best line and our prediction; and the first with the run at its end."""
    for study, told in examples("regression"):
        assert isinstance(told, RegressionStory)
        fit, plot = told.fit, RegressionPicture(told, Frame.of_pixels(1920, 1080)).data.small
        (asked,) = fit.asked
        answer, best = (asked.row[0], float(asked.ours[-1])), np.column_stack([fit.line_x, fit.best_line])
        shown = lines(drawn(figure_data, told))
        for part in (np.array([answer]), best):
            assert any(line.shape == part.shape and np.allclose(line, part) for line in shown)
        assert any(
            line[-1, 0] == told.trajectory.steps for line in lines(drawn(figure_regression_loss, told))
        )
        answered, ended = [], []
        for beat, pen in at_every_pause(told):
            discs = [mark.points[0] for mark in pen.marks if mark.kind == "disc" and mark.role is Role.POINT]
            strokes = [mark.points for mark in pen.marks if mark.kind == "stroke" and mark.role is Role.GOOD]
            line = plot.at(best[:, 0], best[:, 1])
            if any(np.allclose(disc, plot.at(*answer)) for disc in discs) and any(
                stroke.shape == line.shape and np.allclose(stroke, line) for stroke in strokes
            ):
                answered.append(beat)
            if told.steps[int(told.end_of(beat.id).position)] == told.trajectory.steps:
                ended.append(beat)
        assert cited(study, told) == [answered[0], ended[0]]
