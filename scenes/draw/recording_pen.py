"""The pen that only takes notes: what a layout test asks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.layout import Box, Frame
from scenes.layout.box import around
from scenes.text import Rich
from scenes.theme import RGB, Role
from scenes.typeset import typeset

from .pen import LINE, Ink, Point, arrow_shape, text_box

TEXT_CLEARANCE = 4.0 / 135.0


@dataclass(frozen=True)
class Mark:
    """One thing that was drawn: its kind, meaning, opacity and shape in frame units."""

    kind: str  # text | stroke | disc | arrow | area
    role: Ink
    opacity: float
    box: Box
    points: FloatArray
    text: str = ""
    width: float = 0.0


@dataclass
class RecordingPen:
    """Notes every mark in the order of drawing."""

    frame: Frame
    paper: RGB = (0.0, 0.0, 0.0)
    decimal: str = "."
    marks: list[Mark] = field(default_factory=list)

    def _note(
        self, kind: str, role: Ink, opacity: float, points: FloatArray, grow: float = 0.0, text: str = ""
    ) -> None:
        if opacity > 0.02 and len(points):
            self.marks.append(Mark(kind, role, opacity, around(points).grown(grow), points, text, 2 * grow))

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
        if len(points) >= 2:
            self._note("quiet" if quiet else "stroke", role, opacity, points, width / 2)

    def area(self, points: FloatArray, role: Ink, opacity: float = 1.0) -> None:
        self._note("area", role, opacity, points)

    def disc(self, at: Point, radius: float, role: Ink, opacity: float = 1.0, *, ring: float = 0.0) -> None:
        if radius > 0:
            self._note("disc", role, opacity, np.array([at]), radius + ring / 2)

    def arrow(self, start: Point, end: Point, role: Ink, width: float = LINE, opacity: float = 1.0) -> None:
        shaft, head = arrow_shape(start, end, width)
        self._note("arrow", role, opacity, np.vstack([shaft[:1], head]))

    def glow(self, at: Point, radius: float, role: Ink, opacity: float = 1.0) -> None:
        if radius > 0:
            self._note("glow", role, opacity, np.array([at]), radius)

    def shade(
        self, points: FloatArray, role: Ink, start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        self._note("area", role, max(opacities), points)

    def fade(
        self, within: Box, paint: Callable[[], None], start: Point, end: Point, opacities: Sequence[float]
    ) -> None:
        paint()

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
        if outline:
            corners = np.array([[box.left, box.bottom], [box.right, box.top]])
            self._note("text", role, opacity, corners, text=content.plain(self.decimal))
        return box

    def mesh(self, points: FloatArray, colours: FloatArray, facets: NDArray[np.intp]) -> None:
        self._note("mesh", Role.OBJECTIVE, 1.0, points[facets].reshape(-1, 2))

    def backdrop(self, key: Hashable, paint: Callable[[], None]) -> None:
        paint()

    def wash(self, box: Box, role: Ink, opacity: float) -> None:
        pass

    def texts(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind == "text"]

    def collisions(self) -> list[tuple[Mark, Mark]]:
        """Pairs of a text and something that it touches: other text, a point, an arrow, a stroke.

        Texts in the middle of a fade do not count against one another.
        """
        found = []
        texts = [mark for mark in self.texts() if mark.opacity > 0.5]
        for i, text in enumerate(texts):
            box = text.box.grown(TEXT_CLEARANCE)
            found += [(text, other) for other in texts[i + 1 :] if box.meets(other.box)]
            for mark in self.marks:
                if mark.opacity < 0.25 or not box.meets(mark.box):
                    continue
                if mark.kind == "disc" or (
                    mark.kind in ("stroke", "arrow") and box.grown(mark.width / 2).crossed_by(mark.points)
                ):
                    found.append((text, mark))
        return found

    def outside(self) -> list[Mark]:
        """Texts that leave the frame's safe area."""
        return [mark for mark in self.texts() if not self.frame.safe.grown(0.02).holds(mark.box)]
