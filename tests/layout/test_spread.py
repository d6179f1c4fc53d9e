"""Labels in a row make room for one another."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.layout.spread import spread


def test_labels_that_have_room_stay_where_they_want_to_be() -> None:
    assert spread([3.0, 1.0, 5.0], [0.5, 0.5, 0.5], 0.0, 6.0) == [3.0, 1.0, 5.0]


def test_labels_that_touch_step_aside_by_the_least() -> None:
    left, right = spread([2.0, 2.2], [1.0, 1.0], 0.0, 6.0, gap=0.1)
    assert (left + right) / 2 == pytest.approx(2.1)
    assert right - left == pytest.approx(1.1)


@pytest.mark.parametrize("seed", range(20))
def test_labels_never_overlap_keep_their_order_and_stay_inside(seed: int) -> None:
    random = np.random.default_rng(seed)
    centres, widths = random.uniform(0, 10, 6), random.uniform(0.2, 1.4, 6)
    placed = np.array(spread(centres.tolist(), widths.tolist(), 0.0, 10.0, gap=0.05))
    order = np.argsort(centres)
    edges = np.column_stack([placed - widths / 2, placed + widths / 2])[order]
    assert (edges[1:, 0] >= edges[:-1, 1] + 0.05 - 1e-9).all()
    assert edges.min() >= -1e-9
    assert edges.max() <= 10 + 1e-9
