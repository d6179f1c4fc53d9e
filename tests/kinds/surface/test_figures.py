"""The figures of the kind `surface`: when the film shows what they show, where walls are cut, and whole paths."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from scenes.kinds.surface.figures.relief import figure_relief
from scenes.kinds.surface.story import SurfaceStory
from scenes.report.figures.contours import figure_contours
from scenes.storyboard.views.relief import Space, trail
from tests.figures import cited, drawn, lines
from tests.lectures import examples, story, written

STEEP = """\
problem: {name: rosenbrock}
runs:
  a: {rate: 0.001, steps: 500, start: [-1.2, 1]}
scenes:
  - {kind: surface}
"""


def test_walls_above_the_cut_are_not_drawn(tmp_path: Path) -> None:
    told = written(tmp_path, STEEP)[1][0]
    assert isinstance(told, SurfaceStory)
    assert told.terrain.clipped
    (skin,) = [artist for artist in drawn(figure_relief, told) if isinstance(artist, PolyCollection)]
    tops = [float(path.vertices[:, 1].max()) for path in skin.get_paths()]
    # The box is 1 high and its floor 2 × 2; seen from 34 degrees above its far upper corner is the highest of it.
    assert max(tops) <= np.cos(np.radians(34)) + np.sqrt(2) * np.sin(np.radians(34))


def test_the_path_on_the_surface_reaches_the_end_of_a_run_of_many_small_steps() -> None:
    told = story("park/surface")
    assert isinstance(told, SurfaceStory)
    flat = Space.over(told.terrain, 0.0, 1.0).flat(told.path)
    path, rows = trail(flat)
    assert len(path) < 2_000
    assert path[0] == pytest.approx(flat[0])
    assert path[-1] == pytest.approx(flat[-1], abs=0.03)
    assert (np.diff(rows) >= 0).all()
    # The walk along the valley is nearly straight and long: no stretch of it is skipped.
    assert np.hypot(*np.diff(path, axis=0).T).max() < 0.2


def test_the_film_rests_where_the_path_of_the_figure_ends() -> None:
    """At the time under the figure the point has just come to the end of the path that is drawn there."""
    for study, told in examples("surface"):
        assert isinstance(told, SurfaceStory)
        ends = [line[-1] for line in lines(drawn(figure_contours, told)) if len(line) > 10]
        end = told.path[-1]
        assert any(np.array_equal(place, end) for place in ends)
        resting = [beat for beat in told.beats if beat.pause]
        there = [
            beat for beat in resting if np.array_equal(told.path[int(told.end_of(beat.id).position)], end)
        ]
        assert cited(study, told) == there[:1]
