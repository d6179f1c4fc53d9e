"""The figures that are of no kind: the objective at the opening, a path on its graph."""

from __future__ import annotations

import pytest

from scenes.report.figures.objective import figure_objective
from tests.figures import drawn
from tests.lectures import shipped_lecture


@pytest.mark.parametrize("lecture", ["houses", "intuition", "park"])
def test_the_opening_figure(lecture: str) -> None:
    assert drawn(figure_objective, shipped_lecture(lecture)[0])
