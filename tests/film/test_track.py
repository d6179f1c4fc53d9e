"""A path is drawn on its panel and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.film.recorder import RecordingPen
from scenes.film.track import Track
from scenes.layout import Box, Frame, Plot

BOX = Box(-2.0, -1.0, 2.0, 1.0)
PLOT = Plot.over(BOX, (-2.0, 2.0), (-1.0, 1.0))


def test_the_point_stands_where_the_rows_say() -> None:
    track = Track.on(PLOT, np.array([0.0, 1.0]), np.array([0.0, 0.5]))
    assert track.place(0) == pytest.approx((0.0, 0.0))
    assert track.place(0.5) == pytest.approx((0.5, 0.25))
    assert track.place(7) == pytest.approx((1.0, 0.5))


@pytest.mark.parametrize("growth", [1.2, 3.0, 1e30])
def test_a_run_that_leaves_is_cut_at_the_edge_and_an_arrow_says_where(growth: float) -> None:
    with np.errstate(over="ignore"):
        x = np.clip((-growth) ** np.arange(12.0), -1e300, 1e300)
    track = Track.on(PLOT, x, np.zeros(12))
    pen = RecordingPen(Frame.of_pixels(1920, 1080))
    track.draw_path(pen, 11)
    track.draw_point(pen, 11)
    for mark in pen.marks:
        assert BOX.grown(0.05).holds(mark.box), mark.kind
    arrows = [mark for mark in pen.marks if mark.kind == "arrow"]
    assert arrows
    assert not [mark for mark in pen.marks if mark.kind == "disc" and mark.points[0, 0] not in x]
    for _, tip in track.exits(11):
        assert abs(tip[0]) == pytest.approx(2.0)


def test_inside_the_panel_there_is_a_point_and_no_arrow() -> None:
    track = Track.on(PLOT, np.array([0.0, 5.0, 1.0]), np.zeros(3))
    assert track.exits(0) == []
    assert len(track.exits(1)) == 1
    assert track.exits(2) == []
