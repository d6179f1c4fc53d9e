"""The figures of the kind `regression`: the line is that of the run, and dots keep apart."""

from __future__ import annotations

import numpy as np
from matplotlib.lines import Line2D

from scenes.kinds.regression.figures.data import figure_data
from scenes.kinds.regression.figures.loss import figure_regression_loss
from tests.figures import drawn, lines
from tests.lectures import shipped_lecture, story


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
