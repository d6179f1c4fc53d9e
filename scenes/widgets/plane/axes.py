"""Axes of a plot: lines at the left and bottom edges, ticks with round numbers, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import BOLD, LINE, THIN, Pen, Point, measure
from scenes.layout import Box, Plot, Scale
from scenes.text import Rich, TickNumbers, maths, tick_numbers
from scenes.theme import LABEL, TICK, Role

MARK, PAD = 0.08, 0.1  # length of a tick, and from it to its number
_OPEN_PAD = 0.2
_UNDER = 0.12  # between the numbers and a name below them
_CLEAR = 0.1  # between the numbers below a plot
_BEYOND = 0.4  # so far a name may reach beyond its plot


@dataclass(frozen=True, eq=False)
class Ticks:
    """Where an axis has its ticks in the frame, (n,), and their numbers."""

    places: FloatArray
    numbers: TickNumbers

    @classmethod
    def on(cls, scale: Scale, spacing: float) -> Ticks:
        """The ticks of a scale, about so far apart."""
        values = scale.ticks(spacing)
        return cls(scale(values), tick_numbers(values.tolist(), log=scale.log))


@dataclass(frozen=True)
class AxisStyle:
    """What is written at a plot's edges. Names are None where a neighbour already says it.

    `type`: times as large as usual the letters are. An `open` plot has faint lines across at its numbers instead of a
    line at its left, and the name of its axis in the row of the numbers, at their right.
    """

    x_name: Rich | None = None
    y_name: Rich | None = None
    y_role: Role = Role.INK
    x_spacing: float = 1.15
    y_spacing: float = 0.75
    x_numbers: bool = True
    y_numbers: bool = True
    type: float = 1.0
    open: bool = False

    @property
    def tick(self) -> float:
        """Size of the numbers."""
        return TICK * self.type

    @property
    def under(self) -> float:
        """From the axis below a plot to its numbers: below an open one stands room for a point that lies on it."""
        return MARK + (_OPEN_PAD if self.open else PAD)

    def across(self, plot: Plot) -> Ticks:
        """The ticks below a plot, fewer than usual where their numbers are long."""
        for factor in (1.0, 1.5, 2.0, 3.0):
            found = Ticks.on(plot.x, factor * self.x_spacing * self.type)
            gaps = np.diff(found.places)
            if len(gaps) < 2 or gaps.min() >= extent(found.numbers.labels, self.tick)[0] + _CLEAR:
                break
        return found

    def upright(self, plot: Plot) -> Ticks:
        """The ticks at the left of a plot."""
        return Ticks.on(plot.y, self.y_spacing * self.type)

    def named_below(self, plot: Plot) -> Box | None:
        """The box of the name that stands in the row of the numbers; None where it stands elsewhere."""
        ticks = self.across(plot).numbers
        name = ticks.name(self.x_name)
        if not self.open or name is None or ticks.offset:
            return None
        width, height = measure(name, LABEL * self.type)
        top = plot.box.bottom - self.under
        return Box(plot.box.right - width, top - height, plot.box.right, top)


def fit_plot(
    zone: Box,
    x: tuple[float, float],
    y: tuple[float, float],
    style: AxisStyle,
    *,
    log_y: bool = False,
) -> Plot:
    """The largest plot whose axes, numbers and names all stay within a zone."""
    left, bottom, right, top = 0.7, 0.5, 0.2, 0.2
    label = LABEL * style.type
    for _ in range(2):  # the ticks depend on the room, the room on the ticks' width
        plot = Plot.over(zone.trimmed(left=left, bottom=bottom, right=right, top=top), x, y, log_y=log_y)
        across, upright = style.across(plot).numbers, style.upright(plot).numbers
        widest, _ = extent(upright.labels, style.tick)
        x_name, y_name = across.name(style.x_name), upright.name(style.y_name)
        width, height = measure(x_name, label) if x_name else (0.0, 0.0)
        left = widest + MARK + PAD + 0.02 if style.y_numbers else 0.05
        first = style.across(plot)
        if style.x_numbers and len(first.places):  # the first number below may reach out at the left
            half = measure(maths(first.numbers.labels[0]), style.tick)[0] / 2
            left = max(left, left + zone.left - (float(first.places[0]) - half))
        bottom = style.under + style.tick * 0.75 if style.x_numbers else 0.05
        right = 0.0 if style.open else max(0.12, width + 0.2 if x_name else 0.0)
        if across.offset and x_name:  # such a name is long, and stands below the numbers
            right, bottom = 0.12, bottom + _UNDER + height
        top = 0.0 if style.open else 0.15
        if y_name:
            top = max(top, measure(y_name, label)[1] + 0.22)
    return Plot.over(zone.trimmed(left=left, bottom=bottom, right=right, top=top), x, y, log_y=log_y)


def numbers_left(plot: Plot, style: AxisStyle) -> float:
    """How far to the left the numbers of a plot reach."""
    return plot.box.left - MARK - PAD * 0.7 - extent(style.upright(plot).numbers.labels, style.tick)[0]


def extent(labels: Sequence[Node], size: float) -> tuple[float, float]:
    """The greatest width and height of some numbers."""
    sizes = [measure(maths(label), size) for label in labels] or [(0.0, 0.0)]
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def draw_axes(pen: Pen, plot: Plot, style: AxisStyle, grown: float = 1.0) -> None:
    """Axes with ticks, numbers and names; `grown` from 0 to 1 draws them out from their corner."""
    if grown <= 0:
        return
    box = plot.box
    shown = min(1.0, max(0.0, 2 * grown - 1))
    across, upright = style.across(plot), style.upright(plot)
    heights = [y for y in upright.places.tolist() if y <= box.bottom + box.height * grown + 1e-9]
    if style.open:
        pen.stroke(np.array([(box.left, box.bottom), (box.right, box.bottom)]), Role.AXIS, LINE * 0.85)
        for y in heights:
            pen.stroke(np.array([(box.left, y), (box.right, y)]), Role.GRID, THIN, quiet=True)
    else:
        draw_axis_lines(pen, box, grown)
        for y in heights:
            pen.stroke(np.array([(box.left, y), (box.left - MARK, y)]), Role.AXIS, THIN)
    for x in across.places.tolist():
        if x <= box.left + box.width * grown + 1e-9:
            pen.stroke(np.array([(x, box.bottom), (x, box.bottom - MARK)]), Role.AXIS, THIN)
    named = style.named_below(plot)
    if style.x_numbers:
        places = [(x, box.bottom - style.under) for x in across.places.tolist()]
        for label, at in zip(across.numbers.labels, places, strict=True):
            width = measure(maths(label), style.tick)[0]
            if named is None or at[0] + width / 2 + _CLEAR < named.left:
                _draw_numbers(pen, [label], [at], (0, 1), shown, style.tick)
    if style.y_numbers:
        places = [(box.left - MARK - PAD * 0.7, y) for y in upright.places.tolist()]
        _draw_numbers(pen, upright.numbers.labels, places, (1, 0), shown, style.tick)
    x_name, y_name = across.numbers.name(style.x_name), upright.numbers.name(style.y_name)
    size = LABEL * style.type
    if x_name:
        at, anchor = (box.right + 0.16, box.bottom), (-1, 0)
        if named is not None:
            at, anchor = (named.right, named.top), (1, 1)
        elif across.numbers.offset:
            under = style.under + style.tick * 0.75 + _UNDER
            at, anchor = (box.right, box.bottom - under), (1, 1)
        pen.text(x_name, at, size, anchor=anchor, opacity=shown)
    if y_name:
        at = (box.left - MARK, box.top + 0.14)
        room = (box.right + _BEYOND - at[0]) / measure(y_name, size)[0]
        pen.text(y_name, at, size * min(1.0, room), anchor=(-1, -1), role=style.y_role, opacity=shown)


def draw_axis_lines(pen: Pen, box: Box, grown: float) -> None:
    """The lines at the bottom and at the left of a plot's box, drawn out from their corner."""
    corner = (box.left, box.bottom)
    pen.stroke(np.array([corner, (box.left + box.width * grown, box.bottom)]), Role.AXIS, THIN)
    pen.stroke(np.array([corner, (box.left, box.bottom + box.height * grown)]), Role.AXIS, THIN)


def draw_tick(pen: Pen, box: Box, place: float, label: Node, shown: float, *, upright: bool) -> None:
    """A tick with its number at the bottom of a plot's box, or at its left."""
    if upright:
        foot, mark, at, anchor = (
            (box.left, place),
            (box.left - MARK, place),
            (box.left - MARK - PAD * 0.7, place),
            (1, 0),
        )
    else:
        foot, mark, at, anchor = (
            (place, box.bottom),
            (place, box.bottom - MARK),
            (place, box.bottom - MARK - PAD),
            (0, 1),
        )
    pen.stroke(np.array([foot, mark]), Role.AXIS, THIN, shown)
    pen.text(maths(label), at, TICK, anchor=anchor, role=Role.AXIS, opacity=shown)


def draw_curve(pen: Pen, box: Box, parts: Sequence[FloatArray], grown: float, width: float = BOLD) -> None:
    """The visible parts (n, 2) of an objective, drawn from left to right."""
    reach = box.left + grown * box.width
    for part in parts:
        pen.stroke(part[part[:, 0] <= reach], Role.OBJECTIVE, width)


def _draw_numbers(
    pen: Pen,
    labels: Sequence[Node],
    places: Sequence[Point],
    anchor: tuple[float, float],
    shown: float,
    size: float,
) -> None:
    for label, at in zip(labels, places, strict=True):
        pen.text(maths(label), at, size, anchor=anchor, role=Role.AXIS, opacity=shown)
