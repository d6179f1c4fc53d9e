"""The rows of a data set."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.base.arrays import FloatArray
from scenes.report.style import Style
from scenes.theme import Role

from .marks import draw_dots


def scatter(ax: Axes, x: FloatArray, y: FloatArray, style: Style) -> list[Artist]:
    """The rows of the data."""
    size = 4.2 if len(x) <= 60 else 2.2
    return draw_dots(ax, style, Role.INK, x, y, size=size, edge=0.4, zorder=4)
