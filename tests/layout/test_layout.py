"""Frames, scales, ticks, boxes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenes.layout import Box, Frame, Plot, Scale, free_place, nice_ticks, place_label
from scenes.layout.ticks import log_ticks, nice_step

SIZES = [(1920, 1080), (1080, 1920), (1080, 1080), (854, 480)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("readout", [True, False])
def test_zones_lie_in_the_frame_and_apart(width: int, height: int, readout: bool) -> None:
    frame = Frame.of_pixels(width, height)
    assert min(frame.width, frame.height) == pytest.approx(8.0)
    zones = frame.zones(readout)
    boxes = [box for box in (zones.title, zones.stage, zones.readout, zones.caption, zones.aside) if box]
    for i, box in enumerate(boxes):
        assert frame.safe.holds(box)
        assert not any(box.meets(other) for other in boxes[i + 1 :])


def test_the_stage_takes_its_share_of_a_wide_frame() -> None:
    frame = Frame.of_pixels(1920, 1080)
    assert frame.zones(True).stage.area >= 0.45 * frame.box.area
    assert frame.zones(False).stage.area >= 0.60 * frame.box.area


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(2, 9))
def test_ticks_are_round_and_inside(low: float, span: float, wanted: int) -> None:
    assume(span > 1e-6 * abs(low))
    ticks = nice_ticks(low, low + span, wanted)
    assert ((ticks >= low - 1e-9 * span - 1e-9) & (ticks <= low + span * (1 + 1e-9) + 1e-9)).all()
    assert 2 <= len(ticks) <= 2 * wanted + 2
    steps = [nice_step(span, wanted * finer) for finer in (1, 2, 4)]
    assert any(np.abs(ticks / step - np.rint(ticks / step)).max() < 1e-6 for step in steps)
    if len(ticks) > 2:
        assert np.allclose(np.diff(ticks), steps[0])


def test_one_number_is_no_scale() -> None:
    assert nice_ticks(0, 430_000, 2).tolist() == [0, 400_000]
    assert nice_ticks(0.1, 0.9, 2).tolist() == pytest.approx([0.2, 0.8])
    assert nice_ticks(-0.7, 0.6, 2).tolist() == [-0.5, 0.0]  # 1 apart, they would be written without decimals
    assert nice_ticks(0, 430_000, 1).tolist() == [0]


def test_logarithmic_ticks_are_powers_of_ten() -> None:
    assert log_ticks(1, 1e4).tolist() == [1, 10, 100, 1000, 10000]
    assert set(log_ticks(3, 40)) == {5, 10, 20}


def test_a_logarithmic_scale_keeps_ratios() -> None:
    scale = Scale(1.0, 1e4, 0.0, 4.0, log=True)
    assert scale(np.array([1.0, 10.0, 1e4])).tolist() == pytest.approx([0, 1, 4])
    assert np.isnan(scale(0.0))


points = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=2, max_size=8)


@given(points)
def test_clipping_keeps_exactly_what_is_inside(line: list[tuple[float, float]]) -> None:
    box = Box(-1, -1, 1, 1)
    parts = box.clip(np.array(line))
    for part in parts:
        assert len(part) >= 2
        assert (np.abs(part) <= 1 + 1e-9).all()
    inside = [p for p in line if abs(p[0]) <= 1 and abs(p[1]) <= 1]
    corners = np.concatenate(parts) if parts else np.empty((0, 2))
    for p in inside:
        assert np.abs(corners - p).sum(axis=1).min() < 1e-9


def test_a_label_steps_aside() -> None:
    room = Box(-5, -5, 5, 5)
    wall = np.array([(-5.0, -0.3), (5.0, -0.3)])
    x, y = place_label((0, 0), (1, 0.3), within=room, lines=[wall])
    box = Box(x - 0.5, y - 0.15, x + 0.5, y + 0.15)
    assert not box.crossed_by(wall)
    taken = box.grown(0.1)
    x, y = place_label((0, 0), (1, 0.3), within=room, lines=[wall], boxes=[taken])
    assert not Box(x - 0.5, y - 0.15, x + 0.5, y + 0.15).meets(taken)


def test_a_label_that_would_touch_something_everywhere_has_no_place() -> None:
    room = Box(0.0, 0.0, 4.0, 3.0)
    free = free_place((2.0, 1.5), (0.6, 0.3), within=room, boxes=[], lines=[], gap=0.1)
    assert free is not None
    assert room.holds(free)
    crowd = [Box(x, y, x + 0.4, y + 0.4) for x in np.arange(0, 4, 0.5) for y in np.arange(0, 3, 0.5)]
    assert free_place((2.0, 1.5), (0.6, 0.3), within=room, boxes=crowd, lines=[], gap=0.1) is None


def test_a_box_begins_at_its_left() -> None:
    assert Box(1.0, 0.0, 3.0, 2.0).begun(0.25) == Box(1.0, 0.0, 1.5, 2.0)


def test_one_point_stands_where_many_would() -> None:
    plot = Plot.over(Box(1.0, 0.0, 3.0, 2.0), (0.0, 4.0), (-1.0, 1.0))
    assert plot.point(1.0, 0.5) == tuple(plot.at(np.array([1.0]), np.array([0.5]))[0])
