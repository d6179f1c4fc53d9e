"""The scene `tangent`: a curve, its tangent, the rule, and a point that walks down."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from scenes.draw.pen import LINE, THIN, Pen, measure
from scenes.kinds.tangent.story import TangentStory
from scenes.layout import Box, Frame, Plot
from scenes.storyboard.story import Moment, smooth
from scenes.text import maths, number, value_of, whole
from scenes.theme import LABEL, READOUT, TICK, Role
from scenes.widgets.arithmetic import draw_arithmetic
from scenes.widgets.formulae import Formulae
from scenes.widgets.marks import draw_minimum
from scenes.widgets.picture import Picture
from scenes.widgets.plane.axes import AxisStyle, draw_axes, draw_curve, fit_plot, numbers_left
from scenes.widgets.readout import ROW, Reading, draw_formula, draw_readout, formula_place

from .labels import TangentLabels
from .shapes import TangentShapes

_LANE = 0.85  # height of the lane of step bars below the axis
_POINT = 0.11
_MOST_BARS = 24
_DASH = (0.08, 0.07)


class TangentPicture(Picture[TangentStory]):
    """Curve above, step bars (or the derivative) below, readout beside."""

    readout_height = 3.0

    def __init__(self, story: TangentStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.zones.stage
        lower = stage.height * 0.36 if story.derivative else _LANE
        upper = stage.trimmed(bottom=lower)
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.style, self.plot = self._fitted(upper)
        self.slopes = self._slope_plot(stage, upper) if story.derivative else None
        if self.slopes:  # its numbers may be longer than those of J
            outside = stage.left - numbers_left(*self.slopes)
            if outside > 0:
                self.style, self.plot = self._fitted(upper.trimmed(left=outside))
                self.slopes = self._slope_plot(stage, upper)
        self.lane = Box(self.plot.box.left, stage.bottom, self.plot.box.right, upper.bottom - 0.12)
        self.shapes = TangentShapes(story, self.plot)
        self.curve = self.shapes.curve
        self.labels = TangentLabels(self.shapes, stage.right)
        self.steps_taken = story.speech.say("picture.steps-taken")

    def _fitted(self, zone: Box) -> tuple[AxisStyle, Plot]:
        """The plot in its zone; J is spelled out above it where there is room, and no number to be added."""
        story = self.story
        short = AxisStyle(self.formulae.parameter, self.formulae.loss, y_role=Role.OBJECTIVE)
        spelled = story.speech.formula("J({p}) = {objective}", p=story.parameter, objective=story.objective)
        long = replace(short, y_name=maths(spelled))
        fits = measure(maths(spelled), LABEL)[0] <= self.zones.stage.width - 1.0
        for style in (long, short) if fits else (short,):
            plot = fit_plot(zone, story.curve.x_range, story.curve.y_range, style)
            if not style.upright(plot).numbers.offset:
                break
        return style, plot

    def _slope_plot(self, stage: Box, upper: Box) -> tuple[Plot, AxisStyle]:
        reach = float(np.nanmax(np.abs(self.story.slope))) * 1.25 or 1.0
        style = AxisStyle(None, self.formulae.slope, y_role=Role.SLOPE, x_numbers=False, y_spacing=0.5)
        box = Box(self.plot.box.left, stage.bottom + 0.05, self.plot.box.right, upper.bottom - 0.62)
        return Plot.over(box, self.story.curve.x_range, (-reach, reach)), style

    # What the moment shows

    def ground_key(self, at: Moment) -> Hashable:
        return at.raw("curve"), self._slopes_shown(at)

    def ground(self, pen: Pen, at: Moment) -> None:
        draw_axes(pen, self.plot, self.style, at.done("curve", 0.0, 0.5))
        draw_curve(pen, self.plot.box, self.curve, at.done("curve", 0.35, 0.9))
        if self.slopes:
            self._slope_axes(pen, *self.slopes, self._slopes_shown(at))

    def draw(self, pen: Pen, at: Moment) -> None:
        self._minima(pen, at, at.done("curve", 0.85, 1.0))
        position = at.position
        w, loss, slope = self.shapes.state(position)
        if self.slopes:
            self._slopes(pen, at, w, slope)
        elif at.since("step-1"):
            self._bars(pen, position)
        if not at.since("start"):
            return
        born = at.done("start")
        point = self.plot.point(w, loss)
        inside = self.plot.box.grown(1e-6).crossed_by(np.array([point]))
        if inside:
            pen.stroke(self.shapes.drop(point), Role.POINT, THIN, 0.65 * born, _DASH)
        if at.since("slope"):
            for part in self.shapes.tangent(w, loss, slope, at.done("slope", 0.0, 0.4)):
                pen.stroke(part, Role.SLOPE, LINE * 1.2)
            self._triangle(pen, at)
        self._step_arrow(pen, at)
        if inside:
            pen.disc(point, _POINT * (0.4 + 0.6 * born), Role.POINT, born)
        self._readout(pen, at)

    def _minima(self, pen: Pen, at: Moment, shown: float) -> None:
        # While the tangent sweeps by, the name makes room.
        named = shown * max(1 - at.done("more-steps", 0.0, 0.15), at.done("end"))
        for place, label in self.labels.minima:
            draw_minimum(pen, place, shown)
            pen.text(self.labels.minimum, label.centre, TICK, role=Role.GOOD, opacity=named)

    def _triangle(self, pen: Pen, at: Moment) -> None:
        """Run and rise at the row where the descent rests; gone while the point moves."""
        row = at.past_row if at.position < at.past_row + 0.5 else at.past_row + 1
        corners = self.shapes.triangle(row)
        if corners is None or at.since("more-steps") or at.since("end") or at.since("sweep"):
            return
        if at.beat.id == "slope":
            shown = at.done("slope", 0.4, 1.0)
        elif at.stepping and row == at.past_row:
            shown = 1 - at.done(at.beat.id, 0.45, 0.6)
        elif at.stepping:
            shown = at.done(at.beat.id, 0.96, 1.0)
        else:
            shown = 1.0
        labels = self.labels.rows[row]
        pen.stroke(np.array(corners), Role.SLOPE, THIN * 1.2, shown, (0.05, 0.05))
        triangle = self.story.triangles[row]
        for side, box in ((triangle.right, labels.run), (triangle.product, labels.rise)):
            if box is not None:
                pen.text(maths(side), box.centre, TICK, role=Role.SLOPE, opacity=shown)

    def _step_arrow(self, pen: Pen, at: Moment) -> None:
        """The step on the axis: an arrow from the old value to the new one, with their names."""
        row = at.past_row
        if not at.stepping or row >= len(self.labels.steps):
            return
        start, end = self.shapes.step(row)
        tip = (start[0] + (end[0] - start[0]) * at.arrow, end[1])
        pen.arrow(start, tip, Role.STEP, LINE * 1.3)
        shown = smooth(at.arrow * 1.5)
        for k, role, box in zip((row, row + 1), (Role.POINT, Role.STEP), self.labels.steps[row], strict=True):
            pen.text(self.labels.value(k), box.centre, TICK, role=role, opacity=shown)

    def _bars(self, pen: Pen, position: float) -> None:
        """Every step taken so far as a bar below the axis, one below the other."""
        story = self.story
        top = self.lane.top - 0.3
        rows = min(len(story.w) - 1, _MOST_BARS)
        pitch = min(0.12, (top - self.lane.bottom) / max(1, rows - 1))
        whole = int(position)
        for k in range(min(whole + 1, rows)):
            part = 1.0 if k < whole else position - whole
            if part <= 0:
                continue
            a = float(self.plot.x(story.w[k]))
            b = float(self.plot.x(story.w[k] + part * (story.w[k + 1] - story.w[k])))
            y = top - k * pitch
            for piece in self.frame.safe.clip(np.array([(a, y), (b, y)])):
                pen.stroke(piece, Role.STEP, max(0.028, 0.7 * pitch))
        used = self.plot.x(story.w[: rows + 1])
        width = measure(self.steps_taken, TICK)[0]
        place, side = (self.plot.box.left, top), -1
        if float(used.min()) - self.plot.box.left < width + 0.15:
            place, side = (self.plot.box.right, top), 1
            if self.plot.box.right - float(used.max()) < width + 0.15:
                place, side = (self.plot.box.left, self.lane.top - 0.02), -1
        pen.text(self.steps_taken, place, TICK, anchor=(side, 0), role=Role.STEP)

    @staticmethod
    def _slopes_shown(at: Moment) -> float:
        return at.done("slope", 0.3, 0.9)

    def _slope_axes(self, pen: Pen, plot: Plot, style: AxisStyle, shown: float) -> None:
        if shown <= 0:
            return
        draw_axes(pen, plot, style, shown)
        zero = float(plot.y(0.0))
        pen.stroke(
            np.array([(plot.box.left, zero), (plot.box.right, zero)]), Role.AXIS, THIN, 0.6 * shown, _DASH
        )
        for part in plot.curve(self.story.curve.x, self.story.curve.slope):
            pen.stroke(part, Role.SLOPE, LINE, shown)

    def _slopes(self, pen: Pen, at: Moment, w: float, slope: float) -> None:
        """The derivative below the curve: its height at w is the slope of the tangent above."""
        assert self.slopes is not None
        plot, shown = self.slopes[0], self._slopes_shown(at)
        if shown <= 0:
            return
        zero = float(plot.y(0.0))
        x, y = plot.point(w, slope)
        if plot.box.bottom <= y <= plot.box.top:
            pen.stroke(np.array([(x, zero), (x, y)]), Role.SLOPE, LINE * 1.4, shown)
            pen.disc((x, y), _POINT * 0.8, Role.POINT, shown)
        if slope and at.since("rule"):
            reach = -np.sign(slope) * min(0.9, 0.25 + 0.35 * abs(y - zero))
            pen.arrow((x, zero), (x + float(reach), zero), Role.STEP, LINE * 1.3, at.done("rule"))

    def _readout(self, pen: Pen, at: Moment) -> None:
        """The numbers of the row that has been reached: between two rows there are none."""
        story, names, zone = self.story, self.formulae, self.zones.readout
        assert zone is not None
        row = at.row
        w, loss, slope = float(story.w[row]), float(story.loss[row]), float(story.slope[row])
        first, second, third = at.done("start"), at.done("slope", 0.5, 1.0), at.done("rule")
        rate, steep = number(story.rate), story.slope_format(slope)
        # What is subtracted is the product of the two numbers above it as they are shown.
        step = story.step_format(value_of(rate) * value_of(steep))
        rows = [
            Reading(names.counter, whole(story.steps[row]), opacity=first),
            Reading(names.parameter, story.w_format(w), Role.POINT, first),
            Reading(names.loss, story.loss_format(loss), Role.OBJECTIVE, first),
            Reading(names.slope, steep, Role.SLOPE, second),
            Reading(names.rate, rate, opacity=third),
            Reading(names.step, step, Role.STEP, third),
        ]
        place, y = formula_place(pen, self.zones, draw_readout(pen, zone, rows), third)
        y = draw_formula(pen, place, y, story.speech.say("picture.rule", p=story.parameter), opacity=third)
        if at.stepping and at.past_row < len(story.spelled):
            tops = [zone.top - READOUT - i * ROW for i in range(len(rows))]
            draw_arithmetic(
                pen,
                place,
                y - 0.1,
                zone.right,
                story.spelled[at.past_row],
                sources=(tops[1], tops[4], tops[3]),
                flown=at.done(at.beat.id, 0.0, 0.3),
                solved=at.done(at.beat.id, 0.3, 0.4),
            )


picture = TangentPicture
