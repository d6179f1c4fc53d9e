"""What a descent has not seen yet lies in fog: the curve is clear around the places it visited."""

from __future__ import annotations

import numpy as np

from scenes.draw.pen import THIN, Pen, Point
from scenes.layout import Box
from scenes.theme import Role

# From the places visited: clear so far, opaque from there on, in frame units and as shares of a plot's width.
_CLEAR, _OPAQUE = (60 / 135, 0.036), (430 / 135, 0.25)
_HATCH = 26 / 135  # distance of the hatches along the axis
_STOPS = tuple((3 * t * t - 2 * t * t * t) for t in np.linspace(0.0, 1.0, 9).tolist())


def _reaches(box: Box) -> tuple[float, float]:
    """How far around the places visited nothing is hidden, and how far not all is."""
    clear, opaque = (min(reach, share * box.width) for reach, share in (_CLEAR, _OPAQUE))
    return clear, opaque


def clear_between(box: Box, low: float, high: float) -> tuple[float, float]:
    """What lies in no fog at all where the places from `low` to `high` were visited, within a plot's box."""
    clear, _ = _reaches(box)
    return max(box.left, low - clear), min(box.right, high + clear)


def in_sight(box: Box, low: float, high: float) -> Box:
    """The part of a plot's box in which the fog hides not everything."""
    _, opaque = _reaches(box)
    return Box(max(box.left, low - opaque), box.bottom, min(box.right, high + opaque), box.top)


def draw_fog(pen: Pen, box: Box, low: float, high: float, shown: float = 1.0) -> None:
    """Fog in a plot's box at both sides of the places from `low` to `high` (frame units, along the axis)."""
    if shown <= 0:
        return
    clear, opaque = _reaches(box)
    left, right = low - clear, high + clear
    if left > box.left:
        far = Box(box.left, box.bottom, min(left, box.right), box.top)
        _bank(pen, far, (left, 0.0), (left - (opaque - clear), 0.0), shown)
    if right < box.right:
        far = Box(max(right, box.left), box.bottom, box.right, box.top)
        _bank(pen, far, (right, 0.0), (right + (opaque - clear), 0.0), shown)


def _bank(pen: Pen, box: Box, start: Point, end: Point, shown: float) -> None:
    """Fog in a box that grows from nothing at `start` to all at `end`."""
    corners = np.array(
        [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
    )
    opacities = [stop * shown for stop in _STOPS]
    pen.shade(corners, Role.FOG, start, end, opacities)

    def hatches() -> None:
        first = np.ceil((box.left - box.height) / _HATCH) * _HATCH
        for x in np.arange(first, box.right, _HATCH).tolist():
            for piece in box.clip(np.array([(x, box.bottom), (x + box.height, box.top)])):
                pen.stroke(piece, Role.GRID, THIN, quiet=True)

    pen.fade(box, hatches, start, end, [opacity**4 for opacity in opacities])
