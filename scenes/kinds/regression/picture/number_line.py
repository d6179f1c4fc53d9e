"""The line of numbers above the panels of the regression scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import BASELINE, Pen, measure
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.layout import Box
from scenes.storyboard.facts import rates_shown
from scenes.storyboard.story import Moment
from scenes.text import Format, maths, number, whole
from scenes.theme import READOUT, TICK, TITLE, Role


@dataclass(frozen=True)
class Cell:
    """A number of the line: its name, the widest number it will hold, and its colour."""

    name: Node
    widest: Node
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

    def draw(self, pen: Pen, values: Sequence[Node], opacity: Sequence[float]) -> None:
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


class RunNumbers:
    """Step, parameters, loss and rate of a story: as many of them as there is room for."""

    def __init__(self, story: RegressionStory, zone: Box) -> None:
        self.story = story
        count = len(story.parameters)
        self.rates = rates_shown(story.speech, story.parameters, story.rate)
        for shown, rate in ((count, True), (count, False), (0, True), (0, False)):
            self.shown = shown
            self.line = NumberLine(zone, self._cells(shown, rate))
            if self.line.fits:
                break

    def _cells(self, shown: int, rate: bool) -> list[Cell]:
        story = self.story
        formula = story.speech.formula
        cells = [Cell(formula("k"), whole(story.steps[-1]))]
        for i in range(shown):
            widest = _widest(story.path[:, i], story.path_formats[i])
            cells.append(Cell(story.parameters[i], widest, Role.POINT))
        cells.append(Cell(formula("J"), _widest(story.loss, story.loss_format), Role.OBJECTIVE))
        return [*cells, *(Cell(name, number(one)) for name, one in self.rates)] if rate else cells

    def draw(self, pen: Pen, at: Moment) -> None:
        story, row = self.story, at.row
        first, later = at.done("loss", 0.3, 0.6), at.done("traces", 0.3, 0.7)
        values: list[Node] = [whole(story.steps[row])]
        values += [story.path_formats[i](float(story.path[row, i])) for i in range(self.shown)]
        values.append(story.loss_format(float(story.loss[row])))
        opacity = [first] * len(values)
        if len(self.line.cells) > len(values):
            values += [number(rate) for _, rate in self.rates]
            opacity += [later] * len(self.rates)
        self.line.draw(pen, values, opacity)


def _widest(values: FloatArray, form: Format) -> Node:
    candidates = [form(float(value)) for value in (values.min(), values.max(), values[0], values[-1])]
    return max(candidates, key=lambda shown: measure(maths(shown), 1.0)[0])
