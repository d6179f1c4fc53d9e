"""The figures that are of no kind: the objective at the opening, a path on its graph."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.report.figures.graph import Graph
from scenes.report.figures.objective import figure_objective
from tests.figures import drawn
from tests.lectures import shipped_lecture, story


@pytest.mark.parametrize("lecture", ["houses", "intuition", "park"])
def test_the_opening_figure(lecture: str) -> None:
    assert drawn(figure_objective, shipped_lecture(lecture)[0])


def test_the_path_on_the_surface_reaches_the_end_of_a_run_of_many_small_steps() -> None:
    told = story("park/surface")
    graph = Graph(told.terrain)
    path = graph.path(told.path)
    assert len(path) < 2_000
    assert path[0, :2] == pytest.approx((float(graph.x(told.path[0, 0])), float(graph.y(told.path[0, 1]))))
    assert path[-1, :2] == pytest.approx((float(graph.x(told.path[-1, 0])), float(graph.y(told.path[-1, 1]))))
    # The walk along the valley is nearly straight and long: no stretch of it is skipped.
    assert np.hypot(*np.diff(path[:, :2], axis=0).T).max() < 0.2
