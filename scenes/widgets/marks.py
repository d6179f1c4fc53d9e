"""Marks that pictures share."""

from __future__ import annotations

from scenes.draw.pen import LINE, Pen, Point
from scenes.theme import Role


def draw_minimum(pen: Pen, at: Point, shown: float, radius: float = 0.1) -> None:
    """The ring of a minimum."""
    pen.disc(at, radius, Role.GOOD, shown, ring=LINE)
