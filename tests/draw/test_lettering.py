"""Texts painted through stencils, against outlines that are filled."""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from gdcore.notation import Numeral, Script, Symbol
from scenes.draw.cairo_pen import CairoPen
from scenes.draw.pen import Point
from scenes.draw.stencils import Lettering
from scenes.layout import Frame
from scenes.text import Rich, maths, words
from scenes.theme import DARK, Role
from scenes.typeset import typeset
from scenes.typeset.outline import CLOSE, CURVE, LINE, MOVE

WIDTH, HEIGHT = 320, 180
PAPER = (17, 19, 23, 255)


def sheet() -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 4), PAPER, dtype=np.uint8)


def painted(*texts: tuple[Rich, Point, float], pen: CairoPen | None = None) -> np.ndarray:
    pixels = sheet()
    if pen is None:
        pen = CairoPen(pixels, DARK)
    pen.aim(pixels)
    for text, at, size in texts:
        pen.text(text, at, size)
    pen.finish()
    return pixels


def test_a_stencil_covers_what_the_outline_does() -> None:
    outline = typeset(words("Stencils, 0123"))
    at, size = (-2.13, 0.37), 0.61
    cover = np.zeros((HEIGHT, WIDTH), dtype=int)
    for _, surface, x, y in Lettering(WIDTH, HEIGHT).stencils(outline, at, size):
        held = np.frombuffer(surface.get_data(), np.uint8).reshape(surface.get_height(), surface.get_stride())
        cover[y : y + surface.get_height(), x : x + surface.get_width()] += held[:, : surface.get_width()]
    expected = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    context = cairo.Context(cairo.ImageSurface.create_for_data(expected.data, cairo.FORMAT_A8, WIDTH, HEIGHT))
    unit = WIDTH / Frame.of_pixels(WIDTH, HEIGHT).width
    context.translate(WIDTH / 2, HEIGHT / 2)
    context.scale(unit, -unit)
    context.translate(*at)
    context.scale(size, size)
    for piece in outline.pieces:
        points, codes = piece.points.tolist(), piece.codes.tolist()
        place = 0
        while place < len(codes):
            count = 3 if codes[place] == CURVE else 1
            ends = [number for point in points[place : place + count] for number in point]
            if codes[place] == CLOSE:
                context.close_path()
            else:
                {MOVE: context.move_to, LINE: context.line_to, CURVE: context.curve_to}[codes[place]](*ends)
            place += count
    context.fill()
    assert expected.max() == 255
    assert np.abs(cover - expected).max() <= 3


def test_the_picture_does_not_depend_on_those_before() -> None:
    pixels = sheet()
    pen = CairoPen(pixels, DARK)
    coloured = words("A ") + words("bold", Role.STEP) + words(" word")
    square = maths(Script(Symbol("x"), above=Numeral("2")))
    texts = (coloured, (0.3, -0.2), 0.5), (square, (-2.0, 1.0), 0.7)
    fresh = painted(*texts)
    for number in range(200):
        painted((words(str(number)), (0.01 * number, 0.3), 0.4), pen=pen)
        if number in (0, 1, 150):
            assert np.array_equal(painted(*texts, pen=pen), fresh)


@pytest.mark.parametrize("at", [(-7.0, 0.0), (7.0, 3.9), (0.0, -4.0), (-6.9, 3.9)])
def test_text_over_the_edge_is_cut_there(at: Point) -> None:
    """Inside, it is what a picture three times as large shows."""
    cut = painted((words("wide words"), at, 1.5))
    assert (cut != PAPER).any()
    large = np.full((3 * HEIGHT, 3 * WIDTH, 4), PAPER, dtype=np.uint8)
    pen = CairoPen(large, DARK)
    pen.text(words("wide words"), (at[0] / 3, at[1] / 3), 0.5)
    pen.finish()
    assert np.abs(cut.astype(int) - large[HEIGHT : 2 * HEIGHT, WIDTH : 2 * WIDTH]).max() <= 3


def test_text_beyond_the_edge_is_not_painted() -> None:
    text = words("words")
    assert (painted((text, (60.0, 0.0), 1.5), (text, (0.0, -30.0), 1.5)) == PAPER).all()
