"""Where names stand within a tall panel, clear of its curve and of the way of its run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Point, measure
from scenes.layout import Box, Plot
from scenes.layout.box import box_at
from scenes.text import Rich, number
from scenes.theme import LABEL, TICK
from scenes.widgets.marks import POINT

from .tall_axis import free_corner

if TYPE_CHECKING:
    from .tall_panel import TallPanel

ARROW = 0.3  # of the first step above the axis
_CLEAR = 0.09
_REACH = 0.95  # length of half a tangent


@dataclass(frozen=True)
class PanelName:
    """A text with its middle and its size, broken where it is wider than `wrap`."""

    text: Rich
    middle: Point
    size: float
    wrap: float | None = None


def tangent_at(plot: Plot, w: float, loss: float, slope: float) -> FloatArray:
    """The ends (2, 2) of a tangent of a slope at a point of the curve, in the frame."""
    at = plot.at(w, loss)
    across = (plot.at(w + 1.0, loss) - at)[0]
    up = (plot.at(w, loss + 1.0) - at)[1]
    along = np.array([across, up * slope])
    along *= _REACH / float(np.hypot(*along))
    return np.array([at - along, at + along])


def slope_name(panel: TallPanel) -> PanelName | None:
    """The slope at the start, in the valley beside its tangent; None where something is in the way."""
    story, plot = panel.story, panel.resting(0)
    if story.slope is None:
        return None
    text, size = (
        story.speech.say("learning-rates.slope-name", slope=number(story.slope)),
        LABEL * panel.cells.frame.type,
    )
    wide, high = measure(text, size)
    x, y = panel.place(plot, 0)
    away = -1.0 if story.slope > 0 else 1.0
    line = tangent_at(plot, float(panel.w[0]), float(panel.contender.loss[0]), story.slope)
    for down in (0.0, 0.25, 0.5, 0.75):
        middle = (x + away * (0.3 + 0.3 * down + wide / 2), y - down)
        room = Box(middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)
        lines = [*panel.box.clip(panel.curve(plot)), line]
        if panel.box.holds(room) and not any(room.grown(_CLEAR).crossed_by(part) for part in lines):
            return PanelName(text, middle, size)
    return None


def view_name(panel: TallPanel, row: int) -> PanelName | None:
    """What the box of the first view is: beside it, below the curve, in one line or two; None where there is no room."""
    (left, right), (bottom, top) = panel.view.at(0)
    plot = panel.resting(row)
    box = Box(*plot.point(left, bottom), *plot.point(right, top))
    frame, size = panel.box, TICK * panel.cells.frame.type
    if not frame.holds(box.grown(-1e-6)) or box.width > 0.8 * frame.width or box.height > 0.8 * frame.height:
        return None
    text = panel.story.speech.say("learning-rates.first-view")
    whole = measure(text, size)[0]
    ends = panel.view.ends
    rows = np.flatnonzero((ends == ends[row]).all(axis=1))
    rows = np.r_[max(0, rows[0] - 1), rows]
    path = np.array([panel.place(plot, each) for each in rows.tolist()])
    met = [*frame.clip(panel.curve(plot)), *frame.clip(path)]
    points = [box_at(each, (2.6 * POINT, 2.6 * POINT)) for each in path.tolist() if panel.holds(each)]
    for wrap in (None, 0.62 * whole):
        wide, high = measure(text, size, wrap=wrap)
        y = frame.bottom + 0.12 + high / 2
        for x in (box.right + 0.12 + wide / 2, box.left - 0.12 - wide / 2):
            room = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            free = not any(room.grown(_CLEAR).crossed_by(part) for part in met)
            if free and frame.holds(room) and not any(room.meets(point) for point in points):
                return PanelName(text, (x, y), size, wrap)
    return None


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
