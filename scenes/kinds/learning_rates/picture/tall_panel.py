"""One rate on an objective of one parameter: a tall panel whose view zooms out where its run leaves."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, LINE, THIN, Pen, Point
from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.layout import Box, Plot
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment, smooth
from scenes.text import Rich, maths
from scenes.theme import Role
from scenes.widgets.marks import (
    HALO,
    POINT,
    draw_arrow,
    draw_awaited,
    draw_cased,
    draw_glowing,
    draw_minimum,
    draw_point,
)

from .standing import Standing
from .tall import TallCells
from .tall_axis import areas_below, draw_numbers, draw_ring
from .tall_names import ARROW, PanelName, home_name, objective_name, slope_name, tangent_at, view_name
from .tall_trail import draw_moves, draw_rings
from .tall_words import TallWords, widened

_AREA = (0.34, 0.04)  # opacity under the curve, at the top and at the bottom of the panel
_QUICKLY = 1.3  # a view has widened before all else after the landing is over
_OUT = 0.5  # of a point: one that is out of sight, at the edge
_SHINING = 1.6  # seconds in which it is seen that a run has come home
_DASH = (0.05, 0.07)
_WIDER, _WIDEST = 1.1, 1.5  # times as wide: the first view begins to be seen, and is
_SPECK = 0.25  # a first view lower or narrower is seen no more
_VIEW_DASH = (0.09, 0.07)
_FAR = 1e6  # frame units
_PULSING = 10  # the last row whose landing is seen by itself


class TallPanel:
    """A contender of a story in its cell."""

    def __init__(
        self, story: LearningRatesStory, index: int, cells: TallCells, cell: Box, lettered: bool
    ) -> None:
        self.story, self.index, self.cells, self.cell = story, index, cells, cell
        contender = story.contenders[index]
        assert contender.view is not None
        self.contender: Contender = contender
        self.view, self.box = contender.view, cells.plot_box(cell)
        self.w = contender.path[:, 0]
        self.lettered = lettered
        self.loss_name = maths(story.speech.formula("J({p})", p=story.parameters[0]))
        home = story.homes[index]
        self.home = None if home is None else contender.row_at(home)
        self._view_names: dict[int, PanelName | None] = {}
        self.words = TallWords(story, contender, cells, cell, self.home)

    # The view

    def rows(self, stand: Standing) -> tuple[int, int, float]:
        """The row on which the run stands, the next one, and how far the jump to it has come."""
        row, after = self.contender.row_at(stand.step), self.contender.row_at(stand.ahead)
        return row, after, stand.hop if after > row else 0.0

    def plot(self, stand: Standing) -> Plot:
        """The plot as it is seen: a point that leaves it lands out of sight, then the view widens."""
        before, row, part = self._widening(stand)
        return self.resting(row) if part >= 1 else Plot.over(self.box, *self.view.at(before, part))

    def _widening(self, stand: Standing) -> tuple[int, int, float]:
        """Between the views of which two rows, and how far, the plot is."""
        before, row = self.contender.row_at(stand.before), self.contender.row_at(stand.step)
        return before, row, min(1.0, _QUICKLY * stand.settled) if before == row - 1 else 1.0

    def resting(self, row: int) -> Plot:
        return Plot.over(self.box, *self.view.at(row))

    def key(self, stand: Standing) -> Hashable:
        """All that the panel's ground depends on."""
        return self._widening(stand) if self.view.zooms else None

    def place(self, plot: Plot, row: int) -> Point:
        with np.errstate(over="ignore", invalid="ignore"):
            x, y = np.clip(
                np.nan_to_num(plot.at(self.w[row], self.contender.loss[row]), nan=_FAR), -_FAR, _FAR
            )
        return float(x), float(y)

    def holds(self, place: Point) -> bool:
        """Is a place of the frame within the panel?"""
        return self.box.grown(1e-6).holds(Box(*place, *place))

    # What stands still

    def draw_ground(self, pen: Pen, stand: Standing) -> None:
        """The axis, the curve with what lies below it, and the name of the objective."""
        plot, box = self.plot(stand), self.box
        points = self.curve(plot)
        for area in areas_below(points, box):
            pen.shade(area, Role.OBJECTIVE, (0.0, box.top), (0.0, box.bottom), _AREA)
        pen.stroke(np.array([(box.left, box.bottom), (box.right, box.bottom)]), Role.AXIS, LINE * 0.85)
        self._numbers(pen, plot, stand)
        draw_glowing(pen, box.clip(points), Role.OBJECTIVE)
        if self.lettered and self.name is not None:
            place, size = self.name
            pen.text(self.loss_name, place, size, role=Role.OBJECTIVE, halo=HALO)

    def curve(self, plot: Plot) -> FloatArray:
        """The objective in the frame, (n, 2), as far as it is seen."""
        view = self.view
        first, last = np.searchsorted(view.x, (plot.x.low, plot.x.high)).tolist()
        kept = slice(max(0, first - 1), min(len(view.x), last + 1))
        with np.errstate(over="ignore", invalid="ignore"):
            points = plot.at(view.x[kept], view.y[kept])
        points = points[np.isfinite(points[:, 0])]
        return np.clip(points, -_FAR, _FAR)

    def _numbers(self, pen: Pen, plot: Plot, stand: Standing) -> None:
        before, row, part = self._widening(stand)
        draw_numbers(pen, plot, self.cells.style, self.resting(before), self.resting(row), part)

    @cached_property
    def name(self) -> tuple[Point, float] | None:
        """Where the name of the objective stands, and its size; None where there is no room."""
        return objective_name(self)

    @cached_property
    def home_name(self) -> tuple[Point, float] | None:
        """Where the word for the ring stands, and its size, in the panel that names the objective."""
        return home_name(self) if self.lettered else None

    @cached_property
    def slope_name(self) -> PanelName | None:
        """What the slope is, beside the tangent in the panel that names the objective."""
        return slope_name(self) if self.lettered else None

    # What moves

    def draw(self, pen: Pen, at: Moment, stand: Standing) -> None:
        """The moves, the places that were left, the goal, the point, and how far the view has widened."""
        row, after, hop = self.rows(stand)
        plot = self.plot(stand)
        self._first_view(pen, plot, row)
        draw_moves(pen, self, plot, row, after, hop)
        draw_rings(pen, self, plot, row + (1 if hop > 0 else 0))
        for goal in self.story.goals.tolist():
            x, y = plot.point(*goal)
            if self.holds((x, y)):
                draw_minimum(pen, (x, y), 1.0, 0.95 * POINT)
                self._home(pen, at, (x, y), row, hop)
        self._slope(pen, at, plot, row)
        self._ghost(pen, at, plot, row)
        self._point(pen, at, plot, row, after, hop)
        if self.view_name(row) is None:
            self.words.draw_badge(pen, plot)

    def view_name(self, row: int) -> PanelName | None:
        """What the dashed box is, beside it where the view rests at a row; None where there is no room."""
        if row not in self._view_names:
            self._view_names[row] = view_name(self, row)
        return self._view_names[row]

    def _first_view(self, pen: Pen, plot: Plot, row: int) -> None:
        """What was seen at first, as a dashed box once the view has widened."""
        (left, right), (bottom, top) = self.view.at(0)
        shown = smooth((widened(self.view, plot) - _WIDER) / (_WIDEST - _WIDER))
        if shown <= 0:
            return
        corners = plot.at(
            np.array([left, left, right, right, left]), np.array([bottom, top, top, bottom, bottom])
        )
        inside = np.clip(corners, (self.box.left, self.box.bottom), (self.box.right, self.box.top))
        if np.ptp(inside, axis=0).min() > _SPECK:
            pen.stroke(inside, Role.SECONDARY, LINE * 0.8, 0.8 * shown, _VIEW_DASH)
        name = self.view_name(row)
        if name is not None and plot == self.resting(row):
            pen.text(name.text, name.middle, name.size, role=Role.SECONDARY, wrap=name.wrap, halo=HALO)

    def draw_words(self, pen: Pen, stand: Standing) -> None:
        """What is written above and below the panel."""
        told = stand.factored[self.index] if stand.factored else 0.0
        self.words.draw(pen, stand, self.rows(stand)[0], stand.judged[self.index], told)

    def _home(self, pen: Pen, at: Moment, place: Point, row: int, hop: float) -> None:
        """What the ring is, until the runs set off; and light that runs out from it when this one has come home."""
        if self.home_name is not None:
            middle, size = self.home_name
            leaving = 1 - at.done("first", 0.0, 0.2) if at.since("first") else 1.0
            if row == 0 and hop == 0:
                word = self.story.speech.say("learning-rates.home")
                pen.text(word, middle, size, role=Role.GOOD, opacity=leaving, halo=HALO)
        if self.home is None or row < self.home or self.home == 0:
            return
        span = self.story.span(
            Part.RESULT, int(np.searchsorted(self.story.steps, self.contender.steps[self.home]))
        )
        if span is None:
            return
        part = (at.seconds - span.start) / _SHINING
        if 0 < part < 1:
            pen.glow(place, (5 + 5 * part) * POINT, Role.GOOD, 0.8 * (1 - part))
            for wave in (part, part - 0.25):
                draw_ring(pen, place, wave, Role.GOOD, self._room(place))

    def _slope(self, pen: Pen, at: Moment, plot: Plot, row: int) -> None:
        """The tangent at the start, before the first step, and its slope where that is named."""
        if row > 0 or self.story.span(Part.SLOPE, 1) is None or self.story.slope is None:
            return
        grown, gone = at.part(Part.SLOPE, 1), 1 - at.hop
        if grown <= 0 or gone <= 0:
            return
        line = tangent_at(plot, float(self.w[0]), float(self.contender.loss[0]), self.story.slope)
        middle = line.mean(axis=0)
        for part in self.box.clip(middle + (line - middle) * grown):
            draw_cased(pen, part, Role.SLOPE, LINE * 1.5, gone)
        name = self.slope_name
        if name is not None:
            shown = max(0.0, 2 * grown - 1) * gone
            pen.text(name.text, name.middle, name.size, role=Role.SLOPE, opacity=shown, halo=HALO)

    def _ghost(self, pen: Pen, at: Moment, plot: Plot, row: int) -> None:
        """The first step along the axis, before it is taken."""
        grown = at.part(Part.GHOST, 1) if self.story.span(Part.GHOST, 1) is not None else 0.0
        if grown <= 0 or row > 0 or len(self.w) < 2:
            return
        box, gone = self.box, 1 - at.hop
        start = self.place(plot, 0)
        end = float(np.clip(self.place(plot, 1)[0], box.left - 1.0, box.right + 1.0))
        y = box.bottom + ARROW
        draw_cased(pen, np.array([start, (start[0], box.bottom)]), Role.POINT, THIN * 1.3, gone, _DASH)
        radius = 0.7 * POINT
        seen = box.left <= end <= box.right
        if seen:
            draw_awaited(pen, (end, y), Rich(), max(0.0, 2 * grown - 1) * gone, radius, named=False)
        tip = float(np.clip(end, box.left, box.right))
        draw_arrow(
            pen, (start[0], y), (start[0] + (tip - start[0]) * min(1.0, 2 * grown), y), Role.STEP, BOLD, gone
        )

    def flying(self, plot: Plot, row: int, after: int, hop: float) -> Point:
        """Where the point is on its jump: above the straight way, within the panel."""
        (x, y), (u, v) = self.place(plot, row), self.place(plot, after)
        ceiling = self.box.top - POINT
        far = float(np.hypot(u - x, v - y))
        lift = min(0.5, 0.22 * far, max(0.0, ceiling - POINT - max(y, v)))
        return x + hop * (u - x), y + hop * (v - y) + 4 * hop * (1 - hop) * lift

    def _point(self, pen: Pen, at: Moment, plot: Plot, row: int, after: int, hop: float) -> None:
        place = self.flying(plot, row, after, hop) if hop > 0 else self.place(plot, row)
        if not self.holds(place):  # it is out there
            edge = self.box.grown(-_OUT * POINT)
            x, y = np.clip(place, (edge.left, edge.bottom), (edge.right, edge.top)).tolist()
            draw_point(pen, (x, y), 0.8, _OUT * POINT)
            return
        draw_point(pen, place)
        self._pulse(pen, place, at.raw("panels"), Role.POINT)
        role = self.contender.verdict.role
        self._pulse(pen, place, at.raw("verdicts"), Role.SECONDARY if role is Role.INK else role)
        landed = at.landed
        if 0 < landed <= _PULSING and self.story.span(Part.RESULT, landed) is not None and row > 0:
            draw_ring(pen, place, at.part(Part.RESULT, landed), Role.POINT, self._room(place))

    def _pulse(self, pen: Pen, place: Point, part: float, role: Role) -> None:
        """Light that runs out from the point of one panel after the other."""
        if part < 1:
            draw_ring(
                pen,
                place,
                (part * (len(self.story.contenders) + 0.6) - self.index) / 1.6,
                role,
                self._room(place),
            )

    def _room(self, place: Point) -> float:
        """How far a ring may run out without meeting what is written above and below the panel."""
        return min(place[1] - self.box.bottom, self.box.top - place[1]) + 0.08
