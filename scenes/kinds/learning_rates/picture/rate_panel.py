"""One rate of several: its ground, its path, and what is said of it above and below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scenes.draw.pen import BASELINE, BOLD, LINE, Pen, measure
from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.layout import Box
from scenes.storyboard.story import Moment
from scenes.text import maths
from scenes.theme import LABEL, READOUT, TICK, Role
from scenes.widgets.marks import draw_minimum
from scenes.widgets.plane.axes import draw_axes, draw_curve
from scenes.widgets.plane.contour_panel import ContourPanel
from scenes.widgets.signs import draw_sign

from .cells import Cells

_OVER = 0.05  # of all steps: so long a run that is over takes to say so


class RatePanel:
    """A contender of a story in its cell."""

    def __init__(self, story: LearningRatesStory, contender: Contender, cells: Cells, cell: Box) -> None:
        self.story, self.contender, self.cells, self.cell = story, contender, cells, cell
        self.plot = cells.plot(cell)
        self.names = cells.ground.names_on(self.plot, cells.style)
        self.track = cells.ground.track(self.plot, contender)
        self.contours = (
            ContourPanel.on(self.plot, story.terrain, cells.style) if story.terrain is not None else None
        )

    # What stands still

    def draw_ground(self, pen: Pen, shown: float) -> None:
        """Axes, and the curve or the level lines."""
        if self.cells.shared:
            self._shared_axes(pen, shown)
        if self.contours is not None:
            self.contours.draw(pen, shown, axes=not self.cells.shared, minima=False)
            return
        if not self.cells.shared:
            draw_axes(pen, self.plot, self.cells.style, min(1.0, 1.6 * shown))
        curve = self.story.curve
        if curve is not None:
            draw_curve(pen, self.plot.box, self.plot.curve(curve.x, curve.y), shown, LINE * 1.2)

    def _shared_axes(self, pen: Pen, shown: float) -> None:
        """Axes of which only the first panel has numbers and a name upright, and the last a name across."""
        box, cells, (x_name, y_name) = self.plot.box, self.cells, self.names
        first = self.cell == cells.boxes[0]
        draw_axes(pen, self.plot, replace(cells.bare, y_numbers=first), min(1.0, 1.6 * shown))
        if first:
            at = (box.left - 0.12, box.top + 0.14)
            pen.text(y_name, at, LABEL, anchor=(1, -1), role=cells.style.y_role, opacity=shown)
        if self.cell == cells.boxes[-1]:
            pen.text(x_name, (box.right + 0.16, box.bottom), LABEL, anchor=(-1, 0), opacity=shown)

    def draw_head(self, pen: Pen, shown: float) -> None:
        """The rate above the panel, in the middle, or on a line of its own."""
        cell, box, title = self.cell, self.plot.box, self.contender.label
        width = measure(title, READOUT)[0]
        size = max(TICK, READOUT * min(1.0, cell.width / width))
        if self.cells.shared:
            pen.text(title, (box.centre[0], cell.top), size, anchor=(0, 1), opacity=shown)
            return
        if self.cells.stacked:
            pen.text(title, (cell.left, cell.top), size, anchor=(-1, 1), opacity=shown)
            return
        left = max(box.centre[0] - width / 2, box.left + measure(self.names[1], LABEL)[0] + 0.2)
        pen.text(title, (left, box.top + 0.17), READOUT, anchor=(-1, BASELINE), opacity=shown)

    # What moves

    def draw_path(self, pen: Pen, at: Moment, step: float) -> None:
        """The way up to a step, with the rings of the minima on top of it, and the point."""
        born, ground = at.done("panels", 0.8, 1.0), at.done("panels", 0.0, 0.8)
        position = self.contender.row_at(step)
        if born > 0:
            self.track.draw_path(pen, position)
        self._minima(pen, ground)
        if born <= 0:
            return
        if at.stepping and at.past_row < self.track.last:
            self._step_arrow(pen, at)
        self.track.draw_point(pen, position, born=born)

    def _minima(self, pen: Pen, shown: float) -> None:
        curve = self.story.curve
        if self.contours is not None:
            self.contours.draw_minima(pen, shown)
        elif curve is not None:
            for x, y in curve.minima:
                draw_minimum(pen, self.plot.point(x, y), shown, 0.09)

    def _step_arrow(self, pen: Pen, at: Moment) -> None:
        """The arrow of a single step, up to the panel's edge; it gives way to the path."""
        start, end = np.array(self.track.place(at.past_row)), np.array(self.track.place(at.past_row + 1))
        grown = start + (end - start) * at.arrow
        fade = 1 - at.done(at.beat.id, 0.9, 1.0)
        for part in self.track.box.clip(np.array([start, grown])):
            a, b = part[0].tolist(), part[-1].tolist()
            pen.arrow((a[0], a[1]), (b[0], b[1]), Role.STEP, BOLD, fade)

    def draw_verdict(self, pen: Pen, at: Moment, step: float) -> None:
        """Below the panel: the loss while the descent runs, then the verdict."""
        contender, cell = self.contender, self.cell
        leaving, judged = at.done("verdicts", 0.0, 0.4), at.done("verdicts", 0.4, 1.0)
        last, end = int(contender.steps[-1]), int(self.story.steps[-1])
        if last < end:  # a run that is over says so at once, and does not stand there as if it went on
            over = max(0.0, min(1.0, (step - last) / max(1.0, _OVER * end)))
            leaving, judged = max(leaving, min(1.0, 2 * over)), max(judged, 2 * over - 1)
        top = cell.bottom + self.cells.verdict_height
        loss = self.story.loss_format(float(contender.loss[int(contender.row_at(step) + 1e-9)]))
        running = maths(self.story.speech.formula("J = {loss}", loss=loss))
        shown = at.done("panels", 0.8, 1.0) * (1 - leaving)
        pen.text(running, (cell.left, top), TICK, anchor=(-1, 1), role=Role.OBJECTIVE, opacity=shown)
        if judged <= 0:
            return
        verdict = contender.verdict
        if verdict.sign is not None:
            draw_sign(pen, (cell.left, top - TICK * 0.36), verdict.sign, verdict.role, judged)
        for text, right, down in self.cells.verdict_lines(verdict, cell.width)[0]:
            pen.text(
                text,
                (cell.left + right, top - down),
                TICK,
                anchor=(-1, 1),
                role=verdict.role,
                opacity=judged,
                wrap=cell.width - right,
            )
