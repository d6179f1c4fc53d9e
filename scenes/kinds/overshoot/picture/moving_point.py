"""The point: on its way from row to row, as it lands, and while words are read."""

from __future__ import annotations

import numpy as np

from scenes.draw.pen import LINE, Pen, Point
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.storyboard.views.zoom import ZoomView
from scenes.theme import Role
from scenes.widgets.marks import POINT, draw_point
from scenes.widgets.plane.zooming import ZoomingPlot

_BREATHING = ("curve", "back", "seen", "end")  # beats in which little else moves
_BREATH = 1.2  # seconds


def draw_moving_point(
    pen: Pen,
    story: OvershootStory,
    plot: ZoomingPlot,
    view: ZoomView,
    at: Moment,
    row: int,
    hop: float,
    shown: float,
) -> None:
    """The point at a row, or so much of the way on a straight jump to the next; where it lands, the light runs out."""
    place = plot.places(view, story.w[row], story.loss[row])
    if hop > 0:
        ahead = plot.places(view, story.w[row + 1], story.loss[row + 1])
        place = place + hop * (ahead - place)
    x, y = place.tolist()
    if not plot.box.grown(1e-6).crossed_by(np.array([(x, y)])) or shown <= 0:
        return
    draw_point(pen, (x, y), shown, 1.1 * POINT)
    _breathe(pen, at, (x, y))
    landing = at.part(Part.RESULT, row) if row and story.span(Part.RESULT, row) else 1.0
    if 0 < landing < 1 and hop == 0:
        pen.disc((x, y), POINT * (1.1 + 2.4 * landing), Role.POINT, 0.7 * (1 - landing), ring=LINE)


def _breathe(pen: Pen, at: Moment, place: Point) -> None:
    """While words are read and nothing else moves, the point breathes."""
    part = at.raw(at.beat.id)
    if at.beat.id in _BREATHING and 0 < part < 1:
        breaths = max(1, round(at.beat.motion / _BREATH))
        swell = float(np.sin(np.pi * breaths * part) ** 2)
        pen.glow(place, POINT * (4.0 + 6.0 * swell), Role.POINT, 0.45 * swell)
        pen.disc(place, POINT * (1.15 + 0.3 * swell), Role.POINT, 0.7 * swell, ring=LINE)
