"""The scene `surface`: what its fog hides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scenes.film.still import render_still
from scenes.kinds.surface.picture.surface import SurfacePicture
from scenes.kinds.surface.story import SurfaceStory
from scenes.layout import Frame
from scenes.theme import DARK, THEMES, Role
from scenes.widgets.picture import picture_of
from tests.lectures import first_of
from tests.painted import discs, painted
from tests.told import Tell


def test_fog_hides_what_is_far_and_shows_what_is_near() -> None:
    told = first_of("surface")
    assert isinstance(told, SurfaceStory)
    seconds = told.beat("start").end - 1e-3
    clear = render_still(told, seconds, width=320, height=180)[..., :3].astype(int)
    foggy = render_still(replace(told, fog=True), seconds, width=320, height=180)[..., :3].astype(int)
    background = np.round(np.array(DARK.colours[Role.BACKGROUND]) * 255)

    def drawn(pixels: np.ndarray) -> int:
        return int((np.abs(pixels - background).max(axis=-1) > 24).sum())

    assert drawn(foggy) < 0.7 * drawn(clear)
    x, y = discs(picture_of(told, Frame.of_pixels(320, 180)), seconds)[-1]
    row, column = round((0.5 - y / 8) * 180), round((x / (8 * 16 / 9) + 0.5) * 320)
    assert np.array_equal(clear[row, column], foggy[row, column]), "the point itself is seen"


def test_walls_that_are_higher_than_a_number_can_square_are_drawn(told: Tell) -> None:
    """From a steep wall the run flies to where exp(x) has 200 digits."""
    run = "rate: 5000, start: [1.0e-9, 1.0e-9], steps: 40"
    story = told('formula: "exp(x) + 100*exp(-y)"', {"a": run}, "kind: surface, run: a").story
    assert painted(picture_of(story, Frame.of_pixels(640, 360)), story.seconds).marks


@pytest.mark.parametrize("theme", THEMES)
def test_names_over_the_surface_stand_on_the_background(theme: str) -> None:
    """No colour of words can be read on all heights, from deep to light."""
    story, (width, height) = first_of("surface"), (1280, 720)
    assert isinstance(story, SurfaceStory)
    pixels = render_still(story, story.beat("partials").end - 1e-3, theme=theme, width=width, height=height)
    paper = np.round(np.array(THEMES[theme].colours[Role.BACKGROUND]) * 255)
    arrows = SurfacePicture(story, Frame.of_pixels(width, height)).arrows
    for box in (*arrows.arrow_names, *arrows.minimum_names):
        rim = box.grown(0.04)
        for x, y in (
            (rim.left, rim.top),
            (rim.right, rim.top),
            (rim.left, rim.bottom),
            (rim.right, rim.bottom),
        ):
            row, column = round((0.5 - y / 8) * height), round(x / 8 * height + width / 2)
            assert np.abs(pixels[row, column, :3] - paper).max() <= 2
