"""Where the tall panels of one parameter stand: side by side, each with its rate above it and its verdict below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.draw.pen import measure
from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.layout import Box, Frame, Plot
from scenes.text import Rich, maths
from scenes.theme import LABEL, RATE, TICK
from scenes.widgets.plane.axes import MARK, PAD, AxisStyle

from .tall_axis import DEEPER

_GAP = 16 / 135  # between panels
_APART = 0.2  # and where words stand at either side of them
_BETWEEN = 0.08  # between rows of them
_WORD = 38 / 135  # of a verdict
_LEAST = 1.5  # height of a panel: where there is less, its words stand beside its rate
_UNDER = 0.12  # between the numbers of an axis and what stands below them
_ABOVE = 0.17  # from a panel to what is written above it: a point at its edge stands clear of it
_SPACING = 0.8  # between the numbers of an axis


@dataclass(frozen=True)
class Line:
    """A text of one or two lines with the middle of its upper edge, or its upper right corner in a compact cell."""

    at: tuple[float, float]
    width: float
    size: float
    anchor: tuple[float, float]


class TallCells:
    """One cell for each run of a story, all of one size, in an area."""

    def __init__(self, story: LearningRatesStory, frame: Frame, area: Box) -> None:
        self.story, self.frame = story, frame
        self.boxes = _cells(area, len(story.contenders), frame)
        self.style = AxisStyle(maths(story.parameters[0]), open=True, type=frame.type, x_spacing=_SPACING)
        cell = self.boxes[0]
        self.offset = any(self._numbers(contender, cell) for contender in story.contenders)
        scale = frame.type
        self._ticks = MARK + PAD + DEEPER + TICK * scale
        if self.offset:
            self._ticks += _UNDER + LABEL * scale
        self.rate_size = min(
            RATE * scale, *(RATE * scale * cell.width / self._wide(each) for each in story.contenders)
        )
        self._two_lines = any(self._word_lines(each, cell.width) > 1 for each in story.contenders)
        words = (_WORD * (2.2 if self._two_lines else 1.0) + LABEL) * 1.44 * scale
        self.compact = not frame.broad or cell.height - 1.25 * self.rate_size - self._ticks - words < _LEAST
        if self.compact:
            self.rate_size *= 0.85
            self.head, self.foot = 2.8 * TICK * scale + 0.1, self._ticks
        else:
            self.head, self.foot = 1.15 * self.rate_size, self._ticks + words
        # What says how far a view has widened has a line of its own, where nothing moves.
        zooms = any(each.view is not None and each.view.zooms for each in story.contenders)
        self.head += TICK * scale + 0.18 if zooms and not self.compact else 0.0

    def _wide(self, contender: Contender) -> float:
        return measure(contender.label, RATE * self.frame.type)[0]

    def _numbers(self, contender: Contender, cell: Box) -> bool:
        """Do the numbers of an axis say only part of themselves at the start or the end?"""
        view = contender.view
        assert view is not None
        ends = (view.at(0), view.at(len(contender.steps) - 1))
        return any(bool(self.style.across(Plot.over(cell, x, y)).numbers.offset) for x, y in ends)

    def _word_lines(self, contender: Contender, width: float) -> int:
        size = TICK * self.frame.type
        return 1 if measure(contender.verdict.word, size, bold=True)[0] <= width else 2

    def plot_box(self, cell: Box) -> Box:
        """A cell's panel, between its head and its foot."""
        return cell.trimmed(top=self.head, bottom=self.foot)

    def rate_at(self, cell: Box) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where the rate of a cell stands, and its anchor."""
        if self.compact:
            return (cell.left, cell.top), (-1, 1)
        return (cell.centre[0], cell.top - 0.55 * self.rate_size), (0, 0)

    def badge(self, cell: Box, text: Rich, beside: float) -> Line:
        """Where it is said how far a view has widened: above the panel, or below the rate and `beside` a number."""
        size = TICK * self.frame.type
        wide = measure(text, size)[0]
        if self.compact:
            room = cell.width - beside - 0.2
            return Line((cell.left, cell.top - 1.65 * size), room, size * min(1.0, room / wide), (-1, 1))
        at = (cell.centre[0], cell.top - self.head + _ABOVE)
        return Line(at, cell.width, size * min(1.0, cell.width / wide), (0, -1))

    def word(self, cell: Box, text: Rich) -> Line:
        """Where the word of a verdict stands."""
        scale = self.frame.type
        if self.compact:
            room = cell.width - 1.05 * self.rate_size / (RATE * scale) * max(
                self._wide(each) for each in self.story.contenders
            )
            size = min(TICK * 1.1 * scale, self._fitted(text, room))
            return Line((cell.right, cell.top - 0.04), room, size, (1, 1))
        top = cell.bottom + self.foot - self._ticks - _UNDER
        size = _WORD * scale
        if measure(text, size, bold=True)[0] > cell.width:
            size = max(TICK * scale, self._fitted(text, cell.width))
        return Line((cell.centre[0], top), cell.width, size, (0, 1))

    def detail(self, cell: Box, text: Rich) -> Line:
        """Where the number of a verdict stands."""
        scale = self.frame.type
        if self.compact:
            line = self.word(cell, text)
            size = min(TICK * scale, line.width / max(measure(text, TICK * scale)[0], 1e-9) * TICK * scale)
            return Line((cell.right, cell.top - 1.65 * TICK * scale), line.width, size, (1, 1))
        size = LABEL * scale
        size *= min(1.0, cell.width / max(measure(text, size)[0], 1e-9))
        return Line((cell.centre[0], cell.bottom + 0.06), cell.width, size, (0, -1))

    @staticmethod
    def _fitted(text: Rich, width: float) -> float:
        return width / max(measure(text, 1.0, bold=True)[0], 1e-9)


def _cells(area: Box, count: int, frame: Frame) -> list[Box]:
    """Equal cells: side by side in a wide frame, two in a row or one below the other in others."""
    if frame.broad:
        across = count
    elif frame.wide:
        across = 2 if count != 3 else 3
    else:
        across = 2 if count == 4 else 1
    rows = -(-count // across)
    gap = _GAP if frame.broad else _APART
    width = (area.width - gap * (across - 1)) / across
    height = (area.height - _BETWEEN * (rows - 1)) / rows
    cells: Sequence[Box] = [
        Box(left, top - height, left + width, top)
        for top in (area.top - row * (height + _BETWEEN) for row in range(rows))
        for left in (area.left + column * (width + gap) for column in range(across))
    ]
    return list(cells[:count])
