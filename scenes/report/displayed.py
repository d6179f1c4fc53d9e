"""A formula by itself."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.text import Rich

from .block import Whole
from .inline import inline_reach, inline_width
from .sheet import Sheet
from .style import DISPLAY


@dataclass(frozen=True, kw_only=True)
class Displayed(Whole):
    """A formula by itself, set large; smaller where the column asks for it."""

    content: Rich
    size: float = DISPLAY
    align: float = 0.5
    gap: float = 6.0

    def _fitting(self, width: float) -> float:
        return min(
            self.size, self.size * width / max(inline_width(self.content, self.size, display=True), 1e-6)
        )

    def height(self, width: float) -> float:
        low, high = inline_reach(self.content, self._fitting(width), display=True)
        return high - low + 8.0

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        size = self._fitting(width)
        _, high = inline_reach(self.content, size, display=True)
        sheet.rich(
            left + self.align * width, top - 4.0 - high, self.content, size, display=True, align=self.align
        )
