"""Where names stand within a tall panel, clear of its curve and of the way of its run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scenes.draw.pen import Point, measure
from scenes.layout import Box
from scenes.theme import LABEL
from scenes.widgets.marks import POINT

from .tall_axis import free_corner

if TYPE_CHECKING:
    from .tall_panel import TallPanel

ARROW = 0.3  # of the first step above the axis


def objective_name(panel: TallPanel) -> tuple[Point, float] | None:
    """Where the name of the objective stands: in a corner that no curve and no path of this panel meets."""
    size = LABEL * panel.cells.frame.type
    wide, high = measure(panel.loss_name, size)
    plot, box = panel.resting(0), panel.box
    lines = [*box.clip(panel.curve(plot))]
    path = np.array([panel.place(plot, row) for row in range(min(len(panel.w), 60))])
    lines += box.clip(path)
    foot = box.bottom + ARROW  # of the first step, before it is taken
    lines += [np.array([path[0], (path[0][0], box.bottom)])]
    lines += [
        np.array([(path[0][0], foot + up), (path[min(1, len(path) - 1)][0], foot + up)])
        for up in (-0.15, 0.15)
    ]
    boxes = [Box(x - 0.2, y - 0.2, x + 0.2, y + 0.2) for x, y in path.tolist()]
    place = free_corner(box, (wide, high), lines, boxes, above=ARROW)
    return None if place is None else (place, size)


def home_name(panel: TallPanel) -> tuple[Point, float] | None:
    """Where it stands what the ring is, in the panel that names the objective: above it, where nothing is in the way."""
    goals = panel.story.goals.tolist()
    if len(goals) != 1:
        return None
    plot, size = panel.resting(0), LABEL * panel.cells.frame.type
    x, y = plot.point(*goals[0])
    wide, high = measure(panel.story.speech.say("learning-rates.home"), size)
    middle = (x, y + 2.4 * POINT + 0.5 * size)
    room = Box(x - wide / 2, middle[1] - high / 2, x + wide / 2, middle[1] + high / 2).grown(0.09)
    start = panel.place(plot, 0)
    met = any(room.crossed_by(part) for part in panel.box.clip(panel.curve(plot)))
    near = room.grown(2 * POINT).holds(Box(*start, *start)) or not panel.box.holds(room)
    return None if met or near else (middle, size)
