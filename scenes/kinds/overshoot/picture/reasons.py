"""Why it went so: the distances of two points from the minimum, the factor between them, the rate and its limit."""

from __future__ import annotations

import numpy as np

from scenes.draw.pen import BOLD, LINE, Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.kinds.overshoot.story.words import factor_shown, is_limit
from scenes.layout import Box
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.theme import RATE, TICK, Role
from scenes.widgets.marks import POINT, draw_cased, draw_point
from scenes.widgets.plane.zooming import ZoomingPlot

from .step import DASH

_RETRACED = 7  # jumps
_STRIP = 0.82  # of the line of rates below the top of its zone


def draw_distances(
    pen: Pen, story: OvershootStory, plot: ZoomingPlot, view: ZoomView, row: int, grown: float, unseen: float
) -> None:
    """How far the last two points are from the minimum, as far as they have `grown`, but for what is `unseen`."""
    shown = 1 - unseen
    if grown <= 0 or shown <= 0 or story.minimum is None or row == 0:
        return
    x, foot = plot.point(view, *story.minimum)
    points = [plot.point(view, float(story.w[k]), float(story.loss[k])) for k in (row - 1, row)]
    if not all(plot.box.left <= end <= plot.box.right for end, _ in points):
        return
    top = max(y for _, y in points)
    axis = np.array([(x, foot), (x, foot + (top - foot) * min(1.0, 3 * grown))])
    pen.stroke(axis, Role.GOOD, LINE, 0.9 * shown, DASH)
    for (end, y), part in zip(points, (3 * grown - 1, 3 * grown - 2), strict=True):
        if part > 0 and abs(end - x) > 0.3:
            near = end - np.copysign(1.6 * POINT, end - x)
            line = np.array([(x, y), (x + (near - x) * min(1.0, part), y)])
            draw_cased(pen, line, Role.POINT, LINE * 1.6, shown)


def draw_reasons(pen: Pen, story: OvershootStory, zone: Box, shown: float, drawn: float) -> None:
    """By what every jump multiplies the distance, and on which side of the limit the rate is."""
    if story.factor is None or story.limit is None:
        return
    say, big = story.speech.say, RATE
    role = Role.GOOD if story.factor < 1 and not is_limit(story.factor) else Role.TROUBLE
    factor = say("overshoot.times", times=factor_shown(story.factor))
    at = (zone.left, zone.top - 0.75 * big)
    pen.text(factor, at, big, anchor=(-1, None), role=role, opacity=shown)
    at = (at[0] + measure(factor, big)[0] + 0.2, at[1])
    words = say("overshoot.distance-times")
    size = TICK * 1.1 * min(1.0, (zone.right - at[0]) / measure(words, TICK * 1.1)[0])
    pen.text(words, at, size, anchor=(-1, None), role=role, opacity=shown)
    _draw_strip(pen, story, zone, drawn)


def _draw_strip(pen: Pen, story: OvershootStory, zone: Box, grown: float) -> None:
    """All rates on a line, those that come to rest up to the limit, and this one."""
    if grown <= 0 or story.limit is None:
        return
    left, right, y = zone.left, zone.right - 0.1, zone.top - _STRIP
    most = max(1.7 * story.limit, 1.15 * story.rate)
    limit, rate = (left + (right - left) * each / most for each in (story.limit, story.rate))
    drawn = min(1.0, 2 * grown)
    for a, b, role in ((left, limit, Role.GOOD), (limit, right, Role.TROUBLE)):
        pen.stroke(np.array([(a, y), (a + (b - a) * drawn, y)]), role, BOLD * 1.6)
    pen.stroke(np.array([(limit, y - 0.14), (limit, y + 0.14)]), Role.INK, LINE, drawn)
    say = story.speech.say
    for text, role, (low, high) in (
        (say("overshoot.strip-below"), Role.GOOD, (left, limit)),
        (say("overshoot.strip-above"), Role.TROUBLE, (limit, right)),
    ):
        if measure(text, TICK)[0] <= high - low - 0.1:
            pen.text(text, ((low + high) / 2, y - 0.2), TICK, anchor=(0, 1), role=role, opacity=drawn)
    at = left + (rate - left) * smooth(max(0.0, 2 * grown - 1))
    draw_point(pen, (at, y), min(1.0, 3 * grown), 0.75 * POINT)


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
