"""Where the panels of the rates stand: a grid of cells, and in each a head, a plot and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scenes.draw.pen import measure
from scenes.kinds.learning_rates.story.learning_rates import Contender
from scenes.layout import Box, Plot, Scale
from scenes.storyboard.views.verdicts import RateVerdict
from scenes.text import Rich, tick_numbers
from scenes.theme import LABEL, READOUT, TICK
from scenes.widgets.plane.axes import AxisStyle, extent
from scenes.widgets.signs import WIDTH

from .ground import Ground

_GAP = 0.18  # between panels
_CLEAR = 0.16  # between the numbers of an axis
_NARROW = 2.4  # a cell less wide than this shares its numbers
_HEAD = 0.3  # a line of a panel's head
_LINE = 0.275  # a line of a verdict
_SPACINGS = (0.45, 0.6, 0.8, 1.0)  # of the usual ones: ticks stand closer where there would be only one


class Cells:
    """One cell for each run, all of one size, in an area.

    `shared`: narrow cells beside one another share their numbers and names, and the room that these take. `stacked`:
    title and axis name need a line each.
    """

    def __init__(self, ground: Ground, contenders: Sequence[Contender], area: Box) -> None:
        self.ground = ground
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
        left = max(probe.box.left - area.left, measure(y_name, LABEL)[0] + 0.2)
        return _cells(area.trimmed(left=left, right=measure(x_name, LABEL)[0] + 0.2), 1, count)

    def _heads_stacked(self, cell: Box, contenders: Sequence[Contender]) -> bool:
        style = self.ground.style
        title = max(measure(each.label, READOUT)[0] for each in contenders)
        name = self.ground.names_on(self.ground.fitted(cell, style), style)[1]
        return measure(name, LABEL)[0] + title + 0.7 > cell.width

    def _with_ticks(self, cell: Box) -> AxisStyle:
        """The style whose axes have two ticks or more each, where their numbers have room."""
        usual = self.ground.style
        style, plot = usual, self._plot(cell, usual)
        for factor in _SPACINGS:
            x, y = factor * usual.x_spacing, factor * usual.y_spacing
            if (factor == 1.0 or _has_room(plot.x, x, across=True)) and len(plot.x.ticks(x)) > 1:
                style = replace(style, x_spacing=x)
            if (factor == 1.0 or _has_room(plot.y, y, across=False)) and len(plot.y.ticks(y)) > 1:
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
        head = _HEAD + 0.05 if self.stacked or self.shared else 0.0
        body = cell.trimmed(bottom=self.verdict_height + 0.12, top=head)
        if not self.shared:
            return self.ground.fitted(body, style)
        plot = self.ground.fitted(body, _bare(style))
        box = Box(cell.left, plot.box.bottom, cell.right, body.top)  # as wide as the cell
        return Plot.over(box, (plot.x.low, plot.x.high), (plot.y.low, plot.y.high), log_y=plot.y.log)

    def verdict_lines(
        self, verdict: RateVerdict, width: float
    ) -> tuple[list[tuple[Rich, float, float]], float]:
        """Texts of a verdict with their place (right, down) from the corner below the panel; the whole height.

        In a narrow cell the number begins a line of its own below the word.
        """
        indent = WIDTH + 0.1 if verdict.sign is not None else 0.0
        if not self.shared:
            return [(verdict.text, indent, 0.0)], measure(verdict.text, TICK, wrap=width - indent)[1]
        word, detail = verdict.word, verdict.detail
        below = _LINE * max(1, round(measure(word, TICK, wrap=width - indent)[1] / _LINE))
        lines = [(word, indent, 0.0), (detail, 0.0, below)]
        return lines, below + measure(detail, TICK, wrap=width)[1]


def _grid(area: Box, count: int) -> list[Box]:
    """The grid in which the panels' plots come out largest and not too flat."""

    def worth(rows: int) -> float:
        cell = _cells(area, rows, count // rows)[0]
        return min(cell.width - 0.9, 1.5 * (cell.height - 1.45))

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


def _has_room(scale: Scale, spacing: float, *, across: bool) -> bool:
    """Do the numbers of an axis with ticks so far apart stand clear of one another?"""
    ticks = scale.ticks(spacing)
    if len(ticks) < 2:
        return False
    width, height = extent(tick_numbers(ticks.tolist(), log=scale.log).labels, TICK)
    return bool(np.diff(scale(ticks)).min() >= (width if across else height) + _CLEAR)
