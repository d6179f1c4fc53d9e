"""The rates on a line, with their limit and this one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.draw.pen import BOLD, LINE, Pen, measure
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import REACH
from scenes.text import Rich, maths, number, whole
from scenes.theme import LABEL, TICK, Role
from scenes.widgets.marks import HALO, POINT, draw_cased, draw_point

_TICK = 0.13  # half the height of a mark on the line
_MOST = 2.0  # times the limit, where the line ends
_INNER = 0.92  # of the way between the walls at the height of the point
_TOP = 0.1
_AIR = 0.1  # beside a word
_BELOW, _ABOVE = 0.2, 0.22  # from the line to the numbers


@dataclass(frozen=True)
class RateLine:
    """All rates on a line, with their limit and this one; it takes a box."""

    story: OvershootStory
    box: Box
    type: float

    @classmethod
    def within(cls, story: OvershootStory, plot: Box, type_scale: float) -> RateLine:
        """In the free room of a plot above the point, between the walls."""
        half, size = _INNER * plot.width / 2 / REACH, LABEL * type_scale
        height = 0.85 * 1.15 * size + _ABOVE + _BELOW + 0.8 * size
        middle, top = plot.centre[0], plot.top - _TOP
        return cls(story, Box(middle - half, top - height, middle + half, top), type_scale)

    @property
    def _size(self) -> float:
        return LABEL * self.type

    @property
    def _y(self) -> float:
        return self.box.top - 0.85 * 1.15 * self._size - _ABOVE

    def _x(self, rate: float) -> float:
        most = max(_MOST * (self.story.limit or rate), 1.25 * self.story.rate)
        return self.box.left + self.box.width * rate / most

    def draw(self, pen: Pen, drawn: float, moved: float) -> None:
        """As far as it is `drawn`; its marker has `moved` from this rate to that of the run that comes home."""
        story, say = self.story, self.story.speech.say
        if drawn <= 0 or story.limit is None:
            return
        limit, rate, y = self._x(story.limit), self._x(story.rate), self._y
        for a, b, role in ((self.box.left, limit, Role.GOOD), (limit, self.box.right, Role.TROUBLE)):
            pen.stroke(np.array([(a, y), (a + (b - a) * drawn, y)]), role, BOLD * 1.6)
        below = y - _BELOW
        ends: list[tuple[float, Rich, Role]] = [
            (limit, maths(number(story.limit)), Role.INK),
            (self.box.left, maths(whole(0)), Role.SECONDARY),
        ]
        half = [measure(text, self._size)[0] / 2 for _, text, _ in ends]
        if limit - self.box.left < sum(half) + _AIR:
            ends.pop()
        for x, text, role in ends:
            draw_cased(pen, np.array([(x, y - _TICK), (x, y + _TICK)]), role, LINE * 1.3, drawn)
            pen.text(text, (x, below), self._size, anchor=(0, 1), role=role, opacity=drawn, halo=HALO)
        words = []
        for text, role, low, high in (
            (say("overshoot.strip-below"), Role.GOOD, self.box.left + half[1], limit - half[0]),
            (say("overshoot.strip-above"), Role.TROUBLE, limit + half[0], self.box.right),
        ):
            size = min(1.0, (high - low - 2 * _AIR) / measure(text, self._size)[0]) * self._size
            if size >= 0.99 * TICK:
                words.append((text, role, (low + high) / 2, size))
        for text, role, x, _ in words:
            size = min(size for *_, size in words)
            pen.text(text, (x, below), size, anchor=(0, 1), role=role, opacity=drawn, halo=HALO)
        if abs(rate - limit) > 0.1:
            draw_cased(pen, np.array([(rate, y - _TICK), (rate, y + _TICK)]), Role.INK, LINE * 1.3, drawn)
        tamer = story.tamer
        to = self._x(tamer.rate) if tamer is not None else rate
        at, size = rate + (to - rate) * smooth(moved), 1.15 * self._size
        draw_point(pen, (at, y), drawn, POINT, Role.INK)
        marked = [(story.rate, rate)]
        if tamer is not None and moved > 0.98:
            marked.append((tamer.rate, to))
        wide = sum(measure(maths(number(value)), size)[0] for value, _ in marked) / 2
        if abs(to - rate) < wide + 0.15:  # only the one where the marker is
            marked = marked[-1:]
        for value, x in marked:
            role = Role.GOOD if value < (story.limit or 0.0) else Role.TROUBLE
            pen.text(
                maths(number(value)),
                (x, y + _ABOVE),
                size,
                anchor=(0, -1),
                role=role,
                opacity=drawn,
                halo=HALO,
            )
