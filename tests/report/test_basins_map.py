"""The picture of a map of basins: colours, rings, the key, and that it is written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.image import imread

from gdcore import GdError, GradientDescent, find_basins, landscape, problem_from_formula
from scenes.cli.mapping import keep
from scenes.report.basins_map import GREY, PALE, _neighbours, colours_of, draw_basins
from scenes.theme import BASINS

LEFT, RIGHT = 0.09, 0.09 + 0.585  # of the map in the picture
BOTTOM, TOP = 0.67 / 5.6, 1 - 0.28 / 5.6


def basins(name: str, rate: float, grid: int = 40, **options: Any) -> Any:
    return find_basins(landscape(name), GradientDescent(), rate=rate, grid=grid, **options)


def pixels_of(found: Any) -> Callable[[float, float], tuple[float, ...]]:
    """The colour of the picture at the point (x, y) of the map."""
    picture = imread(io.BytesIO(draw_basins(found)))
    height, width = picture.shape[:2]
    half = [(axis[1] - axis[0]) / 2 for axis in found.axes]
    (x0, x1), (y0, y1) = ((axis[0] - h, axis[-1] + h) for axis, h in zip(found.axes, half, strict=True))

    def at(x: float, y: float) -> tuple[float, ...]:
        column = (LEFT + (RIGHT - LEFT) * (x - x0) / (x1 - x0)) * width
        row = (1 - BOTTOM - (TOP - BOTTOM) * (y - y0) / (y1 - y0)) * height
        return tuple(float(part) for part in picture[round(row), round(column), :3])

    return at


def near(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, atol=0.02))


def test_every_start_has_the_colour_of_its_minimum() -> None:
    found = basins("himmelblau", 0.005)
    at = pixels_of(found)
    for point, colour in zip(found.minima, colours_of(found), strict=True):
        x, y = point + [0.8, 0.0]
        assert near(at(x, y), colour)
    assert len({at(*(point + [0.8, 0.0])) for point in found.minima}) == 4


def test_a_white_ring_stands_on_every_minimum() -> None:
    found = basins("himmelblau", 0.005)
    at = pixels_of(found)
    for x, y in found.minima:
        around = [at(x + dx, y) for dx in np.linspace(0.02, 0.3, 40)]
        assert any(near(colour, (1, 1, 1)) for colour in around)
        assert not near(at(x, y), (1, 1, 1))  # a ring, not a dot


def test_what_diverges_is_grey_and_what_arrives_nowhere_is_pale() -> None:
    at = pixels_of(basins("monkey-saddle", 0.05))
    assert near(at(1, 1), GREY)
    late = pixels_of(basins("rosenbrock", 1e-5, steps=2))
    assert near(late(-1, 1), PALE)


def test_neighbours_differ_where_minima_are_more_than_colours() -> None:
    found = basins("rastrigin", 0.002, grid=60)
    colours = colours_of(found)
    assert len(colours) == len(found.minima) > len(BASINS)
    touching = np.argwhere(_neighbours(found.labels, len(colours)))
    assert len(touching) > 300
    assert all(colours[a] != colours[b] for a, b in touching)
    assert draw_basins(found).startswith(b"\x89PNG")


def test_one_parameter_gives_a_strip() -> None:
    found = find_basins(
        problem_from_formula("0.05*(w-1)^2*(w-5)^2"), GradientDescent(), rate=0.1, grid=50, region=[[-1, 7]]
    )
    picture = imread(io.BytesIO(draw_basins(found)))
    height, width = picture.shape[:2]
    assert height < width / 2
    row = picture[height // 3, :, :3]
    assert near(row[round(width * (LEFT + 0.02))], colours_of(found)[0])
    assert near(row[round(width * (RIGHT - 0.02))], colours_of(found)[1])


def test_the_same_map_gives_the_same_bytes() -> None:
    found = basins("himmelblau", 0.005, grid=10)
    assert draw_basins(found) == draw_basins(found)


def test_it_is_written_whole_or_not_at_all(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = basins("himmelblau", 0.005, grid=10)
    file = tmp_path / "map.png"
    keep(found, file)
    first = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(GdError, match="could not be written"):
        keep(basins("bowl", 0.1, grid=10), file)
    assert file.read_bytes() == first
    assert list(tmp_path.iterdir()) == [file]


def test_three_parameters_are_refused() -> None:
    found = find_basins(
        problem_from_formula("x^2+y^2+z^2"), GradientDescent(), rate=0.1, grid=3, region=[[-1, 1]] * 3
    )
    with pytest.raises(ValueError, match="3 parameters"):
        draw_basins(found)
