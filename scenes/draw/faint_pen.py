"""A pen whose every mark is fainter: a whole part of a picture comes or goes at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout import Box
from scenes.text import Rich
from scenes.theme import Role

from .pen import LINE, Ink, Pen, Point


class FaintPen:
    """Draws with another pen, all opacities times `shown`; what cannot be faint (a mesh) is drawn where it is mostly seen."""

    def __init__(self, pen: Pen, shown: float) -> None:
        self.pen, self.shown = pen, min(1.0, max(0.0, shown))
        self.frame, self.paper, self.decimal = pen.frame, pen.paper, pen.decimal

    def stroke(
        self,
        points: FloatArray,
        role: Ink,
        width: float = LINE,
        opacity: float = 1.0,
        dash: Sequence[float] = (),
        *,
        quiet: bool = False,
    ) -> None:
        self.pen.stroke(points, role, width, opacity * self.shown, dash, quiet=quiet)

    def area(self, points: FloatArray, role: Ink, opacity: float = 1.0) -> None:
        self.pen.area(points, role, opacity * self.shown)

    def disc(self, at: Point, radius: float, role: Ink, opacity: float = 1.0, *, ring: float = 0.0) -> None:
        self.pen.disc(at, radius, role, opacity * self.shown, ring=ring)

    def arrow(self, start: Point, end: Point, role: Ink, width: float = LINE, opacity: float = 1.0) -> None:
        self.pen.arrow(start, end, role, width, opacity * self.shown)

    def glow(self, at: Point, radius: float, role: Ink, opacity: float = 1.0) -> None:
        self.pen.glow(at, radius, role, opacity * self.shown)

    def shade(
        self, points: FloatArray, role: Ink, start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        self.pen.shade(points, role, start, end, [each * self.shown for each in opacities])

    def fade(
        self, within: Box, paint: Callable[[], None], start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        self.pen.fade(within, paint, start, end, [each * self.shown for each in opacities])

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
        return self.pen.text(
            content, at, size, anchor=anchor, role=role, opacity=opacity * self.shown, bold=bold, wrap=wrap,
            display=display, backed=backed, halo=halo,
        )  # fmt: skip

    def mesh(self, points: FloatArray, colours: FloatArray, facets: NDArray[np.intp]) -> None:
        if self.shown > 0.5:
            self.pen.mesh(points, colours, facets)

    def backdrop(self, key: Hashable, paint: Callable[[], None]) -> None:
        self.pen.backdrop((key, self.shown), paint)

    def wash(self, box: Box, role: Ink, opacity: float) -> None:
        self.pen.wash(box, role, opacity * self.shown)
