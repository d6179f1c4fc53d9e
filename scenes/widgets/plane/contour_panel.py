"""Level lines of an objective of two parameters on a flat panel, with its axes and minima.

A panel is the ground only; what moves on it is a `Track` (see `track`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import HAIR, Pen
from scenes.layout import Box, Plot
from scenes.storyboard.views.levels import Levels
from scenes.storyboard.views.terrain import Terrain
from scenes.theme import Role
from scenes.widgets.marks import draw_minimum

from .axes import AxisStyle, draw_axes, fit_plot

_SHADE = 0.055  # opacity that every level adds: low ground is dark, high ground light
_FAINTEST, _STRONGEST = 0.4, 0.9  # opacity of the highest and the lowest line


@dataclass(frozen=True, eq=False)
class ContourPanel:
    """A plot over a terrain. Lines and areas are polylines (n, 2) in frame units, lowest level first."""

    plot: Plot
    style: AxisStyle
    lines: tuple[tuple[FloatArray, float], ...]  # with their opacity
    areas: tuple[FloatArray, ...]
    minima: FloatArray  # (m, 2) in frame units

    @classmethod
    def within(cls, zone: Box, terrain: Terrain, style: AxisStyle) -> ContourPanel:
        """The largest panel whose axes, numbers and names stay within a zone."""
        return cls.on(fit_plot(zone, terrain.x_range, terrain.y_range, style), terrain, style)

    @classmethod
    def on(cls, plot: Plot, terrain: Terrain, style: AxisStyle) -> ContourPanel:
        """The panel on a plot whose scales are given, for panels that share them."""
        ground = Levels(plot.x(terrain.x), plot.y(terrain.y), terrain.z)
        lines: list[tuple[FloatArray, float]] = []
        areas: list[FloatArray] = []
        opacities = np.linspace(_STRONGEST, _FAINTEST, len(terrain.levels))
        for level, opacity in zip(terrain.levels, opacities, strict=True):
            for line in ground.lines(level):
                lines += [(part, float(opacity)) for part in plot.box.clip(line)]
            areas += ground.above(level)
        minima = plot.at(terrain.minima[:, 0], terrain.minima[:, 1])
        return cls(plot, style, tuple(lines), tuple(areas), minima)

    def draw(self, pen: Pen, shown: float = 1.0, *, axes: bool = True, minima: bool = True) -> None:
        """Axes, shading, level lines and minima; `shown` from 0 to 1 brings them in."""
        ground = min(1.0, max(0.0, 2 * shown - 0.6))
        for area in self.areas:
            pen.area(area, Role.OBJECTIVE, _SHADE * ground)
        for line, opacity in self.lines:
            pen.stroke(line, Role.OBJECTIVE, HAIR * 1.3, opacity * ground, quiet=True)
        if axes:
            draw_axes(pen, self.plot, self.style, min(1.0, 1.6 * shown))
        if minima:
            self.draw_minima(pen, shown)

    def draw_minima(self, pen: Pen, shown: float = 1.0) -> None:
        """The minima by themselves, where they must stand on top of a path."""
        for x, y in self.minima.tolist():
            draw_minimum(pen, (x, y), max(0.0, 4 * shown - 3))
