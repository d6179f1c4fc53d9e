"""How far the view has zoomed out, in words true of both axes, and the first view as a box in the present one."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.notation import Node, Numeral
from scenes.draw.pen import LINE, Pen, measure
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import Rich
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.marks import HALO, draw_cased
from scenes.widgets.plane.zooming import ZoomingPlot

from .labels import OvershootLabels
from .scenery import COMING, corners_of

_ZOOMED = 1.02  # times as wide as the first view one is before that is told
_SMALLER = 1.72  # times as wide as the first view one is when the box of that is seen
_CROWDED = 0.9  # of its size: smaller, the badge is short
_SPECK = 0.3  # a box narrower than this is seen no more
_RUNNING = 1e4  # from here on a factor is rounded to its first digits
BOX_DASH = (0.11, 0.08)


def zoom_shown(factor: float) -> Node:
    """A factor in two digits below ten, else in whole ones: a number that runs does not jitter."""
    if factor >= _RUNNING:
        return factor_shown(factor)
    return Numeral(f"{factor:.{1 if factor < 9.95 else 0}f}")


@dataclass(frozen=True, eq=False)
class ZoomMarks:
    """The marks of a zoom in a plot."""

    story: OvershootStory
    plot: ZoomingPlot
    labels: OvershootLabels

    def draw_first_view(self, pen: Pen, view: ZoomView, row: int, position: float, still: float) -> None:
        """What was seen at first, as a box in what is seen now; its name where words are `still` seen."""
        zoom = self.story.zoom
        factor, box = zoom.factors(position)[0], self.plot.box_of(zoom.view(0), view)
        shown = smooth((factor - COMING) / (_SMALLER - COMING)) * smooth((box.width - _SPECK) / _SPECK)
        if factor <= COMING:
            return
        self._frame(pen, box, shown)
        if row in self.story.rests and still > 0:
            name = self.story.speech.say("picture.first-view")
            label = self.labels.first_view(row, name)
            if label is not None:
                size = TICK * self.labels.type
                pen.text(name, label.centre, size, opacity=shown * still, halo=HALO)

    def _frame(self, pen: Pen, box: Box, shown: float) -> None:
        """A dashed box within the panel."""
        for piece in self.plot.box.clip(corners_of(box)):
            draw_cased(pen, piece, Role.SECONDARY, LINE, shown, BOX_DASH)

    def badge(self, position: float, *, short: bool = False) -> Rich:
        """What the badge says in the view of a row: how many times as wide and as high it is as the first one."""
        wide, high = (zoom_shown(each) for each in self.story.zoom.factors(position))
        return self.story.speech.say(
            "overshoot.zoomed-out-short" if short else "overshoot.zoomed-out", wide=wide, high=high
        )

    def draw_badge(self, pen: Pen, position: float) -> None:
        factor = max(self.story.zoom.factors(position))
        shown = smooth((factor - _ZOOMED) / 0.2)
        if factor <= _ZOOMED or shown <= 0:
            return
        box, last = self.plot.box, float(len(self.story.w) - 1)
        room, wanted = box.width - self.plot.name_room - 0.3, LABEL * self.labels.type
        # As large as it may get with the longest digits: the size does not change with them.
        sizes = {
            short: min(
                1.0,
                room / max(measure(self.badge(each, short=short), wanted)[0] for each in (position, last)),
            )
            for short in (False, True)
        }
        short = sizes[False] < _CROWDED
        at = (box.right, box.top + 0.16)
        pen.text(
            self.badge(position, short=short),
            at,
            wanted * sizes[short],
            anchor=(1, None),
            role=Role.SECONDARY,
            opacity=shown,
        )
