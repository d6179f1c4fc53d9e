"""What a page is made of: blocks that know their height and can draw themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from .sheet import Sheet


class Block(Protocol):
    """A piece of the column.

    `gap` is the space above it (dropped at the top of a page), `keeps` ties it to the next block, and
    `needs` is the room that must remain for it to begin on a page that is already in use. What `floats` may
    move to the next page alone; what `opens` a section lets nothing pass.
    """

    @property
    def gap(self) -> float: ...

    @property
    def keeps(self) -> bool: ...

    @property
    def needs(self) -> float: ...

    @property
    def floats(self) -> bool: ...

    @property
    def opens(self) -> bool: ...

    def height(self, width: float) -> float:
        """Its height in points in a column of a width."""
        ...

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        """Draw with the upper left corner at (left, top)."""
        ...

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """The part that fits into a room and the rest; None where it must stay whole."""
        ...


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What blocks that never split share."""

    gap: float = 8.0
    keeps: bool = False
    needs: float = 0.0
    floats: bool = False
    opens: bool = False

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None


@dataclass(frozen=True, kw_only=True)
class Beside(Whole):
    """Blocks side by side, aligned at the top; each with its share of the width."""

    blocks: tuple[Block, ...]
    shares: tuple[float, ...]
    between: float = 18.0
    middle: bool = field(default=False)

    def _widths(self, width: float) -> list[float]:
        free = width - self.between * (len(self.blocks) - 1)
        return [free * share / sum(self.shares) for share in self.shares]

    def height(self, width: float) -> float:
        return max(b.height(w) for b, w in zip(self.blocks, self._widths(width), strict=True))

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        tall = self.height(width)
        for block, part in zip(self.blocks, self._widths(width), strict=True):
            down = (tall - block.height(part)) / 2 if self.middle else 0.0
            block.draw(sheet, left, top - down, part)
            left += part + self.between
