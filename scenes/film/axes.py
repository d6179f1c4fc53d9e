"""Axes of a plot: lines at the left and bottom edges, ticks with round numbers, names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..layout import Box, Plot
from ..layout.ticks import tick_label
from ..richtext import Rich, maths
from ..theme import LABEL, TICK, Role
from .pen import THIN, Pen, measure

_TICK = 0.08
_PAD = 0.1


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
        ticks = plot.y.ticks(style.y_spacing)
        widest = max((measure(_number(v, ticks), style.tick_size)[0] for v in ticks), default=0.0)
        left = widest + _TICK + _PAD + 0.02 if style.y_numbers else 0.05
        bottom = _TICK + _PAD + style.tick_size * 0.75 if style.x_numbers else 0.05
        right = max(0.12, measure(style.x_name, style.name_size)[0] + 0.2 if style.x_name else 0.0)
        top = max(0.15, measure(style.y_name, style.name_size)[1] + 0.22 if style.y_name else 0.0)
    return Plot.over(
        zone.trimmed(left=left, bottom=bottom, right=right, top=top), x, y, log_y=log_y, equal=equal
    )


def _number(value: float, ticks: object) -> Rich:
    values = np.asarray(ticks)
    step = float(values[1] - values[0]) if len(values) > 1 else float(value or 1.0)
    return maths(tick_label(float(value), step))


def draw_axes(pen: Pen, plot: Plot, style: AxisStyle, grown: float = 1.0) -> None:
    """Axes with ticks, numbers and names; `grown` from 0 to 1 draws them out from their corner."""
    if grown <= 0:
        return
    box = plot.box
    shown = min(1.0, max(0.0, 2 * grown - 1))
    corner = (box.left, box.bottom)
    pen.stroke(np.array([corner, (box.left + box.width * grown, box.bottom)]), Role.AXIS, THIN)
    pen.stroke(np.array([corner, (box.left, box.bottom + box.height * grown)]), Role.AXIS, THIN)
    x_ticks, y_ticks = plot.x.ticks(style.x_spacing), plot.y.ticks(style.y_spacing)
    for value in x_ticks:
        x = float(plot.x(value))
        if x <= box.left + box.width * grown + 1e-9:
            pen.stroke(np.array([(x, box.bottom), (x, box.bottom - _TICK)]), Role.AXIS, THIN)
    for value in y_ticks:
        y = float(plot.y(value))
        if y <= box.bottom + box.height * grown + 1e-9:
            pen.stroke(np.array([(box.left, y), (box.left - _TICK, y)]), Role.AXIS, THIN)
    if style.x_numbers:
        step_ticks = x_ticks if not plot.x.log else np.array([])
        for value in x_ticks:
            pen.text(
                maths(tick_label(float(value), _step(plot.x.log, step_ticks, float(value)))),
                (float(plot.x(value)), box.bottom - _TICK - _PAD),
                style.tick_size,
                anchor=(0, 1),
                role=Role.AXIS,
                opacity=shown,
            )
    for value in y_ticks if style.y_numbers else ():
        pen.text(
            maths(tick_label(float(value), _step(plot.y.log, y_ticks, float(value)))),
            (box.left - _TICK - _PAD * 0.7, float(plot.y(value))),
            style.tick_size,
            anchor=(1, 0),
            role=Role.AXIS,
            opacity=shown,
        )
    if style.x_name:
        pen.text(
            style.x_name,
            (box.right + 0.16, box.bottom),
            style.name_size,
            anchor=(-1, 0),
            role=style.x_role,
            opacity=shown,
        )
    if style.y_name:
        pen.text(
            style.y_name,
            (box.left - _TICK, box.top + 0.14),
            style.name_size,
            anchor=(-1, -1),
            role=style.y_role,
            opacity=shown,
        )


def _step(log: bool, ticks: object, value: float) -> float:
    values = np.asarray(ticks)
    if log or len(values) < 2:
        return abs(value) or 1.0
    return float(values[1] - values[0])
