"""The scene `overshoot`: jumps across the minimum, a view that zooms out, and the loss on a log axis."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from itertools import pairwise

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Numeral
from scenes.draw.pen import BOLD, LINE, THIN, Pen, arrow_shape, measure
from scenes.layout import Box, Frame, Plot, place_label
from scenes.layout.box import box_at
from scenes.layout.place import CLEARANCE
from scenes.storyboard.story import Moment, smooth
from scenes.storyboard.telling import EXPLAINED
from scenes.text import Rich, maths, number, whole
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.picture import Picture
from scenes.widgets.plane.axes import AxisStyle, draw_axes, fit_plot
from scenes.widgets.plane.zooming import ZoomingPlot
from scenes.widgets.readout import ROW, Reading, draw_readout

from .story import OvershootStory

_ROWS = 6  # of the readout
_POWERS = 4  # decades from which on the scale of the view is a power of ten
_LOW = 5.0  # a readout lower than this leaves the rate, which a caption says, to the loss
_HEAD = 0.5  # above the plot: name of the axis, scale of the view
_POINT = 0.11
_DASH = (0.08, 0.07)
_JUMP = LINE * 1.3
_SEEN = 0.02  # shorter jumps are not drawn
_FINE = 2.4  # decades below the view's width, where the curve is too fine to be seen
_ARROWS = 5  # the latest jumps are arrows, older ones lines
_LINES = 300  # jumps farther back are not drawn
_SINGLY = 12  # in a beat of at most so many steps, each is an arrow first, then a move of the point
_QUICK = 24  # in a beat of more steps the point keeps to one side
_LARGEST = sys.float_info.max


class OvershootPicture(Picture[OvershootStory]):
    """One big panel; beside it the numbers, below them the loss."""

    readout_height = 3.0

    def __init__(self, story: OvershootStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.zones.stage
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.minimum_name = story.speech.say("picture.minimum")
        self.jumps_name = story.speech.say("picture.jumps-across")
        x_name = measure(self.formulae.parameter, LABEL)[0] + 0.3
        self.view = ZoomingPlot(stage.trimmed(top=_HEAD, right=x_name), story.zoom)
        self.name = self._name()
        self.minimum_label = self._minimum_label()
        self.row_labels = self._row_labels()
        assert self.zones.readout is not None
        self.rate_row = self.zones.aside is not None or self.zones.readout.height >= _LOW
        self.loss_zone = self._loss_zone()
        self.loss_plot, self.loss_style = self._loss_plot()

    # Layout

    def _name(self) -> Rich:
        """J above the plot, spelled out where there is room beside the badge, and no number to be added."""
        story = self.story
        spelled = story.speech.formula("J({p}) = {objective}", p=story.parameter, objective=story.objective)
        fits = measure(maths(spelled), LABEL)[0] <= self._name_room
        whole = not any(numbers.offset for numbers in self.view.y_numbers)
        return maths(spelled) if fits and whole else self.formulae.loss

    @property
    def _name_room(self) -> float:
        """How long the name of J may be beside the scale of the view."""
        widest = max(measure(self._badge(level), LABEL)[0] for level in (1.0, *self.story.zoom.rests))
        return self.view.box.width - widest - 0.3

    def _first_curve(self) -> list[FloatArray]:
        return self._curve(self.view.at(0.0), 0.0)

    def _minimum_label(self) -> tuple[tuple[float, float], Box] | None:
        """The minimum in the first view, and its word clear of all that is seen before the first step."""
        if self.story.minimum is None:
            return None
        plot, size = self.view.at(0.0), measure(self.minimum_name, TICK)
        x, y = (float(v) for v in plot.at(*self.story.minimum))
        box = self.view.box
        axis = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        start = plot.at(float(self.story.w[0]), float(self.story.loss[0]))
        drop = np.array([start, (start[0], box.bottom)])
        centre = place_label(
            (x, y),
            size,
            within=box,
            boxes=[box_at((x, y), (0.24, 0.24))],
            lines=[*self._first_curve(), drop, axis],
            gap=0.17,
            prefer=((0, -1), (-1, -1), (1, -1), (0, 1)),
        )
        return (x, y), box_at(centre, size)

    def _row_labels(self) -> dict[int, Box]:
        """Where the names of the first points stand while the first view lasts."""
        story, plot, box = self.story, self.view.at(0.0), self.view.box
        rows = [k for k in range(min(EXPLAINED + 1, len(story.w))) if story.zoom.levels[k] == 0]
        points = [plot.at(float(story.w[k]), float(story.loss[k])) for k in rows]
        lines = [
            *self._first_curve(),
            *(np.array(pair) for pair in pairwise(points)),
        ]
        for a, b in pairwise(points):
            head = arrow_shape((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), _JUMP)[1]
            lines.append(np.vstack([head, head[:1]]))
        lines += [np.array([p, (p[0], box.bottom)]) for p in points]
        boxes = [box_at((float(p[0]), float(p[1])), (0.26, 0.26)) for p in points]
        boxes += [self.minimum_label[1]] if self.minimum_label else []
        placed: dict[int, Box] = {}
        for row, point in zip(rows, points, strict=True):
            size = measure(self._row_name(row), TICK)
            side = 1.0 if point[0] > box.centre[0] else -1.0
            centre = place_label(
                (float(point[0]), float(point[1])),
                size,
                within=box.trimmed(bottom=0.05),
                boxes=[*boxes, *placed.values()],
                lines=lines,
                gap=0.14,
                prefer=((side, 0), (side, -0.6), (side, 0.6)),
            )
            label = box_at(centre, size)
            touched = label.grown(CLEARANCE)
            if not any(touched.meets(other) for other in (*boxes, *placed.values())) and not any(
                touched.crossed_by(line) for line in lines
            ):  # a name that finds no free place is left out
                placed[row] = label
        return placed

    def _row_name(self, row: int) -> Rich:
        story = self.story
        return maths(story.speech.formula("{p}_({k})", p=story.parameter, k=whole(story.steps[row])))

    def _loss_zone(self) -> Box:
        zones = self.zones
        assert zones.readout is not None
        if zones.aside is not None:
            return zones.aside
        return zones.readout.trimmed(top=(_ROWS - (not self.rate_row)) * ROW + 0.12)

    def _loss_plot(self) -> tuple[Plot, AxisStyle]:
        story = self.story
        values = story.loss + story.shift
        values = values[values > 0]
        low, high = float(values.min()), float(values.max())
        middle = np.sqrt(low) * np.sqrt(high)
        low, high = min(low / 1.5, middle / 4), max(min(high, _LARGEST / 2) * 1.5, middle * 4)
        if story.beyond is not None:
            high = _LARGEST
        name = self.formulae.loss
        if story.shift != 0:
            shift = number(story.shift, 3)
            name = maths(story.speech.formula("J({p}) + {shift}", p=story.parameter, shift=shift))
        style = AxisStyle(self.formulae.counter, name, y_role=Role.OBJECTIVE, x_spacing=0.85, y_spacing=0.42)
        last = float(story.steps[-1] if story.beyond is None else story.beyond)
        return fit_plot(self.loss_zone, (0.0, last), (low, high), style, log_y=True), style

    # Where the moment stands

    def _place(self, at: Moment) -> tuple[float, float, float]:
        """Rows reached by the point, by the tip of the arrow, and by the view."""
        position, before, after = at.position, at.past_row, at.beat.row
        if at.stepping:
            return position, before + at.arrow, before + at.done(at.beat.id, 0.0, 0.3)
        row = np.floor(position)
        part = position - row
        if after - before <= _SINGLY and before < after:
            return (
                float(row + max(0.0, 2 * part - 1)),
                float(row + min(1.0, 2 * part)),
                float(row + min(1.0, 2 * part)),
            )
        view = position
        if after - before > _QUICK and before + 0.15 * (after - before) < position < after:
            position = float(after - 2 * np.ceil((after - position) / 2))
        return position, position, view

    def _level(self, row: float) -> float:
        levels = self.story.zoom.levels
        return float(np.interp(row, np.arange(len(levels)), levels))

    # What the moment shows

    def ground_key(self, at: Moment) -> Hashable:
        return self._level(self._place(at)[2]), at.raw("curve"), at.raw("start")

    def ground(self, pen: Pen, at: Moment) -> None:
        level = self._level(self._place(at)[2])
        grown = at.done("curve", 0.0, 0.5)
        self.view.draw(pen, level, grown)
        self._names(pen, level, grown)
        drawn = at.done("curve", 0.35, 0.9)
        reach = self.view.box.left + drawn * self.view.box.width
        for part in self._curve(self.view.at(level), level):
            pen.stroke(part[part[:, 0] <= reach], Role.OBJECTIVE, BOLD)
        draw_axes(pen, self.loss_plot, self.loss_style, at.done("start", 0.2, 1.0))

    def draw(self, pen: Pen, at: Moment) -> None:
        position, arrow, view = self._place(at)
        level = self._level(view)
        plot = self.view.at(level)
        if at.since("start"):
            self._jumps(pen, plot, position, arrow)
        self._minimum(pen, at, plot)
        if not at.since("start"):
            return
        born = at.done("start")
        self._point(pen, plot, position, born)
        self._row_names(pen, at, position, level)
        self._readout(pen, at, position)
        self._loss(pen, at, position, born)

    def _names(self, pen: Pen, level: float, shown: float) -> None:
        box = self.view.box
        self.view.draw_names(pen, level, shown, self.formulae.parameter, self.name, self._name_room)
        if level > 0:
            seen = smooth(level / 0.3)
            pen.text(
                self._badge(level),
                (box.right, box.top + 0.16),
                LABEL,
                anchor=(1, -1),
                role=Role.AXIS,
                opacity=seen,
            )

    def _badge(self, level: float) -> Rich:
        """How many times wider than the first view: as at the last resting view, or in whole decades far from one."""
        rest = max(rest for rest in self.story.zoom.rests if rest <= level + 1e-9)
        shown = rest if level - rest < 0.55 else float(int(level))
        decade = int(shown + 1e-9)
        scale = number(10.0 ** (shown - (decade if decade >= _POWERS else 0)), 2)
        if decade >= _POWERS and isinstance(scale, Numeral):
            scale = Numeral(scale.digits, decade)
        return self.story.speech.say("picture.view", scale=scale)

    def _curve(self, plot: Plot, level: float) -> list[FloatArray]:
        """The visible parts of the objective at a level of the zoom."""
        low, high = self.story.zoom.x_range(level)
        x, y = self.story.curve_x, self.story.curve_y
        middle, half = (low + high) / 2, (high - low) / 2 * 10.0**-_FINE
        first, inner, outer, last = np.searchsorted(x, (low, middle - half, middle + half, high)).tolist()
        kept = np.r_[max(0, first - 1) : inner, (inner + outer) // 2, outer : min(len(x), last + 1)]
        kept = kept[kept < len(x)]
        points = plot.at(x[kept], y[kept])
        points = points[np.isfinite(points).all(axis=-1)]
        return self.view.box.clip(np.clip(points, -1e6, 1e6))

    def _minimum(self, pen: Pen, at: Moment, plot: Plot) -> None:
        if self.minimum_label is None or self.story.minimum is None:
            return
        shown = at.done("curve", 0.85, 1.0)
        x, y = (float(v) for v in plot.at(*self.story.minimum))
        pen.disc((x, y), 0.1, Role.GOOD, shown, ring=LINE)
        named = shown * (1 - at.done("step-1", 0.0, 0.2))  # then the jumps need the room
        pen.text(self.minimum_name, self.minimum_label[1].centre, TICK, role=Role.GOOD, opacity=named)

    def _jumps(self, pen: Pen, plot: Plot, position: float, arrow: float) -> None:
        """Every jump so far: the latest as arrows, the older ones as lines that grow faint."""
        story = self.story
        last = min(int(np.ceil(arrow - 1e-9)), len(story.w) - 1)
        first = max(0, last - _LINES)
        points = np.clip(plot.at(story.w[first : last + 1], story.loss[first : last + 1]), -1e6, 1e6)
        if len(points) < 2:
            return
        points[-1] = points[-2] + min(1.0, arrow - (last - 1)) * (points[-1] - points[-2])
        seen = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) >= _SEEN).tolist()
        for i in seen:
            age = max(0.0, arrow - (first + i + 1))
            role = Role.TROUBLE if story.crossed[first + i + 1] else Role.STEP
            faint = max(0.3, 1.0 - 0.16 * age)
            for piece in self.view.box.clip(points[i : i + 2]):
                a, b = piece[0].tolist(), piece[-1].tolist()
                if age < _ARROWS and np.allclose(piece[-1], points[i + 1], atol=1e-6):
                    pen.arrow((a[0], a[1]), (b[0], b[1]), role, _JUMP, faint)
                else:
                    pen.stroke(piece, role, THIN, faint)

    def _point(self, pen: Pen, plot: Plot, position: float, born: float) -> None:
        w, loss = self._state(position)
        x, y = (float(v) for v in np.clip(plot.at(w, loss), -1e6, 1e6))
        box = self.view.box
        if not (box.left <= x <= box.right and box.bottom <= y <= box.top):
            return
        pen.stroke(np.array([(x, y), (x, box.bottom)]), Role.POINT, THIN, 0.65 * born, _DASH)
        pen.disc((x, y), _POINT * (0.4 + 0.6 * born), Role.POINT, born)

    def _state(self, position: float) -> tuple[float, float]:
        """Parameter and loss at a row, or on the straight way between two rows."""
        story, row = self.story, min(int(position), len(self.story.w) - 1)
        part = position - row
        if part <= 0 or row + 1 >= len(story.w):
            return float(story.w[row]), float(story.loss[row])
        w, loss = ((1 - part) * float(v[row]) + part * float(v[row + 1]) for v in (story.w, story.loss))
        return w, loss

    def _row_names(self, pen: Pen, at: Moment, position: float, level: float) -> None:
        seen = (
            (1 - smooth(level / 0.1)) * (1 - at.done("more-steps", 0.0, 0.1)) * (1 - at.done("end", 0.0, 0.1))
        )
        for row, box in self.row_labels.items():
            shown = seen * (at.done("start") if row == 0 else smooth((position - row + 0.15) / 0.15))
            pen.text(self._row_name(row), box.centre, TICK, role=Role.POINT, opacity=shown)

    def _readout(self, pen: Pen, at: Moment, position: float) -> None:
        story, names, zone = self.story, self.formulae, self.zones.readout
        assert zone is not None
        row = min(int(position + 1e-9), len(story.w) - 1)
        first, counting = at.done("start"), at.done("step-1", 0.0, 0.3)
        rows = [
            Reading(names.counter, whole(story.steps[row]), opacity=first),
            *([Reading(names.rate, number(story.rate), opacity=first)] if self.rate_row else []),
            Reading(names.parameter, story.w_format(float(story.w[row])), Role.POINT, first),
            Reading(names.loss, story.loss_format(float(story.loss[row])), Role.OBJECTIVE, first),
            Reading(names.slope, story.slope_format(float(story.slope[row])), Role.SLOPE, first),
            Reading(self.jumps_name, whole(story.crossings[row]), Role.TROUBLE, counting),
        ]
        draw_readout(pen, zone, rows)

    def _loss(self, pen: Pen, at: Moment, position: float, born: float) -> None:
        """The loss so far, on a logarithmic axis, in step with the point."""
        story, plot = self.story, self.loss_plot
        row = min(int(position), len(story.w) - 1)
        points = self._loss_points(row)
        if position > row and row + 1 < len(story.w):
            ahead = plot.at(
                float(story.steps[row + 1]), max(float(story.loss[row + 1] + story.shift), plot.y.low)
            )
            points = np.vstack([points, points[-1] + (position - row) * (ahead - points[-1])])
        pen.stroke(points, Role.OBJECTIVE, LINE * 1.2, born)
        x, y = points[-1].tolist()
        pen.disc((x, y), _POINT * 0.75, Role.POINT, born)
        if story.beyond is not None:
            self._edge_of_numbers(pen, at.done("end"))

    def _loss_points(self, row: int) -> FloatArray:
        """The loss up to a row, (n, 2) in frame units."""
        story, plot = self.story, self.loss_plot
        k = story.steps[: row + 1].astype(np.float64)
        return plot.at(k, np.maximum(story.loss[: row + 1] + story.shift, plot.y.low))

    def _edge_of_numbers(self, pen: Pen, shown: float) -> None:
        """Where the machine's numbers end."""
        box = self.loss_plot.box
        pen.stroke(np.array([(box.left, box.top), (box.right, box.top)]), Role.TROUBLE, LINE, shown, _DASH)
        text = self.story.speech.say("picture.largest-number")
        width, height = measure(text, TICK)
        label = Box(box.left + 0.12, box.top - 0.1 - height, box.left + 0.12 + width, box.top - 0.1)
        last = len(self.story.w) - 1
        points = self._loss_points(last)
        if not label.grown(2 * CLEARANCE).crossed_by(points) and label.right + 0.15 < points[-1][0]:
            pen.text(text, label.centre, TICK, role=Role.TROUBLE, opacity=shown)


picture = OvershootPicture
