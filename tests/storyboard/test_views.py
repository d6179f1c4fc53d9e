"""What film and page show of a problem: whatever its numbers are, what is marked can be told apart and drawn."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from gdcore.problems import problem_from_formula
from scenes.report.figures.contours import draw_map
from scenes.report.style import PAGE
from scenes.storyboard.views.curve import curve_of, minima_of
from scenes.storyboard.views.levels import Levels, comparable
from scenes.storyboard.views.terrain import terrain_of


def test_of_hundreds_of_minima_those_are_marked_that_can_be_told_apart() -> None:
    problem = problem_from_formula("100*sin(50*x) + x^2")
    path = np.array([-30.0, 30.0, -20.0])
    curve = curve_of(problem, path)
    known = minima_of(problem)[:, 0]
    assert len(known) > 200
    assert 2 < len(curve.minima) <= 40
    nearest = known[np.argmin(np.abs(known - path[-1]))]
    assert nearest in curve.minima[:, 0]
    assert np.diff(np.sort(curve.minima[:, 0])).min() > 0.02 * (curve.x_range[1] - curve.x_range[0])
    assert np.array_equal(curve.minima[:, 1], problem.value(curve.minima[:, :1]))


def test_minima_that_can_be_told_apart_are_all_marked() -> None:
    problem = problem_from_formula("x^4 - 5*x^2 - 3*x")
    assert len(curve_of(problem, np.array([-2.5, 2.5])).minima) == len(problem.minima()) == 2


def test_of_a_land_of_many_minima_those_are_marked_that_can_be_told_apart() -> None:
    problem = problem_from_formula(
        "sin(x) + sin(y)", minima=[(0.01 * i, 0.01 * j) for i in range(-20, 21) for j in range(-20, 21)]
    )
    path = np.array([[-3.0, 3.0], [0.0021, 0.1]])
    minima = terrain_of(problem, path).minima
    assert [0.0, 0.1] in minima.tolist()
    assert len(minima) <= 9


@pytest.mark.parametrize("size", [1e-300, 1.0, 1e154, 1e308, 1.7e308])
def test_level_lines_of_any_height(size: float) -> None:
    """Where the lines run does not depend on the unit of the heights."""
    x = np.linspace(-1, 1, 21)
    z = np.outer(x, x)
    levels = np.array([-0.4, 0.1, 0.6])
    whole, part = Levels(x, x, z), Levels(x, x, size * z)
    for level in levels:
        for drawn, expected in (
            (part.lines(size * level), whole.lines(level)),
            (part.above(size * level), whole.above(level)),
        ):
            assert len(drawn) == len(expected) > 0
            for line, other in zip(drawn, expected, strict=True):
                np.testing.assert_allclose(line, other, atol=1e-9)


def test_heights_are_brought_near_without_rounding() -> None:
    heights = np.array([1e290, -1.2e308, 5e300])
    near, levels = comparable(heights, np.array([1e308]))
    assert 0.5 <= np.abs(near).max() < 1
    assert np.array_equal(near / near[1], heights / heights[1])
    assert levels[0] / near[1] == 1e308 / heights[1]


@pytest.mark.parametrize("size", ["1e-320", "1e307", "1.6e308"])
def test_a_map_of_any_height_is_drawn(size: str) -> None:
    terrain = terrain_of(problem_from_formula(f"{size}*x*y"), np.array([[0.95, 0.95], [-0.95, 0.95]]))
    axes = Figure().add_subplot()
    assert draw_map(axes, terrain, PAGE)
