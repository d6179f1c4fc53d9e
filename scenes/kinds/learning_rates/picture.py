"""The scene `learning-rates`: one ground, one start, several rates in step, and the axis of rates below."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from scenes.draw.pen import BASELINE, BOLD, LINE, Pen, measure
from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.layout import Box, Frame, Plot, Scale
from scenes.storyboard.story import Moment
from scenes.text import Rich, maths, tick_numbers, whole
from scenes.theme import LABEL, READOUT, TICK, Role
from scenes.widgets.picture import Picture
from scenes.widgets.plane.axes import AxisStyle, draw_axes, extent, fit_plot
from scenes.widgets.plane.contour_panel import ContourPanel
from scenes.widgets.plane.regime_strip import STRIP_HEIGHT, RegimeStrip
from scenes.widgets.plane.track import Track
from scenes.widgets.signs import WIDTH, draw_sign

_GAP = 0.18  # between panels
_POINT = 0.09
_CLEAR = 0.16  # between the numbers of an axis
_NARROW = 2.4  # a cell less wide than this shares its numbers
_COUNTER = 1.15  # width of the common counter beside the strip
_HEAD = 0.3  # a line of a panel's head
_LINE = 0.275  # a line of a verdict
_SPACINGS = (1.0, 0.8, 0.6, 0.45)  # of the usual ones: ticks stand closer where there would be only one
_OVER = 0.05  # of all steps: so long a run that is over takes to say so
_QUICK = 24  # more steps than this in one beat, and the point keeps to one side


@dataclass(frozen=True, eq=False)
class _Panel:
    """One contender's place: its cell, plot, track, and the lines of its verdict."""

    contender: Contender
    cell: Box
    plot: Plot
    track: Track
    contours: ContourPanel | None


class LearningRatesPicture(Picture[LearningRatesStory]):
    """Panels in a grid, below them the counter and the strip."""

    has_readout = False

    def __init__(self, story: LearningRatesStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.zones.stage
        self.foot = Box(stage.left, stage.bottom, stage.right, stage.bottom + STRIP_HEIGHT)
        self.x_name, self.y_name = self._names()
        self.style = AxisStyle(self.x_name, self.y_name, y_role=self._y_role())
        area = stage.trimmed(bottom=STRIP_HEIGHT + 0.26)
        cells = self._cells(area)
        # Narrow panels beside one another share their numbers and names, and the room that these take.
        self.shared = cells[0].top == cells[-1].top and cells[0].width < _NARROW
        if self.shared:
            cells = self._sharing(area)
        self.stacked = not self.shared and self._heads_stacked(cells[0])
        self.verdict_height = max(
            height for c in story.contenders for _, height in [self._verdict_lines(c, cells[0].width)]
        )
        self.style = self._with_ticks(cells[0])
        self.panels = [self._panel(c, cell) for c, cell in zip(story.contenders, cells, strict=True)]
        # Of other rules than plain descent the strip says nothing: they have no place on it.
        plain = [contender for contender in story.contenders if contender.plain]
        self.has_strip = bool(plain)
        self.strip = RegimeStrip(
            self.foot.trimmed(left=_COUNTER + 0.35),
            story.speech,
            story.strip,
            [contender.rate for contender in plain or story.contenders],
            [contender.verdict for contender in plain or story.contenders],
        )

    # Layout

    def _names(self) -> tuple[Rich, Rich]:
        names, formula = self.story.parameters, self.story.speech.formula
        if self.story.curve is not None:
            return maths(names[0]), maths(formula("J({p})", p=names[0]))
        if self.story.terrain is not None:
            return maths(names[0]), maths(names[1])
        return maths(formula("k")), maths(formula("J"))

    def _y_role(self) -> Role:
        return Role.INK if self.story.terrain is not None else Role.OBJECTIVE

    def _cells(self, area: Box) -> list[Box]:
        """The grid in which the panels' plots come out largest and not too flat."""
        count = len(self.story.contenders)

        def worth(rows: int) -> float:
            across = -(-count // rows)
            width = (area.width - _GAP * (across - 1)) / across - 0.9
            height = (area.height - _GAP * (rows - 1)) / rows - 1.45
            return min(width, 1.5 * height)

        rows = max((r for r in (1, 2, count) if count % r == 0), key=worth)
        across = count // rows
        width = (area.width - _GAP * (across - 1)) / across
        height = (area.height - _GAP * (rows - 1)) / rows
        return [
            Box(left, top - height, left + width, top)
            for row in range(rows)
            for column in range(across)
            for left in [area.left + column * (width + _GAP)]
            for top in [area.top - row * (height + _GAP)]
        ]

    def _heads_stacked(self, cell: Box) -> bool:
        """Do title and axis name need a line each?"""
        title = max(measure(c.label, READOUT)[0] for c in self.story.contenders)
        plot, _ = self._fitted(cell, self.style)
        name = self.style.upright(plot).numbers.name(self.y_name) or self.y_name
        return measure(name, LABEL)[0] + title + 0.7 > cell.width

    @property
    def bare(self) -> AxisStyle:
        """The style of axes whose names a neighbour says."""
        return replace(self.style, x_name=None, y_name=None)

    def _with_ticks(self, cell: Box) -> AxisStyle:
        """The style whose axes have two ticks or more each, where their numbers have room."""
        style, plot = self.style, self._plot(cell)
        for factor in reversed(_SPACINGS):
            x, y = factor * self.style.x_spacing, factor * self.style.y_spacing
            if factor == 1.0 or _has_room(plot.x, x, across=True):
                style = replace(style, x_spacing=x) if len(plot.x.ticks(x)) > 1 else style
            if factor == 1.0 or _has_room(plot.y, y, across=False):
                style = replace(style, y_spacing=y) if len(plot.y.ticks(y)) > 1 else style
        return style

    def _plot(self, cell: Box) -> Plot:
        """A cell's plot, between its head and its verdict."""
        body = cell.trimmed(
            bottom=self.verdict_height + 0.12, top=_HEAD + 0.05 if self.stacked or self.shared else 0.0
        )
        plot, log = self._fitted(body, self.bare if self.shared else self.style)
        if self.shared:  # as wide as the cell
            box = Box(cell.left, plot.box.bottom, cell.right, body.top)
            plot = Plot.over(box, (plot.x.low, plot.x.high), (plot.y.low, plot.y.high), log_y=log)
        return plot

    def _panel(self, contender: Contender, cell: Box) -> _Panel:
        story, plot = self.story, self._plot(cell)
        contours = None
        if story.terrain is not None:
            contours = ContourPanel.on(plot, story.terrain, self.style)
        return _Panel(contender, cell, plot, self._track(plot, contender), contours)

    def _sharing(self, area: Box) -> list[Box]:
        """Cells in a row, between the common numbers at the left and the common name at the right."""
        probe = self._fitted(area, self.bare)[0]
        x_name, y_name = self._shared_names(probe)
        left = max(probe.box.left - area.left, measure(y_name, LABEL)[0] + 0.2)
        row = area.trimmed(left=left, right=measure(x_name, LABEL)[0] + 0.2)
        count = len(self.story.contenders)
        width = (row.width - _GAP * (count - 1)) / count
        return [
            Box(x, row.bottom, x + width, row.top)
            for x in (row.left + i * (width + _GAP) for i in range(count))
        ]

    def _shared_names(self, plot: Plot) -> tuple[Rich, Rich]:
        """The names of the axes that panels beside one another share, with what their numbers lack."""
        across, upright = self.style.across(plot).numbers, self.style.upright(plot).numbers
        return across.name(self.x_name) or self.x_name, upright.name(self.y_name) or self.y_name

    def _fitted(self, body: Box, style: AxisStyle) -> tuple[Plot, bool]:
        """The plot that all panels have, within a body, and whether its upright axis is logarithmic."""
        story = self.story
        if story.terrain is not None:
            return fit_plot(body, story.terrain.x_range, story.terrain.y_range, style), False
        if story.curve is not None:
            return fit_plot(body, story.curve.x_range, story.curve.y_range, style), False
        low, high = story.loss_range
        log = low > 0 and high > 8 * low
        if log:
            low, high = low / 1.6, high * 1.6
        else:
            air = 0.1 * ((high - low) or 1.0)
            low, high = low - air, high + air
        return fit_plot(body, (0.0, float(story.steps[-1])), (low, high), style, log_y=log), log

    def _track(self, plot: Plot, contender: Contender) -> Track:
        if self.story.terrain is not None:
            return Track.on(plot, contender.path[:, 0], contender.path[:, 1], _POINT)
        if self.story.curve is not None:
            return Track.on(plot, contender.path[:, 0], contender.loss, _POINT)
        return Track.on(plot, contender.steps.astype(np.float64), contender.loss, _POINT)

    def _verdict_lines(
        self, contender: Contender, width: float
    ) -> tuple[list[tuple[Rich, float, float]], float]:
        """Texts of a verdict with their place (right, down) from the corner below the panel; the whole height.

        In a narrow cell the number begins a line of its own below the word.
        """
        verdict = contender.verdict
        indent = WIDTH + 0.1 if verdict.sign is not None else 0.0
        if not self.shared:
            return [(verdict.text, indent, 0.0)], measure(verdict.text, TICK, wrap=width - indent)[1]
        word, detail = verdict.word, verdict.detail
        below = _LINE * max(1, round(measure(word, TICK, wrap=width - indent)[1] / _LINE))
        lines = [(word, indent, 0.0), (detail, 0.0, below)]
        return lines, below + measure(detail, TICK, wrap=width)[1]

    # What the moment shows

    def draw(self, pen: Pen, at: Moment) -> None:
        step = self._step(at)
        for panel in self.panels:
            self._path(pen, panel, at, step)
            self._verdict(pen, panel, at, step)
        self._counter(pen, at.done("panels", 0.7, 1.0), step)

    def ground_key(self, at: Moment) -> Hashable:
        return at.raw("panels"), at.raw("strip"), at.raw("limit")

    def ground(self, pen: Pen, at: Moment) -> None:
        for panel in self.panels:
            self._ground(pen, panel, at.done("panels", 0.0, 0.8))
            self._head(pen, panel, at.done("panels", 0.3, 0.8))
        if not self.has_strip:
            return
        self.strip.draw(
            pen,
            # With what it explains; where no curvature is known the rates stand alone from the start.
            shown=at.done("strip", 0.0, 0.5) if self.story.has("strip") else at.done("panels", 0.4, 1.0),
            coloured=at.done("strip", 0.3, 1.0),
            limit=at.done("limit"),
            judged=1.0,
        )

    def _step(self, at: Moment) -> float:
        """The common step reached. Where steps pass quickly only every other one is shown: a zig-zag would flicker."""
        position = at.position
        before, after = at.past_row, at.beat.row
        if after - before > _QUICK and before + 0.15 * (after - before) < position < after:
            position = float(after - 2 * np.ceil((after - position) / 2))
        rows = np.arange(len(self.story.steps))
        return float(np.interp(position, rows, self.story.steps))

    def _ground(self, pen: Pen, panel: _Panel, shown: float) -> None:
        if self.shared:
            self._shared_axes(pen, panel, shown)
        if panel.contours is not None:
            panel.contours.draw(pen, shown, axes=not self.shared, minima=False)
            return
        if not self.shared:
            draw_axes(pen, panel.plot, self.style, min(1.0, 1.6 * shown))
        curve = self.story.curve
        if curve is None:
            return
        reach = panel.plot.box.left + shown * panel.plot.box.width
        for part in panel.plot.curve(curve.x, curve.y):
            pen.stroke(part[part[:, 0] <= reach], Role.OBJECTIVE, LINE * 1.2)

    def _minima(self, pen: Pen, panel: _Panel, shown: float) -> None:
        """The rings of the minima, which stand on top of the path."""
        curve = self.story.curve
        if panel.contours is not None:
            panel.contours.draw_minima(pen, shown)
        elif curve is not None:
            for x, y in panel.plot.at(curve.minima[:, 0], curve.minima[:, 1]).tolist():
                pen.disc((x, y), 0.09, Role.GOOD, shown, ring=LINE)

    def _shared_axes(self, pen: Pen, panel: _Panel, shown: float) -> None:
        """Axes of which only the first panel has numbers and a name upright, and the last a name across."""
        box = panel.plot.box
        x_name, y_name = self._shared_names(panel.plot)
        if panel is self.panels[0]:
            draw_axes(pen, panel.plot, self.bare, min(1.0, 1.6 * shown))
            at = (box.left - 0.12, box.top + 0.14)
            pen.text(y_name, at, LABEL, anchor=(1, -1), role=self._y_role(), opacity=shown)
        else:
            draw_axes(pen, panel.plot, replace(self.bare, y_numbers=False), min(1.0, 1.6 * shown))
        if panel is self.panels[-1]:
            pen.text(x_name, (box.right + 0.16, box.bottom), LABEL, anchor=(-1, 0), opacity=shown)

    def _head(self, pen: Pen, panel: _Panel, shown: float) -> None:
        """The rate above the panel, in the middle, or on a line of its own."""
        cell, box, title = panel.cell, panel.plot.box, panel.contender.label
        width = measure(title, READOUT)[0]
        size = max(TICK, READOUT * min(1.0, cell.width / width))
        if self.shared:
            pen.text(title, (box.centre[0], cell.top), size, anchor=(0, 1), opacity=shown)
            return
        if self.stacked:
            pen.text(title, (cell.left, cell.top), size, anchor=(-1, 1), opacity=shown)
            return
        name = box.left + measure(self._shared_names(panel.plot)[1], LABEL)[0] + 0.2
        left = max(box.centre[0] - width / 2, name)
        pen.text(title, (left, box.top + 0.17), READOUT, anchor=(-1, BASELINE), opacity=shown)

    def _path(self, pen: Pen, panel: _Panel, at: Moment, step: float) -> None:
        track, contender = panel.track, panel.contender
        born, ground = at.done("panels", 0.8, 1.0), at.done("panels", 0.0, 0.8)
        position = contender.row_at(step)
        if born > 0:
            track.draw_path(pen, position)
        self._minima(pen, panel, ground)
        if born <= 0:
            return
        if at.stepping and at.past_row < track.last:
            self._step_arrow(pen, track, at)
        track.draw_point(pen, position, born=born)

    def _step_arrow(self, pen: Pen, track: Track, at: Moment) -> None:
        """The arrow of a single step, up to the panel's edge; it gives way to the path."""
        start, end = np.array(track.place(at.past_row)), np.array(track.place(at.past_row + 1))
        grown = start + (end - start) * at.arrow
        fade = 1 - at.done(at.beat.id, 0.9, 1.0)
        for part in track.box.clip(np.array([start, grown])):
            a, b = part[0].tolist(), part[-1].tolist()
            pen.arrow((a[0], a[1]), (b[0], b[1]), Role.STEP, BOLD, fade)

    def _verdict(self, pen: Pen, panel: _Panel, at: Moment, step: float) -> None:
        """Below the panel: the loss while the descent runs, then the verdict."""
        contender, cell = panel.contender, panel.cell
        leaving, judged = at.done("verdicts", 0.0, 0.4), at.done("verdicts", 0.4, 1.0)
        last, end = int(contender.steps[-1]), int(self.story.steps[-1])
        if last < end:  # a run that is over says so at once, and does not stand there as if it went on
            over = max(0.0, min(1.0, (step - last) / max(1.0, _OVER * end)))
            leaving, judged = max(leaving, min(1.0, 2 * over)), max(judged, 2 * over - 1)
        top = cell.bottom + self.verdict_height
        row = min(int(contender.row_at(step) + 1e-9), len(contender.loss) - 1)
        loss = self.story.loss_format(float(contender.loss[row]))
        running = maths(self.story.speech.formula("J = {loss}", loss=loss))
        shown = at.done("panels", 0.8, 1.0)
        pen.text(
            running,
            (cell.left, top),
            TICK,
            anchor=(-1, 1),
            role=Role.OBJECTIVE,
            opacity=shown * (1 - leaving),
        )
        if judged <= 0:
            return
        verdict = contender.verdict
        if verdict.sign is not None:
            draw_sign(pen, (cell.left, top - TICK * 0.36), verdict.sign, verdict.role, judged)
        for text, right, down in self._verdict_lines(contender, cell.width)[0]:
            pen.text(
                text,
                (cell.left + right, top - down),
                TICK,
                anchor=(-1, 1),
                role=verdict.role,
                opacity=judged,
                wrap=cell.width - right,
            )

    def _counter(self, pen: Pen, shown: float, step: float) -> None:
        """The step that all panels have reached."""
        middle = self.foot.left + _COUNTER / 2
        word = self.story.speech.say("picture.step")
        pen.text(word, (middle, self.foot.top - 0.2), TICK, role=Role.AXIS, opacity=shown)
        widest = measure(maths(whole(self.story.steps[-1])), READOUT * 1.6)[0]
        size = READOUT * 1.6 * min(1.0, _COUNTER / widest)
        pen.text(maths(whole(int(step + 1e-9))), (middle, self.strip.band.centre[1]), size, opacity=shown)


def _has_room(scale: Scale, spacing: float, *, across: bool) -> bool:
    """Do the numbers of an axis with ticks so far apart stand clear of one another?"""
    ticks = scale.ticks(spacing)
    if len(ticks) < 2:
        return False
    width, height = extent(tick_numbers(ticks.tolist(), log=scale.log).labels, TICK)
    return bool(np.diff(scale(ticks)).min() >= (width if across else height) + _CLEAR)


picture = LearningRatesPicture
