"""A path is drawn on its panel and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.draw.recording_pen import RecordingPen
from scenes.layout import Box, Frame, Plot
from scenes.widgets.plane.track import Track

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
    assert len(arrows) == 1
    assert not [mark for mark in pen.marks if mark.kind == "disc" and mark.points[0, 0] not in x]
    gone = track.exit(11)
    assert gone is not None
    assert abs(gone[1][0]) == pytest.approx(2.0)


def test_inside_the_panel_there_is_a_point_and_no_arrow() -> None:
    track = Track.on(PLOT, np.array([0.0, 5.0, 1.0]), np.zeros(3))
    assert track.exit(0) is None
    assert track.exit(1) is not None
    assert track.exit(2) is None


@pytest.mark.parametrize("shrink", [0.99, 1.002])
def test_a_long_zig_zag_never_becomes_a_blot(shrink: float) -> None:
    """The latest moves are lines, all older strokes together cover little of the panel."""
    x = 1.9 * (-shrink) ** np.arange(400.0)
    track = Track.on(PLOT, x, np.linspace(-0.9, 0.9, 400))
    pen = RecordingPen(Frame.of_pixels(1920, 1080))
    track.draw_path(pen, 399)
    strokes = [mark for mark in pen.marks if mark.kind == "stroke"]
    assert 6 <= sum(mark.opacity > 0.1 for mark in strokes) <= 9
    ink = sum(
        mark.opacity * mark.width * float(np.hypot(*np.diff(mark.points, axis=0).T).sum())
        for mark in strokes
        if mark.opacity <= 0.1
    )
    assert ink < 0.02 * BOX.width * BOX.height
