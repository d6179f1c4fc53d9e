"""The face between a picture and whatever draws it.

A picture is painted from scratch for every moment, in frame units, back to front. `CairoPen` puts it
on pixels; `RecordingPen` only notes what stands where, so that layouts are tested without drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout import Box, Frame
from scenes.text import Rich
from scenes.theme import RGB, Role
from scenes.typeset import Outline

Point = tuple[float, float]
Ink = Role | RGB  # a meaning, or a colour of a map

BASELINE = None  # an anchor's vertical part: stand on the baseline instead of aligning the ink

HAIR, THIN, LINE, BOLD = 0.012, 0.018, 0.026, 0.040  # stroke widths in frame units


class Pen(Protocol):
    """Draws strokes, areas, discs, arrows, text and shaded meshes in frame units."""

    frame: Frame
    paper: RGB  # the colour of the background
    decimal: str  # the mark before the decimals of numbers

    def stroke(
        self,
        points: FloatArray,
        role: Ink,
        width: float = LINE,
        opacity: float = 1.0,
        dash: Sequence[float] = (),
        *,
        quiet: bool = False,
    ) -> None:
        """A polyline (n, 2). `quiet` strokes (grids, contours) may pass beneath text."""

    def area(self, points: FloatArray, role: Ink, opacity: float = 1.0) -> None:
        """A filled polygon (n, 2)."""

    def disc(self, at: Point, radius: float, role: Ink, opacity: float = 1.0, *, ring: float = 0.0) -> None:
        """A filled disc, or a ring of the given stroke width."""

    def arrow(self, start: Point, end: Point, role: Ink, width: float = LINE, opacity: float = 1.0) -> None:
        """A straight arrow whose tip is exactly at `end`."""

    def glow(self, at: Point, radius: float, role: Ink, opacity: float = 1.0) -> None:
        """Light around a point: `opacity` in its middle, nothing at `radius`."""

    def shade(
        self, points: FloatArray, role: Ink, start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        """A polygon (n, 2) whose opacity changes from `start` to `end` through evenly spaced values, and stays beyond."""

    def fade(
        self, within: Box, paint: Callable[[], None], start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        """What `paint` paints, clipped to a box and as opaque as a shade of these opacities would be."""

    def text(
        self,
        content: Rich,
        at: Point,
        size: float,
        *,
        anchor: tuple[float, float | None] = (0.0, 0.0),
        role: Ink = Role.INK,
        opacity: float = 1.0,
        bold: bool = False,
        wrap: float | None = None,
        display: bool = False,
        backed: float = 0.0,
        halo: float = 0.0,
    ) -> Box:
        """Text whose ink stands at `at`; anchor −1 is left or bottom, 0 the middle, 1 right or top.

        `wrap` is a width in frame units; `display` sets formulae large; `backed` lays the background's colour behind
        the text; a `halo` of so many frame units parts it from what it stands on.
        Returns the ink's box.
        """

    def mesh(self, points: FloatArray, colours: FloatArray, facets: NDArray[np.intp]) -> None:
        """Shaded quadrilaterals between points (n, 2) with colours (n, 3): rows of `facets` (m, 4), in that order."""

    def backdrop(self, key: Hashable, paint: Callable[[], None]) -> None:
        """Begin a picture with what often stays: the last backdrop is kept and shown again for the same key.

        The key must say everything that `paint` depends on.
        """

    def wash(self, box: Box, role: Ink, opacity: float) -> None:
        """A plain rectangle beneath everything else of a region (panels, strips)."""


def measure(
    content: Rich, size: float, *, bold: bool = False, wrap: float | None = None, display: bool = False
) -> Point:
    """Width and height of the ink of a text, in frame units: whatever the decimal mark, for all are equally wide."""
    from scenes.typeset import typeset

    outline = typeset(content, bold=bold, wrap=None if wrap is None else wrap / size, display=display)
    left, bottom, right, top = outline.box
    return (right - left) * size, (top - bottom) * size


def overhang(content: Rich, size: float) -> float:
    """How far the ink of a text begins before the place where it is set: a j looks out at the left."""
    from scenes.typeset import typeset

    return max(0.0, -typeset(content).box[0] * size)


def text_box(
    outline: Outline, at: Point, size: float, anchor: tuple[float, float | None]
) -> tuple[Point, Box]:
    """Where the origin of a text goes so that it meets the anchor, and the ink's box there.

    Text on a baseline is aligned by its advance, so that changing digits do not move; other text by its ink.
    """
    left, bottom, right, top = (v * size for v in outline.box)
    if anchor[1] is None:
        origin = (at[0] - (1 + anchor[0]) / 2 * outline.width * size, at[1])
    else:
        origin = (
            at[0] - (left + right) / 2 - anchor[0] * (right - left) / 2,
            at[1] - (bottom + top) / 2 - anchor[1] * (top - bottom) / 2,
        )
    x, y = origin
    return origin, Box(x + left, y + bottom, x + right, y + top)


def arrow_shape(start: Point, end: Point, width: float) -> tuple[FloatArray, FloatArray]:
    """Shaft (2, 2) and head (3, 2) of an arrow; the head shrinks with a short arrow."""
    a, b = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    length = float(np.hypot(*(b - a)))
    if length < 1e-9:
        return np.array([a, a]), np.array([b, b, b])
    along = (b - a) / length
    across = np.array([-along[1], along[0]])
    head = min(width * 7.0, 0.65 * length)
    half = head * 0.42
    neck = b - along * head
    return np.array([a, b - along * head * 0.7]), np.array([b, neck + across * half, neck - across * half])
