"""Figures as blocks: axes side by side, and a caption below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from scenes.storyboard import Story
from scenes.storyboard.drawing_error import DrawingError, Spot
from scenes.text import Rich

from .block import Whole
from .inline import inline_width
from .sheet import Sheet
from .style import CAPTION
from .text import Paragraph

Draw = Callable[[Axes], object]


@dataclass(frozen=True)
class Panel:
    """One Axes of a figure: how to draw it, its share of the width, and room around it for numbers and names.

    `room` is (left, bottom, right, top) in points; above stands the title: `more`, or `title` where that has no room.
    """

    draw: Draw
    share: float = 1.0
    room: tuple[float, float, float, float] = (40.0, 30.0, 8.0, 20.0)
    title: Rich | None = None
    more: Rich | None = None


@dataclass(frozen=True, kw_only=True)
class Drawing(Whole):
    """Rows of panels; `heights` are those of the rows."""

    rows: tuple[tuple[Panel, ...], ...]
    heights: tuple[float, ...]
    gap: float = 12.0
    between: float = 14.0

    def height(self, width: float) -> float:
        return sum(self.heights)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        for row, tall in zip(self.rows, self.heights, strict=True):
            free = width - self.between * (len(row) - 1)
            total = sum(panel.share for panel in row)
            x = left
            for panel in row:
                wide = free * panel.share / total
                self._panel(sheet, panel, x, top, wide, tall)
                x += wide + self.between
            top -= tall

    def _panel(
        self, sheet: Sheet, panel: Panel, left: float, top: float, width: float, height: float
    ) -> None:
        a, b, c, d = panel.room
        title = panel.title
        if panel.more is not None and inline_width(panel.more, CAPTION) <= width:
            title = panel.more
        if title is not None:
            high = top - 0.8 * CAPTION
            wide = inline_width(title, CAPTION)
            start = left + a + (width - a - c - wide) / 2
            sheet.rich(max(left, min(start, left + width - wide)), high, title, CAPTION)
            d += 14.0
        panel.draw(sheet.axes(left + a, top - height + b, width - a - c, height - b - d))


@dataclass(frozen=True, kw_only=True)
class Figure(Whole):
    """A drawing with its caption; moves to the next page where it does not fit. `number` is its own."""

    drawing: Drawing
    caption: Rich
    story: Story
    number: int
    gap: float = 14.0
    floats: bool = True
    _apart: float = 5.0

    def _words(self) -> Paragraph:
        return Paragraph(content=self.caption, size=CAPTION, leading=1.36)

    def height(self, width: float) -> float:
        return self.drawing.height(width) + self._apart + self._words().height(width)

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        try:
            self.drawing.draw(sheet, left, top, width)
        except Exception as error:
            raise DrawingError.of(error, self.story, Spot(figure=self.number)) from error
        self._words().draw(sheet, left, top - self.drawing.height(width) - self._apart, width)
