"""The figures of the kind `surface`: when the film shows what they show."""

from __future__ import annotations

import numpy as np

from scenes.kinds.surface.story import SurfaceStory
from scenes.report.figures.contours import figure_contours
from tests.figures import cited, drawn, lines
from tests.lectures import examples


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
