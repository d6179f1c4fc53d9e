"""The loss over the steps: on a logarithmic axis wherever it has a logarithm, with the factor of a step."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, THIN, Pen, measure
from scenes.kinds.overshoot.story.overshoot import Charted, OvershootStory
from scenes.kinds.overshoot.story.words import factor_shown
from scenes.layout import Box, Plot
from scenes.layout.room import free_room
from scenes.layout.ticks import nice_ticks
from scenes.storyboard.story import smooth
from scenes.text import Rich, TickNumbers, maths, number, tick_numbers
from scenes.theme import LABEL, RATE, TICK, Role
from scenes.widgets.marks import CASING, POINT, draw_glowing, draw_point
from scenes.widgets.plane.axes import MARK, PAD, extent

_DOT = 0.055
_DOTS = 40  # of more losses than these no single one is marked
_LARGEST = sys.float_info.max
_DASH = (0.08, 0.07)
_AIR = 0.12  # of the span of losses, above and below them
_LEAST = 1.2  # decades that a logarithmic axis shows at least
_BEFORE = 0.045  # of the steps, left free before the first and after the last
_PITCH = 0.62  # between two numbers at the upright axis


@dataclass(frozen=True, eq=False)
class _Window:
    """What is shown of the losses up to a row: ends of the upright axis, its ticks with their numbers, the last step."""

    low: float
    high: float
    values: FloatArray  # where the ticks are, on the axis
    numbers: TickNumbers
    stride: int | None  # decades from line to line, where they are even
    last: float


class LossPanel:
    """The chart in a zone. Its axes hold the steps that are told one by one; in the sweep they grow with the run."""

    def __init__(self, story: OvershootStory, zone: Box, type_scale: float, *, beside: bool) -> None:
        self.story, self.type = story, type_scale
        self.log = story.logarithmic
        self.values = self._values()
        self.label, self.tick = LABEL * type_scale, TICK * type_scale
        say = story.speech.say
        self.heading = {
            Charted.ABOVE: say("overshoot.chart-above" if story.alone else "overshoot.chart-above-this"),
            Charted.ITSELF: maths(story.speech.formula("J({p})", p=story.parameter)),
            Charted.PLAIN: maths(story.speech.formula("J({p})", p=story.parameter)),
        }[story.scale]
        self.shown = story.shown
        # The zone of the words: above the chart, or beside it where the zone is low.
        if beside:
            self.words = Box(zone.left, zone.bottom, zone.left + 0.4 * zone.width, zone.top)
            chart = Box(self.words.right + 0.15, zone.bottom, zone.right, zone.top - 0.1)
        else:
            self.words = zone
            chart = zone.trimmed(top=(self.label + 1.9 * self.tick) + 0.1)
        pitch = _PITCH * type_scale
        wanted = max(2, int((chart.height - 0.5) / pitch))
        self.windows = tuple(self._window(row, wanted) for row in (self.shown, len(story.w) - 1))
        widest = max(extent(window.numbers.labels, self.tick)[0] for window in self.windows)
        self.box = chart.trimmed(
            left=widest + 0.12, bottom=MARK + PAD + 0.8 * self.tick, right=0.1, top=0.5 * self.tick
        )
        self.factor = self._factor_box()

    def _values(self) -> FloatArray:
        """The losses on the axis (n,): their decimal logarithms where it is logarithmic; nan where there is none."""
        if not self.log:
            return np.asarray(self.story.charted)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.log10(self.story.charted)
        return np.where(np.isfinite(found), found, np.nan)

    def _ends(self, row: int) -> tuple[float, float]:
        """Both ends of the upright axis that holds the rows up to this one."""
        seen = self.values[: row + 1]
        low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
        if self.log and self.story.beyond is not None and row == len(self.values) - 1:
            return low, float(np.log10(_LARGEST))
        span = high - low
        if self.log:
            lacking = max(0.0, _LEAST - span) / 2
            low, high = np.floor(low - lacking + 1e-9), np.ceil(high + lacking - 1e-9)
            return float(low), float(high) if high > low else float(low) + 1.0
        span = span or abs(high) or 1.0
        return low - _AIR * span, high + _AIR * span

    def _window(self, row: int, wanted: int) -> _Window:
        low, high = self._ends(row)
        last = float(self.story.steps[row])
        if not self.log:
            values = nice_ticks(low, high, wanted)
            return _Window(low, high, values, tick_numbers(values.tolist()), None, last)
        stride = max(1, int(np.ceil((high - low) / wanted)))
        values = np.arange(np.ceil(low - 1e-9), np.floor(high + 1e-9) + 1, stride)
        numbers = tick_numbers((10.0**values).tolist(), log=True)
        return _Window(low, high, values, numbers, stride, last)

    # Where a moment stands

    def plot(self, position: float) -> Plot:
        """The chart when the run has come to a row, or between two."""
        row = max(float(self.shown), position)
        before, after = int(np.floor(row)), int(np.ceil(row))
        part, final = row - before, len(self.story.w) - 1
        ends = [self._reach(each) for each in (before, after)]
        low, high, last = ((1 - part) * a + part * b for a, b in zip(*ends, strict=True))
        near = smooth((row - self.shown) / (final - self.shown)) if final > self.shown else 0.0
        first, whole = self.windows
        # From the first window to the whole one, and wide enough for the losses on the way.
        low = min(low, first.low + near * (whole.low - first.low))
        high = max(high, first.high + near * (whole.high - first.high))
        return Plot.over(self.box, (-_BEFORE * last, last * (1 + _BEFORE)), (low, high))

    def _reach(self, row: int) -> tuple[float, float, float]:
        seen = self.values[: row + 1]
        return float(np.nanmin(seen)), float(np.nanmax(seen)), float(self.story.steps[row])

    def _points(self, plot: Plot, rows: slice) -> FloatArray:
        """The losses of rows in the frame, (n, 2); one that has no logarithm lies at the bottom."""
        steps = self.story.steps[rows].astype(np.float64)
        values = self.values[rows]
        return plot.at(steps, np.where(np.isnan(values), plot.y.low, np.maximum(values, plot.y.low)))

    # Painting

    def draw(
        self, pen: Pen, position: float, landed: int, *, shown: float, told: float, ended: float
    ) -> None:
        """The chart up to a row, its point at the end; `told`: how much of the factor is seen, `ended` of the numbers' end."""
        if shown <= 0:
            return
        plot = self.plot(position)
        self._axes(pen, plot, position, shown)
        points = self._points(plot, slice(0, landed + 1))
        if landed < position < len(self.story.w) - 1 and landed >= 0:
            ahead = self._points(plot, slice(landed + 1, landed + 2))
            part = min(1.0, position - landed)
            points = np.vstack([points, points[-1] + part * (ahead[0] - points[-1])])
        if len(points) > 1:
            draw_glowing(pen, [points], Role.OBJECTIVE, 5 / 135, shown)
        if landed < _DOTS:
            for x, y in points[: landed + 1].tolist():
                pen.disc((x, y), _DOT + 0.5 * CASING, Role.CASING, shown)
                pen.disc((x, y), _DOT, Role.OBJECTIVE, shown)
        x, y = points[-1].tolist()
        draw_point(pen, (x, y), shown, 0.75 * POINT)
        self._factor(pen, landed, shown * told)
        if self.story.beyond is not None:
            self._edge_of_numbers(pen, plot, points, shown * ended)

    def _axes(self, pen: Pen, plot: Plot, position: float, shown: float) -> None:
        box, zone, say = self.box, self.words, self.story.speech.say
        size = self.label * min(1.0, zone.width / measure(self.heading, self.label)[0])
        pen.text(
            self.heading, (zone.left, zone.top), size, anchor=(-1, 1), role=Role.OBJECTIVE, opacity=shown
        )
        bottom = np.array([(box.left, box.bottom), (box.right, box.bottom)])
        pen.stroke(bottom, Role.AXIS, LINE * 0.85, shown)
        final = len(self.story.w) - 1
        part = (position - self.shown) / (final - self.shown) if final > self.shown else 0.0
        first, whole = self.windows
        for window, seen in ((first, 1 - smooth(part / 0.12)), (whole, smooth((part - 0.9) / 0.1))):
            if seen > 0 and shown > 0:
                self._ticks(pen, plot, window, seen * shown)
        for window, seen in ((first, 1 - smooth(part / 0.12)), (whole, smooth((part - 0.9) / 0.1))):
            if window.stride is not None and seen > 0:
                text = (
                    say("overshoot.chart-ten")
                    if window.stride == 1
                    else say("overshoot.chart-more", times=number(10.0**window.stride))
                )
                size = self.tick * min(1.0, zone.width / measure(text, self.tick)[0])
                at = (zone.left, zone.top - self.label - 0.35 * self.tick)
                pen.text(text, at, size, anchor=(-1, 1), role=Role.SECONDARY, opacity=seen * shown)

    def _ticks(self, pen: Pen, plot: Plot, window: _Window, seen: float) -> None:
        box = self.box
        for value, label in zip(window.values.tolist(), window.numbers.labels, strict=True):
            y = float(plot.y(value))
            if box.bottom - 1e-6 <= y <= box.top + 1e-6:
                if y > box.bottom + 0.02:
                    pen.stroke(np.array([(box.left, y), (box.right, y)]), Role.GRID, THIN, seen, quiet=True)
                at = (box.left - 0.1, y)
                pen.text(maths(label), at, self.tick, anchor=(1, 0), role=Role.AXIS, opacity=seen)
        name = self.story.speech.say("picture.step")
        steps = nice_ticks(0.0, window.last, max(2, int(box.width / (1.5 * self.type))))
        numbers = tick_numbers(steps.tolist()).labels
        width = measure(name, self.tick)[0]
        y, left = box.bottom - MARK - PAD, box.right - width
        for value, label in zip(steps.tolist(), numbers, strict=True):
            if value != round(value):
                continue
            x = float(plot.x(value))
            half = measure(maths(label), self.tick)[0] / 2
            if x <= box.right + 1e-6 and x + half + 0.12 < left:
                pen.stroke(np.array([(x, box.bottom), (x, box.bottom - MARK)]), Role.AXIS, THIN, seen)
                pen.text(maths(label), (x, y), self.tick, anchor=(0, 1), role=Role.AXIS, opacity=seen)
        pen.text(name, (box.right, y), self.tick, anchor=(1, 1), role=Role.SECONDARY, opacity=seen)

    # The factor of a step

    def factor_at(self, row: int) -> float | None:
        """What the step to a row multiplied the loss charted by: the same at every one on a parabola, else as measured."""
        story = self.story
        if not self.log or row == 0:
            return None
        if story.factor is not None and story.scale is Charted.ABOVE:
            return story.factor**2
        before, after = float(story.charted[row - 1]), float(story.charted[row])
        with np.errstate(over="ignore"):
            found = after / before if before > 0 else 0.0
        return found if 0 < found < np.inf else None

    def _factor_texts(self, row: int) -> tuple[Rich, Rich] | None:
        factor = self.factor_at(row)
        if factor is None:
            return None
        say, story = self.story.speech.say, self.story
        same = story.factor is not None and story.scale is Charted.ABOVE
        words = say("overshoot.every-step") if same else say("overshoot.last-step")
        return say("overshoot.times", times=factor_shown(factor)), words

    def _factor_box(self) -> Box | None:
        """Where the factor stands: in a corner that the losses leave free in both windows."""
        texts = self._factor_texts(len(self.story.w) - 1)
        if texts is None:
            return None
        wide = [self._factor_texts(row) for row in range(1, self.shown + 1)]
        width = max(
            max(measure(each[0], self._large)[0], measure(each[1], self.tick * 1.1)[0])
            for each in (texts, *wide)
            if each is not None
        )
        height = self._large * 0.75 + 0.1 + self.tick * 1.1
        final = len(self.story.w) - 1
        lines = [self._points(self.plot(row), slice(0, int(row) + 1)) for row in (self.shown, final)]
        rising = self.values[np.isfinite(self.values)]
        down = -1 if rising[-1] >= rising[0] else 1
        for corner in ((1, down), (1, -down), (-1, -down)):
            found = free_room(
                (width, height), within=self.box.grown(-0.12), lines=lines, corner=(corner[0], corner[1])
            )
            if found is not None:
                return found
        return None

    @property
    def _large(self) -> float:
        return RATE * 0.9 * self.type

    def _factor(self, pen: Pen, row: int, shown: float) -> None:
        texts = self._factor_texts(row)
        factor, box = self.factor_at(row), self.factor
        if texts is None or factor is None or box is None or shown <= 0:
            return
        role = Role.GOOD if factor < 1 - 1e-9 else Role.TROUBLE
        pen.text(texts[0], (box.left, box.top), self._large, anchor=(-1, 1), role=role, opacity=shown)
        at = (box.left, box.bottom)
        pen.text(texts[1], at, self.tick * 1.1, anchor=(-1, -1), role=role, opacity=shown)

    def _edge_of_numbers(self, pen: Pen, plot: Plot, points: FloatArray, shown: float) -> None:
        """Where the machine's numbers end."""
        if not self.log or shown <= 0:
            return
        box, y = self.box, float(plot.y(np.log10(_LARGEST)))
        if y > box.top + 0.05:
            return
        pen.stroke(np.array([(box.left, y), (box.right, y)]), Role.TROUBLE, LINE, shown, _DASH)
        text = self.story.speech.say("picture.largest-number")
        width, height = measure(text, self.tick)
        label = Box(box.left + 0.12, y - 0.1 - height, box.left + 0.12 + width, y - 0.1)
        if not label.grown(0.15).crossed_by(points) and label.right + 0.15 < points[-1][0]:
            pen.text(text, label.centre, self.tick, role=Role.TROUBLE, opacity=shown)
