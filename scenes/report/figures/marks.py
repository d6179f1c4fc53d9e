"""Marks that figures share."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from scenes.report.style import Style
from scenes.text import Speech
from scenes.theme import RGB, Role

from .frame import Labels

_SIZE, _WIDTH, _HALO = 8.5, 1.5, 2.7  # points: diameter and stroke of the ring, stroke of the white below it
_CASING = 1.4  # points that a casing is broader than its line


def draw_dots(
    ax: Axes,
    style: Style,
    role: Role,
    x: ArrayLike,
    y: ArrayLike,
    *,
    size: float,
    zorder: float,
    edge: float = 1.0,
    marker: str = "o",
) -> list[Artist]:
    """Dots (n,) of a diameter with a light edge, both in points."""
    return list(
        ax.plot(
            x,
            y,
            marker,
            markersize=size,
            color=style.stroke(role),
            markeredgecolor="white",
            markeredgewidth=edge,
            linestyle="none",
            zorder=zorder,
        )
    )


def draw_rimmed(
    ax: Axes, style: Style, role: Role, x: ArrayLike, y: ArrayLike, *, width: float, zorder: float
) -> list[Artist]:
    """A line (n,) over heights, which hardly any colour stands out from: with a casing beneath it."""
    artists: list[Artist] = []
    for colour, broad in ((Role.CASING, width + _CASING), (role, width)):
        artists += ax.plot(x, y, color=style.stroke(colour), linewidth=broad, zorder=zorder)
    return artists


def draw_minima(
    ax: Axes, minima: FloatArray, labels: Labels, style: Style, *, filled: bool = False, zorder: float = 4.0
) -> list[Artist]:
    """The rings of minima (m, 2), which names step aside for."""
    artists: list[Artist] = []
    for x, y in minima:
        artists += mark_minimum(ax, x, y, style, filled=filled, zorder=zorder)
        labels.dot(x, y, 10 if filled else 11)
    return artists


def name_minima(
    minima: FloatArray, labels: Labels, speech: Speech, prefer: Sequence[tuple[float, float]] = ()
) -> list[Artist]:
    """The word beside each of minima (m, 2)."""
    name = speech.say("report.picture.minimum")
    return [artist for x, y in minima for artist in labels.put(name, x, y, prefer=prefer, role=Role.GOOD)]


def mark_minimum(
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
