"""One rate of several on more parameters than one: its ground, its path, and what is said of it above and below."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from scenes.draw.pen import BASELINE, BOLD, LINE, Pen, measure
from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.layout import Box
from scenes.storyboard.parts import Part
from scenes.storyboard.story import Moment
from scenes.text import maths
from scenes.theme import LABEL, Role
from scenes.widgets.marks import POINT, draw_arrow, draw_minimum, draw_point
from scenes.widgets.plane.axes import draw_axes
from scenes.widgets.plane.contour_panel import ContourPanel

from .cells import Cells
from .standing import Standing

_LEFT = 1.3  # width of the arrow of a run that has left the panel, in lines


class RatePanel:
    """A contender of a story in its cell."""

    def __init__(self, story: LearningRatesStory, index: int, cells: Cells, cell: Box) -> None:
        self.story, self.index, self.cells, self.cell = story, index, cells, cell
        self.contender: Contender = story.contenders[index]
        self.plot = cells.plot(cell)
        self.names = cells.ground.names_on(self.plot, cells.style)
        self.track = cells.ground.track(self.plot, self.contender)
        self.contours = (
            ContourPanel.on(self.plot, story.terrain, cells.style) if story.terrain is not None else None
        )

    def key(self, stand: Standing) -> Hashable:
        """The ground never changes."""
        return None

    # What stands still

    def draw_ground(self, pen: Pen, stand: Standing) -> None:
        """Axes, and the level lines."""
        if self.cells.shared:
            self._shared_axes(pen)
        if self.contours is not None:
            self.contours.draw(pen, 1.0, axes=not self.cells.shared, minima=False)
        elif not self.cells.shared:
            draw_axes(pen, self.plot, self.cells.style)

    def _shared_axes(self, pen: Pen) -> None:
        """Axes of which only the first panel has numbers and a name upright, and the last a name across."""
        box, cells, (x_name, y_name) = self.plot.box, self.cells, self.names
        first, size = self.cell == cells.boxes[0], LABEL * cells.ground.type
        draw_axes(pen, self.plot, replace(cells.bare, y_numbers=first))
        if first:
            at = (box.left - 0.12, box.top + 0.14)
            pen.text(y_name, at, size, anchor=(1, -1), role=cells.style.y_role)
        if self.cell == cells.boxes[-1]:
            pen.text(x_name, (box.right + 0.16, box.bottom), size, anchor=(-1, 0))

    # What moves

    def draw(self, pen: Pen, at: Moment, stand: Standing) -> None:
        """The way so far, with the rings of the minima on top of it, and the point, or where it has left the panel."""
        row, after = self.contender.row_at(stand.step), self.contender.row_at(stand.ahead)
        position = row + (stand.hop if after == row + 1 else 0.0)
        self.track.draw_path(pen, position)
        if self.contours is not None:
            for x, y in self.contours.minima.tolist():
                draw_minimum(pen, (x, y), 1.0, 0.85 * POINT)
        self._ghost(pen, at, row)
        if self.track.inside(position):
            draw_point(pen, self.track.place(position), radius=0.6 * POINT)
        gone = self.track.exit(position)
        if gone is not None:
            draw_arrow(pen, *gone, Role.TROUBLE, LINE * _LEFT)

    def _ghost(self, pen: Pen, at: Moment, row: int) -> None:
        """The arrow of the first step, up to the panel's edge."""
        grown = at.part(Part.GHOST, 1) if self.story.span(Part.GHOST, 1) is not None else 0.0
        if grown <= 0 or row > 0 or self.track.last < 1:
            return
        start, end = np.array(self.track.place(0)), np.array(self.track.place(1))
        for part in self.track.box.clip(np.array([start, start + (end - start) * grown])):
            a, b = part[0].tolist(), part[-1].tolist()
            draw_arrow(pen, (a[0], a[1]), (b[0], b[1]), Role.STEP, BOLD, 1 - at.hop)

    def draw_words(self, pen: Pen, stand: Standing) -> None:
        """The rate above; below the panel the loss while the descent runs, then the verdict."""
        judged, verdict = stand.judged[self.index], self.contender.verdict
        self._rate(pen, Role.INK, 1 - judged)
        self._rate(pen, verdict.role, judged)
        contender, cell, size = self.contender, self.cell, self.cells.tick
        top, leaving, middle = (
            cell.bottom + self.cells.verdict_height,
            1 - min(1.0, 2 * judged),
            cell.centre[0],
        )
        if contender.over(stand.step):
            steps = self.story.speech.count("step", int(contender.steps[-1]))
            text, role = self.story.speech.say("learning-rates.over", steps=steps), Role.SECONDARY
        else:
            loss = self.story.loss_format(float(contender.loss[contender.row_at(stand.step)]))
            text, role = maths(self.story.speech.formula("J = {loss}", loss=loss)), Role.OBJECTIVE
        fitted = size * min(1.0, cell.width / measure(text, size)[0])
        pen.text(text, (middle, top), fitted, anchor=(0, 1), role=role, opacity=leaving)
        shown = max(0.0, 2 * judged - 1)
        for line in self.cells.verdict_lines(verdict, cell.width)[0]:
            pen.text(
                line.text,
                (middle, top - line.down),
                line.size,
                anchor=(0, 1),
                role=verdict.role if line.bold else Role.SECONDARY,
                opacity=shown,
                bold=line.bold,
                wrap=cell.width if line.wraps else None,
            )

    def _rate(self, pen: Pen, role: Role, shown: float) -> None:
        """The rate above the panel, in the middle, or on a line of its own."""
        cell, box, title = self.cell, self.plot.box, self.contender.label
        cells = self.cells
        width = measure(title, cells.head)[0]
        size = cells.head * min(1.0, cell.width / width)
        if cells.shared:
            pen.text(title, (box.centre[0], cell.top), size, anchor=(0, 1), role=role, opacity=shown)
            return
        if cells.stacked:
            pen.text(title, (cell.left, cell.top), size, anchor=(-1, 1), role=role, opacity=shown)
            return
        left = max(
            box.centre[0] - width / 2, box.left + measure(self.names[1], LABEL * cells.ground.type)[0] + 0.2
        )
        pen.text(title, (left, box.top + 0.17), cells.head, anchor=(-1, BASELINE), role=role, opacity=shown)
