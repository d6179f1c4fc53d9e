"""Texts as stencils: what they cover of a picture, pixel by pixel.

Most texts stand where they stood a frame before, and to paint through a stencil costs a tenth of filling outlines. All
texts are painted so, the moving ones too: a picture must not depend on the one before.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple, TypeVar

import cairo
import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout import Frame
from scenes.theme import Role
from scenes.typeset import Outline
from scenes.typeset.outline import CLOSE, CURVE, LINE, MOVE

from .pen import Point

_STENCILS = 160  # texts whose stencils are kept: some times those of a picture, which are 64 at most in ours
_GLOWS = 24  # sizes of light that are kept
_FALL = 12  # steps in which light falls off
_PATHS = 2000  # texts whose paths are kept

_K = TypeVar("_K")
_V = TypeVar("_V")


class Stencil(NamedTuple):
    """What is covered in one colour (None: that of the surroundings), and the pixel of its upper left corner."""

    role: Role | None
    surface: Any
    x: int
    y: int


class _Glyphs(NamedTuple):
    """What of a text has one colour: Cairo's path, and the (left, bottom, right, top) it stays within, in em."""

    role: Role | None
    path: Any
    box: tuple[float, float, float, float]


class Lettering:
    """Makes stencils for pictures of one size, and keeps those that were used last."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._unit = width / Frame.of_pixels(width, height).width
        # With their outlines, whose ids would otherwise be given to others.
        self._paths: dict[int, tuple[Outline, list[_Glyphs]]] = {}
        self._stencils: dict[tuple[int, Point, float, float], tuple[Outline, list[Stencil]]] = {}
        self._glows: dict[float, tuple[Any, int]] = {}

    def glow(self, radius: float) -> tuple[Any, int]:
        """Light that falls off from the middle to so many pixels, and how many pixels it reaches to either side."""
        held = self._glows.pop(radius, None)
        if held is None:
            reach = math.ceil(radius)
            surface = cairo.ImageSurface(cairo.FORMAT_A8, 2 * reach, 2 * reach)
            context = cairo.Context(surface)
            light = cairo.RadialGradient(reach, reach, 0.0, reach, reach, radius)
            for part in range(_FALL + 1):
                light.add_color_stop_rgba(part / _FALL, 0, 0, 0, (1 - part / _FALL) ** 2)
            context.set_source(light)
            context.paint()
            held = (surface, reach)
        _keep(self._glows, radius, held, _GLOWS)
        return held

    def stencils(self, outline: Outline, origin: Point, size: float, halo: float = 0.0) -> list[Stencil]:
        """A text whose origin is at a place of the frame, an em being so long there; one stencil for each colour.

        With a `halo` the letters are grown by so many frame units.
        """
        key = (id(outline), origin, size, halo)
        held = self._stencils.pop(key, None)
        if held is None:
            cut = [self._stencil(glyphs, origin, size, halo) for glyphs in self._glyphs(outline)]
            held = (outline, [stencil for stencil in cut if stencil is not None])
        _keep(self._stencils, key, held, _STENCILS)
        return held[1]

    def _stencil(self, glyphs: _Glyphs, origin: Point, size: float, halo: float) -> Stencil | None:
        """None where nothing of it is within the picture."""
        unit, grown = self._unit, halo / size
        left, bottom = glyphs.box[0] - grown, glyphs.box[1] - grown
        right, top = glyphs.box[2] + grown, glyphs.box[3] + grown
        across, down = self._width / 2 + unit * origin[0], self._height / 2 - unit * origin[1]
        x, y = max(math.floor(across + unit * size * left), 0), max(math.floor(down - unit * size * top), 0)
        width = min(math.ceil(across + unit * size * right), self._width) - x
        height = min(math.ceil(down - unit * size * bottom), self._height) - y
        if width <= 0 or height <= 0:
            return None
        surface = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
        context = cairo.Context(surface)
        context.translate(across - x, down - y)
        context.scale(unit * size, -unit * size)
        context.append_path(glyphs.path)
        if halo > 0:
            context.set_line_join(cairo.LINE_JOIN_ROUND)
            context.set_line_width(2 * grown)
            context.stroke_preserve()
        context.fill()
        return Stencil(glyphs.role, surface, x, y)

    def _glyphs(self, outline: Outline) -> list[_Glyphs]:
        held = self._paths.pop(id(outline), None)
        if held is None:
            held = (
                outline,
                [
                    _Glyphs(piece.role, _path(piece.codes, piece.points), _within(piece.points))
                    for piece in outline.pieces
                ],
            )
        _keep(self._paths, id(outline), held, _PATHS)
        return held[1]


def _keep(held: dict[_K, _V], key: _K, value: _V, most: int) -> None:
    """As the one used last; the one not used for the longest time gives way."""
    if len(held) >= most:
        del held[next(iter(held))]
    held[key] = value


def _within(points: FloatArray) -> tuple[float, float, float, float]:
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return left, bottom, right, top


def _path(codes: NDArray[np.uint8], points: FloatArray) -> Any:
    # Built in a space of 1/1000 em: Cairo's paths are fixed point and would round em units.
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
    context.scale(1000.0, 1000.0)
    coordinates = points.tolist()
    i = 0
    verbs = codes.tolist()
    while i < len(verbs):
        verb = verbs[i]
        if verb == MOVE:
            context.move_to(*coordinates[i])
        elif verb == LINE:
            context.line_to(*coordinates[i])
        elif verb == CURVE:
            context.curve_to(*coordinates[i], *coordinates[i + 1], *coordinates[i + 2])
            i += 2
        elif verb == CLOSE:
            context.close_path()
        i += 1
    return context.copy_path()
