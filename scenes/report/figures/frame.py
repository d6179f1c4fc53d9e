"""What all figures share: axes with round numbers and named ends, and labels that step aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator
from matplotlib.transforms import Transform
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from scenes.layout import Box, place_label
from scenes.layout.box import box_at
from scenes.layout.ticks import log_ticks, nice_ticks
from scenes.lecture.model import Range
from scenes.report.inline import draw_inline, draw_text, inline_reach, inline_width, points_at
from scenes.report.lettering import width_of
from scenes.report.style import LABEL, THIN, TICK, Style
from scenes.text import Rich
from scenes.theme import Role

from .ticks import Numbering, numbering

AxisScale = Literal["linear", "log"]

SPACING = (52.0, 30.0)  # points: the least distance of ticks
_SYMBOL = 12.0  # points: a longer name is no symbol at the end of an axis
_UNIT = 30.0  # points to a unit of the layout, whose clearance is then one point


def axes_size(ax: Axes) -> tuple[float, float]:
    """Width and height of the drawing area in points."""
    box, dpi = ax.get_window_extent(), dots_per_inch(ax)
    return box.width * 72 / dpi, box.height * 72 / dpi


def dots_per_inch(ax: Axes) -> float:
    """The resolution of the picture that holds the axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure.dpi


def dress(
    ax: Axes,
    style: Style,
    x: Range,
    y: Range,
    *,
    x_name: Rich | None = None,
    y_name: Rich | None = None,
    x_scale: AxisScale = "linear",
    y_scale: AxisScale = "linear",
    x_role: Role = Role.INK,
    y_role: Role = Role.INK,
    x_numbers: bool = True,
    y_numbers: bool = True,
    spacing: tuple[float, float] = SPACING,
) -> list[Artist]:
    """Ranges, ticks, numbers and names; the frame is open at the top and at the right.

    `spacing` is the least distance of ticks in points. Huge and tiny numbers stand as multiples of a power of
    ten, which is named at the end of the axis.
    """
    ax.set_facecolor("none")
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(style.stroke(Role.AXIS))
        spine.set_linewidth(THIN * 0.8)
    if x_scale == "log":
        ax.set_xscale("log")
    if y_scale == "log":
        ax.set_yscale("log")
    ax.set_xlim(*x)
    ax.set_ylim(*y)
    width, height = axes_size(ax)
    across = _ticks(ax, style, "x", x, x_scale, width / spacing[0], x_numbers)
    upward = _ticks(ax, style, "y", y, y_scale, height / spacing[1], y_numbers)
    return _x_name(ax, style, x_name, x_role, across) + _y_name(ax, style, y_name, y_role, upward)


def _x_name(ax: Axes, style: Style, name: Rich | None, role: Role, numbers: Numbering | None) -> list[Artist]:
    """A symbol stands at the end of the axis, words below its numbers; the power of ten above its end."""
    drawn: list[Artist] = []
    points = points_at(ax, 1.0, 0.0, ax.transAxes)
    up = 5.0
    if numbers is not None and numbers.factor:
        drawn += draw_text(
            ax, numbers.factor, -width_of(numbers.factor, TICK), up, TICK, points, style.text(Role.AXIS)
        )
        up += TICK + 2.0
    if name is None:
        return drawn
    symbol = inline_width(name, LABEL) < _SYMBOL
    shown = name if numbers is None else numbers.name(name) or name
    long = inline_width(shown, LABEL)
    if long < _SYMBOL:
        right, up = 5.0, -0.25 * LABEL
    elif symbol:  # with what is to be added to the numbers
        right = -long
        drawn.append(plate(ax, points, right, up - 2.0, long, LABEL + 1.0))
    else:
        right, up = -long, -13.0 if numbers is None else -25.0
    return drawn + draw_inline(ax, shown, right, up, LABEL, points, style, role=role)


def _y_name(ax: Axes, style: Style, name: Rich | None, role: Role, numbers: Numbering | None) -> list[Artist]:
    """Above the axis, with the power of ten behind it."""
    drawn: list[Artist] = []
    points = points_at(ax, 0.0, 1.0, ax.transAxes)
    shown = name if numbers is None else numbers.name(name)
    if numbers is not None and numbers.factor:
        after = -6.0 + (0.0 if shown is None else inline_width(shown, LABEL))
        drawn += draw_text(ax, numbers.factor, after, 9.0, TICK, points, style.text(Role.AXIS))
    if shown is not None:
        drawn += draw_inline(ax, shown, -10.0, 9.0, LABEL, points, style, role=role)
    return drawn


def _ticks(
    ax: Axes, style: Style, which: str, ends: Range, scale: AxisScale, wanted: float, numbers: bool
) -> Numbering | None:
    """Set and number the ticks of an axis; None where it has no numbers."""
    low, high = min(ends), max(ends)
    count = max(2, int(wanted))
    log = scale == "log"
    values = log_ticks(low, high, count) if log else nice_ticks(low, high, count)
    axis = ax.xaxis if which == "x" else ax.yaxis
    axis.set_ticks(values, [""] * len(values))
    axis.set_minor_locator(NullLocator())
    axis.set_tick_params(length=3.0, width=THIN * 0.8, color=style.stroke(Role.AXIS), pad=3.0)
    if not numbers:
        return None
    found = numbering(values.tolist(), style.decimal, log=log)
    # The numbers are drawn like all other text: Matplotlib's own labels know no raised exponents.
    for value, text in zip(values, found.texts, strict=True):
        long = width_of(text, TICK)
        if which == "x":
            points = points_at(ax, float(value), 0.0, ax.get_xaxis_transform())
            x, y = -long / 2, -6.5 - 0.72 * TICK
        else:
            points = points_at(ax, 0.0, float(value), ax.get_yaxis_transform())
            x, y = -6.5 - long, -0.33 * TICK
        draw_text(ax, text, x, y, TICK, points, style.text(Role.AXIS))
    return found


def plate(ax: Axes, points: Transform, left: float, bottom: float, width: float, height: float) -> Artist:
    """A light ground for words, a little larger than they are; in points."""
    ground = Rectangle(
        (left - 1.5, bottom - 1.0),
        width + 3.0,
        height + 2.0,
        facecolor="white",
        alpha=0.72,
        edgecolor="none",
        transform=points,
        zorder=2.9,
    )
    ax.add_artist(ground)
    return ground


class Labels:
    """Puts names beside points of an Axes so that they meet no line, no marker and no other name.

    To be made after the ranges are set. `plates` puts a light ground behind each name, for maps full of lines.
    """

    def __init__(self, ax: Axes, style: Style, *, plates: bool = False) -> None:
        self.ax, self.style, self.plates = ax, style, plates
        self._scale = 72 / dots_per_inch(ax) / _UNIT
        box = ax.get_window_extent()
        self._origin = np.array([box.x0, box.y0])
        width, height = axes_size(ax)
        self.within = Box(0.03, 0.06, width / _UNIT - 0.03, height / _UNIT)
        self.boxes: list[Box] = []
        self.lines: list[FloatArray] = []

    def at(self, x: ArrayLike, y: ArrayLike) -> FloatArray:
        """Data as places of the layout, (…, 2)."""
        points = np.stack(np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float)), axis=-1)
        flat = self.ax.transData.transform(points.reshape(-1, 2)).reshape(points.shape)
        return np.asarray((flat - self._origin) * self._scale)

    def line(self, x: ArrayLike, y: ArrayLike) -> None:
        """A line (n,) that names must not touch."""
        self.lines += self.within.grown(0.5).clip(self.at(x, y))

    def dot(self, x: float, y: float, size: float = 6.0) -> None:
        """A marker of a diameter in points that names must not touch."""
        px, py = self.at(x, y).tolist()
        self.boxes.append(box_at((px, py), (size / _UNIT, size / _UNIT)))

    def put(
        self,
        name: Rich,
        x: float,
        y: float,
        *,
        prefer: Sequence[tuple[float, float]] = (),
        role: Role | None = None,
        gap: float = 4.0,
        bold: bool = False,
    ) -> list[Artist]:
        """Draw a name near a point of the data."""
        low, high = inline_reach(name, LABEL)
        width, height = inline_width(name, LABEL, bold=bold) / _UNIT, (high - low) / _UNIT
        px, py = self.at(x, y)
        cx, cy = place_label(
            (float(px), float(py)),
            (width, height),
            within=self.within,
            boxes=self.boxes,
            lines=self.lines,
            gap=gap / _UNIT,
            prefer=prefer,
        )
        self.boxes.append(box_at((cx, cy), (width, height)))
        points = points_at(self.ax, 0.0, 0.0, self.ax.transAxes)
        left, base = (cx - width / 2) * _UNIT, (cy - height / 2) * _UNIT - low
        drawn: list[Artist] = []
        if self.plates:
            drawn.append(plate(self.ax, points, left, base + low, width * _UNIT, height * _UNIT))
        return drawn + draw_inline(self.ax, name, left, base, LABEL, points, self.style, role=role, bold=bold)
