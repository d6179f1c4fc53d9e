"""The pen that paints all but texts, and looks before each mark at what it will lie on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.draw.cairo_pen import CairoPen
from scenes.draw.pen import LINE, Ink, Point, arrow_shape, text_box
from scenes.layout import Box
from scenes.text import Rich
from scenes.theme import UNDERNEATH, Role, Theme
from scenes.typeset import typeset

from .light import contrasts

_CLEAR = 0.75  # opacity from which a mark is meant to be seen: fainter ones recede, or are on their way
_LEGIBLE = 0.5  # and a text to be read
_SAMPLES = 48  # places along a stroke
_ACROSS = 24  # places across a text, in each direction
_SURELY = 0.25  # of these places may be worse: a line crosses others
_ITSELF = 16  # shades: where a mark lies on its own colour it goes on
_ROUND = np.linspace(0, 2 * np.pi, 13)[:-1]


@dataclass(frozen=True)
class Observed:
    """A mark or text, its colour, and the contrast with what it lies on at three quarters of its places or more."""

    text: str  # empty for a mark
    kind: str  # text | stroke | disc | arrow
    ink: Ink
    contrast: float
    box: Box


class ObservingPen(CairoPen):
    """Paints as a film does, without texts; `observed` is what was drawn, in the order of drawing.

    What should part a mark from its ground (a casing, a halo, a backing) is there when the mark comes, so it counts.
    Where a mark lies on marks of its own role, blurred edges and all, it goes on: a tick begins on its axis.
    """

    def __init__(self, pixels: NDArray[np.uint8], theme: Theme, decimal: str = ".") -> None:
        super().__init__(pixels, theme, decimal)
        self.observed: list[Observed] = []
        self._within = False  # an arrow is put together from other marks
        self._covered: dict[Ink, NDArray[np.bool_]] = {}  # by role, the pixels that its marks have changed

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
        with nullcontext() if quiet else self._look("stroke", points, role, opacity):
            super().stroke(points, role, width, opacity, dash, quiet=quiet)

    def disc(self, at: Point, radius: float, role: Ink, opacity: float = 1.0, *, ring: float = 0.0) -> None:
        places = np.column_stack([at[0] + radius * np.cos(_ROUND), at[1] + radius * np.sin(_ROUND)])
        with self._look("disc", places, role, opacity):
            super().disc(at, radius, role, opacity, ring=ring)

    def arrow(self, start: Point, end: Point, role: Ink, width: float = LINE, opacity: float = 1.0) -> None:
        shaft, head = arrow_shape(start, end, width)
        with self._look("arrow", np.vstack([shaft, head]), role, opacity):
            super().arrow(start, end, role, width, opacity)

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
        outline = typeset(
            content,
            bold=bold,
            wrap=None if wrap is None else wrap / size,
            display=display,
            decimal=self.decimal,
        )
        _, box = text_box(outline, at, size, anchor)
        if outline and opacity >= _LEGIBLE:
            if backed > 0:
                self.wash(box.grown(0.06), Role.BACKGROUND, backed * opacity)
            beneath, shown = self.pixels[self._seen(_spread_over(box))][:, :3], self.theme.of_words(opacity)
            if halo > 0 and len(beneath):
                casing = 255 * np.array(self.theme.colours[Role.CASING])
                beneath = (shown * casing + (1 - shown) * beneath).round().astype(np.uint8)
            for ink in {piece.role or role for piece in outline.pieces}:
                colour = self.theme.text[ink] if isinstance(ink, Role) else ink
                self._note(content.plain(self.decimal), "text", ink, box, contrasts(colour, shown, beneath))
        return box

    @contextmanager
    def _look(self, kind: str, points: FloatArray, role: Ink, opacity: float) -> Iterator[None]:
        """Note a mark that has a meaning, which is painted meanwhile: the colours of a map have none by themselves."""
        if self._within or opacity < _CLEAR or not isinstance(role, Role) or role in UNDERNEATH:
            yield
            return
        places = self._seen(_spread_along(points))
        before = self.pixels.copy()
        self._within = True
        yield
        self._within = False
        self.finish()
        changed = (self.pixels != before).any(axis=2)
        beneath = before[places][:, :3]
        if len(beneath):
            colour, drawn = self.theme.colours[role], changed[places]
            itself = np.abs(beneath - 255 * np.array(colour)).max(axis=1) <= _ITSELF
            if role in self._covered:
                itself |= self._covered[role][places]
            (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            ratios = np.where(itself, np.inf, contrasts(colour, self.theme.of_marks(opacity), beneath))
            # Between dashes there is no mark; one that changes nothing anywhere is lost everywhere.
            ratios = ratios[drawn] if drawn.any() else ratios
            self._note("", kind, role, Box(left, bottom, right, top), ratios)
        self._covered[role] = self._covered.get(role, np.zeros_like(changed)) | changed

    def _note(self, text: str, kind: str, ink: Ink, box: Box, ratios: FloatArray) -> None:
        if len(ratios):
            sure = float(np.quantile(ratios, _SURELY, method="lower"))
            self.observed.append(Observed(text, kind, ink, sure, box))

    def _seen(self, points: FloatArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Row and column of the pixels at those of the places (n, 2) that lie within the picture as it is by now."""
        self.finish()
        height, width = self.pixels.shape[:2]
        unit = width / self.frame.width
        kept = points[np.isfinite(points).all(axis=1)]
        across = np.floor(np.clip(width / 2 + unit * kept[:, 0], -1, width)).astype(np.intp)
        down = np.floor(np.clip(height / 2 - unit * kept[:, 1], -1, height)).astype(np.intp)
        inside = (across >= 0) & (across < width) & (down >= 0) & (down < height)
        return down[inside], across[inside]


def _spread_over(box: Box) -> FloatArray:
    """Places (n, 2) evenly over a box."""
    x, y = np.meshgrid(np.linspace(box.left, box.right, _ACROSS), np.linspace(box.bottom, box.top, _ACROSS))
    return np.column_stack([x.ravel(), y.ravel()])


def _spread_along(points: FloatArray) -> FloatArray:
    """Places (n, 2) evenly along a polyline, both ends among them."""
    kept = points[np.isfinite(points).all(axis=1)]
    if len(kept) < 2:
        return kept
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(kept, axis=0).T))])
    at = np.linspace(0.0, way[-1], _SAMPLES)
    return np.column_stack([np.interp(at, way, kept[:, 0]), np.interp(at, way, kept[:, 1])])
