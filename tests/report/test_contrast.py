"""Marks on maps and surfaces of the page stand out from the heights beneath them."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scenes.kinds.surface.figures.relief import figure_relief
from scenes.kinds.surface.story import SurfaceStory
from scenes.report.figures.contours import draw_map, figure_contours
from scenes.report.style import page_style
from scenes.theme import RGB, Role, contrast
from tests.lectures import first_of

LEAST = 3.0


def colour(parts: object) -> RGB:
    red, green, blue = np.asarray(parts, dtype=float)[:3].tolist()
    return red, green, blue


@pytest.mark.parametrize("greyscale", [False, True])
def test_level_lines_stand_out_from_the_tints_at_both_sides(greyscale: bool) -> None:
    story, style = first_of("surface"), page_style(greyscale)
    assert isinstance(story, SurfaceStory)
    filled, strokes = draw_map(Figure().add_subplot(), story.terrain, style)
    tints = [colour(c) for c in filled.get_facecolor()]  # type: ignore[attr-defined]
    lines = [colour(c) for c in strokes.get_edgecolor()]  # type: ignore[attr-defined]
    assert len(tints) == len(lines) + 1
    for line, lower, upper in zip(lines, tints[:-1], tints[1:], strict=True):
        assert min(contrast(line, lower), contrast(line, upper)) >= LEAST


@pytest.mark.parametrize("draw", [figure_contours, figure_relief])
def test_a_path_over_heights_has_a_casing(draw: object) -> None:
    story, style = first_of("surface"), page_style()
    assert isinstance(story, SurfaceStory)
    assert callable(draw)
    found = draw(Figure().add_subplot(), story, style=style)
    solid = [a for a in found if isinstance(a, Line2D) and a.get_linestyle() == "-"]
    paths = [a for a in solid if to_rgb(a.get_color()) == style.stroke(Role.POINT)]
    assert paths
    for path in paths:
        casing = solid[solid.index(path) - 1]
        assert np.array_equal(casing.get_xydata(), path.get_xydata(), equal_nan=True)
        assert casing.get_linewidth() >= path.get_linewidth() + 1
        assert contrast(style.stroke(Role.POINT), to_rgb(casing.get_color())) >= LEAST
