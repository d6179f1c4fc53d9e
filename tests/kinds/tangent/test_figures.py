"""The figures of the kind `tangent`: what they show stands where the core says."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kinds.tangent.figures.tangent import figure_tangent
from tests.figures import drawn, lines
from tests.lectures import story


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
