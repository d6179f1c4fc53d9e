"""The readout: names at the left, changing numbers at the right, all in tabular digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.notation import Node, Numeral
from scenes.draw.pen import BASELINE, THIN, Pen, measure, overhang
from scenes.layout import Box, Zones
from scenes.text import Rich, maths
from scenes.theme import READOUT, Role

ROW = 0.5
_GAP = 0.12  # between a name and its number, at least
_SIGN = 0.78  # em, width of a minus sign


@dataclass(frozen=True)
class Reading:
    """A line of the readout: what it is, its value, its colour."""

    name: Rich
    value: Node
    role: Role = Role.INK
    opacity: float = 1.0


def draw_readout(pen: Pen, zone: Box, rows: Sequence[Reading]) -> float:
    """Rows from the top of a zone; returns the y below the last one. Numbers stand flush right."""
    y = zone.top - READOUT
    for row in rows:
        left = zone.left + overhang(row.name, READOUT)
        name = pen.text(
            row.name, (left, y), READOUT, anchor=(-1, BASELINE), role=row.role, opacity=row.opacity
        )
        pen.text(
            maths(row.value),
            (zone.right, y),
            _number_size(row.value, zone.right - name.right - _GAP),
            anchor=(1, BASELINE),
            role=row.role,
            opacity=row.opacity,
        )
        y -= ROW
    return y + ROW - 0.22


def _number_size(value: Node, room: float) -> float:
    """The size of a number, smaller where there is little room; a sign that comes and goes changes nothing."""
    sign = 0.0 if isinstance(value, Numeral) and value.digits.startswith("-") else _SIGN * READOUT
    return READOUT * min(1.0, room / (measure(maths(value), READOUT)[0] + sign))


def formula_place(pen: Pen, zones: Zones, y: float, opacity: float = 1.0) -> tuple[Box, float]:
    """Where the readout's formulae go, and the y of their top: under a hairline, or beside the numbers."""
    assert zones.readout is not None
    if zones.aside is not None:
        return zones.aside, zones.aside.top
    line = np.array([(zones.readout.left, y), (zones.readout.right, y)])
    pen.stroke(line, Role.AXIS, THIN, 0.7 * opacity)
    return zones.readout, y - 0.2


def draw_formula(
    pen: Pen,
    zone: Box,
    y: float,
    formula: Rich,
    *,
    opacity: float = 1.0,
    size: float = READOUT,
    display: bool = False,
) -> float:
    """A formula flush left with its top at y, made smaller where the zone is too narrow; returns y below."""
    width, height = measure(formula, size, display=display)
    factor = min(1.0, zone.width / width) if width else 1.0
    pen.text(formula, (zone.left, y), size * factor, anchor=(-1, 1), opacity=opacity, display=display)
    return y - height * factor - 0.24
