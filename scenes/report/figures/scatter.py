"""The rows of a data set."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.base.arrays import FloatArray
from scenes.report.style import Style
from scenes.theme import Role


def scatter(ax: Axes, x: FloatArray, y: FloatArray, style: Style) -> list[Artist]:
    """The rows of the data."""
    size = 4.2 if len(x) <= 60 else 2.2
    return list(
        ax.plot(
            x,
            y,
            "o",
            markersize=size,
            color=style.stroke(Role.INK),
            markeredgecolor="white",
            markeredgewidth=0.4,
            zorder=4,
        )
    )
