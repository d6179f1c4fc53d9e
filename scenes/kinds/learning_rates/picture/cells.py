"""Where the panels of the rates stand: a grid of cells, and in each a head, a plot and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenes.draw.pen import measure
from scenes.kinds.learning_rates.story.learning_rates import Contender
from scenes.layout import Box, Plot, Scale
from scenes.storyboard.views.verdicts import RateVerdict
from scenes.text import Rich, tick_numbers
from scenes.theme import LABEL, TICK
from scenes.widgets.plane.axes import AxisStyle, extent

from .ground import Ground

_GAP = 0.18  # between panels
_CLEAR = 0.16  # between the numbers of an axis
_NARROW = 2.4  # a cell less wide than this shares its numbers
_HEAD = 40 / 135  # of a rate
_WORD = 32 / 135  # of a verdict
_LINE = 1.3  # times the size of letters: from one line to the next
_SPACINGS = (0.45, 0.6, 0.8, 1.0)  # of the usual ones: ticks stand closer where there would be only one


@dataclass(frozen=True)
class WordLine:
    """A text of a verdict, and how far below the first it begins."""

    text: Rich
    size: float
    down: float
    bold: bool
    wraps: bool


class Cells:
    """One cell for each run, all of one size, in an area.

    `shared`: narrow cells beside one another share their numbers and names, and the room that these take. `stacked`:
    title and axis name need a line each.
    """

    def __init__(self, ground: Ground, contenders: Sequence[Contender], area: Box) -> None:
        self.ground = ground
        self.tick, self.head = TICK * ground.type, _HEAD * ground.type
        self.boxes = _grid(area, len(contenders))
        self.shared = self.boxes[0].top == self.boxes[-1].top and self.boxes[0].width < _NARROW
        if self.shared:
            self.boxes = self._row(area, len(contenders))
        cell = self.boxes[0]
        self.stacked = not self.shared and self._heads_stacked(cell, contenders)
        self.verdict_height = max(self.verdict_lines(each.verdict, cell.width)[1] for each in contenders)
        self.style = self._with_ticks(cell)

    def _row(self, area: Box, count: int) -> list[Box]:
        """Cells in a row, between the common numbers at the left and the common name at the right."""
        style = self.ground.style
        probe = self.ground.fitted(area, _bare(style))
        x_name, y_name = self.ground.names_on(probe, style)
        left = max(probe.box.left - area.left, measure(y_name, LABEL * self.ground.type)[0] + 0.2)
        return _cells(
            area.trimmed(left=left, right=measure(x_name, LABEL * self.ground.type)[0] + 0.2), 1, count
        )

    def _heads_stacked(self, cell: Box, contenders: Sequence[Contender]) -> bool:
        style = self.ground.style
        title = max(measure(each.label, self.head)[0] for each in contenders)
        name = self.ground.names_on(self.ground.fitted(cell, style), style)[1]
        return measure(name, LABEL * self.ground.type)[0] + title + 0.7 > cell.width

    def _with_ticks(self, cell: Box) -> AxisStyle:
        """The style whose axes have two ticks or more each, where their numbers have room."""
        usual = self.ground.style
        style, plot = usual, self._plot(cell, usual)
        for factor in _SPACINGS:
            x, y = factor * usual.x_spacing, factor * usual.y_spacing
            if (factor == 1.0 or _has_room(plot.x, x, self.tick, across=True)) and len(plot.x.ticks(x)) > 1:
                style = replace(style, x_spacing=x)
            if (factor == 1.0 or _has_room(plot.y, y, self.tick, across=False)) and len(plot.y.ticks(y)) > 1:
                style = replace(style, y_spacing=y)
        return style

    @property
    def bare(self) -> AxisStyle:
        """The style of axes whose names a neighbour says."""
        return _bare(self.style)

    def plot(self, cell: Box) -> Plot:
        """A cell's plot, between its head and its verdict."""
        return self._plot(cell, self.style)

    def _plot(self, cell: Box, style: AxisStyle) -> Plot:
        head = 1.25 * self.head if self.stacked or self.shared else 0.0
        body = cell.trimmed(bottom=self.verdict_height + 0.12, top=head)
        if not self.shared:
            return self.ground.fitted(body, style)
        plot = self.ground.fitted(body, _bare(style))
        box = Box(cell.left, plot.box.bottom, cell.right, body.top)  # as wide as the cell
        return Plot.over(box, (plot.x.low, plot.x.high), (plot.y.low, plot.y.high), log_y=plot.y.log)

    def verdict_lines(self, verdict: RateVerdict, width: float) -> tuple[list[WordLine], float]:
        """The lines of a verdict below the panel, the word, then the number, and the height of all."""
        lines: list[WordLine] = []
        down = 0.0
        for text, bold in ((verdict.word, True), (verdict.detail, False)):
            size = _WORD * self.ground.type if bold else self.tick
            wide = measure(text, size, bold=bold)[0]
            size = max(self.tick, size * min(1.0, width / max(wide, 1e-9)))
            wraps = measure(text, size, bold=bold)[0] > width
            high = measure(text, size, bold=bold, wrap=width)[1] if wraps else 0.0
            lines.append(WordLine(text, size, down, bold, wraps))
            down += max(_LINE * size, high + (_LINE - 1) * size)
        return lines, down


def _grid(area: Box, count: int) -> list[Box]:
    """The grid in which the panels' plots come out largest and not too flat."""

    def worth(rows: int) -> float:
        cell = _cells(area, rows, count // rows)[0]
        return min(cell.width - 0.9, 1.5 * (cell.height - 1.6))

    rows = max((r for r in (1, 2, count) if count % r == 0), key=worth)
    return _cells(area, rows, count // rows)


def _cells(area: Box, rows: int, across: int) -> list[Box]:
    """Equal cells in an area, row by row."""
    width = (area.width - _GAP * (across - 1)) / across
    height = (area.height - _GAP * (rows - 1)) / rows
    return [
        Box(left, top - height, left + width, top)
        for top in (area.top - row * (height + _GAP) for row in range(rows))
        for left in (area.left + column * (width + _GAP) for column in range(across))
    ]


def _bare(style: AxisStyle) -> AxisStyle:
    return replace(style, x_name=None, y_name=None)


def _has_room(scale: Scale, spacing: float, size: float, *, across: bool) -> bool:
    """Do the numbers of an axis with ticks so far apart stand clear of one another?"""
    ticks = scale.ticks(spacing)
    if len(ticks) < 2:
        return False
    width, height = extent(tick_numbers(ticks.tolist(), log=scale.log).labels, size)
    return bool(np.diff(scale(ticks)).min() >= (width if across else height) + _CLEAR)
