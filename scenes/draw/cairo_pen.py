"""The pen that draws on pixels, with Cairo."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

import cairo
import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout import Box, Frame
from scenes.text import Rich
from scenes.theme import UNDERNEATH, Role, Theme
from scenes.typeset import typeset

from .pen import LINE as LINE_WIDTH
from .pen import Ink, Point, arrow_shape, text_box
from .stencils import Lettering

if TYPE_CHECKING:
    from .shading import Shader

_FAINT = 0.25


class CairoPen:
    """Paints into an array of pixels (height, width, 4), uint8, red first, in place.

    Cairo keeps blue first; exchanging red and blue in every colour spares a pass over the picture. With the first mesh
    the picture moves to the pixels on which meshes are painted: `pixels` says where it is.
    """

    def __init__(self, pixels: NDArray[np.uint8], theme: Theme, decimal: str = ".") -> None:
        height, width = pixels.shape[:2]
        self.frame = Frame.of_pixels(width, height)
        self.theme = theme
        self.decimal = decimal
        self.paper = theme.colours[Role.BACKGROUND]
        self._width, self._height = width, height
        self._backdrop: tuple[Hashable, NDArray[np.uint8]] | None = None
        self._last_key: Hashable = None
        self._shader: Shader | None = None
        self._lettering = Lettering(width, height)
        self.aim(pixels)

    def aim(self, pixels: NDArray[np.uint8]) -> None:
        """Paint into these pixels from now on (same size)."""
        surface = cairo.ImageSurface.create_for_data(
            pixels.data, cairo.FORMAT_ARGB32, self._width, self._height
        )
        context = cairo.Context(surface)
        unit = self._width / self.frame.width
        context.translate(self._width / 2, self._height / 2)
        context.scale(unit, -unit)
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        self._surface, self._context, self.pixels = surface, context, pixels

    def finish(self) -> None:
        """Make sure that every stroke has reached the pixels."""
        self._surface.flush()

    def _colour(self, role: Ink, opacity: float, *, text: bool = False) -> None:
        if isinstance(role, Role):
            role = (self.theme.text if text else self.theme.colours)[role]
        red, green, blue = role
        self._context.set_source_rgba(blue, green, red, opacity)

    def _trace(self, points: FloatArray) -> None:
        context = self._context
        pairs = points.tolist()
        context.move_to(*pairs[0])
        for x, y in pairs[1:]:
            context.line_to(x, y)

    def stroke(
        self,
        points: FloatArray,
        role: Ink,
        width: float = LINE_WIDTH,
        opacity: float = 1.0,
        dash: Sequence[float] = (),
        *,
        quiet: bool = False,
    ) -> None:
        if opacity <= 0 or len(points) < 2:
            return
        context = self._context
        self._trace(points)
        beneath = quiet and role is not Role.CASING  # a casing is as clear as its mark
        self._colour(role, opacity if beneath else self.theme.of_marks(opacity))
        context.set_line_width(width)
        if opacity < _FAINT:  # sixteen shades of its edges are enough, in two thirds of the time
            context.set_antialias(cairo.ANTIALIAS_FAST)
        if dash:
            context.set_line_cap(cairo.LINE_CAP_BUTT)
            context.set_dash(list(dash))
            context.stroke()
            context.set_dash([])
            context.set_line_cap(cairo.LINE_CAP_ROUND)
        else:
            context.stroke()
        context.set_antialias(cairo.ANTIALIAS_DEFAULT)

    def area(self, points: FloatArray, role: Ink, opacity: float = 1.0) -> None:
        if opacity <= 0 or len(points) < 3:
            return
        self._trace(points)
        self._context.close_path()
        self._colour(role, opacity)
        self._context.fill()

    def disc(self, at: Point, radius: float, role: Ink, opacity: float = 1.0, *, ring: float = 0.0) -> None:
        if opacity <= 0 or radius <= 0:
            return
        context = self._context
        context.new_sub_path()
        context.arc(at[0], at[1], radius, 0, 2 * math.pi)
        self._colour(role, self.theme.of_marks(opacity))
        if ring:
            context.set_line_width(ring)
            context.stroke()
        else:
            context.fill()

    def arrow(
        self, start: Point, end: Point, role: Ink, width: float = LINE_WIDTH, opacity: float = 1.0
    ) -> None:
        if opacity <= 0 or math.hypot(end[0] - start[0], end[1] - start[1]) < 1e-6:
            return
        shaft, head = arrow_shape(start, end, width)
        opacity = self.theme.of_marks(opacity)
        if opacity < 1:  # shaft and head overlap: paint them as one
            self._context.push_group()
        self.stroke(shaft, role, width)
        self.area(head, role)
        if opacity < 1:
            self._context.pop_group_to_source()
            self._context.paint_with_alpha(opacity)

    def glow(self, at: Point, radius: float, role: Ink, opacity: float = 1.0) -> None:
        if opacity <= 0 or radius <= 0:
            return
        context, unit = self._context, self._width / self.frame.width
        stencil, reach = self._lettering.glow(radius * unit)
        x = round(self._width / 2 + unit * at[0]) - reach
        y = round(self._height / 2 - unit * at[1]) - reach
        context.save()
        context.identity_matrix()
        self._colour(role, opacity * self.theme.glow)
        context.mask_surface(stencil, x, y)
        context.restore()

    def shade(
        self, points: FloatArray, role: Ink, start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        if len(points) < 3:
            return
        self._trace(points)
        self._context.close_path()
        if role not in UNDERNEATH:
            opacities = [each * self.theme.area for each in opacities]
        self._context.set_source(self._gradient(role, start, end, opacities))
        self._context.fill()

    def fade(
        self, within: Box, paint: Callable[[], None], start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        context = self._context
        context.save()
        context.rectangle(within.left, within.bottom, within.width, within.height)
        context.clip()
        context.push_group()
        paint()
        context.pop_group_to_source()
        context.mask(self._gradient(Role.INK, start, end, opacities))
        context.restore()

    def _gradient(self, role: Ink, start: Point, end: Point, opacities: Sequence[float]) -> Any:
        red, green, blue = self.theme.colours[role] if isinstance(role, Role) else role
        gradient = cairo.LinearGradient(*start, *end)
        for stop, opacity in enumerate(opacities):
            gradient.add_color_stop_rgba(stop / (len(opacities) - 1), blue, green, red, opacity)
        return gradient

    def text(
        self,
        content: Rich,
        at: Point,
        size: float,
        *,
        anchor: tuple[float, float | None] = (0.0, 0.0),
        role: Ink = Role.INK,
        opacity: float = 1.0,
        bold: bool = False,
        wrap: float | None = None,
        display: bool = False,
        backed: float = 0.0,
        halo: float = 0.0,
    ) -> Box:
        outline = typeset(
            content,
            bold=bold,
            wrap=None if wrap is None else wrap / size,
            display=display,
            decimal=self.decimal,
        )
        origin, box = text_box(outline, at, size, anchor)
        if opacity <= 0 or not outline:
            return box
        if backed > 0:
            self.wash(box.grown(0.06), Role.BACKGROUND, backed * opacity)
        context, opacity = self._context, self.theme.of_words(opacity)
        context.save()
        context.identity_matrix()
        if halo > 0:
            for _, stencil, x, y in self._lettering.stencils(outline, origin, size, halo):
                self._colour(Role.CASING, opacity)
                context.mask_surface(stencil, x, y)
        for own, stencil, x, y in self._lettering.stencils(outline, origin, size):
            self._colour(own or role, opacity, text=True)
            context.mask_surface(stencil, x, y)
        context.restore()
        return box

    def mesh(self, points: FloatArray, colours: FloatArray, facets: NDArray[np.intp]) -> None:
        if self._shader is None:
            from .shading import Shader  # Matplotlib takes a moment to load, and most films have no mesh

            self._shader = Shader(self._width, self._height)
        self._surface.flush()
        if self.pixels is not self._shader.canvas:
            self._shader.canvas[...] = self.pixels
            self.aim(self._shader.canvas)
        unit = self._width / self.frame.width
        self._shader.paint(points * unit + (self._width / 2, self._height / 2), colours, facets)
        self._surface.mark_dirty()

    def backdrop(self, key: Hashable, paint: Callable[[], None]) -> None:
        if self._backdrop is not None and self._backdrop[0] == key:
            self._surface.flush()
            self.pixels[...] = self._backdrop[1]
            self._surface.mark_dirty()
            return
        red, green, blue = self.paper
        self._context.set_source_rgb(blue, green, red)
        self._context.paint()
        paint()
        self._surface.flush()
        # A key that changes with every frame (a moving camera) is not worth a copy.
        self._backdrop = (key, self.pixels.copy()) if key == self._last_key else None
        self._last_key = key

    def wash(self, box: Box, role: Ink, opacity: float) -> None:
        if opacity > 0:
            self._context.rectangle(box.left, box.bottom, box.width, box.height)
            self._colour(role, opacity)
            self._context.fill()
