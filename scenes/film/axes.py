"""Axes of a plot: lines at the left and bottom edges, ticks with round numbers, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.notation import Node

from ..layout import Box, Plot
from ..text import Rich, TickNumbers, maths, tick_numbers
from ..theme import LABEL, TICK, Role
from .pen import THIN, Pen, Point, measure

_TICK = 0.08
_PAD = 0.1
_UNDER = 0.12  # between the numbers and a name below them


@dataclass(frozen=True)
class AxisStyle:
    """What is written at a plot's edges. Names are None where a neighbour already says it."""

    x_name: Rich | None = None
    y_name: Rich | None = None
    x_role: Role = Role.INK
    y_role: Role = Role.INK
    x_spacing: float = 1.15
    y_spacing: float = 0.75
    tick_size: float = TICK
    name_size: float = LABEL
    x_numbers: bool = True
    y_numbers: bool = True

    def numbers_across(self, plot: Plot) -> TickNumbers:
        """The numbers below a plot."""
        return tick_numbers(plot.x.ticks(self.x_spacing).tolist(), log=plot.x.log)

    def numbers_upright(self, plot: Plot) -> TickNumbers:
        """The numbers at the left of a plot."""
        return tick_numbers(plot.y.ticks(self.y_spacing).tolist(), log=plot.y.log)


def fit_plot(
    zone: Box,
    x: tuple[float, float],
    y: tuple[float, float],
    style: AxisStyle,
    *,
    log_y: bool = False,
    equal: bool = False,
) -> Plot:
    """The largest plot whose axes, numbers and names all stay within a zone."""
    left, bottom, right, top = 0.7, 0.5, 0.2, 0.2
    for _ in range(2):  # the ticks depend on the room, the room on the ticks' width
        plot = Plot.over(
            zone.trimmed(left=left, bottom=bottom, right=right, top=top), x, y, log_y=log_y, equal=equal
        )
        across, upright = style.numbers_across(plot), style.numbers_upright(plot)
        widest, _ = extent(upright.labels, style.tick_size)
        x_name, y_name = across.name(style.x_name), upright.name(style.y_name)
        width, height = measure(x_name, style.name_size) if x_name else (0.0, 0.0)
        left = widest + _TICK + _PAD + 0.02 if style.y_numbers else 0.05
        bottom = _TICK + _PAD + style.tick_size * 0.75 if style.x_numbers else 0.05
        right = max(0.12, width + 0.2 if x_name else 0.0)
        if across.offset and x_name:  # such a name is long, and stands below the numbers
            right, bottom = 0.12, bottom + _UNDER + height
        top = max(0.15, measure(y_name, style.name_size)[1] + 0.22 if y_name else 0.0)
    return Plot.over(
        zone.trimmed(left=left, bottom=bottom, right=right, top=top), x, y, log_y=log_y, equal=equal
    )


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
    corner = (box.left, box.bottom)
    pen.stroke(np.array([corner, (box.left + box.width * grown, box.bottom)]), Role.AXIS, THIN)
    pen.stroke(np.array([corner, (box.left, box.bottom + box.height * grown)]), Role.AXIS, THIN)
    x_places, y_places = plot.x(plot.x.ticks(style.x_spacing)), plot.y(plot.y.ticks(style.y_spacing))
    for x in x_places.tolist():
        if x <= box.left + box.width * grown + 1e-9:
            pen.stroke(np.array([(x, box.bottom), (x, box.bottom - _TICK)]), Role.AXIS, THIN)
    for y in y_places.tolist():
        if y <= box.bottom + box.height * grown + 1e-9:
            pen.stroke(np.array([(box.left, y), (box.left - _TICK, y)]), Role.AXIS, THIN)
    across, upright = style.numbers_across(plot), style.numbers_upright(plot)
    if style.x_numbers:
        places = [(x, box.bottom - _TICK - _PAD) for x in x_places.tolist()]
        _draw_numbers(pen, across.labels, places, style.tick_size, (0, 1), shown)
    if style.y_numbers:
        places = [(box.left - _TICK - _PAD * 0.7, y) for y in y_places.tolist()]
        _draw_numbers(pen, upright.labels, places, style.tick_size, (1, 0), shown)
    x_name, y_name = across.name(style.x_name), upright.name(style.y_name)
    if x_name:
        at, anchor = (box.right + 0.16, box.bottom), (-1, 0)
        if across.offset:
            under = _TICK + _PAD + style.tick_size * 0.75 + _UNDER
            at, anchor = (box.right, box.bottom - under), (1, 1)
        pen.text(x_name, at, style.name_size, anchor=anchor, role=style.x_role, opacity=shown)
    if y_name:
        at = (box.left - _TICK, box.top + 0.14)
        pen.text(y_name, at, style.name_size, anchor=(-1, -1), role=style.y_role, opacity=shown)


def _draw_numbers(
    pen: Pen,
    labels: Sequence[Node],
    places: Sequence[Point],
    size: float,
    anchor: tuple[float, float],
    shown: float,
) -> None:
    for label, at in zip(labels, places, strict=True):
        pen.text(maths(label), at, size, anchor=anchor, role=Role.AXIS, opacity=shown)
