"""Data as dots, the model among them, and how far each dot is missed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import BOLD, LINE, THIN, Pen, Point, measure
from scenes.layout import Box, Plot
from scenes.layout.box import box_at
from scenes.storyboard.views.fit import Fit, Predicted
from scenes.text import Rich, Speech, maths, number
from scenes.theme import LABEL, TICK, TITLE, Role

from .axes import AxisStyle, draw_axes, fit_plot
from .axis_numbers import Surroundings, place_numbers
from .track import at_row

_DOT = 0.085
_DASH = (0.12, 0.08)
_ASKING = TITLE * 1.4
_NAME = 0.4  # height that the name below the horizontal axis takes
_SPACING = 0.82, 0.52  # between ticks of the panel in its place among others
_MANY = 60  # dots from which on they are drawn smaller and their squares not at all


@dataclass(frozen=True)
class Answer:
    """A prediction on the panel: its corner point, and where its number stands."""

    point: Point
    number: Rich
    label: Box | None  # None where there is no room for the number
    role: Role


class DataPanel:
    """The data over its two boxes: `large` while it is alone, `small` among other panels.

    Both show the same ticks, so that nothing jumps while the panel moves from one to the other.
    """

    def __init__(
        self, fit: Fit, speech: Speech, labels: tuple[Rich, Rich], large: tuple[Box, ...], small: Box
    ) -> None:
        self.fit = fit
        self.x_name, self.y_name = labels
        self.asking = speech.say("picture.question")
        style = AxisStyle(None, self.y_name, x_spacing=_SPACING[0], y_spacing=_SPACING[1])
        self.small = fit_plot(small.trimmed(bottom=_NAME), fit.x_range, fit.y_range, style)
        self.counts = (
            max(2, int(self.small.box.width / _SPACING[0])),
            max(2, int(self.small.box.height / _SPACING[1])),
        )
        self.large = tuple(self._fitted(zone) for zone in large)
        answered = [asked for asked in fit.asked if asked.is_answered and not fit.against]
        self.answers = tuple(map(self._answers, answered))
        self.questions = self._questions()

    def _style(self, box: Box) -> AxisStyle:
        """The axes of a plot in this box, with as many ticks as in the small one."""
        return AxisStyle(
            None,
            self.y_name,
            x_spacing=box.width / (self.counts[0] + 0.5),
            y_spacing=box.height / (self.counts[1] + 0.5),
        )

    def _fitted(self, zone: Box) -> Plot:
        zone = zone.trimmed(bottom=_NAME)
        style = self._style(zone.trimmed(left=0.8, bottom=0.45, top=0.5, right=0.2))
        return fit_plot(zone, self.fit.x_range, self.fit.y_range, style)

    def plot(self, opened: float, settled: float) -> Plot:
        """The plot on its way: `opened` from the first large box to the second, `settled` on to the small one."""
        box = _between(self.large[0].box, self.large[-1].box, opened)
        return Plot.over(_between(box, self.small.box, settled), self.fit.x_range, self.fit.y_range)

    # Labels, placed once

    def _questions(self) -> tuple[tuple[float, Box], ...]:
        """The values asked for, each with the place of its question mark on the large plot."""
        if self.fit.against:
            return ()
        plot = self.large[0]
        taken = [box_at((a, b), (0.3, 0.3)) for a, b in self.dots(plot).tolist()]
        found: list[tuple[float, Box]] = []
        for asked in self.fit.asked:
            box = self._question(plot, float(plot.x(asked.row[0])), taken)
            found.append((asked.row[0], box))
            taken.append(box)
        return tuple(found)

    def _question(self, plot: Plot, x: float, taken: list[Box]) -> Box:
        size = measure(self.asking, _ASKING, bold=True)
        low, high = plot.box.bottom + size[1], plot.box.top - size[1]
        heights = sorted(np.linspace(low, high, 25), key=lambda y: abs(y - (low + 0.6 * (high - low))))
        for y in heights:
            box = box_at((x, float(y)), size)
            if not any(box.grown(0.06).meets(other) for other in taken):
                return box
        return box_at((x, float(heights[0])), size)

    def _answers(self, asked: Predicted) -> tuple[Answer, ...]:
        """Our prediction and that of least squares, on the small plot, their numbers clear of everything."""
        fit, plot = self.fit, self.small
        lines = [*self._model(plot, fit.line[-1]), *self._model(plot, fit.best_line)]
        lines += self._bars(plot, len(fit.line) - 1, 1.0)
        obstacles = [box_at((a, b), (0.26, 0.26)) for a, b in self.dots(plot).tolist()]
        corners: list[tuple[Point, float, Role]] = []
        values = ((float(asked.ours[-1]), Role.POINT), (asked.best, Role.GOOD))
        for value, role in values:
            x, y = plot.point(asked.row[0], value)
            if plot.box.bottom <= y <= plot.box.top:
                corners.append(((x, y), value, role))
                lines += self.guides(plot, (x, y))
                obstacles.append(box_at((x, y), (0.3, 0.3)))
        corners.sort(key=lambda corner: -corner[1])
        numbers = [maths(number(value)) for _, value, _ in corners]
        sizes = [measure(shown, TICK) for shown in numbers]
        name = plot.box.left + measure(self.y_name, LABEL)[0] + 0.1
        obstacles.append(Box(plot.box.left - 0.2, plot.box.top + 0.05, name, plot.box.top + 1.0))
        around = Surroundings(plot.box, tuple(obstacles), tuple(lines))
        labels = place_numbers([corner[1] for corner, _, _ in corners], sizes, around)
        return tuple(
            Answer(corner, shown, label, role)
            for (corner, _, role), shown, label in zip(corners, numbers, labels, strict=True)
        )

    # Shapes on a plot

    def dots(self, plot: Plot) -> FloatArray:
        """Places (N, 2) of the data."""
        return plot.at(self.fit.x, self.fit.y)

    def _model(self, plot: Plot, values: FloatArray) -> list[FloatArray]:
        return plot.curve(self.fit.line_x, _bounded(values, self.fit.y_range))

    def fitted(self, position: float) -> FloatArray:
        """The model's values (N,) at the dots, at a row or between two rows."""
        return at_row(self.fit.fitted, position)

    @staticmethod
    def guides(plot: Plot, corner: Point) -> list[FloatArray]:
        """Dashed lines from the horizontal axis up to a corner and across to the vertical axis."""
        x, y = corner
        return [np.array([(x, plot.box.bottom), (x, y)]), np.array([(x, y), (plot.box.left, y)])]

    # What is drawn

    def draw_axes(self, pen: Pen, plot: Plot, grown: float) -> None:
        style = self._style(plot.box)
        draw_axes(pen, plot, style, grown)
        shown = min(1.0, max(0.0, 2 * grown - 1))
        under = plot.box.bottom - 0.18 - TICK - 0.12
        name = style.across(plot).numbers.name(self.x_name) or self.x_name
        pen.text(name, (plot.box.right, under), LABEL, anchor=(1, 1), opacity=shown)

    def draw_dots(self, pen: Pen, plot: Plot, arrived: float) -> None:
        """The dots, one after the other from left to right; those of several columns are drawn by `draw_model`."""
        if self.fit.against:
            return
        places = self.dots(plot)
        order = np.argsort(places[:, 0], kind="stable")
        for turn, i in enumerate(order):
            part = arrived * (1 + 0.4 * len(order)) - 0.4 * turn if arrived < 1 else 1.0
            part = min(1.0, max(0.0, part))
            x, y = places[i]
            pen.disc((float(x), float(y)), self._radius(plot) * (0.4 + 0.6 * part), Role.INK, part)

    def draw_question(self, pen: Pen, plot: Plot, shown: float, asked: float) -> None:
        """A dashed line at each value asked for, with a question mark on it for as long as it is `asked`."""
        for value, box in self.questions if shown > 0 and asked > 0 else ():
            x, y, height = float(plot.x(value)), box.centre[1], box.height
            below = y - height / 2 - 0.14
            foot = plot.box.bottom + (below - plot.box.bottom) * shown
            pen.stroke(np.array([(x, plot.box.bottom), (x, foot)]), Role.INK, THIN, 0.8 * asked, _DASH)
            pen.text(self.asking, (x, y), _ASKING, bold=True, role=Role.POINT, opacity=asked * shown)

    def draw_diagonal(self, pen: Pen, plot: Plot, grown: float) -> None:
        """Where prediction and truth agree."""
        if self.fit.against and grown > 0:
            low, high = self.fit.x_range
            ends = np.array([low, low + grown * (high - low)])
            pen.stroke(plot.at(ends, ends), Role.GOOD, LINE, 0.9, _DASH)

    def draw_residuals(self, pen: Pen, plot: Plot, position: float, grown: float, opacity: float) -> None:
        """A bar from every dot to the model."""
        if grown <= 0:
            return
        width = 0.045 if len(self.fit.y) <= _MANY else THIN
        for bar in self._bars(plot, position, grown):
            pen.stroke(bar, Role.OBJECTIVE, width, opacity)

    def _bars(self, plot: Plot, position: float, grown: float) -> list[FloatArray]:
        """What is seen of the residuals: from every dot towards the model, or towards the diagonal."""
        fit = self.fit
        model = _bounded(self.fitted(position), fit.y_range)
        start, end = (model, fit.x) if fit.against else (fit.y, model)
        ends = zip(plot.at(fit.x, start), plot.at(fit.x, start + (end - start) * grown), strict=True)
        return [part for a, b in ends for part in plot.box.clip(np.array([a, b]))]

    def draw_squares(self, pen: Pen, plot: Plot, position: float, shown: float) -> None:
        """The squares of the residuals, each towards the side with more room."""
        fit = self.fit
        if shown <= 0 or len(fit.y) > _MANY:
            return
        truth = fit.x if fit.against else fit.y
        model = self.fitted(position)
        for x, one, other in zip(plot.x(fit.x), plot.y(truth), plot.y(model), strict=True):
            side = abs(float(other - one)) * shown
            towards = -1.0 if x - plot.box.left > plot.box.right - x else 1.0
            far = float(x) + towards * side
            far = min(max(far, plot.box.left), plot.box.right)
            low, high = sorted((float(one), float(other)))
            low, high = max(low, plot.box.bottom), min(high, plot.box.top)
            corners = np.array([(x, low), (far, low), (far, high), (x, high)])
            crowd = min(1.0, 10 / len(fit.y))
            pen.area(corners, Role.OBJECTIVE, 0.13 * crowd * min(1.0, 2 * shown))
            pen.stroke(np.vstack([corners, corners[:1]]), Role.OBJECTIVE, THIN, (0.2 + 0.35 * crowd) * shown)

    def draw_model(self, pen: Pen, plot: Plot, position: float, grown: float) -> None:
        """The line, or for several columns the dots themselves."""
        if grown <= 0:
            return
        if self.fit.against:
            values = self.fitted(position)
            for x, y in plot.at(self.fit.x, values).tolist():
                if plot.box.bottom <= y <= plot.box.top:
                    pen.disc((x, y), self._radius(plot), Role.POINT, grown)
            return
        begun = plot.box.begun(grown)
        for part in self._model(plot, at_row(self.fit.line, position)):
            if part[0, 0] < begun.right:
                for piece in begun.clip(part):
                    pen.stroke(piece, Role.POINT, BOLD)

    def draw_best(self, pen: Pen, plot: Plot, grown: float) -> None:
        """Least squares: a dashed line, or a ring for every dot."""
        if grown <= 0:
            return
        if self.fit.against:
            for x, y in plot.at(self.fit.x, self.fit.best).tolist():
                pen.disc((x, y), self._radius(plot) * 1.5, Role.GOOD, grown, ring=THIN)
            return
        begun = plot.box.begun(grown)
        for part in self._model(plot, self.fit.best_line):
            for piece in begun.clip(part) if grown > 0.01 else []:
                pen.stroke(piece, Role.GOOD, LINE * 1.2, 1.0, _DASH)

    def draw_answers(self, pen: Pen, count: int, shown: float, latest: float) -> None:
        """Both predictions of an answer; dashed lines to the axes and numbers for as long as it is the `latest`."""
        for answer in self.answers[count]:
            up, across = self.guides(self.small, answer.point)
            for line, part in ((up, min(1.0, 2 * shown)), (across, max(0.0, 2 * shown - 1))):
                if part > 0 and latest > 0:
                    end = line[0] + (line[1] - line[0]) * part
                    pen.stroke(np.array([line[0], end]), answer.role, THIN, 0.9 * latest, (0.07, 0.06))
            named = max(0.0, 2 * shown - 1) * latest
            ring = 0.0 if answer.role is Role.POINT else LINE
            pen.disc(answer.point, 0.1, answer.role, min(1.0, 2 * shown), ring=ring)
            if answer.label and named > 0:
                pen.text(answer.number, answer.label.centre, TICK, role=answer.role, opacity=named)

    def _radius(self, plot: Plot) -> float:
        """Of a dot: smaller on a small plot and for many dots."""
        return _DOT * min(1.0, max(0.7, plot.box.height / 2.4)) * (1.0 if len(self.fit.y) <= _MANY else 0.6)


def _between(one: Box, other: Box, part: float) -> Box:
    a = np.array([one.left, one.bottom, one.right, one.top])
    b = np.array([other.left, other.bottom, other.right, other.top])
    return Box(*(a + (b - a) * part).tolist())


def _bounded(values: FloatArray, view: tuple[float, float]) -> FloatArray:
    """Values no farther away than a drawing library can hold."""
    span = view[1] - view[0]
    return np.clip(np.nan_to_num(values, nan=view[0] - span), view[0] - 1e4 * span, view[1] + 1e4 * span)
