"""An axis that is logarithmic both ways, and the numbers at it."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.notation import plain
from scenes.widgets.plane.bent_scale import BentScale, short_ticks


def test_a_bent_axis_is_odd_monotone_and_hits_its_ends() -> None:
    scale = BentScale(-1000.0, 1000.0, 0.0, 2.0, 10.0)
    values = np.array([-1000.0, -100.0, -10.0, 0.0, 10.0, 100.0, 1000.0])
    places = scale(values)
    assert places[[0, 3, -1]] == pytest.approx([0.0, 1.0, 2.0])
    assert np.all(np.diff(places) > 0)
    assert places + places[::-1] == pytest.approx(2.0)
    assert scale.ticks(0.15).tolist() == values.tolist()


def test_numbers_at_a_bent_axis_are_short() -> None:
    def shown(*ticks: float, log: bool = False) -> list[str]:
        return [plain(label) for label in short_ticks(np.array(ticks), log=log).labels]

    assert shown(-1000, -100, -10, 0, 10, 100, 1000) == ["−1000", "−100", "−10", "0", "10", "100", "1000"]
    assert shown(-1e5, 0.0, 1e3) == ["−10⁵", "0", "10³"]
    assert shown(1e-5, 1.0, log=True) == ["10⁻⁵", "10⁰"]
    assert shown(0, 1e5, 2e5) == ["0", "100000", "200000"]
    far = short_ticks(np.array([10000010.0, 10000012.0, 10000014.0]))
    assert [plain(label) for label in far.labels] == ["0", "2", "4"]
    assert far.offset
    assert plain(far.offset) == "10000010"
