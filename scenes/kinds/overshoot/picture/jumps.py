"""The jumps so far: arrows from row to row, the latest the brightest, and rings where the point has been."""

from __future__ import annotations

import math

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Pen, Point
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.storyboard.views.zoom import ZoomView
from scenes.theme import Role
from scenes.widgets.marks import GHOST, POINT, draw_arrow, draw_ghost
from scenes.widgets.plane.zooming import ZoomingPlot

from .scenery import JUMP, LATEST

_AGED = 2.2  # the power with which arrows grow faint
_FAINTEST = 0.05
_SHORT = 0.16  # shorter jumps are not drawn
_AURA = ((4.2, 0.06), (2.8, 0.08), (1.9, 0.1))  # times the width of the latest arrow, opacity


def arrow_opacity(number: int, latest: int) -> float:
    """How clear the arrow of a jump is after another has become the latest: (k/n)^2.2 of at most so many that are seen."""
    seen = min(latest, LATEST)
    share = max(0.0, (seen - (latest - number)) / seen)
    return float(share**_AGED)


def draw_jumps(
    pen: Pen,
    story: OvershootStory,
    plot: ZoomingPlot,
    view: ZoomView,
    landed: int,
    hop: float,
    shown: float = 1.0,
    older: float = 1.0,
) -> None:
    """Every jump up to a row, and as much of the next as has been done; all and those but the last as clear as is said."""
    latest = landed + (hop > 0)
    if latest == 0:
        return
    first = max(0, latest - LATEST)
    points = plot.places(view, story.w[first : latest + 1], story.loss[first : latest + 1])
    for i in range(len(points) - 1):
        number = first + i + 1
        opacity = arrow_opacity(number, latest) * shown * (older if number < latest else 1.0)
        a, b = points[i], points[i + 1]
        last = number == latest
        if last and hop > 0:
            b = a + hop * (b - a)
        if opacity < _FAINTEST or math.hypot(*(b - a)) < _SHORT:
            continue
        role = Role.TROUBLE if story.crossed[number] else Role.STEP
        width = JUMP * (0.45 + 0.55 * opacity)
        # Arrows begin and end at the rim of a point, not in its middle.
        gap = (0.6 if last else 0.9) * GHOST, POINT * 1.25 if last and hop == 0 else GHOST * 1.1
        start, end = _between_rims(a, b, *gap)
        if start is None or end is None:
            continue
        _arrow(pen, plot.box, start, end, role, width, opacity, glowing=last)


def _between_rims(
    a: FloatArray, b: FloatArray, before: float, after: float
) -> tuple[Point | None, Point | None]:
    length = math.hypot(*(b - a))
    if length <= before + after + 0.05:
        return None, None
    along = (b - a) / length
    start, end = a + before * along, b - after * along
    return (float(start[0]), float(start[1])), (float(end[0]), float(end[1]))


def _arrow(
    pen: Pen, box: Box, start: Point, end: Point, role: Role, width: float, opacity: float, *, glowing: bool
) -> None:
    """An arrow within the plot; one that leads out of it ends at the edge."""
    for piece in box.clip(np.array([start, end])):
        a, b = (tuple(place) for place in piece[[0, -1]].tolist())
        if glowing:
            for factor, seen in _AURA:
                pen.stroke(piece, role, width * factor, seen * opacity, quiet=True)
        draw_arrow(pen, (a[0], a[1]), (b[0], b[1]), role, width, opacity)


def draw_ghosts(
    pen: Pen,
    story: OvershootStory,
    plot: ZoomingPlot,
    view: ZoomView,
    landed: int,
    hop: float,
    shown: float = 1.0,
) -> None:
    """Rings where the point has been, smaller and fainter the longer ago."""
    latest = landed + (hop > 0)
    first = max(0, latest - LATEST)
    points = plot.places(view, story.w[first:latest], story.loss[first:latest])
    for i, place in enumerate(points.tolist()):
        share = arrow_opacity(first + i + 1, latest) ** 0.5
        if share < 0.12 or not plot.box.grown(1e-6).crossed_by(np.array([place])):
            continue
        draw_ghost(pen, (place[0], place[1]), shown * max(0.35, 0.9 * share), GHOST * (0.45 + 0.55 * share))
