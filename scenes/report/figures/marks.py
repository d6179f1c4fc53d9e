"""Marks that figures share."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from scenes.report.style import Style
from scenes.theme import RGB, Role

_SIZE, _WIDTH, _HALO = 8.5, 1.5, 2.7  # points: diameter and stroke of the ring, stroke of the white below it


def draw_minimum(
    ax: Axes,
    x: float,
    y: float,
    style: Style,
    *,
    filled: bool = False,
    haloed: bool = False,
    size: float = _SIZE,
    zorder: float = 4.0,
) -> list[Artist]:
    """The ring of a minimum: open on a curve, `filled` with white on a map, `haloed` on a surface."""
    strokes: list[tuple[str | RGB, float]] = [("white", _HALO)] if haloed else []
    strokes.append((style.stroke(Role.GOOD), _WIDTH))
    artists: list[Artist] = []
    for colour, width in strokes:
        artists += ax.plot(
            [x],
            [y],
            "o",
            markersize=size,
            markerfacecolor="white" if filled else "none",
            markeredgecolor=colour,
            markeredgewidth=width,
            zorder=zorder,
        )
    return artists
