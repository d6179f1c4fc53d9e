"""What the surface hides, against rays followed in small steps."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.storyboard.views.relief import Relief
from scenes.widgets.space.view import View

GRID = np.linspace(-1, 1, 61)
X, Y = np.meshgrid(GRID, GRID, indexing="ij")
SURFACES = {
    "bowl": 0.3 + 0.4 * (X**2 + Y**2),
    "trench": 0.2 + 0.8 * X**2 + 0.02 * Y**2,
    "waves": 0.6 + 0.25 * np.sin(4 * X) * np.cos(3 * Y),
    "cliff": np.where(X > 0.01, 0.9, 0.2) + 0 * Y,
    "plane": 0.5 + 0.2 * X - 0.1 * Y,
}


def followed(relief: Relief, points: np.ndarray, view: View, start: float) -> np.ndarray:
    """Which rays from points (n, 3) to the camera stay above the surface, or below it, as long as they are over it."""
    free = []
    for point in points:
        ray = (view.eye - point) / np.linalg.norm(view.eye - point)
        along = point + np.arange(start, 4, 0.004)[:, None] * ray
        along = along[(np.abs(along[:, :2]) <= 1).all(axis=1)]
        above = along[:, 2] - relief.height_at(along[:, 0], along[:, 1]) > 0
        free.append(len(set(above.tolist())) < 2)
    return np.array(free)


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("elevation", [0.25, 0.6, 1.1, 1.5])
def test_a_place_is_seen_when_nothing_lies_between_it_and_the_camera(name: str, elevation: float) -> None:
    relief = Relief(SURFACES[name])
    view = View(0.7, elevation)
    x, y = np.random.default_rng(1).uniform(-0.95, 0.95, (2, 250))
    on = np.column_stack([x, y, relief.height_at(x, y)])
    agree = relief.visible_on(on, view) == followed(relief, on, view, 0.03)
    assert agree.mean() > 0.97, "only at a fold may steps and rays differ"
    over = on + (0, 0, 0.012)
    agree = relief.visible(over, view) == followed(relief, over, view, 0.0)
    assert agree.mean() > 0.97
    assert not relief.visible(on - (0, 0, 0.2), view).any(), "what lies below cannot be seen from above"
