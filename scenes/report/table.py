"""Tables with few rules: numbers stand with their decimal points in line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gdcore.notation import Face
from scenes.text import Rich, words
from scenes.theme import Role

from .block import Block, Whole
from .inline import inline_reach, inline_width
from .lettering import width_of
from .sheet import Sheet
from .style import TABLE
from .text import broken

_WRAPPED = 70.0  # points; no column of words is made narrower than that
_LEAST = 6.4  # points; a table that needs smaller type than this is too wide


@dataclass(frozen=True)
class Column:
    """A column's head and how its cells stand: numbers by their points, words from the left."""

    head: Rich
    numbers: bool = True
    wraps: bool = False


@dataclass(frozen=True)
class TableRow:
    """The cells of a row. `apart` leaves a gap above: rows are left out there."""

    cells: tuple[str, ...]
    apart: bool = False
    roles: tuple[Role | None, ...] = ()

    def role(self, index: int) -> Role | None:
        return self.roles[index] if index < len(self.roles) else None


@dataclass(frozen=True, kw_only=True)
class Table(Whole):
    """A table as wide as its contents or, with `stretch`, as the column.

    `decimal` is the mark at which numbers are lined up: one between thousands is none. `face` is the font of words, for
    letters that ours has not.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    decimal: str
    face: Face | None = None
    size: float = TABLE
    stretch: bool = True
    leading: float = 1.5
    between: float = 12.0
    _apart: float = 4.5

    def _words(self, cell: str) -> Rich:
        return words(cell).lettered(self.face)

    # Widths

    @cached_property
    def _halves(self) -> list[tuple[float, float]]:
        """Of each column of numbers: the widest part before the decimal point and after, in em."""
        halves = []
        for index, column in enumerate(self.columns):
            parts = [divided(row.cells[index], self.decimal) for row in self.rows if column.numbers]
            before = max((width_of(a, 1.0) for a, _ in parts), default=0.0)
            after = max((width_of(b, 1.0) for _, b in parts), default=0.0)
            halves.append((before, after))
        return halves

    def _natural(self, size: float) -> list[float]:
        widths = []
        for index, column in enumerate(self.columns):
            if column.numbers:
                body = sum(self._halves[index]) * size
            else:
                body = max(
                    (width_of(row.cells[index], size, face=self.face) for row in self.rows), default=0.0
                )
            widths.append(max(body, inline_width(column.head, size, prose=True)))
        return widths

    def _layout(self, width: float) -> tuple[float, list[float], float]:
        """Size of type, widths of the columns, and the space between them."""
        size = self.size
        gaps = len(self.columns) - 1
        while True:
            widths = self._natural(size)
            between = min(self.between, 12.0) * size / TABLE
            over = sum(widths) + gaps * between - width
            wrapping = [i for i, column in enumerate(self.columns) if column.wraps]
            spare = {i: max(0.0, widths[i] - _WRAPPED) for i in wrapping}
            if 0 < over < sum(spare.values()):
                for i, room in spare.items():
                    widths[i] -= over * room / sum(spare.values())
                over = 0.0
            if over <= 0 or size <= _LEAST:
                break
            size -= 0.1
        if self.stretch and gaps and over < 0:
            between -= over / gaps
        elif over > 0 and gaps:
            between = max(3.0, between - over / gaps)
        return size, widths, between

    # Heights

    def _head_height(self, size: float) -> float:
        reach = [inline_reach(column.head, size, prose=True) for column in self.columns]
        return max(high - low for low, high in reach) + 8.0

    def _row_lines(self, row: TableRow, widths: Sequence[float], size: float) -> int:
        wrapped = [i for i, column in enumerate(self.columns) if column.wraps]
        return max([1, *(len(broken(self._words(row.cells[i]), widths[i], size)) for i in wrapped)])

    def _row_height(self, row: TableRow, widths: Sequence[float], size: float, first: bool) -> float:
        lines = self._row_lines(row, widths, size)
        inner = (lines - 1) * 1.32 * size
        return self.leading * size + inner + (self._apart if row.apart and not first else 0.0)

    def height(self, width: float) -> float:
        size, widths, _ = self._layout(width)
        body = sum(self._row_height(row, widths, size, i == 0) for i, row in enumerate(self.rows))
        return self._head_height(size) + body + 8.0

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        size, widths, _ = self._layout(width)
        used = self._head_height(size) + 8.0
        fitting = 0
        for index, row in enumerate(self.rows):
            used += self._row_height(row, widths, size, index == 0)
            if used > room:
                break
            fitting += 1
        fitting = min(fitting, len(self.rows) - 3)
        if fitting < 5:
            return None
        return replace(self, rows=self.rows[:fitting]), replace(self, rows=self.rows[fitting:])

    # Drawing

    def draw(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        size, widths, between = self._layout(width)
        right = left + sum(widths) + between * (len(widths) - 1)
        sheet.line(left, top, right, top, role=Role.INK, width=0.9)
        head = self._head_height(size)
        low = min(inline_reach(column.head, size, prose=True)[0] for column in self.columns)
        self._draw_head(sheet, left, top - head + 4.0 - low, widths, between, size)
        y = top - head
        sheet.line(left, y, right, y, role=Role.AXIS, width=0.5)
        y -= 3.0
        for index, row in enumerate(self.rows):
            if row.apart and index:
                sheet.line(left, y - self._apart / 2 + 0.6, right, y - self._apart / 2 + 0.6, width=0.25)
            height = self._row_height(row, widths, size, index == 0)
            one = self.leading * size
            base = y - (self._apart if row.apart and index else 0.0) - one / 2 - 0.24 * size
            self._draw_row(sheet, row, left, base, widths, between, size)
            y -= height
        sheet.line(left, y - 3.0, right, y - 3.0, role=Role.INK, width=0.9)

    def _draw_head(
        self, sheet: Sheet, left: float, base: float, widths: Sequence[float], between: float, size: float
    ) -> None:
        for column, width in zip(self.columns, widths, strict=True):
            x = left + width if column.numbers else left
            sheet.rich(x, base, column.head, size, prose=True, align=1.0 if column.numbers else 0.0)
            left += width + between

    def _draw_row(
        self,
        sheet: Sheet,
        row: TableRow,
        left: float,
        base: float,
        widths: Sequence[float],
        between: float,
        size: float,
    ) -> None:
        for index, (column, width) in enumerate(zip(self.columns, widths, strict=True)):
            cell, role = row.cells[index], row.role(index)
            if column.numbers:
                before, _ = divided(cell, self.decimal)
                point = left + width - self._halves[index][1] * size
                sheet.text(point - width_of(before, size), base, cell, size, role=role)
            else:
                shown = self._words(cell)
                lines = broken(shown, width, size) if column.wraps else [shown]
                for number, line in enumerate(lines):
                    sheet.rich(left, base - number * 1.32 * size, line, size, role=role)
            left += width + between


def divided(cell: str, decimal: str) -> tuple[str, str]:
    """What stands before and after the place where numbers are lined up."""
    for mark in (decimal, " × "):
        place = cell.find(mark)
        if place >= 0:
            return cell[:place], cell[place:]
    return cell, ""
