"""The scene `overshoot`: jumps across the minimum, and a view that zooms out."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Numeral
from scenes.draw.pen import THIN, Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, Frame, Plot
from scenes.storyboard.story import Moment, smooth
from scenes.text import Rich, maths, number, whole
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.formulae import Formulae
from scenes.widgets.marks import draw_minimum
from scenes.widgets.picture import Picture
from scenes.widgets.plane.axes import draw_curve
from scenes.widgets.plane.zooming import ZoomingPlot
from scenes.widgets.readout import ROW, Reading, draw_readout

from .labels import JUMP, OvershootLabels
from .loss_panel import LossPanel

_ROWS = 6  # of the readout
_POWERS = 4  # decades from which on the scale of the view is a power of ten
_LOW = 5.0  # a readout lower than this leaves the rate, which a caption says, to the loss
_HEAD = 0.5  # above the plot: name of the axis, scale of the view
_POINT = 0.11
_DASH = (0.08, 0.07)
_SEEN = 0.02  # shorter jumps are not drawn
_FINE = 2.4  # decades below the view's width, where the curve is too fine to be seen
_ARROWS = 5  # the latest jumps are arrows, older ones lines
_LINES = 300  # jumps farther back are not drawn
_SINGLY = 12  # in a beat of at most so many steps, each is an arrow first, then a move of the point


class OvershootPicture(Picture[OvershootStory]):
    """One big panel; beside it the numbers, below them the loss."""

    readout_height = 3.0

    def __init__(self, story: OvershootStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.zones.stage
        self.formulae = Formulae.of(story.speech, story.parameter)
        self.jumps_name = story.speech.say("picture.jumps-across")
        x_name = measure(self.formulae.parameter, LABEL)[0] + 0.3
        self.view = ZoomingPlot(stage.trimmed(top=_HEAD, right=x_name), story.zoom)
        self.name = self._name()
        first = self.view.at(0.0)
        self.labels = OvershootLabels(story, first, self._curve(first, 0.0))
        assert self.zones.readout is not None
        self.rate_row = self.zones.aside is not None or self.zones.readout.height >= _LOW
        self.loss = LossPanel(story, self._loss_zone(), self.formulae)

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

    def _loss_zone(self) -> Box:
        zones = self.zones
        assert zones.readout is not None
        if zones.aside is not None:
            return zones.aside
        return zones.readout.trimmed(top=(_ROWS - (not self.rate_row)) * ROW + 0.12)

    # Where the moment stands

    def _place(self, at: Moment) -> tuple[float, float, float]:
        """Rows reached by the point, by the tip of the arrow, and by the view."""
        position, before, after = at.position, at.past_row, at.beat.row
        if at.stepping:
            return position, before + at.arrow, before + at.done(at.beat.id, 0.0, 0.3)
        row = np.floor(position)
        part = position - row
        if after - before <= _SINGLY and before < after:
            tip = float(row + min(1.0, 2 * part))
            return float(row + max(0.0, 2 * part - 1)), tip, tip
        return at.steady_position, at.steady_position, position

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
        curve = self._curve(self.view.at(level), level)
        draw_curve(pen, self.view.box, curve, at.done("curve", 0.35, 0.9))
        self.loss.draw_axes(pen, at.done("start", 0.2, 1.0))

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
        self.loss.draw(pen, position, born, at.done("end"))

    def _names(self, pen: Pen, level: float, shown: float) -> None:
        box = self.view.box
        self.view.draw_names(pen, level, shown, self.formulae.parameter, self.name, self._name_room)
        if level > 0:
            seen = smooth(level / 0.3)
            corner = (box.right, box.top + 0.16)
            pen.text(self._badge(level), corner, LABEL, anchor=(1, -1), role=Role.AXIS, opacity=seen)

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
        if self.labels.minimum is None or self.story.minimum is None:
            return
        shown = at.done("curve", 0.85, 1.0)
        draw_minimum(pen, plot.point(*self.story.minimum), shown)
        named = shown * (1 - at.done("step-1", 0.0, 0.2))  # then the jumps need the room
        pen.text(self.labels.minimum_name, self.labels.minimum.centre, TICK, role=Role.GOOD, opacity=named)

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
                    pen.arrow((a[0], a[1]), (b[0], b[1]), role, JUMP, faint)
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
        for row, box in self.labels.rows.items():
            shown = seen * (at.done("start") if row == 0 else smooth((position - row + 0.15) / 0.15))
            pen.text(self.labels.row_name(row), box.centre, TICK, role=Role.POINT, opacity=shown)

    def _readout(self, pen: Pen, at: Moment, position: float) -> None:
        story, names, zone = self.story, self.formulae, self.zones.readout
        assert zone is not None
        row = int(position + 1e-9)
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


picture = OvershootPicture
