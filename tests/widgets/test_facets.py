"""The facets of a surface: they cover it once, from far to near, and few are enough where it is even."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.draw.shading import Shader
from scenes.widgets.space.facets import Facets
from scenes.widgets.space.view import View

EYES = [View(azimuth, 0.5).eye for azimuth in (0.3, 2.0, 4.1)] + [np.array([0.2, -0.4, 5.0])]


def facets_of(heights: np.ndarray, ceiling: float = np.inf) -> Facets:
    nx, ny = (np.linspace(-1, 1, count) for count in heights.shape)
    x, y = np.meshgrid(nx, ny, indexing="ij")
    shades = np.repeat(0.5 + 0.2 * heights[..., None], 3, axis=-1)
    return Facets(np.concatenate([np.stack([x, y, heights], axis=-1), shades], axis=-1), shades, ceiling)


def over(n: int, height: object) -> np.ndarray:
    grid = np.linspace(-1, 1, n)
    x, y = np.meshgrid(grid, grid, indexing="ij")
    return np.asarray(height(x, y)) + 0 * x  # type: ignore[operator]


SHAPES = {
    "plane": lambda x, y: 0.3 * x - 0.1 * y,
    "bowl": lambda x, y: 0.4 * (x**2 + y**2),
    "even and steep": lambda x, y: np.where(x > 0.3, 0.1 * x, 0.6 * np.abs(x - 0.3) ** 3 + 0.03),
    "waves": lambda x, y: 0.25 * np.sin(9 * x) * np.cos(7 * y),
}


def seen(n: int) -> list[np.ndarray]:
    half = np.zeros((n, n), dtype=bool)
    half[: n // 3] = True
    return [np.ones((n, n), dtype=bool), np.zeros((n, n), dtype=bool), half]


def floor_areas(facets: Facets, numbers: np.ndarray) -> np.ndarray:
    x, y = np.moveaxis(facets.vertices[numbers][..., :2], -1, 0)
    return 0.5 * np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("n", [2, 3, 12, 13])
def test_every_part_of_the_floor_is_covered_once(name: str, n: int) -> None:
    facets = facets_of(over(n, SHAPES[name]))
    grid = np.linspace(-1, 1, n)
    middles = (grid[1:] + grid[:-1]) / 2
    for eye in EYES:
        for upper in [None, *seen(n)]:
            found = facets.seen_from(eye, upper)
            low = facets.vertices[found][..., :2].min(axis=1)
            high = facets.vertices[found][..., :2].max(axis=1)
            for x in middles:
                for y in middles:
                    assert ((low < (x, y)) & ((x, y) < high)).all(axis=1).sum() == 1
            assert floor_areas(facets, found).sum() == pytest.approx(4)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("n", [12, 13])
def test_what_is_nearer_comes_later(name: str, n: int) -> None:
    facets = facets_of(over(n, SHAPES[name]))
    rng = np.random.default_rng(3)
    for eye in [*EYES, np.array([0.8, -0.81, 3.0]), np.array([-0.9, 7.0, 3.0])]:
        for upper in seen(n):
            corners = facets.vertices[facets.seen_from(eye, upper)][..., :2]
            low, high = corners.min(axis=1), corners.max(axis=1)
            for start in rng.uniform(-1, 1, (40, 2)):
                way = start + np.linspace(0, 1, 300)[:, None] * (eye[:2] - start)
                way = way[(np.abs(way) < 1).all(axis=1)]
                inside = ((low < way[:, None]) & (way[:, None] < high)).all(axis=2)
                order = [int(row.argmax()) for row in inside if row.any()]
                assert order == sorted(order)


def test_an_even_surface_needs_a_quarter_of_the_facets() -> None:
    everywhere = np.ones((61, 61), dtype=bool)
    assert len(facets_of(over(61, SHAPES["plane"])).seen_from(EYES[0], everywhere)) == 900
    assert len(facets_of(over(61, SHAPES["plane"])).seen_from(EYES[0])) == 3600
    some = len(facets_of(over(61, SHAPES["even and steep"])).seen_from(EYES[0], everywhere))
    assert 900 < some < 3600


def test_cells_stay_single_where_both_sides_meet() -> None:
    facets = facets_of(over(9, SHAPES["plane"]))
    upper = np.ones((9, 9), dtype=bool)
    upper[:, 5:] = False  # within the third of four blocks
    found = facets.seen_from(EYES[0], upper)
    areas = floor_areas(facets, found)
    assert np.isclose(areas, 1 / 16).sum() == 16
    assert np.isclose(areas, 1 / 4).sum() == 12


def test_what_is_above_the_ceiling_is_left_out() -> None:
    facets = facets_of(over(21, lambda x, y: x), ceiling=0.33)
    found = facets.seen_from(EYES[0], np.ones((21, 21), dtype=bool))
    assert facets.vertices[found][..., 2].max() == pytest.approx(0.33)
    assert floor_areas(facets, found).sum() == pytest.approx(2 * 1.33)


def test_a_colour_that_bends_keeps_cells_single() -> None:
    flat = over(11, lambda x, y: 0 * x)
    x, y = np.meshgrid(np.linspace(-1, 1, 11), np.linspace(-1, 1, 11), indexing="ij")
    shades = np.zeros((11, 11, 3))
    shades[5, 5] = 0.1  # the middle of a block: vertices 4 to 6
    facets = Facets(np.stack([x, y, flat], axis=-1), shades, np.inf)
    assert len(facets.seen_from(EYES[0], np.ones((11, 11), dtype=bool))) == 24 + 4


@pytest.mark.parametrize("name", ["bowl", "even and steep", "waves"])
def test_nobody_can_tell(name: str) -> None:
    """The picture of few facets is that of all, but for a shade, and a fraction of a pixel at the rim."""
    facets = facets_of(over(61, SHAPES[name]))
    view = View(0.7, 0.5, 2.0 * 135)  # of a frame of 8 × 135 = 1080 pixels
    places = view.project(facets.vertices[:, :3]) + (600, 400)
    pictures = []
    for upper in (None, np.ones((61, 61), dtype=bool)):
        shader = Shader(1200, 800)
        shader.canvas[...] = 12, 14, 18, 255
        shader.paint(places, facets.vertices[:, 3:6], facets.seen_from(view.eye, upper))
        pictures.append(shader.canvas.astype(int))
    off = np.abs(pictures[0] - pictures[1]).max(axis=-1)
    painted = (pictures[0][..., 0] != 12).mean()
    assert painted > 0.1
    assert (off > 3).mean() < 0.015 * painted  # the rims
    assert off.max() <= 80  # somewhat more than a quarter of what lies between any colours
