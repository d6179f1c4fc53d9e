"""Why it went so: how many distances a step is long; and, at the end, the way once more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, LINE, Pen, Point, measure
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import Rich, maths, number, whole
from scenes.theme import LABEL, Role
from scenes.widgets.marks import POINT, draw_awaited, draw_cased, draw_ghost, draw_point
from scenes.widgets.plane.zooming import ZoomingPlot

from .measures import DASH, HALO

_RETRACED = 7  # jumps
_TICK = 0.13  # half the height of a mark on a line
_MOST = 1.7  # times the limit, on the line of rates


def draw_distances(
    pen: Pen, story: OvershootStory, plot: ZoomingPlot, view: ZoomView, row: int, part: float, shown: float, type_scale: float
) -> None:
    """The last step, laid along the height where it began: one distance, two, and as many as it has."""
    if part <= 0 or shown <= 0 or story.minimum is None or story.factor is None or row == 0:
        return
    middle = plot.point(view, *story.minimum)[0]
    x, y = plot.point(view, float(story.w[row - 1]), float(story.loss[row - 1]))
    top = plot.point(view, float(story.w[row]), float(story.loss[row]))[1]
    distance = middle - x
    size = LABEL * type_scale
    reached = min(1.0, 1.25 * part) * (1 + story.factor)
    end = x + min(reached, 1 + story.factor) * distance
    draw_cased(pen, np.array([(x, y), (end, y)]), Role.STEP, BOLD, shown)
    for count, text, role in (
        (1.0, whole(1), Role.GOOD),
        (2.0, whole(2), Role.POINT),
        (1 + story.factor, factor_shown(1 + story.factor), Role.TROUBLE),
    ):
        seen = shown * smooth((reached - count + 0.15) / 0.15)
        if seen <= 0:
            continue
        at = x + count * distance
        if count == 2.0:
            draw_ghost(pen, (at, y), seen, 1.1 * POINT)
        else:
            draw_cased(pen, np.array([(at, y - _TICK), (at, y + _TICK)]), role, LINE * 1.5, seen)
        if count > 2:
            pen.stroke(np.array([(at, y), (at, top)]), Role.TROUBLE, LINE, seen, DASH)
        wide = measure(maths(text), size)[0]
        # Beside the middle, and within the wall: only the last one lies beyond it.
        aside = {1.0: wide + 0.12, 2.0: -wide - 0.2}.get(count, 0.0) * np.sign(distance)
        up, anchor = (0.14, -1) if count == 2.0 else (-0.22, 1)
        place = (at + aside, y + up)
        pen.text(maths(text), place, 1.15 * size, anchor=(0, anchor), role=role, opacity=seen, halo=HALO)


def draw_retraced(
    pen: Pen, story: OvershootStory, plot: ZoomingPlot, view: ZoomView, row: int, part: float
) -> None:
    """At the end a light runs once more along the last jumps."""
    if not 0 < part < 1 or row == 0:
        return
    first = max(0, row - _RETRACED)
    points = plot.places(view, story.w[first : row + 1], story.loss[first : row + 1])
    travelled = part * (len(points) - 1)
    i = min(int(travelled), len(points) - 2)
    x, y = (points[i] + smooth(travelled - i) * (points[i + 1] - points[i])).tolist()
    if plot.box.crossed_by(np.array([(x, y)])):
        pen.glow((x, y), 5 * POINT, Role.INK, 0.5)
        pen.disc((x, y), 0.5 * POINT, Role.INK)
