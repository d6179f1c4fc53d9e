"""The camera's flight: what it looks at stays in its room, and fills it at both ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.layout import Box
from scenes.widgets.space.view import BOX_HEIGHT, FLOOR, Flight, View

ROOM = Box(-3.0, -2.0, 3.0, 2.0)
BOX = np.vstack([FLOOR, FLOOR + (0.0, 0.0, BOX_HEIGHT)])


def flight(azimuth: float, turn: float, points: np.ndarray, zone: Box = ROOM, margin: float = 0.0) -> Flight:
    start, goal = View(azimuth, np.radians(24)), View(azimuth + turn, np.radians(36))
    return Flight.over(start, goal, zone, points, (margin,) * 4)


@given(
    st.floats(-3, 3), st.floats(-1, 1), st.floats(0, 1), st.sampled_from([ROOM, Box(-1.5, -4.0, 1.5, 4.0)])
)
def test_everything_stays_in_the_room(azimuth: float, turn: float, part: float, zone: Box) -> None:
    way = flight(azimuth, turn, BOX, zone, 0.25)
    room = zone.grown(-0.25 + 1e-3)
    assert all(
        room.left < x < room.right and room.bottom < y < room.top for x, y in way.at(part).project(BOX)
    )


@pytest.mark.parametrize("part", [0.0, 1.0])
@pytest.mark.parametrize("azimuth", [0.3, 1.2, -2.0])
def test_the_room_is_filled_at_both_ends(azimuth: float, part: float) -> None:
    seen = flight(azimuth, 0.9, BOX).at(part).project(BOX)
    size = np.ptp(seen, axis=0)
    assert max(size / (ROOM.width, ROOM.height)) == pytest.approx(1.0)
    assert seen.min(axis=0) + size / 2 == pytest.approx(ROOM.centre, abs=1e-9)


def test_the_picture_swells_or_shrinks_once() -> None:
    scales = [flight(0.3, 0.9, BOX).at(part).scale for part in np.linspace(0, 1, 30).tolist()]
    bends = np.diff(scales, 2)
    assert (bends > -1e-9).all() or (bends < 1e-9).all()
