"""Axes of the box in space: at the edges of its floor and at one upright edge, numbers facing the viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import HAIR, THIN, Pen, measure
from scenes.layout import Box
from scenes.layout.ticks import nice_ticks
from scenes.storyboard.views.relief import Space
from scenes.text import Rich, TickNumbers, maths, tick_numbers
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.plane.axes import extent

from .view import BOX_GAP, BOX_HEIGHT, FLOOR, View

_USUAL = 0.34 + TICK + 0.3  # from an edge to the middle of its name
_MARGINS = (1.0, 0.72, 0.45, 0.42)  # left, bottom, right, top: for usual numbers and names
_LONG = 0.6  # wider ones need more
_HALF = 0.35  # of a usual name's width


@dataclass(frozen=True)
class BoxNames:
    """The names at the three axes."""

    x: Rich
    y: Rich
    z: Rich


def draw_floor(pen: Pen, view: View, shown: float) -> None:
    """The outline of the floor; everything in space is painted over it."""
    pen.stroke(view.project(np.vstack([FLOOR, FLOOR[:1]])), Role.AXIS, HAIR, 0.6 * shown, quiet=True)


def draw_box_axes(pen: Pen, space: Space, view: View, names: BoxNames, shown: float = 1.0) -> None:
    """Floor edges nearest to the viewer carry x and y, the upright edge farthest to the side carries z.

    There nothing of the scene stands before or behind the numbers.
    """
    if shown <= 0:
        return
    near_x, near_y = _near(view)
    centre = view.project(np.zeros(3))
    x_line = np.array([[-1, near_y, 0], [1, near_y, 0]], dtype=np.float64)
    y_line = np.array([[near_x, -1, 0], [near_x, 1, 0]], dtype=np.float64)
    for line, scale, name, axis in ((x_line, space.x, names.x, 0), (y_line, space.y, names.y, 1)):
        ends = view.project(line)
        pen.stroke(ends, Role.AXIS, THIN, shown)
        out = _outward(ends, centre)
        room = int(float(np.hypot(*(ends[1] - ends[0]))) / 0.8)  # for their numbers
        values = nice_ticks(scale.low, scale.high, max(2, min(6, room)))
        places = np.repeat(line[:1], len(values), axis=0)
        places[:, axis] = scale(values)
        numbers = tick_numbers(values.tolist())
        _numbers(pen, view.project(places), numbers.labels, out, shown)
        name, size = _named(name, numbers)
        x, y = (ends.mean(axis=0) + out * _distance(name, size, numbers.labels, out)).tolist()
        half, safe = measure(name, size)[0] / 2, pen.frame.safe
        pen.text(name, (min(max(x, safe.left + half), safe.right - half), y), size, opacity=shown)
    _upright(pen, space, view, names.z, shown)


def upright_edge(view: View) -> FloatArray:
    """The z axis, (2, 3): at the corner of the box that stands farthest to the left on the picture."""
    near_x, near_y = _near(view)
    corners = [(near_x, -near_y), (-near_x, near_y)]
    x, y = min(corners, key=lambda c: float(view.project(np.array([c[0], c[1], 0.0]))[0]))
    return np.array([[x, y, BOX_GAP], [x, y, BOX_HEIGHT]])


def _near(view: View) -> tuple[float, float]:
    """The corner of the floor that is nearest to the viewer."""
    x, y, _ = view.eye
    return (1.0 if x > 0 else -1.0), (1.0 if y > 0 else -1.0)


def _upright(pen: Pen, space: Space, view: View, name: Rich, shown: float) -> None:
    edge = upright_edge(view)
    ends = view.project(edge)
    pen.stroke(ends, Role.AXIS, THIN, shown)
    room = int(float(np.hypot(*(ends[1] - ends[0]))) / 0.42)
    values = nice_ticks(space.z.low, space.z.high, max(2, min(5, room)))
    numbers = tick_numbers(values.tolist())
    places = np.array([[*edge[0, :2], float(space.z(v))] for v in values])
    left = np.array([-1.0, 0.0])
    ticks = list(zip(numbers.labels, view.project(places), strict=True))
    if room < 2:
        ticks = [ticks[0], ticks[-1]] if room else ticks[:1]
    for label, at in ticks:
        pen.stroke(np.array([at, at + left * 0.08]), Role.AXIS, THIN, shown)
        pen.text(maths(label), (at[0] - 0.15, at[1]), TICK, anchor=(1, 0), role=Role.AXIS, opacity=shown)
    name, size = _named(name, numbers)
    x = float(ends[1][0])
    if numbers.offset:  # it ends where a usual name would
        half = measure(name, size)[0] / 2
        x = max(x + _HALF - half, pen.frame.safe.left + half)
    pen.text(name, (x, ends[1][1] + 0.16), size, anchor=(0, -1), role=Role.OBJECTIVE, opacity=shown)


def _named(name: Rich, numbers: TickNumbers) -> tuple[Rich, float]:
    """A name with what its numbers lack, and its size: such a name is long."""
    return numbers.name(name) or name, TICK if numbers.offset else LABEL


def _outward(ends: FloatArray, centre: FloatArray) -> FloatArray:
    """Unit vector across an edge, away from the middle of the floor."""
    along = ends[1] - ends[0]
    across = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0)
    return np.asarray(across if across @ (ends.mean(axis=0) - centre) > 0 else -across)


def _distance(name: Rich, size: float, labels: Sequence[Node], out: FloatArray) -> float:
    """How far from its edge the middle of a name stands: beyond the numbers, however long they are."""
    (width, height), (wide, high) = extent(labels, TICK), measure(name, size)
    across, up = np.abs(out).tolist()
    beyond = across * (width + wide / 2) + up * (height + high / 2)
    return max(_USUAL, 0.26 + float(beyond))


def box_margins(space: Space, names: BoxNames, zone: Box) -> tuple[float, float, float, float]:
    """What numbers and names take at the left, below, at the right and above the box, whatever the view.

    At most half of the zone's width.
    """
    x, y, z = (tick_numbers(nice_ticks(s.low, s.high, 4).tolist()) for s in (space.x, space.y, space.z))
    numbers = max(extent(shown.labels, TICK)[0] for shown in (x, y))
    name = max(measure(*_named(name, shown))[0] for name, shown in ((names.x, x), (names.y, y)))
    more = max(0.0, numbers - _LONG) + max(0.0, name - _LONG) / 2
    left, bottom, right, top = _MARGINS
    left = max(left, extent(z.labels, TICK)[0] + 0.25, measure(*_named(names.z, z))[0] - _HALF)
    most = min(1.0, 0.5 * zone.width / (left + right + more))
    return left * most, bottom + more / 2, (right + more) * most, top


def _numbers(pen: Pen, places: FloatArray, labels: Sequence[Node], out: FloatArray, shown: float) -> None:
    for label, at in zip(labels, places, strict=True):
        pen.stroke(np.array([at, at + out * 0.08]), Role.AXIS, THIN, shown)
        content = maths(label)
        width, height = measure(content, TICK)
        reach = 0.16 + abs(out[0]) * width / 2 + abs(out[1]) * height / 2
        spot = at + out * reach
        pen.text(content, (float(spot[0]), float(spot[1])), TICK, role=Role.AXIS, opacity=shown)
