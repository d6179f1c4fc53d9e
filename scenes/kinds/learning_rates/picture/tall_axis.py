"""What tall panels are put together from: numbers that change with a view, the light below a curve, rings that run out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, THIN, Pen, Point, measure
from scenes.layout import Box, Plot
from scenes.text import maths
from scenes.theme import LABEL, Role
from scenes.widgets.marks import POINT
from scenes.widgets.plane.axes import MARK, PAD, AxisStyle

DEEPER = 0.1  # a ring on the axis stands clear of its numbers
_CLEAR = 0.1  # between two numbers, or a number and the name


def draw_numbers(pen: Pen, plot: Plot, style: AxisStyle, before: Plot, after: Plot, part: float) -> None:
    """The numbers of an axis below a plot; those of one view give way to those of the next on the way between them."""
    if style.across(after).numbers == style.across(before).numbers:
        _draw_ticks(pen, plot, style, before, 1.0)
        return
    _draw_ticks(pen, plot, style, before, 1 - min(1.0, part / 0.4))
    _draw_ticks(pen, plot, style, after, max(0.0, (part - 0.6) / 0.4))


def _draw_ticks(pen: Pen, plot: Plot, style: AxisStyle, placed: Plot, shown: float) -> None:
    """The ticks of one view, drawn where another plot has them."""
    if shown <= 0:
        return
    box, size, ticks = plot.box, style.tick, style.across(placed)
    share = (ticks.places - box.left) / box.width
    values = placed.x.low + share * (placed.x.high - placed.x.low)
    named = style.named_below(placed) if not ticks.numbers.offset else None
    y, end = box.bottom - MARK - PAD - DEEPER, -np.inf
    for x, label in zip(plot.x(values).tolist(), ticks.numbers.labels, strict=True):
        if not box.left - 1e-6 <= x <= box.right + 1e-6:
            continue
        pen.stroke(np.array([(x, box.bottom), (x, box.bottom - MARK)]), Role.AXIS, THIN, shown)
        half = measure(maths(label), size)[0] / 2
        at = min(max(x, box.left + half), box.right - half)
        if at - half > end + _CLEAR:
            pen.text(maths(label), (at, y), size, anchor=(0, 1), role=Role.AXIS, opacity=shown)
            end = at + half
    name, letters = ticks.numbers.name(style.x_name), LABEL * style.type
    if name is None:
        return
    if named is not None:
        if end + _CLEAR < named.left:  # the last number says more than the letter
            pen.text(name, (named.right, y), letters, anchor=(1, 1), opacity=shown)
        return
    letters *= min(1.0, box.width / measure(name, letters)[0])
    pen.text(name, (box.right, y - size - 0.06), letters, anchor=(1, 1), opacity=shown)


def areas_below(points: FloatArray, box: Box) -> list[FloatArray]:
    """What lies below a curve (n, 2) within a box, one polygon for each stretch without a gap."""
    finite = np.isfinite(points).all(axis=1)
    found = []
    for part in np.split(points, np.flatnonzero(~finite)):
        part = part[np.isfinite(part).all(axis=1)]
        if len(part) > 1:
            part = np.clip(part, (box.left, box.bottom), (box.right, box.top))
            found.append(np.vstack([part, [(part[-1][0], box.bottom), (part[0][0], box.bottom)]]))
    return found


def free_corner(
    box: Box, size: Point, lines: Sequence[FloatArray], boxes: Sequence[Box], *, above: float
) -> Point | None:
    """The middle of a text of a size at the left or right edge of a box, low, that meets no line (n, 2) and no box."""
    wide, high = size
    for x in (box.left + 0.14 + wide / 2, box.right - 0.14 - wide / 2):
        for y in np.arange(box.bottom + above + high, box.bottom + 0.75 * box.height, 0.15).tolist():
            room = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2).grown(0.09)
            met = any(room.crossed_by(line) for line in lines) or any(room.meets(other) for other in boxes)
            if not met:
                return x, y
    return None


def draw_ring(pen: Pen, place: Point, part: float, role: Role, room: float) -> None:
    """A ring that runs out from a place, as far as there is room."""
    radius = POINT * (1 + 2.4 * part)
    if 0 < part < 1 and radius < room:
        pen.disc(place, radius, role, 0.7 * (1 - part), ring=LINE)
