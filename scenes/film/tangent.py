"""The scene `tangent`: a curve, its tangent, the rule, and a point that walks down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.film.arithmetic import draw_arithmetic
from scenes.film.axes import AxisStyle, draw_axes, fit_plot
from scenes.film.pen import BOLD, LINE, THIN, FloatArray, Pen, measure
from scenes.film.picture import Picture
from scenes.film.readout import ROW, Row, draw_formula, draw_readout, formula_place
from scenes.film.scene import StoryScene
from scenes.layout import Box, Frame, Plot, place_label
from scenes.layout.box import box_at
from scenes.richtext import Rich, maths, say, words
from scenes.storyboard.numbers import decimals_for, fixed, math_number
from scenes.storyboard.story import Moment, smooth
from scenes.storyboard.tangent import EXPLAINED, TangentStory
from scenes.theme import LABEL, READOUT, TICK, Role

_LANE = 0.85  # height of the lane of step bars below the axis
_POINT = 0.11
_DASH = (0.08, 0.07)
_ARROW_HEIGHT = 0.17  # of the step's arrow above the axis
_TANGENT = 1.9  # half its longest length


@dataclass(frozen=True)
class _RowLabels:
    """Boxes of the triangle's two numbers, and what other labels of the row must avoid."""

    run: Box | None
    rise: Box | None
    lines: list[FloatArray]
    boxes: list[Box]


class TangentPicture(Picture[TangentStory]):
    """Curve above, step bars (or the derivative) below, readout beside."""

    readout_height = 3.0

    def __init__(self, story: TangentStory, frame: Frame) -> None:
        super().__init__(story, frame)
        p = story.parameter
        stage = self.zones.stage
        lower = stage.height * 0.36 if story.derivative else _LANE
        name = maths(f"J({p}) = {story.objective}")
        if measure(name, LABEL)[0] > stage.width - 1.0:
            name = maths(f"J({p})")
        self.style = AxisStyle(maths(p), name, y_role=Role.OBJECTIVE)
        upper = stage.trimmed(bottom=lower)
        self.plot = fit_plot(upper, story.curve.x_range, story.curve.y_range, self.style)
        self.lane = Box(self.plot.box.left, stage.bottom, self.plot.box.right, upper.bottom - 0.12)
        self.curve = self.plot.curve(story.curve.x, story.curve.y)
        self.slopes = self._slope_plot(stage, upper) if story.derivative else None
        self.minimum_labels = self._minimum_labels()
        self.row_labels = [self._labels(row) for row in range(min(len(story.w), EXPLAINED + 1))]
        self.step_labels: dict[int, tuple[Box, Box]] = {}
        self.w_decimals = decimals_for(float(np.abs(story.w).max()), 4)
        self.loss_decimals = decimals_for(float(np.abs(story.loss).max()), 5)
        self.slope_decimals = decimals_for(float(np.abs(story.slope).max()), 4)

    def _slope_plot(self, stage: Box, upper: Box) -> tuple[Plot, AxisStyle]:
        reach = float(np.nanmax(np.abs(self.story.slope))) * 1.25 or 1.0
        style = AxisStyle(
            None, maths(f"J'({self.story.parameter})"), y_role=Role.SLOPE, x_numbers=False, y_spacing=0.5
        )
        box = Box(self.plot.box.left, stage.bottom + 0.05, self.plot.box.right, upper.bottom - 0.62)
        return Plot.over(box, self.story.curve.x_range, (-reach, reach)), style

    def _minimum_labels(self) -> list[tuple[tuple[float, float], Box]]:
        """Place of each minimum and its label's box; the label keeps clear of curve, steps and drop line."""
        width, height = measure(words("minimum"), TICK)
        floor = self.plot.box.bottom
        axis = np.array([(self.plot.box.left, floor), (self.plot.box.right, floor)])
        placed = []
        for x, y in self.story.curve.minima:
            at = self._point(x, y)
            drop = np.array([at, (at[0], floor)])
            told = range(min(len(self.story.w), EXPLAINED + 1))
            tangents = [
                part
                for k in told
                for part in self._tangent_parts(
                    float(self.story.w[k]), float(self.story.loss[k]), float(self.story.slope[k]), 1.0
                )
            ]
            centre = place_label(
                at,
                (width, height),
                within=self.plot.box,
                lines=[*self.curve, axis, axis + (0.0, _ARROW_HEIGHT), drop, *tangents],
                gap=0.2,
                prefer=((-1, -1), (1, -1), (0, 1)),
            )
            placed.append((at, box_at(centre, (width, height))))
        return placed

    def _labels(self, row: int) -> _RowLabels:
        """Where the words of a row stand, clear of everything that is drawn while they are seen."""
        story, floor = self.story, self.plot.box.bottom
        w, loss = float(story.w[row]), float(story.loss[row])
        top = self._point(w, loss)
        lines = [*self.curve, *self._tangent_parts(w, loss, float(story.slope[row]), 1.0)]
        lines.append(np.array([top, (top[0], floor)]))
        boxes = [box_at(top, (0.3, 0.3)), *(label for _, label in self.minimum_labels)]
        boxes += [box_at(place, (0.3, 0.3)) for place, _ in self.minimum_labels]
        corners = self._triangle_corners(row)
        rise = run = None
        if corners is not None:
            far, corner, _ = corners
            lines.append(np.array(corners))
            away = -1.0 if story.slope[row] < 0 else 1.0
            run = self._beside(
                math_number(float(story.runs[row])),
                ((far[0] + corner[0]) / 2, corner[1]),
                (0.0, -1.0),
                boxes,
                lines,
            )
            rise = self._beside(
                math_number(float(story.slope[row] * story.runs[row])),
                (corner[0], (corner[1] + top[1]) / 2),
                (away, 0.0),
                [*boxes, run],
                lines,
            )
        return _RowLabels(run, rise, lines, [*boxes, *(box for box in (run, rise) if box)])

    def _step_labels(self, row: int) -> tuple[Box, Box]:
        """The names of old and new value beside the arrow of a step."""
        before, after = self.row_labels[row], self.row_labels[row + 1]
        start, end = (float(self.plot.x(self.story.w[k])) for k in (row, row + 1))
        height = self.plot.box.bottom + _ARROW_HEIGHT
        lines = [*before.lines, *after.lines]
        arrow = Box(min(start, end), height - 0.12, max(start, end), height + 0.12)
        boxes = [*before.boxes, *after.boxes, arrow]
        side = 1.0 if end < start else -1.0
        names = [f"{self.story.parameter}_({self.story.steps[k]})" for k in (row, row + 1)]
        old = self._beside(names[0], (start, height), (side, 0.7), boxes, lines)
        new = self._beside(names[1], (end, height), (-side, 0.7), [*boxes, old], lines)
        return old, new

    def _beside(
        self,
        text: str,
        anchor: tuple[float, float],
        towards: tuple[float, float],
        boxes: list[Box],
        lines: list[FloatArray],
    ) -> Box:
        size = measure(maths(text), TICK)
        box, stage = self.plot.box, self.zones.stage
        inside = Box(box.left, box.bottom + 0.06, stage.right, box.top)
        centre = place_label(
            anchor, size, within=inside, boxes=boxes, lines=lines, gap=0.1, prefer=(towards,)
        )
        return box_at(centre, size)

    # What the moment shows

    def draw(self, pen: Pen, at: Moment) -> None:
        story = self.story
        draw_axes(pen, self.plot, self.style, at.done("curve", 0.0, 0.5))
        self._curve(pen, at.done("curve", 0.35, 0.9))
        self._minima(pen, at, at.done("curve", 0.85, 1.0))
        position = at.position
        w, loss, slope = self._state(position)
        if self.slopes:
            self._slopes(pen, at, w, slope)
        elif at.since("step-1"):
            self._bars(pen, position)
        if not at.since("start"):
            return
        born = at.done("start")
        point = self._point(w, loss)
        self._drop_line(pen, point, born)
        if at.since("slope"):
            for part in self._tangent_parts(w, loss, slope, at.done("slope", 0.0, 0.4)):
                pen.stroke(part, Role.SLOPE, LINE * 1.2)
            self._triangle(pen, at)
        self._step_arrow(pen, at)
        if story.curve.y_range[0] <= loss <= story.curve.y_range[1]:
            pen.disc(point, _POINT * (0.4 + 0.6 * born), Role.POINT, born)
        self._readout(pen, at, w, loss, slope)

    def _state(self, position: float) -> tuple[float, float, float]:
        """Parameter, loss and slope at a row, or on the curve between two rows."""
        story, row = self.story, int(position)
        if position == row:
            return float(story.w[row]), float(story.loss[row]), float(story.slope[row])
        part = position - row
        w = float(story.w[row] + part * (story.w[row + 1] - story.w[row]))
        curve = story.curve
        return w, float(np.interp(w, curve.x, curve.y)), float(np.interp(w, curve.x, curve.slope))

    def _point(self, w: float, loss: float) -> tuple[float, float]:
        x, y = self.plot.at(w, loss)
        return float(x), float(y)

    def _curve(self, pen: Pen, grown: float) -> None:
        reach = self.plot.box.left + grown * self.plot.box.width
        for part in self.curve:
            pen.stroke(part[part[:, 0] <= reach], Role.OBJECTIVE, BOLD)

    def _minima(self, pen: Pen, at: Moment, shown: float) -> None:
        named = shown * (1 - at.done("more-steps", 0.0, 0.15)) + at.done("end")  # the tangent sweeps by
        for place, label in self.minimum_labels:
            pen.disc(place, 0.1, Role.GOOD, shown, ring=LINE)
            pen.text(words("minimum"), label.centre, TICK, role=Role.GOOD, opacity=named)

    def _drop_line(self, pen: Pen, point: tuple[float, float], shown: float) -> None:
        foot = (point[0], self.plot.box.bottom)
        pen.stroke(np.array([point, foot]), Role.POINT, THIN, 0.65 * shown, _DASH)

    def _tangent_parts(self, w: float, loss: float, slope: float, grown: float) -> list[FloatArray]:
        """What is visible of the tangent, grown from its point outwards."""
        reach = 0.24 * (self.story.curve.x_range[1] - self.story.curve.x_range[0])
        ends = self.plot.at(
            np.array([w - reach, w + reach]), np.array([loss - slope * reach, loss + slope * reach])
        )
        middle = ends.mean(axis=0)
        half = ends[1] - middle
        half = half * min(1.0, _TANGENT / float(np.hypot(*half)))
        return self.plot.box.clip(np.array([middle - half * grown, middle + half * grown]))

    def _triangle_corners(self, row: int) -> tuple[tuple[float, float], ...] | None:
        """Far end, right angle and point of the slope triangle of a row."""
        story = self.story
        if row >= len(story.runs) or story.slope[row] == 0 or story.runs[row] == 0:
            return None
        w, loss, run = float(story.w[row]), float(story.loss[row]), float(story.runs[row])
        low = loss - abs(float(story.slope[row])) * run
        side = -1.0 if story.slope[row] > 0 else 1.0
        return self._point(w + side * run, low), self._point(w, low), self._point(w, loss)

    def _triangle(self, pen: Pen, at: Moment) -> None:
        """Run and rise at the row where the descent rests; gone while the point moves."""
        row = at.past_row if at.position < at.past_row + 0.5 else at.past_row + 1
        corners = self._triangle_corners(row)
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
        labels = self.row_labels[row]
        pen.stroke(np.array(corners), Role.SLOPE, THIN * 1.2, shown, (0.05, 0.05))
        for number, box in ((1.0, labels.run), (self.story.slope[row], labels.rise)):
            if box is not None:
                text = math_number(float(number * self.story.runs[row]))
                pen.text(maths(text), box.centre, TICK, role=Role.SLOPE, opacity=shown)

    def _step_arrow(self, pen: Pen, at: Moment) -> None:
        """The step on the axis: an arrow from the old value to the new one, with their names."""
        if not at.stepping:
            return
        row = at.past_row
        height = self.plot.box.bottom + _ARROW_HEIGHT
        start, end = (float(self.plot.x(self.story.w[k])) for k in (row, row + 1))
        pen.arrow((start, height), (start + (end - start) * at.arrow, height), Role.STEP, LINE * 1.3)
        shown = smooth(at.arrow * 1.5)
        for k, role, box in zip((row, row + 1), (Role.POINT, Role.STEP), self._step_boxes(row), strict=True):
            name = maths(f"{self.story.parameter}_({self.story.steps[k]})")
            pen.text(name, box.centre, TICK, role=role, opacity=shown)

    def _step_boxes(self, row: int) -> tuple[Box, Box]:
        if row not in self.step_labels:
            self.step_labels[row] = self._step_labels(row)
        return self.step_labels[row]

    def _bars(self, pen: Pen, position: float) -> None:
        """Every step taken so far as a bar below the axis, one below the other."""
        story = self.story
        top = self.lane.top - 0.3
        rows = min(len(story.w) - 1, 12)
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
                pen.stroke(piece, Role.STEP, 0.7 * pitch)
        used = self.plot.x(story.w[: rows + 1])
        text = words("steps taken")
        width = measure(text, TICK)[0]
        free_left = float(used.min()) - self.plot.box.left > width + 0.15
        x = self.plot.box.left if free_left else self.plot.box.right
        pen.text(text, (x, top), TICK, anchor=(-1 if free_left else 1, 0), role=Role.STEP)

    def _slopes(self, pen: Pen, at: Moment, w: float, slope: float) -> None:
        """The derivative below the curve: its height at w is the slope of the tangent above."""
        assert self.slopes is not None
        plot, style = self.slopes
        shown = at.done("slope", 0.3, 0.9)
        if shown <= 0:
            return
        draw_axes(pen, plot, style, shown)
        zero = float(plot.y(0.0))
        pen.stroke(
            np.array([(plot.box.left, zero), (plot.box.right, zero)]), Role.AXIS, THIN, 0.6 * shown, _DASH
        )
        for part in plot.curve(self.story.curve.x, self.story.curve.slope):
            pen.stroke(part, Role.SLOPE, LINE, shown)
        x, y = (float(v) for v in plot.at(w, slope))
        if plot.box.bottom <= y <= plot.box.top:
            pen.stroke(np.array([(x, zero), (x, y)]), Role.SLOPE, LINE * 1.4, shown)
            pen.disc((x, y), _POINT * 0.8, Role.POINT, shown)
        if slope and at.since("rule"):
            reach = -np.sign(slope) * min(0.9, 0.25 + 0.35 * abs(y - zero))
            pen.arrow((x, zero), (x + float(reach), zero), Role.STEP, LINE * 1.3, at.done("rule"))

    def _readout(self, pen: Pen, at: Moment, w: float, loss: float, slope: float) -> None:
        story, p = self.story, self.story.parameter
        zone = self.zones.readout
        assert zone is not None
        row = min(int(at.position + 1e-9), len(story.w) - 1)
        first, second, third = at.done("start"), at.done("slope", 0.5, 1.0), at.done("rule")
        rows = [
            Row("k", str(int(story.steps[row])), opacity=first),
            Row(p, fixed(w, self.w_decimals), Role.POINT, first),
            Row(f"J({p})", fixed(loss, self.loss_decimals), Role.OBJECTIVE, first),
            Row(f"J'({p})", fixed(slope, self.slope_decimals), Role.SLOPE, second),
            Row("alpha", math_number(story.rate), opacity=third),
            Row(f"alpha dot J'({p})", fixed(story.rate * slope, self.slope_decimals), Role.STEP, third),
        ]
        place, y = formula_place(pen, self.zones, draw_readout(pen, zone, rows), third)
        y = draw_formula(pen, place, y, rule_of(p), opacity=third)
        if at.stepping:
            tops = [zone.top - READOUT - i * ROW for i in range(len(rows))]
            draw_arithmetic(
                pen,
                place,
                y - 0.1,
                zone.right,
                old=math_number(float(story.w[at.past_row])),
                rate=math_number(story.rate),
                slope=math_number(float(story.slope[at.past_row]), signed=True),
                new=math_number(float(story.w[at.past_row + 1])),
                sources=(tops[1], tops[4], tops[3]),
                flown=at.done(at.beat.id, 0.0, 0.3),
                solved=at.done(at.beat.id, 0.3, 0.4),
            )


def rule_of(parameter: str) -> Rich:
    """w ← w − α J′(w), the step in its colour."""
    p = parameter
    return say(f"{{point|${p}$}} $arrow.l {p} - $ {{step|$alpha dot J'({p})$}}")


class Tangent(StoryScene):
    """`manim -ql scenes/film/tangent.py Tangent` renders the default story."""

    kind = "tangent"
    picture = TangentPicture


__all__ = ["Tangent", "TangentPicture", "rule_of"]
