"""What is written above and below a tall panel: the rate, the place of its run, how far the view has widened, the verdict."""

from __future__ import annotations

import numpy as np

from gdcore.notation import Node, Sign, row
from scenes.draw.pen import Pen, measure
from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.kinds.learning_rates.story.outcomes import HOME
from scenes.layout import Box, Plot
from scenes.storyboard.facts import in_a_sentence
from scenes.storyboard.story import smooth
from scenes.storyboard.views.side_by_side import PanelView
from scenes.text import Rich, format_of, maths, multiplied, number, value_of
from scenes.theme import Role

from .standing import Standing
from .tall import Line, TallCells

_TOLD_APART = 301  # places across the first view that are written in different digits
_EXACT = 1e-12  # relative: a number that differs by less from what is written is what is written
_SEEN = 1.05  # times as wide, or as high: what is less is not told
_LONG = 1e4  # times: from here on one digit is enough
_DIGITS = 1e6  # times the start: numbers beyond need no common digits


def widened(view: PanelView, plot: Plot) -> float:
    """How many times as wide as a view was at first it is in a plot; on a parabola it is as many times as high, squared."""
    (left, right), (bottom, top) = view.at(0)
    across, up = (plot.x.high - plot.x.low) / (right - left), (plot.y.high - plot.y.low) / (top - bottom)
    return max(across, float(up**0.5))


def factor_written(factor: float) -> Node:
    """A factor in so many digits that there is room for it."""
    return number(factor, 2 if factor < _LONG else 1)


class TallWords:
    """The words of a contender in its cell; `home` is the row from which on it stays on the minimum, if there is one."""

    def __init__(
        self, story: LearningRatesStory, contender: Contender, cells: TallCells, cell: Box, home: int | None
    ) -> None:
        self.story, self.contender, self.cells, self.cell, self.home = story, contender, cells, cell, home
        assert contender.view is not None
        self.view, self.w = contender.view, contender.path[:, 0]
        speech = story.speech
        self.over = speech.say("learning-rates.over", steps=speech.count("step", int(contender.steps[-1])))
        came = 0 if home is None else int(contender.steps[home])
        within = number(HOME * abs(float(self.w[0]) - self._goal()), 1)
        steps = speech.count("step", came)
        self.arrived = speech.say("learning-rates.home-after", within=within, steps=steps)
        jumps = story.jumps
        share = None if jumps is None else number(jumps.factor(contender.rate), 3)
        self.factor = None if share is None else speech.say("learning-rates.factor", factor=share)
        self.length = self._length()
        with np.errstate(over="ignore"):
            self.near = np.abs(self.w) <= _DIGITS * max(1.0, abs(float(self.w[0])))
        self.format = format_of(np.linspace(*self.view.at(0)[0], _TOLD_APART), digits=1)

    def _goal(self) -> float:
        """The minimum, where there is one."""
        goals = self.story.goals
        return float(goals[0, 0]) if len(goals) else float(self.w[-1])

    def _length(self) -> Rich | None:
        """The length of the first step, rate times slope, where all have one slope."""
        if self.story.slope is None or not np.isfinite(self.contender.rate * self.story.slope):
            return None
        product = multiplied(self.contender.rate, abs(self.story.slope))
        return maths(row([product.left, Sign("dot"), product.right, Sign("equals"), product.product]))

    def draw_badge(self, pen: Pen, plot: Plot) -> None:
        """How many times as wide and as high as at the start the view is."""
        (left, right), (bottom, top) = self.view.at(0)
        across = (plot.x.high - plot.x.low) / (right - left)
        up = (plot.y.high - plot.y.low) / (top - bottom)
        shown = smooth((widened(self.view, plot) - 1) / 0.05)
        if shown <= 0:
            return
        p, (wide, high) = self.story.parameters[0], (factor_written(across), factor_written(up))
        say = self.story.speech.say
        text = say("learning-rates.view", across=wide, up=high)
        if across < _SEEN:
            text = say("learning-rates.view-high", up=high)
        elif up < _SEEN:
            text = say("learning-rates.view-wide", across=wide)
        elif self.cells.compact:  # beside the number of a verdict
            text = say("learning-rates.view-short", p=p, across=wide, up=high)
        told = (self.contender.verdict.detail, self.over)
        beside = max(measure(each, self.cells.detail(self.cell, each).size)[0] for each in told)
        self._line(pen, self.cells.badge(self.cell, text, beside), text, Role.INK, shown)

    def draw(self, pen: Pen, stand: Standing, row: int, judged: float, factored: float = 0.0) -> None:
        """The rate above the panel; below it the place at a row while the descent runs, then the verdict."""
        verdict = self.contender.verdict
        at, anchor = self.cells.rate_at(self.cell)
        for role, opacity in ((Role.INK, 1 - judged), (verdict.role, judged)):
            pen.text(
                self.contender.label, at, self.cells.rate_size, anchor=anchor, role=role, opacity=opacity
            )
        leaving = 1 - min(1.0, 2 * judged)
        place = maths(
            self.story.speech.formula("{p} = {w}", p=self.story.parameters[0], w=self._written(row))
        )
        self._line(pen, self.cells.word(self.cell, place), place, Role.POINT, leaving, bold=False)
        if self.length is not None and stand.marked > 0:
            self._line(pen, self.cells.detail(self.cell, self.length), self.length, Role.STEP, stand.marked)
        detail, role, shown = verdict.detail, Role.SECONDARY, max(0.0, 2 * judged - 1)
        if self.home is not None:
            detail, role, shown = self.arrived, Role.GOOD, float(row >= self.home)
        elif self.contender.over(stand.step):
            self._line(pen, self.cells.detail(self.cell, self.over), self.over, Role.SECONDARY, leaving)
        shown *= 1 - min(1.0, 2 * factored)
        self._line(pen, self.cells.detail(self.cell, detail), detail, role, shown)
        if self.factor is not None:
            shown = max(0.0, 2 * factored - 1)
            self._line(pen, self.cells.detail(self.cell, self.factor), self.factor, verdict.role, shown)
        shown = max(0.0, 2 * judged - 1)
        self._line(
            pen, self.cells.word(self.cell, verdict.word), verdict.word, verdict.role, shown, bold=True
        )

    def _written(self, row: int) -> Node:
        """The place at a row: exact without zeros at its end, rounded with them."""
        value = float(self.w[row])
        if not self.near[row]:
            return number(value, 3)
        node = self.format(value)
        return in_a_sentence(node) if np.isclose(value_of(node), value, rtol=_EXACT, atol=0.0) else node

    @staticmethod
    def _line(pen: Pen, line: Line, text: Rich, role: Role, shown: float, *, bold: bool = False) -> None:
        if shown > 0:
            wrap = line.width + 1e-6
            pen.text(
                text, line.at, line.size, anchor=line.anchor, role=role, opacity=shown, bold=bold,
                wrap=wrap if measure(text, line.size, bold=bold)[0] > wrap else None,
            )  # fmt: skip
