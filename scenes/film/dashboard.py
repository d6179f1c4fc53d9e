"""Where the panels of the regression scene stand, and the line of numbers above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..layout import Box, Frame, place_label
from ..layout.box import box_at
from ..layout.place import CLEARANCE
from ..richtext import maths
from ..theme import READOUT, TICK, TITLE, Role
from .pen import BASELINE, FloatArray, Pen, measure

NUMBERS = 0.62  # height of the line of numbers
_GAP = 0.32


@dataclass(frozen=True)
class Arrangement:
    """Zones of a stage: the data alone, and beside the others. `second` is None where there is no such panel."""

    alone: tuple[Box, Box]  # before and after the line of numbers has appeared
    numbers: Box
    data: Box
    second: Box | None
    loss: Box
    slopes: Box

    @classmethod
    def of(cls, frame: Frame, stage: Box, note: float, second: bool) -> Arrangement:
        """The arrangement for a frame; `note` is the height that a note below the data takes."""
        numbers = Box(stage.left, stage.top - NUMBERS, stage.right, stage.top)
        body = stage.trimmed(top=NUMBERS + 0.12)
        # A tall panel would not hold the squares of the residuals.
        square = body.trimmed(bottom=max(0.0, body.height - 0.85 * body.width))
        alone = (stage.trimmed(bottom=note), square)
        if frame.width >= 1.4 * frame.height:
            if second:
                data, rest = _columns(body, 0.435)
                middle, right = _columns(rest, 0.55)
                return cls(alone, numbers, data, middle, *_rows(right, 0.48))
            data, right = _columns(body, 0.58)
            return cls(alone, numbers, data, None, *_rows(right, 0.48))
        if not second:
            data, lower = _rows(body, 0.55)
            halves = _columns(lower, 0.5) if frame.wide else _rows(lower, 0.5)
            return cls(alone, numbers, data, None, *halves)
        if frame.wide:
            upper, lower = _rows(body, 0.58)
            return cls(alone, numbers, *_columns(upper, 0.53), *_columns(lower, 0.5))
        data, rest = _rows(body, 0.38)
        upper, lower = _rows(rest, 0.54)
        return cls(alone, numbers, data, upper, *_columns(lower, 0.5))


def _columns(box: Box, part: float) -> tuple[Box, Box]:
    left = (box.width - _GAP) * part
    return (
        Box(box.left, box.bottom, box.left + left, box.top),
        Box(box.left + left + _GAP, box.bottom, box.right, box.top),
    )


def _rows(box: Box, part: float) -> tuple[Box, Box]:
    """Upper and lower part."""
    upper = (box.height - 0.8 * _GAP) * part
    return (
        Box(box.left, box.top - upper, box.right, box.top),
        Box(box.left, box.bottom, box.right, box.top - upper - 0.8 * _GAP),
    )


def free_place(
    anchor: tuple[float, float],
    size: tuple[float, float],
    *,
    within: Box,
    boxes: Iterable[Box],
    lines: Sequence[FloatArray],
    gap: float,
    prefer: Sequence[tuple[float, float]] = (),
) -> Box | None:
    """A label's box near its anchor, as by `place_label`; None where it would touch something everywhere."""
    obstacles = list(boxes)
    centre = place_label(anchor, size, within=within, boxes=obstacles, lines=lines, gap=gap, prefer=prefer)
    box = box_at(centre, size)
    grown = box.grown(CLEARANCE)
    touches = any(grown.meets(other) for other in obstacles) or any(grown.crossed_by(line) for line in lines)
    return None if touches or not within.holds(box) else box


@dataclass(frozen=True)
class Cell:
    """A number of the line: its name, the widest text it will hold, and its colour."""

    name: str
    widest: str
    role: Role = Role.INK


class NumberLine:
    """Names and changing numbers in a row. Each number keeps its place in a room of fixed width.

    The first is the counter.
    """

    def __init__(self, zone: Box, cells: Sequence[Cell]) -> None:
        self.zone = zone
        self.cells = tuple(cells)
        sizes = [TITLE if i == 0 else READOUT for i in range(len(cells))]
        gap = 0.55
        widths = self._widths(sizes)
        total = sum(widths) + gap * (len(cells) - 1)
        factor = min(1.0, zone.width / total)
        self.sizes = [max(TICK, size * factor) for size in sizes]
        widths = self._widths(self.sizes)
        gap = (zone.width - sum(widths)) / max(1, len(cells) - 1)
        self.gap = min(gap, 1.3)
        self.widths = widths

    def _widths(self, sizes: Sequence[float]) -> list[float]:
        return [
            measure(maths(cell.name), size)[0] + 0.35 * size + 0.12 + measure(maths(cell.widest), size)[0]
            for cell, size in zip(self.cells, sizes, strict=True)
        ]

    @property
    def fits(self) -> bool:
        return self.gap >= 0.25

    def draw(self, pen: Pen, values: Sequence[str], opacity: Sequence[float]) -> None:
        x, y = self.zone.left, self.zone.bottom + 0.14
        for cell, value, size, width, shown in zip(
            self.cells, values, self.sizes, self.widths, opacity, strict=True
        ):
            pen.text(maths(cell.name), (x, y), size, anchor=(-1, BASELINE), role=cell.role, opacity=shown)
            # A counter only grows: flush left it stays beside its name.
            counts = cell is self.cells[0]
            at = x + width - measure(maths(cell.widest), size)[0] if counts else x + width
            side = -1.0 if counts else 1.0
            pen.text(maths(value), (at, y), size, anchor=(side, BASELINE), role=cell.role, opacity=shown)
            x += width + self.gap


__all__ = ["NUMBERS", "Arrangement", "Cell", "NumberLine", "free_place"]
