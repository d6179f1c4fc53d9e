"""A plot whose view widens while it is watched: the ticks of its resting views fade into one another, none jitters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.draw.pen import LINE, THIN, Pen, Point, measure
from scenes.layout import Box
from scenes.layout.ticks import nice_ticks
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import Zoom, ZoomView
from scenes.text import Rich, TickNumbers, maths, tick_numbers
from scenes.theme import LABEL, TICK, Role

from .axes import MARK, PAD, extent

_SPACING = (1.5, 1.0)  # about so far apart are ticks
# Of the way from one resting view to the next: so far on the ticks of the first have gone, and so late those of the next
# come; as a logarithm of how far the view has zoomed at most the second.
_GONE, _CROWDED = 0.4, 0.5
_CLEAR = 0.12
_NAMED = 0.45  # of the width, at most, for the name above the plot
_UNDER = 0.12
Seen = tuple[float, float]  # how much of what belongs to the view before, and to the one after
_FAR = 1e6  # what lies farther off in the frame is drawn there


@dataclass(frozen=True, eq=False)
class _Ticks:
    """The ticks of one axis in a resting view, and their numbers."""

    values: tuple[float, ...]
    numbers: TickNumbers

    @classmethod
    def over(cls, ends: tuple[float, float], wanted: int) -> _Ticks:
        values = nice_ticks(*ends, max(2, wanted)).tolist()
        return cls(tuple(values), tick_numbers(values))

    @property
    def pairs(self) -> list[tuple[float, Node]]:
        return list(zip(self.values, self.numbers.labels, strict=True))


class ZoomingPlot:
    """A plot in a zone that follows a zoom. The rows `rests` are those at which its view rests: each has its ticks.

    The numbers stand at the left and below; the names of the axes above and below, at the right.
    """

    def __init__(
        self, zone: Box, zoom: Zoom, rests: Sequence[int], type_scale: float = 1.0, name_width: float = 0.0
    ) -> None:
        self.name_width = name_width  # of the name below, where it stands in the row of the numbers
        self.zoom, self.rests = zoom, sorted(set(rests))
        self.label, self.tick = LABEL * type_scale, TICK * type_scale
        self.header = 1.5 * self.label
        box = zone
        for _ in range(2):  # the numbers' width depends on the ticks, the ticks on the room
            views = [zoom.view(row) for row in self.rests]
            across = int(box.width / (_SPACING[0] * type_scale))
            upright = int(box.height / (_SPACING[1] * type_scale))
            self.x_ticks = [_Ticks.over(view.x_range, across) for view in views]
            self.y_ticks = [_Ticks.over(view.y_range, upright) for view in views]
            self._thin_out(views, box)
            widest = max(extent(ticks.numbers.labels, self.tick)[0] for ticks in self.y_ticks)
            self.below = any(ticks.numbers.offset for ticks in self.x_ticks) or self._crowded(views, box)
            bottom = MARK + PAD + 0.75 * self.tick + (_UNDER + self.label if self.below else 0.0)
            box = zone.trimmed(left=widest + MARK + PAD, bottom=bottom, top=self.header)
        self.box = box

    def _thin_out(self, views: Sequence[ZoomView], box: Box) -> None:
        """Fewer ticks below the plot where their numbers are long."""
        for i, view in enumerate(views):
            for wanted in (5, 4, 3, 2):
                ticks = self.x_ticks[i]
                places = view.across(np.array(ticks.values)) * box.width / 2
                wide = extent(ticks.numbers.labels, self.tick)[0] + _CLEAR
                if len(places) < 2 or float(np.diff(places).min()) >= wide:
                    break
                self.x_ticks[i] = _Ticks.over(view.x_range, wanted)

    def _crowded(self, views: Sequence[ZoomView], box: Box) -> bool:
        """Would the name in the row of the numbers leave fewer than two of them in some view?"""
        edge = box.width - self.name_width
        for view, ticks in zip(views, self.x_ticks, strict=True):
            places = (1 + view.across(np.array(ticks.values))) * box.width / 2
            wide = [measure(maths(label), self.tick)[0] for label in ticks.numbers.labels]
            if sum(place + half / 2 <= edge for place, half in zip(places.tolist(), wide, strict=True)) < 2:
                return True
        return False

    def places(self, view: ZoomView, w: FloatArray | float, loss: FloatArray | float) -> FloatArray:
        """Points (…, 2) of values in a view; what is far out of sight lies no farther than can be drawn."""
        box = self.box
        with np.errstate(over="ignore", invalid="ignore"):
            x = box.centre[0] + view.across(w) * box.width / 2
            y = box.bottom + view.up(loss) * box.height
        return np.asarray(np.clip(np.stack(np.broadcast_arrays(x, y), axis=-1), -_FAR, _FAR))

    def point(self, view: ZoomView, w: float, loss: float) -> Point:
        """The point of one pair of values."""
        x, y = self.places(view, w, loss).tolist()
        return x, y

    def box_of(self, inner: ZoomView, view: ZoomView) -> Box:
        """The box that one view has in another."""
        half = float(np.exp(inner.log_half - view.log_half)) * self.box.width / 2
        height = float(np.exp(inner.log_height - view.log_height)) * self.box.height
        middle, floor = self.box.centre[0], self.box.bottom + float(view.up(view.floor)) * self.box.height
        bottom = floor - height * float(inner.up(inner.floor))
        return Box(middle - half, bottom, middle + half, bottom + height)

    def _between(self, row: float) -> tuple[int, int, float]:
        """The two resting views about a row, and the share of the way between them."""
        i = max(0, bisect_right(self.rests, row + 1e-9) - 1)
        j = min(i + 1, len(self.rests) - 1)
        span = self.rests[j] - self.rests[i]
        return i, j, (row - self.rests[i]) / span if span else 0.0

    def _nearness(self, row: float) -> tuple[Seen, Seen]:
        """How much is seen of the ticks of the two resting views about a row: across, and upright."""
        i, j, _ = self._between(row)
        before, now, after = (self.zoom.view(each) for each in (self.rests[i], row, self.rests[j]))
        return (
            _seen(before.log_half, now.log_half, after.log_half),
            _seen(before.log_height, now.log_height, after.log_height),
        )

    def draw(self, pen: Pen, row: float, shown: float = 1.0) -> None:
        """Lines across, the lower edge, and the numbers."""
        i, j, _ = self._between(row)
        view, box = self.zoom.view(row), self.box
        wide, high = self._nearness(row)
        pen.stroke(np.array([(box.left, box.bottom), (box.right, box.bottom)]), Role.AXIS, LINE * 0.85, shown)
        for value, number, seen in _fading(self.y_ticks[i].pairs, self.y_ticks[j].pairs, high):
            y = box.bottom + float(view.up(value)) * box.height
            if box.bottom - 1e-6 <= y <= box.top + 1e-6:
                line = np.array([(box.left, y), (box.right, y)])
                pen.stroke(line, Role.GRID, THIN, seen * shown, quiet=True)
                at = (box.left - MARK - 0.7 * PAD, y)
                pen.text(maths(number), at, self.tick, anchor=(1, 0), role=Role.AXIS, opacity=seen * shown)
        edge = box.right - (0.0 if self.below else self.name_width)
        for value, number, seen in _fading(self.x_ticks[i].pairs, self.x_ticks[j].pairs, wide):
            x = box.centre[0] + float(view.across(value)) * box.width / 2
            if not box.left - 1e-6 <= x <= box.right + 1e-6:
                continue
            foot = np.array([(x, box.bottom - LINE), (x, box.bottom - MARK)])
            pen.stroke(foot, Role.AXIS, THIN, seen * shown)
            if x + measure(maths(number), self.tick)[0] / 2 <= edge:
                at = (x, box.bottom - MARK - PAD)
                pen.text(maths(number), at, self.tick, anchor=(0, 1), role=Role.AXIS, opacity=seen * shown)

    @property
    def name_room(self) -> float:
        """How far the name above may reach."""
        return (
            _NAMED if any(ticks.numbers.offset for ticks in self.y_ticks) else _NAMED / 3
        ) * self.box.width

    def draw_names(self, pen: Pen, row: float, x_name: Rich, y_name: Rich, shown: float = 1.0) -> None:
        """The names of the axes; where the numbers lack something the name says it, view by view."""
        i, j, _ = self._between(row)
        box = self.box
        wide, high = self._nearness(row)
        for name, seen in _forms(y_name, self.y_ticks[i].numbers, self.y_ticks[j].numbers, high):
            size = self.label * min(1.0, _NAMED * box.width / measure(name, self.label)[0])
            at = (box.left, box.top + 0.12)
            pen.text(name, at, size, anchor=(-1, -1), role=Role.OBJECTIVE, opacity=seen * shown)
        y = box.bottom - MARK - PAD
        if self.below:
            y -= 0.75 * self.tick + _UNDER
        for name, seen in _forms(x_name, self.x_ticks[i].numbers, self.x_ticks[j].numbers, wide):
            pen.text(name, (box.right, y), self.label, anchor=(1, 1), opacity=seen * shown)


def _seen(before: float, now: float, after: float) -> Seen:
    """How much is seen of what belongs to each of two views, by the logarithms of their sizes and of that between them."""
    whole = after - before
    if whole <= 0:
        return 1.0, 0.0
    span = min(_GONE * whole, _CROWDED)
    return smooth(1 - (now - before) / span), smooth(1 - (after - now) / span)


def _fading(
    before: Sequence[tuple[float, Node]], after: Sequence[tuple[float, Node]], seen: Seen
) -> list[tuple[float, Node, float]]:
    """The ticks of two views and how much of each is seen on the way between them; those of both stay."""
    stay = set(before) & set(after)
    found = [(*tick, 1.0 if tick in stay else seen[0]) for tick in before]
    found += [(*tick, seen[1]) for tick in after if tick not in stay]
    return [tick for tick in found if tick[2] > 0]


def _forms(name: Rich, before: TickNumbers, after: TickNumbers, seen: Seen) -> list[tuple[Rich, float]]:
    """The forms of a name in two views, and how much of each is seen."""
    one, two = before.name(name) or name, after.name(name) or name
    if one == two:
        return [(one, 1.0)]
    return [form for form in zip((one, two), seen, strict=True) if form[1] > 0]
