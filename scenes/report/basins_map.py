"""The map of basins as a picture: which minimum each start leads to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator
from matplotlib.transforms import Affine2D, Transform
from numpy.typing import NDArray

from gdcore.analysis.basins import DIVERGED, ELSEWHERE, Basins
from gdcore.notation import Fenced, Node, listed, name_node
from scenes.layout.ticks import nice_ticks
from scenes.report.figures.frame import axes_size
from scenes.text import Format, Rich, Speech, maths, number, point, speech, tick_numbers
from scenes.theme import BASINS, LIGHT, RGB, Role
from scenes.typeset import typeset

from .inline import draw_outline, points_at
from .style import PAGE

GREY, PALE, INK = (LIGHT.colours[role] for role in (Role.AXIS, Role.FOG, Role.INK))
_LARGE, _SMALL = 11.0, 9.5  # sizes of type, in points
_PITCH, _ROOM = 12.5, 150.0  # from line to line, and room for the key
_NAMED = len(BASINS)  # minima in the key: further ones have a colour that another has, too


def draw_basins(found: Basins) -> bytes:
    """A PNG 1600 pixels wide: each minimum's starts in its colour, a white ring on each minimum.

    Starts that diverge are grey, those that end at no minimum nearly white. One parameter gives a strip.
    Raises ValueError for more than two parameters.
    """
    if len(found.axes) > 2:
        raise ValueError(f"{len(found.axes)} parameters cannot be drawn on a page")
    words = speech("en", found.parameters_names)
    with mpl.rc_context({"text.parse_math": False}):
        tall = 2.6 if len(found.axes) == 1 else 5.6
        figure = Figure(figsize=(8.0, tall), dpi=200, facecolor="white")
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0.09, 0.67 / tall, 0.585, 1 - 0.95 / tall))
        colours = colours_of(found)
        _paint(ax, found, colours)
        _name_axes(ax, found, words)
        _key(ax, list(_entries(found, colours, words)), words)
        stream = io.BytesIO()
        figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def colours_of(found: Basins) -> list[RGB]:
    """A colour for each minimum. With more minima than colours, those that touch differ wherever that can be."""
    count = len(found.minima)
    if count <= len(BASINS):
        return list(BASINS[:count])
    beside = _neighbours(found.labels, count)
    chosen: list[int] = []
    for basin in range(count):
        taken = {chosen[other] for other in np.flatnonzero(beside[basin, :basin]).tolist()}
        order = [(basin + shift) % len(BASINS) for shift in range(len(BASINS))]
        chosen.append(next((colour for colour in order if colour not in taken), order[0]))
    return [BASINS[colour] for colour in chosen]


def _neighbours(labels: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which basins (count, count) have starts side by side."""
    beside = np.zeros((count, count), dtype=bool)
    for axis in range(labels.ndim):
        one = np.moveaxis(labels, axis, 0)
        a, b = one[:-1].ravel(), one[1:].ravel()
        both = (a >= 0) & (b >= 0) & (a != b)
        beside[a[both], b[both]] = beside[b[both], a[both]] = True
    return beside


def _paint(ax: Axes, found: Basins, colours: list[RGB]) -> None:
    x = found.axes[0]
    flat = len(found.axes) == 1
    y = np.array([0.0, 1.0]) if flat else found.axes[1]
    # imshow takes rows from below and columns along x; a start is the middle of its pixel.
    labels = found.labels[:, None] if flat else found.labels
    wide = (x[-1] - x[0]) / (len(x) - 1) / 2
    high = 0.0 if flat else (y[-1] - y[0]) / (len(y) - 1) / 2
    ax.imshow(
        labels.T - ELSEWHERE,
        origin="lower",
        extent=(x[0] - wide, x[-1] + wide, y[0] - high, y[-1] + high),
        aspect="auto",
        cmap=ListedColormap([PALE, GREY, *colours]),
        vmin=0,
        vmax=len(colours) + 1,
        interpolation="nearest",
    )
    inside = [
        place
        for place in found.minima
        if all(axis[0] <= value <= axis[-1] for axis, value in zip(found.axes, place, strict=True))
    ]
    size = 9.0 if len(inside) <= 20 else 4.5
    for place in inside:
        at = (place[0], 0.5 if flat else place[1])
        for ink, thick in ((INK, 0.45), ("white", 0.27)):
            ax.plot(
                *at,
                "o",
                markersize=size,
                markerfacecolor="none",
                markeredgecolor=ink,
                markeredgewidth=thick * size,
            )
    ax.set_xlim(x[0] - wide, x[-1] + wide)
    ax.set_ylim(y[0] - high, y[-1] + high)


# Words and numbers: all of them outlines, so that none is read by Matplotlib


def _put(
    ax: Axes,
    line: Rich,
    x: float,
    y: float,
    points: Transform,
    words: Speech,
    *,
    size: float,
    align: float = 0.0,
) -> None:
    """A line that begins at (x, y) points; `align` 0.5 is centred there, 1 ends there."""
    outline = typeset(line, decimal=words.decimal)
    draw_outline(ax, outline, x - align * outline.width * size, y, size, points, PAGE)


def _name_axes(ax: Axes, found: Basins, words: Speech) -> None:
    """The numbers at both axes, and what stands along them."""
    widest = 0.0
    for index, name in enumerate(found.parameters_names):
        low, high = ax.get_xlim() if index == 0 else ax.get_ylim()
        ticks = nice_ticks(low, high, 9)
        side = ax.xaxis if index == 0 else ax.yaxis
        side.set_ticks(ticks, [""] * len(ticks))
        side.set_minor_locator(NullLocator())
        numbers = tick_numbers(ticks.tolist())
        for value, label in zip(ticks.tolist(), numbers.labels, strict=True):
            text = maths(label)
            if index == 0:
                points = points_at(ax, value, 0.0, ax.get_xaxis_transform())
                _put(ax, text, 0.0, -14.5, points, words, size=_SMALL, align=0.5)
            else:
                points = points_at(ax, 0.0, value, ax.get_yaxis_transform())
                _put(ax, text, -7.0, -0.33 * _SMALL, points, words, size=_SMALL, align=1.0)
            widest = max(widest, typeset(text).width * _SMALL)
        symbol = maths(name_node(name))
        line = words.say("report.basins.axis", name=numbers.name(symbol) or symbol)
        size = min(_LARGE, axes_size(ax)[index] / typeset(line).width)
        if index == 0:
            points = points_at(ax, 0.5, 0.0, ax.transAxes)
            _put(ax, line, 0.0, -32.0, points, words, size=size, align=0.5)
        else:
            away = max(-42.0, -12.0 - widest)
            turned = Affine2D().rotate_deg(90).translate(away, 0.0) + points_at(ax, 0.0, 0.5, ax.transAxes)
            _put(ax, line, 0.0, 0.0, turned, words, size=size, align=0.5)
    if len(found.axes) == 1:
        ax.set_yticks([])


@dataclass(frozen=True)
class _Entry:
    """Lines of the key behind a patch of a colour, or behind none; `edged` for one that is as light as paper."""

    lines: tuple[Rich, ...]
    colour: RGB | None
    edged: bool = False


def _entries(found: Basins, colours: list[RGB], words: Speech) -> Iterator[_Entry]:
    """The minima from the deepest on, their losses and shares of the starts, and the rest."""
    say, total = words.say, found.labels.size
    names = list(map(name_node, found.parameters_names))
    minima = list(zip(found.minima, found.values, found.counts, colours, strict=True))
    for place, value, count, colour in minima[:_NAMED]:
        shown = [_number(x) for x in place.tolist()]
        where = point(names, shown) if len(shown) == 1 else Fenced(listed(shown))
        told = say("report.basins.entry", loss=_number(float(value)), share=_share(count, total))
        yield _Entry((maths(where), told), colour)
    more = len(colours) - _NAMED
    if more > 0:
        share = _share(sum(found.counts[_NAMED:]), total)
        yield _Entry((say("report.basins.more", count=more, share=share),), None)
    diverged, elsewhere = (int((found.labels == label).sum()) for label in (DIVERGED, ELSEWHERE))
    if diverged:
        yield _Entry((say("report.basins.diverged", share=_share(diverged, total)),), GREY, True)
    if elsewhere:
        yield _Entry((say("report.basins.nowhere", share=_share(elsewhere, total)),), PALE, True)


def _key(ax: Axes, entries: list[_Entry], words: Speech) -> None:
    """Beside the map, from the top down."""
    points = points_at(ax, 1.0, 1.0, ax.transAxes)
    left, y = 7.0, -10.0
    if any(len(entry.lines) > 1 for entry in entries):
        title = typeset(words.say("report.basins.title"), bold=True)
        draw_outline(ax, title, left, y, 10.0, points, PAGE)
        y -= 17.0
    for entry in entries:
        middle = y + 0.33 * _SMALL - 0.5 * _PITCH * (len(entry.lines) - 1)
        if entry.colour is not None:
            patch = Rectangle(
                (left, middle - 3.3),
                19.0,
                6.6,
                facecolor=entry.colour,
                edgecolor=INK if entry.edged else "none",
                linewidth=0.4,
                transform=points,
                clip_on=False,
            )
            ax.add_artist(patch)
        for line in entry.lines:
            size = min(_SMALL, _ROOM / typeset(line).width)
            _put(ax, line, left + 27.0, y, points, words, size=size)
            y -= _PITCH
        y -= 7.0


def _number(value: float) -> Node:
    """Four digits; what is 0 but for rounding is 0."""
    return number(0.0 if abs(value) < 1e-12 else value, 4)


def _share(count: int, total: int) -> Node:
    return Format(1)(100 * count / total)
