"""Marks that pictures share: points that shine, places they have left, the place to come, minima, arrows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, LINE, THIN, Pen, Point, arrow_shape
from scenes.text import Rich
from scenes.theme import RGB, TICK, Role

POINT = 18 / 135  # radius of a point
GHOST = 10 / 135  # radius of a place it has left
CASING = 4 / 135  # width of the dark edge that parts a mark from what it lies on
_GLOW, _SHINE = 4.6, 0.55  # radii of a point's light, and its opacity in the middle
HALO = 3.5 / 135  # what parts a word from what it stands on
_WHITE: RGB = (1.0, 1.0, 1.0)
_AURA = ((3.4, 0.07), (2.2, 0.10), (1.5, 0.14))  # times the width of a curve, opacity
_CIRCLE = np.linspace(0.0, 2 * np.pi, 49)


def draw_point(
    pen: Pen, at: Point, shown: float = 1.0, radius: float = POINT, role: Role = Role.POINT
) -> None:
    """A point: a disc that shines, with a dark casing."""
    if shown <= 0:
        return
    radius *= 0.4 + 0.6 * shown
    pen.glow(at, _GLOW * radius, role, _SHINE * shown)
    pen.disc(at, radius + CASING, Role.CASING, shown)
    pen.disc(at, radius, role, shown)
    pen.disc((at[0] - 0.28 * radius, at[1] + 0.3 * radius), 0.42 * radius, _WHITE, 0.28 * shown)


def draw_ghost(
    pen: Pen, at: Point, shown: float = 1.0, radius: float = GHOST, role: Role = Role.POINT
) -> None:
    """A place that the point has left: a ring, the fainter the longer ago."""
    if shown <= 0:
        return
    pen.disc(at, radius + CASING, Role.CASING, min(1.0, 2 * shown))
    pen.disc(at, radius, role, shown, ring=THIN * 1.4)


def recency(row: int, landed: int) -> float:
    """How clear the ghost of a row is, after the point has gone on to another: 0.9 for the last one, then less."""
    return max(0.4, 0.9 - 0.08 * (landed - row - 1))


def draw_awaited(
    pen: Pen, at: Point, sign: Rich, shown: float = 1.0, radius: float = 1.5 * POINT, named: bool = True
) -> None:
    """The place where the point will land, before it does: a dashed ring, with the `sign` of a question where it is `named`."""
    if shown <= 0:
        return
    ring = _around(at, radius)
    pen.glow(at, 2.2 * radius, Role.POINT, 0.35 * shown)
    pen.area(ring, Role.CASING, shown)
    pen.stroke(ring, Role.POINT, LINE, shown, (0.09, 0.06))
    if named:
        pen.text(sign, at, TICK * 1.15, role=Role.POINT, opacity=shown, bold=True, halo=HALO)


def draw_landing(pen: Pen, at: Point, part: float, radius: float = POINT, role: Role = Role.POINT) -> None:
    """Light that runs out from where a point has just landed."""
    if 0 < part < 1:
        pen.stroke(_around(at, radius * (1 + 2.4 * part)), role, LINE, 0.7 * (1 - part), quiet=True)


def _around(at: Point, radius: float) -> FloatArray:
    return np.column_stack([at[0] + radius * np.cos(_CIRCLE), at[1] + radius * np.sin(_CIRCLE)])


def draw_minimum(pen: Pen, at: Point, shown: float, radius: float = 0.1) -> None:
    """The ring of a minimum."""
    if shown <= 0:
        return
    pen.disc(at, radius, Role.CASING, shown, ring=LINE + 2 * CASING)
    pen.disc(at, radius, Role.GOOD, shown, ring=LINE * 1.3)


def draw_arrow(
    pen: Pen, start: Point, end: Point, role: Role, width: float = BOLD, shown: float = 1.0
) -> None:
    """An arrow with a dark casing."""
    if shown <= 0 or abs(end[0] - start[0]) + abs(end[1] - start[1]) < 1e-6:
        return
    shaft, head = arrow_shape(start, end, width)
    edge = 2 * CASING * 0.75
    pen.stroke(shaft, Role.CASING, width + edge, shown, quiet=True)
    pen.stroke(np.vstack([head, head[:1]]), Role.CASING, edge, shown, quiet=True)
    pen.arrow(start, end, role, width, shown)


def draw_glowing(
    pen: Pen, parts: Sequence[FloatArray], role: Role, width: float = 7 / 135, shown: float = 1.0
) -> None:
    """Parts (n, 2) of a curve that shines."""
    for factor, opacity in _AURA:
        for part in parts:
            pen.stroke(part, role, width * factor, opacity * shown, quiet=True)
    for part in parts:
        pen.stroke(part, role, width, shown)


def draw_cased(
    pen: Pen,
    line: FloatArray,
    role: Role,
    width: float = LINE,
    shown: float = 1.0,
    dash: Sequence[float] = (),
) -> None:
    """A line (n, 2) with a dark casing."""
    pen.stroke(line, Role.CASING, width + 2 * CASING * 0.75, shown, dash, quiet=True)
    pen.stroke(line, role, width, shown, dash)


def hop_between(start: Point, end: Point, part: float, height: float = 0.28) -> Point:
    """Where a point is on its jump from one place to another: above the straight way, as a ball is thrown."""
    x = start[0] + part * (end[0] - start[0])
    y = start[1] + part * (end[1] - start[1])
    far = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    return x, y + 4 * part * (1 - part) * min(0.9, height * far)
