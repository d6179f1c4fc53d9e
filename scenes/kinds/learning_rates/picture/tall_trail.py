"""The way of a run in a tall panel: its latest moves as lines, the places that it left as rings."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from scenes.draw.pen import LINE, Pen
from scenes.layout import Plot
from scenes.layout.polylines import rows_apart
from scenes.theme import Role
from scenes.widgets.marks import GHOST, draw_cased, draw_ghost, recency

if TYPE_CHECKING:
    from .tall_panel import TallPanel

_LATEST = 12  # moves that are drawn
_RINGS = 40  # places that are drawn
_APART = 0.09  # places that are nearer to one another are one ring


def draw_moves(pen: Pen, panel: TallPanel, plot: Plot, row: int, after: int, hop: float) -> None:
    """The latest moves as lines, the older the fainter; one that led higher is in the colour of trouble."""
    loss = panel.contender.loss
    first = max(0, row - _LATEST)
    places = [panel.place(plot, each) for each in range(first, row + 1)]
    if hop > 0:
        places.append(panel.flying(plot, row, after, hop))
    for i, (start, end) in enumerate(pairwise(places)):
        now = first + i
        to = after if now == row else now + 1
        age = row - now - 1 + hop
        role = Role.TROUBLE if loss[to] > loss[now] else Role.POINT
        faint = max(0.25, 0.85 - 0.1 * max(0.0, age))
        for part in panel.box.clip(np.array([start, end])):
            draw_cased(pen, part, role, LINE * (1.3 - 0.06 * age), faint)


def draw_rings(pen: Pen, panel: TallPanel, plot: Plot, row: int) -> None:
    """The places that were left, but for those that lie on one another."""
    rows = range(max(0, row - _RINGS), row)
    if not rows:
        return
    points = np.array([panel.place(plot, each) for each in rows])
    for kept in rows_apart(points, _APART):
        x, y = points[kept].tolist()
        if panel.holds((x, y)):
            draw_ghost(pen, (x, y), recency(rows[kept], row), 0.75 * GHOST)
