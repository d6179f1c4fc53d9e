"""The loss over the steps: on a logarithmic axis wherever it has a logarithm, with the factor of a step."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, THIN, Pen, measure
from scenes.kinds.overshoot.story.findings import Charted
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box, Frame, Plot
from scenes.layout.ticks import nice_ticks
from scenes.storyboard.story import smooth
from scenes.text import maths, number, tick_numbers
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.marks import CASING, POINT, draw_cased, draw_glowing, draw_point
from scenes.widgets.plane.axes import MARK, PAD, extent

from .factor_note import FactorNote
from .loss_axis import LARGEST, LossAxis, LossWindow

_DOT = 0.055
_DOTS = 40  # of more losses than these no single one is marked
_DASH = (0.08, 0.07)
_BEFORE = 0.045  # of the steps, left free before the first and after the last
_UNDER = 0.2  # below the words over a low chart
_PITCH = 0.62  # between two numbers at the upright axis


class LossPanel:
    """The chart in a zone. Its axes hold the steps that are told one by one; in the sweep they grow with the run."""

    def __init__(self, story: OvershootStory, zone: Box, type_scale: float, frame: Frame) -> None:
        self.story, self.type = story, type_scale
        # Below the plot the zone is low: there is one line of words; in a square the steps have no numbers.
        self.small, self.bare = not frame.broad, frame.wide and not frame.broad
        self.log = story.logarithmic
        self.values = self._values()
        self.label, self.tick = LABEL * type_scale, TICK * type_scale
        say = story.speech.say
        above = say("overshoot.chart-above" if story.alone else "overshoot.chart-above-this")
        itself = maths(story.speech.formula("J({p})", p=story.parameter))
        self.heading = above if story.scale is Charted.ABOVE else itself
        self.shown = story.shown
        axis = LossAxis(self.values, story.steps, self.log, story.beyond)
        words = self.label + (_UNDER if self.small else 1.9 * self.tick + 0.1)
        bottom = 0.08 if self.bare else MARK + PAD + 0.8 * self.tick
        wanted = max(2, int((zone.height - words - 0.5) / (_PITCH * type_scale)))
        self.windows = tuple(axis.window(row, wanted) for row in (self.shown, len(story.w) - 1))
        widest = max(extent(window.numbers.labels, self.tick)[0] for window in self.windows)
        top = words + (0.0 if self.small else 0.5 * self.tick)
        self.box = zone.trimmed(left=widest + 0.12, bottom=bottom, right=0.1, top=top)
        self.words = zone
        final = len(story.w) - 1
        self.note = FactorNote(story, self.log, type_scale, beside=self.small)
        lines = [self._points(self.plot(row), slice(0, int(row) + 1)) for row in (self.shown, final)]
        self.factor = self.note.placed(self.box, lines, {*range(1, self.shown + 1), final})

    def _values(self) -> FloatArray:
        """The losses on the axis (n,): their decimal logarithms where it is logarithmic; nan where there is none."""
        if not self.log:
            return np.asarray(self.story.charted)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.log10(self.story.charted)
        return np.where(np.isfinite(found), found, np.nan)

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
        self,
        pen: Pen,
        position: float,
        landed: int,
        *,
        shown: float,
        told: float,
        squared: float,
        ended: float,
    ) -> None:
        """The chart up to a row, its point at the end; `told`: how much of the factor is seen,
        `squared` of where it comes from, `ended` of the numbers' end.
        """
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
        self.note.draw(pen, self.factor, landed, shown * told, squared)
        if self.story.beyond is not None:
            self._edge_of_numbers(pen, plot, points, shown * ended)

    def _axes(self, pen: Pen, plot: Plot, position: float, shown: float) -> None:
        box, zone, say = self.box, self.words, self.story.speech.say
        size = self.label * min(1.0, zone.width / measure(self.heading, self.label)[0])
        pen.text(
            self.heading, (zone.left, zone.top), size, anchor=(-1, 1), role=Role.OBJECTIVE, opacity=shown
        )
        edges = np.array([(box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)])
        draw_cased(pen, edges, Role.AXIS, LINE * 0.85, shown)
        final = len(self.story.w) - 1
        part = (position - self.shown) / (final - self.shown) if final > self.shown else 0.0
        first, whole = self.windows
        for window, seen in ((first, 1 - smooth(part / 0.12)), (whole, smooth((part - 0.9) / 0.1))):
            if seen > 0 and shown > 0:
                self._ticks(pen, plot, window, seen * shown)
        for window, seen in ((first, 1 - smooth(part / 0.12)), (whole, smooth((part - 0.9) / 0.1))):
            if window.stride is not None and seen > 0 and not self.small:
                text = (
                    say("overshoot.chart-ten")
                    if window.stride == 1
                    else say("overshoot.chart-more", times=number(10.0**window.stride))
                )
                size = self.tick * min(1.0, zone.width / measure(text, self.tick)[0])
                at = (zone.left, zone.top - self.label - 0.35 * self.tick)
                pen.text(text, at, size, anchor=(-1, 1), role=Role.SECONDARY, opacity=seen * shown)

    def _ticks(self, pen: Pen, plot: Plot, window: LossWindow, seen: float) -> None:
        box = self.box
        for value, label in zip(window.values.tolist(), window.numbers.labels, strict=True):
            y = float(plot.y(value))
            if box.bottom - 1e-6 <= y <= box.top + 1e-6:
                if y > box.bottom + 0.02:
                    pen.stroke(np.array([(box.left, y), (box.right, y)]), Role.GRID, THIN, seen, quiet=True)
                at = (box.left - 0.1, y)
                pen.text(maths(label), at, self.tick, anchor=(1, 0), role=Role.AXIS, opacity=seen)
        if self.bare:
            return
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

    def _edge_of_numbers(self, pen: Pen, plot: Plot, points: FloatArray, shown: float) -> None:
        """Where the machine's numbers end."""
        if not self.log or shown <= 0:
            return
        box, y = self.box, float(plot.y(np.log10(LARGEST)))
        if y > box.top + 0.05:
            return
        pen.stroke(np.array([(box.left, y), (box.right, y)]), Role.TROUBLE, LINE, shown, _DASH)
        text = self.story.speech.say("picture.largest-number")
        width, height = measure(text, self.tick)
        label = Box(box.left + 0.12, y - 0.1 - height, box.left + 0.12 + width, y - 0.1)
        if self.factor is not None and label.grown(0.1).meets(self.factor):
            return
        if not label.grown(0.15).crossed_by(points) and label.right + 0.15 < points[-1][0]:
            pen.text(text, label.centre, self.tick, role=Role.TROUBLE, opacity=shown)
