"""How far the view has zoomed out: a badge that is true of both axes, and the first view as a box in the present one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.notation import Node, Numeral
from scenes.draw.pen import LINE, Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.kinds.overshoot.story.words import factor_shown
from scenes.layout import Box
from scenes.storyboard.story import Moment, smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import Rich, maths
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.plane.zooming import ZoomingPlot

from .labels import OvershootLabels, edges_of
from .step import HALO

_GAPS = (0.8, 0.3, 0.8, 0.3, 0.0)  # em, after the parts of the badge
_RUNNING = 1e4  # from here on a factor is rounded to its first digits
_ZOOMED = 1.02  # times as wide as the first view one is before that is told
# Times as wide as the first view one is when the box of that begins to be seen, and is.
_COMING, _SMALLER = 1.25, 1.6
_SPECK = 0.3  # a box narrower than this is seen no more
BOX_DASH = (0.11, 0.08)


def zoom_shown(factor: float) -> Node:
    """A factor in three digits, zeros at its end included: a number that runs does not jitter."""
    if factor >= _RUNNING:
        return factor_shown(factor)
    return Numeral(f"{factor:.{2 - min(2, int(np.log10(max(1.0, float(f'{factor:.2e}')))))}f}")


@dataclass(frozen=True, eq=False)
class ZoomMarks:
    """The marks of a zoom in a plot; `parameter` is the name of its lower axis."""

    story: OvershootStory
    plot: ZoomingPlot
    labels: OvershootLabels
    parameter: Rich

    def draw_first_view(self, pen: Pen, view: ZoomView, row: int, position: float, still: float) -> None:
        """What was seen at first, as a box in what is seen now; its name where words are `still` seen."""
        zoom = self.story.zoom
        factor, box = zoom.factors(position)[0], self.plot.box_of(zoom.view(0), view)
        shown = smooth((factor - _COMING) / (_SMALLER - _COMING)) * smooth((box.width - _SPECK) / _SPECK)
        if factor <= _COMING:
            return
        self._frame(pen, box, shown)
        if row in self.story.rests and still > 0:
            name = self.story.speech.say("picture.first-view")
            label = self.labels.first_view(row, name)
            if label is not None:
                size = TICK * self.labels.type
                pen.text(name, label.centre, size, opacity=shown * still, halo=HALO)

    def _frame(self, pen: Pen, box: Box, shown: float, *, quiet: bool = False) -> None:
        """A dashed box within the panel; one that moves may pass beneath words."""
        if shown <= 0:
            return
        for piece in self.plot.box.clip(edges_of(box)):
            pen.stroke(piece, Role.SECONDARY, LINE, shown, BOX_DASH, quiet=quiet)

    def draw_growing(self, pen: Pen, at: Moment, view: ZoomView, row: int) -> None:
        """From the first view to this one, a frame that grows: the picture in it stays the same."""
        part = at.raw("seen")
        if self.story.factor is None or at.beat.id != "seen" or not 0 < part < 1:
            return
        if self.story.zoom.factors(row)[0] > _COMING:
            grown = self.story.zoom.view(row * smooth(part))
            self._frame(pen, self.plot.box_of(grown, view), min(1.0, 8 * part, 8 * (1 - part)), quiet=True)

    def badge(self, position: float) -> tuple[Rich, Rich, Rich, Rich, Rich]:
        """What the badge says in the view of a row: both axes, and how many times more than at first they hold."""
        say = self.story.speech.say
        wide, high = (
            say("overshoot.times", times=zoom_shown(each)) for each in self.story.zoom.factors(position)
        )
        loss = maths(self.story.speech.formula("J"))
        return say("overshoot.zoomed-out"), self.parameter, wide, loss, high

    def draw_badge(self, pen: Pen, position: float) -> None:
        factor = max(self.story.zoom.factors(position))
        shown = smooth((factor - _ZOOMED) / 0.2)
        if factor <= _ZOOMED or shown <= 0:
            return
        roles = (Role.INK, Role.SECONDARY, Role.TROUBLE, Role.SECONDARY, Role.TROUBLE)
        pieces = list(zip(self.badge(position), roles, _GAPS, strict=True))
        box, size = self.plot.box, LABEL * self.labels.type
        room = box.width - self.plot.name_room - 0.3

        def width(size: float) -> float:
            return sum(measure(text, size)[0] + gap * size for text, _, gap in pieces)

        if width(size) > room:
            pieces = pieces[1:]
        size *= min(1.0, room / width(size))
        x, y = box.right - width(size), box.top + 0.16
        for text, role, gap in pieces:
            pen.text(text, (x, y), size, anchor=(-1, None), role=role, opacity=shown)
            x += measure(text, size)[0] + gap * size
