"""Lines with fewer points that nobody can tell from the whole ones."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.layout.polylines import halved

ANGLE = np.linspace(0, 2 * np.pi, 3000)
CIRCLE = np.column_stack([np.cos(ANGLE), np.sin(ANGLE)])


def distance(points: np.ndarray, line: np.ndarray) -> float:
    """How far the points are from the line, at most: to its nearest piece each."""
    start, along = line[:-1], np.diff(line, axis=0)
    off = points[:, None] - start
    part = np.clip((off * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-300), 0, 1)
    return float(np.linalg.norm(off - part[..., None] * along, axis=-1).min(axis=1).max())


@pytest.mark.parametrize("most", [1e-4, 1e-3, 0.05])
@pytest.mark.parametrize("line", [CIRCLE, np.column_stack([ANGLE, np.sin(3 * ANGLE), np.exp(-ANGLE)])])
def test_it_stays_where_it_was(line: np.ndarray, most: float) -> None:
    few = halved(line, most)
    assert len(few) < len(line)
    assert distance(line, few) <= most
    assert np.array_equal(few[[0, -1]], line[[0, -1]])


def test_a_straight_line_needs_its_ends() -> None:
    line = np.linspace((0, 0, 1), (3, 1, 0), 50)
    assert len(halved(line, 1e-6)) == 2


def test_no_more_than_was_asked_for() -> None:
    assert len(halved(np.linspace((0, 0), (1, 1), 41), 1e-3, times=1)) == 21


@pytest.mark.parametrize("n", [1, 2, 3])
def test_short_lines(n: int) -> None:
    line = np.array([(0.0, 0.0), (1.0, 1.0), (0.0, 2.0)])[:n]
    assert np.array_equal(halved(line, 1e-3), line)


def test_a_corner_stays() -> None:
    line = np.vstack([np.linspace((0, 0), (1, 0), 20), np.linspace((1, 0), (1, 1), 21)[1:]])
    assert distance(np.array([(1.0, 0.0)]), halved(line, 1e-3)) <= 1e-3
