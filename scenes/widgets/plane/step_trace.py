"""Quantities recorded over the steps of a run: a panel that is written as the descent goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, THIN, Pen, measure
from scenes.layout import Box, Scale
from scenes.layout.polylines import spaced
from scenes.layout.span import span_of
from scenes.text import Rich, Speech, maths
from scenes.theme import LABEL, TICK, Role

from .axes import MARK, PAD, draw_axis_lines, draw_tick, extent
from .bent_scale import BentScale, ValueScale, short_ticks, ticks_apart
from .trace_legend import DASHES, Traced, TraceLegend, draw_end

_X_SPACING, _Y_SPACING, _CLOSE = 0.95, 0.5, 0.3
_ROOMY = 1.3  # a plot of this height can spare a row for a note on its scale
FINE = 0.012  # points of a trace that lie closer together cannot be told apart
_LARGEST = 1e250  # beyond it an axis has no room for its margins


class StepTrace:
    """Up to three quantities over the steps k, with the words of `speech`.

    `steps` and the values hold every row that was recorded, `rows` (n,) are those that are shown one after the
    other. `views` are the last steps in view, one after the other as the axis widens; `floor` is a value to
    compare with, drawn dashed; `bend` asks for an axis that is logarithmic beyond ± this value.
    """

    def __init__(
        self,
        zone: Box,
        speech: Speech,
        steps: NDArray[np.int64],
        rows: NDArray[np.int64],
        traced: Sequence[Traced],
        *,
        views: Sequence[float],
        log: bool = False,
        bend: float | None = None,
        floor: float | None = None,
        zero: bool = False,
        heading: Rich | None = None,
    ) -> None:
        self.steps, self.rows = steps.astype(np.float64), rows
        self.traced = tuple(traced)
        self.floor, self.zero = floor, zero
        self.counter = maths(speech.formula("k"))
        note, brief = Rich(), None
        if log:
            note = speech.say("picture.log")
        elif bend is not None:
            note, brief = speech.say("picture.log-both-ways"), speech.say("picture.log-both-ways-short")
        self.flush = len(self.traced) > 1 or bend is not None  # the legend needs the whole width
        self._lay_out(zone, note, brief, log, bend)
        if self.numbers.offset:  # which the name says: that may take more room
            self.flush = True
            self.traced = tuple(self._beside(trace) for trace in self.traced)
            self._lay_out(zone, note, brief, log, bend)
        if self.box.left + self.legend.width > zone.right:  # beside long numbers at the axis
            self.flush = True
        self.ends = [1.04 * view for view in views]
        self.heading = heading
        self.left, self.right = zone.left, zone.right
        self.heights = [
            np.clip(self.y(trace.values), self.box.bottom - 50.0, self.box.top + 50.0)
            for trace in self.traced
        ]
        # Where a quantity goes to and fro all the time, fine strokes keep it from becoming a block of colour.
        restless = [float(np.abs(np.diff(heights)).sum()) > 12 * self.box.height for heights in self.heights]
        self.widths = [0.6 * THIN if busy else LINE for busy in restless]

    def _lay_out(self, zone: Box, note: Rich, brief: Rich | None, log: bool, bend: float | None) -> None:
        """The legend, and below it the axes with their numbers."""
        low, high = self._range(log, bend)
        across = measure(self.counter, LABEL)[0]
        names = max((measure(trace.name, LABEL)[1] for trace in self.traced), default=0.0)
        outer = zone.trimmed(bottom=MARK + PAD + 0.75 * TICK, top=names + 0.2, right=across + 0.26)
        self.legend = TraceLegend.of(self.traced, zone.width, note, brief, roomy=outer.height >= _ROOMY)
        outer = outer.trimmed(top=max(0.0, self.legend.height - names))
        self.y: ValueScale = (
            Scale(low, high, outer.bottom, outer.top, log=log)
            if bend is None
            else BentScale(low, high, outer.bottom, outer.top, bend)
        )
        self.ticks = ticks_apart(self.y, _ticks(self.y, _Y_SPACING if bend is None else _CLOSE), _CLOSE)
        self.numbers = short_ticks(self.ticks, log=log)
        self.box = outer.trimmed(left=extent(self.numbers.labels, TICK)[0] + MARK + PAD)

    def _beside(self, trace: Traced) -> Traced:
        """A quantity whose name says what the numbers at the axis lack."""
        name, short = (self.numbers.name(name) for name in (trace.name, trace.short))
        return replace(trace, name=name or trace.name, short=short)

    def _range(self, log: bool, bend: float | None) -> tuple[float, float]:
        values = np.concatenate([trace.values for trace in self.traced])
        values = np.clip(values[np.isfinite(values)], -_LARGEST, _LARGEST)
        low, high = float(values.min()), float(values.max())
        if self.floor is not None:
            low, high = min(low, self.floor), max(high, self.floor)
        if log:
            return low / (high / low) ** 0.08, high * (high / low) ** 0.08
        if self.zero:
            low, high = min(low, 0.0), max(high, 0.0)
        air = 0.08 * span_of(low, high)
        if bend is not None:
            bent = np.arcsinh(np.array([low, high]) / bend)
            air = 0.1 * float(np.ptp(bent))
            low, high = (float(v) for v in bend * np.sinh(bent + (-air, air)))
            return low, high
        # A quantity that is never negative stands on 0 where that costs little room.
        return (0.0 if 0 <= low < 0.5 * high else low - air), high + air

    def x(self, widened: float, position: float = 0.0) -> Scale:
        """The scale of the steps, on its way from view to view: 0 is the first of `views`, 1 the second, …

        It never leaves the row at `position` behind.
        """
        stage = min(int(widened), len(self.ends) - 1)
        here, there = self.ends[stage], self.ends[min(stage + 1, len(self.ends) - 1)]
        end = here * (there / here) ** (widened - stage)
        reached = float(np.interp(position, np.arange(len(self.rows)), self.steps[self.rows]))
        return Scale(0.0, max(end, 1.04 * reached), self.box.left, self.box.right)

    def draw(
        self, pen: Pen, position: float, *, grown: float, widened: float = 0.0, compared: float = 0.0
    ) -> None:
        """The quantities up to a row or a place between two rows; `compared` draws out the floor."""
        if grown <= 0:
            return
        scale = self.x(widened, position)
        shown = max(0.0, 2 * grown - 1)
        if self.floor is not None and compared > 0:
            y = float(self.y(self.floor))
            line = np.array([(self.box.left, y), (self.box.left + compared * self.box.width, y)])
            pen.stroke(line, Role.GOOD, THIN * 1.2, 0.9, (0.08, 0.06))
        if self.zero and self.y.low < 0 < self.y.high:
            y = float(self.y(0.0))
            line = np.array([(self.box.left, y), (self.box.right, y)])
            pen.stroke(line, Role.INK, THIN, 0.55 * shown)
        shown_row = min(int(position), len(self.rows) - 1)
        row = int(self.rows[shown_row])
        following = int(self.rows[min(shown_row + 1, len(self.rows) - 1)])
        x = scale(self.steps[: row + 1])
        ahead = scale(self.steps[following])
        part = position - shown_row
        for mark, (trace, heights, width) in enumerate(
            zip(self.traced, self.heights, self.widths, strict=True)
        ):
            dash = DASHES[mark]
            written = spaced(np.column_stack([x, heights[: row + 1]]), FINE)
            at = written[-1] + part * (np.array([ahead, heights[following]]) - written[-1])
            for piece in self.box.clip(np.vstack([written, at])):
                pen.stroke(piece, trace.role, width, shown, dash)
            if self.box.bottom - 1e-9 <= at[1] <= self.box.top + 1e-9:
                draw_end(pen, (float(at[0]), float(at[1])), trace.role, shown, mark)

    def draw_axes(self, pen: Pen, position: float, *, grown: float, widened: float = 0.0) -> None:
        """Axes, numbers and names, as wide as `draw` needs them."""
        if grown <= 0:
            return
        scale = self.x(widened, position)
        box, shown = self.box, max(0.0, 2 * grown - 1)
        draw_axis_lines(pen, box, grown)
        for value, number in zip(self.ticks, self.numbers.labels, strict=True):
            draw_tick(pen, box, float(self.y(float(value))), number, shown, upright=True)
        self._step_numbers(pen, scale, shown, widened)
        pen.text(self.counter, (box.right + 0.14, box.bottom), LABEL, anchor=(-1, 0), opacity=shown)
        left = self.left if self.flush else box.left - MARK
        self.legend.draw(pen, left, box.top + 0.16, self.right, shown, self.heading)

    def _step_numbers(self, pen: Pen, scale: Scale, shown: float, widened: float) -> None:
        """Those of a view fade before the axis widens, those of the next appear after it."""
        for view, end in enumerate(self.ends):
            opacity = shown * max(0.0, 1 - 3 * abs(widened - view))
            if opacity <= 0:
                continue
            ticks = self._step_ticks(end)
            for value, number in zip(ticks.tolist(), short_ticks(ticks).labels, strict=True):
                x = float(scale(value))
                if x <= self.box.right + 1e-9:
                    draw_tick(pen, self.box, x, number, opacity, upright=False)

    def _step_ticks(self, end: float) -> FloatArray:
        """Whole numbers of steps."""
        ticks = _ticks(Scale(0.0, end, self.box.left, self.box.right), _X_SPACING)
        return np.asarray(ticks[np.abs(ticks - np.round(ticks)) < 1e-9])


def _ticks(scale: ValueScale, spacing: float) -> FloatArray:
    """Ticks this far apart, or closer where there would be one only."""
    ticks = scale.ticks(spacing)
    while len(ticks) < 2 and spacing > 0.25:
        spacing *= 0.8
        ticks = scale.ticks(spacing)
    return ticks
