"""Why it went so: how many distances a step is long; and, at the end, the way once more."""

from __future__ import annotations

import numpy as np

from scenes.draw.pen import BOLD, LINE, Pen, measure
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import free_place
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import maths, whole
from scenes.theme import LABEL, Role
from scenes.widgets.marks import HALO, POINT, draw_cased
from scenes.widgets.plane.zooming import ZoomingPlot

from .measures import DASH, Measures

_RETRACED = 7  # jumps
_TICK = 0.13  # half the height of a mark on a line
_GAP, _NEAR = 0.17, 0.8  # from a mark to its number


def draw_distances(pen: Pen, measures: Measures, view: ZoomView, row: int, part: float, shown: float) -> None:
    """The last step, laid along the height where it began: one distance to the middle, the rest beyond it."""
    around, story = measures.around, measures.story
    if part <= 0 or shown <= 0 or story.minimum is None or story.factor is None or row == 0:
        return
    plot, beyond = around.plot, story.factor
    middle = plot.point(view, *story.minimum)[0]
    x, y = plot.point(view, float(story.w[row - 1]), float(story.loss[row - 1]))
    top = plot.point(view, float(story.w[row]), float(story.loss[row]))[1]
    end = middle + beyond * (middle - x)
    reached = min(1.0, 1.25 * part) * (1 + beyond)
    pieces = (
        (x, middle, 0.0, 1.0, whole(1), Role.GOOD),
        (middle, end, 1.0, beyond, factor_shown(beyond), Role.TROUBLE),
    )
    lines = [
        *around.obstacles(view, around.points(row)[-2:]),
        *measures.lines(row),
        np.array([(x, y), (end, y)]),
        np.array([(end, y), (end, top)]),
    ]
    lines += [np.array([(at, y - _TICK), (at, y + _TICK)]) for at in (middle, end)]
    boxes = [*around.boxes(row), *measures.boxes(row)[:1]]
    size = 1.15 * LABEL * around.type
    for start, stop, before, length, text, role in pieces:
        grown = min(1.0, max(0.0, (reached - before) / length))
        if grown <= 0:
            continue
        draw_cased(pen, np.array([(start, y), (start + grown * (stop - start), y)]), role, 1.4 * BOLD, shown)
        seen = shown * smooth((grown - 0.85) / 0.15)
        draw_cased(pen, np.array([(stop, y - _TICK), (stop, y + _TICK)]), role, LINE * 1.5, seen)
        if role is Role.TROUBLE:
            pen.stroke(np.array([(stop, y), (stop, top)]), role, LINE, seen, DASH)
        at = ((start + stop) / 2, y)
        found = free_place(
            at,
            measure(maths(text), size),
            within=plot.box.grown(-0.05),
            boxes=boxes,
            lines=lines,
            gap=_GAP,
            prefer=((0.0, -1.0), (0.4, -1.0), (-0.4, -1.0), (0.0, 1.0)),
        )
        if found is not None and abs(found.centre[0] - at[0]) < _NEAR and abs(found.centre[1] - y) < _NEAR:
            pen.text(maths(text), found.centre, size, role=role, opacity=seen, halo=HALO)
            boxes.append(found)


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
