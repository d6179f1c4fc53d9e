"""The figures that are of no kind: the objective at the opening, a path on its graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from scenes.lecture.starter import starter
from scenes.report.figures.objective import figure_objective
from tests.figures import drawn
from tests.lectures import shipped_lecture, written


@pytest.mark.parametrize("lecture", ["houses", "intuition", "park"])
def test_the_opening_figure(lecture: str) -> None:
    assert drawn(figure_objective, shipped_lecture(lecture)[0])


def test_the_opening_figure_of_one_start_shows_the_minimum_as_well(tmp_path: Path) -> None:
    study, _ = written(tmp_path, starter("mine"))
    axes = Figure().add_subplot()
    figure_objective(axes, study)
    low, high = axes.get_xlim()
    assert low < study.problem.minima()[0][0] < high
    assert all(low < run.start[0] < high for run in study.trajectories.values())
