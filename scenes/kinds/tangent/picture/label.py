"""A label of the scene `tangent`: a text with its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import Pen, Point
from scenes.layout import Box
from scenes.text import Rich
from scenes.theme import Role
from scenes.widgets.marks import HALO

BESIDE = 0.9  # what stands farther from what it names is taken for the name of something else


@dataclass(frozen=True)
class Label:
    """A text with its place and its meaning."""

    text: Rich
    box: Box
    role: Role
    size: float


def draw_label(pen: Pen, label: Label, shown: float) -> None:
    """A label with its halo."""
    pen.text(label.text, label.box.centre, label.size, role=label.role, opacity=shown, halo=HALO)


def away(box: Box, place: Point) -> float:
    """How far a place is from a box, 0 within it."""
    x, y = place
    return float(np.hypot(max(0.0, box.left - x, x - box.right), max(0.0, box.bottom - y, y - box.top)))
