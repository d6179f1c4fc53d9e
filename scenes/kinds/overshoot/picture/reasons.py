"""Why it went so: how many distances a step is long; and, at the end, the way once more."""

from __future__ import annotations

import numpy as np

from scenes.draw.pen import BOLD, LINE, Pen, measure
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import free_place
from scenes.layout.box import box_at
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import maths, whole
from scenes.theme import LABEL, Role
from scenes.widgets.marks import HALO, POINT, draw_cased, draw_ghost
from scenes.widgets.plane.zooming import ZoomingPlot

from .measures import DASH, Measures

_RETRACED = 7  # jumps
_TICK = 0.13  # half the height of a mark on a line
_GAP, _NEAR = 0.17, 0.8  # from a mark to its number


def draw_distances(pen: Pen, measures: Measures, view: ZoomView, row: int, part: float, shown: float) -> None:
    """The last step, laid along the height where it began: one distance, two, and as many as it has."""
    around, story = measures.around, measures.story
    if part <= 0 or shown <= 0 or story.minimum is None or story.factor is None or row == 0:
        return
    plot, whole_step = around.plot, 1 + story.factor
    middle = plot.point(view, *story.minimum)[0]
    x, y = plot.point(view, float(story.w[row - 1]), float(story.loss[row - 1]))
    top = plot.point(view, float(story.w[row]), float(story.loss[row]))[1]
    reached = min(1.0, 1.25 * part) * whole_step
    draw_cased(pen, np.array([(x, y), (x + reached * (middle - x), y)]), Role.STEP, BOLD, shown)
    marks = (
        (whole_step, factor_shown(whole_step), Role.TROUBLE),
        (1.0, whole(1), Role.GOOD),
        (2.0, whole(2), Role.POINT),
    )
    end = x + whole_step * (middle - x)
    lines = [
        *around.obstacles(view, around.points(row)[-2:]),
        *measures.lines(row),
        np.array([(x, y), (end, y)]),
    ]
    lines += [np.array([(end, y), (end, top)])]
    places = [x + count * (middle - x) for count, _, _ in marks]
    lines += [np.array([(at, y - _TICK), (at, y + _TICK)]) for at in places]
    boxes = [
        *around.boxes(row),
        *measures.boxes(row)[:1],
        box_at((places[-1], y), (2.8 * POINT, 2.8 * POINT)),
    ]
    size = 1.15 * LABEL * around.type
    for at, (count, text, role) in zip(places, marks, strict=True):
        # Within the wall, but for the last one, which lies beyond it.
        side = float(np.sign(middle - x)) * (-1.0 if count == 2.0 else 1.0)
        found = free_place(
            (at, y),
            measure(maths(text), size),
            within=plot.box.grown(-0.05),
            boxes=boxes,
            lines=lines,
            gap=_GAP,
            prefer=((0.0, -1.0), (side, -1.0), (side, 1.0)),
        )
        seen = shown * smooth((reached - count + 0.15) / 0.15)
        if count == 2.0:
            draw_ghost(pen, (at, y), seen, 1.1 * POINT)
        elif seen > 0:
            draw_cased(pen, np.array([(at, y - _TICK), (at, y + _TICK)]), role, LINE * 1.5, seen)
        if count == whole_step:
            pen.stroke(np.array([(at, y), (at, top)]), role, LINE, seen, DASH)
        if found is not None and abs(found.centre[0] - at) < _NEAR and abs(found.centre[1] - y) < _NEAR:
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
