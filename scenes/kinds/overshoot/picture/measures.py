"""How far the point is from the bottom: a line from the middle to it, its length, and by what a jump multiplied it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Sign
from scenes.draw.pen import LINE, Pen, measure
from scenes.kinds.overshoot.story.ending import factor_shown
from scenes.kinds.overshoot.story.findings import is_limit
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.layout import Box
from scenes.layout.box import box_at
from scenes.storyboard.story import smooth
from scenes.storyboard.views.zoom import ZoomView
from scenes.text import Rich, maths, number, value_of
from scenes.theme import LABEL, RATE, Role
from scenes.widgets.marks import HALO, POINT, draw_cased

from .scenery import Scenery

DASH = (0.05, 0.07)
_SHORTEST = 0.3  # a shorter line is not drawn
_END = 0.09  # half the height of the mark at its end in the middle
_OFF = 0.12  # from the line to its number
_CLEAR = 0.07
_LARGEST = 1.1  # times RATE, in a frame of large type
_BETWEEN = 0.28  # em, between the parts of what is written
_OPERAND = 0.85  # sizes of a length: a product is smaller
_SHOWN = 4  # digits of a length
_MOST = 2  # pieces of a length; a product has more
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # of the line, where its number may stand
_AGED = 0.55  # how clear the line to the place before is


_Pieces = list[tuple[Rich, float, Role]]


@dataclass(frozen=True)
class _Spot:
    """Where the number of a measure stands: so much of the way along its line, so far above or below it, and what it is."""

    along: float
    off: float
    pieces: _Pieces


@dataclass(eq=False)
class Measures:
    """The measures of the last two rows in a plot, and where their numbers stand."""

    around: Scenery
    _spots: dict[tuple[int, int], _Spot | None] = field(default_factory=dict)

    @property
    def story(self) -> OvershootStory:
        return self.around.story

    def _written(self, row: int, now: int) -> list[_Pieces]:
        """What may be written beside the line to a row, the most welcome first: how its length came about, or its length."""
        story, size = self.story, RATE * min(_LARGEST, self.around.type)
        away, before = story.away(row), story.away(row - 1) if row else None
        if away is None:
            return []
        if row != now:  # the length of the one before is in the product, where that is written
            told = len(self.pieces(now, now)) > _MOST
            return [] if told else [[(maths(away), LABEL * self.around.type, Role.SECONDARY)]]
        if before is None or story.factor is None:
            return [[(maths(away), size, Role.INK)]]
        factor = factor_shown(story.factor)
        role = Role.GOOD if story.factor < 1 and not is_limit(story.factor) else Role.TROUBLE
        times = story.speech.say("overshoot.times", times=factor)
        length: _Pieces = [(maths(away), size, Role.INK)]
        if number(value_of(before) * value_of(factor), _SHOWN) != away:  # in the digits shown
            return [length]
        small = _OPERAND * size
        product: _Pieces = [
            (maths(before), small, Role.SECONDARY),
            (times, small, role),
            (maths(Sign("equals")), small, Role.SECONDARY),
            (maths(away), small, Role.INK),
        ]
        return [product, length]

    def pieces(self, row: int, now: int) -> _Pieces:
        """What is written beside the line to a row when the descent rests at row `now`; nothing without room."""
        key = (row, now)
        if key not in self._spots:
            self._spots[key] = self._placed(row, now)
        spot = self._spots[key]
        return [] if spot is None else spot.pieces

    def line(self, view: ZoomView, row: int) -> FloatArray | None:
        """From the middle to the point of a row, (2, 2); None where there is nothing to measure in sight."""
        story, plot = self.story, self.around.plot
        if story.minimum is None:
            return None
        x = plot.point(view, *story.minimum)[0]
        end, y = plot.point(view, float(story.w[row]), float(story.loss[row]))
        if abs(end - x) < _SHORTEST or not all(plot.box.left <= each <= plot.box.right for each in (x, end)):
            return None
        return np.array([(x, y), (end, y)]) if plot.box.bottom <= y <= plot.box.top else None

    def boxes(self, now: int) -> list[Box]:
        """Where numbers stand when the descent rests at row `now`."""
        return [box for row in (now, now - 1) if row >= 0 and (box := self.box(row, now)) is not None]

    def lines(self, now: int) -> list[FloatArray]:
        """What is drawn when the descent rests at row `now`: the middle, and the lines to the last two rows."""
        view, plot = self.story.zoom.view(now), self.around.plot
        lines = [line for row in (now, now - 1) if row >= 0 and (line := self.line(view, row)) is not None]
        if not lines or self.story.minimum is None:
            return []
        x, foot = plot.point(view, *self.story.minimum)
        ends = [np.array([(x, line[0, 1] - _END), (x, line[0, 1] + _END)]) for line in lines]
        return [*lines, *ends, np.array([(x, foot), (x, max(float(line[0, 1]) for line in lines))])]

    def box(self, row: int, now: int) -> Box | None:
        """Where the number of a row stands when the descent rests at row `now`; None without room."""
        pieces, line = self.pieces(row, now), self.line(self.story.zoom.view(now), row)
        spot = self._spots[row, now]
        return None if spot is None or line is None else self._at(line, spot, _size(pieces))

    @staticmethod
    def _at(line: FloatArray, spot: _Spot, size: tuple[float, float]) -> Box:
        (x, y), (end, _) = line.tolist()
        return box_at((x + spot.along * (end - x), y + spot.off), size)

    def _placed(self, row: int, now: int) -> _Spot | None:
        line = self.line(self.story.zoom.view(now), row)
        if line is None:
            return None
        plot = self.around.plot
        lines = [*self.around.lines(now), *self.lines(now)]
        boxes = self.around.boxes(now)
        if row != now:
            newer = self.box(now, now)
            boxes += [newer] if newer is not None else []
        for pieces in self._written(row, now):
            size = _size(pieces)
            off = size[1] / 2 + _OFF
            spots = [_Spot(along, side, pieces) for side in (off, -off) for along in _ALONG]
            if row != now:  # before the beginning of its line
                length = abs(float(line[1, 0] - line[0, 0]))
                spots.insert(0, _Spot(-(size[0] / 2 + _OFF) / length, 0.0, pieces))
            for spot in spots:
                box = self._at(line, spot, size).grown(_CLEAR)
                if not plot.box.holds(box) or any(box.meets(other) for other in boxes):
                    continue
                if not any(box.crossed_by(each) for each in lines):
                    return spot
        return None

    # Painting

    def draw_middle(self, pen: Pen, view: ZoomView, top: float, shown: float) -> None:
        """The middle, from the minimum up to a height."""
        if self.story.minimum is None or shown <= 0:
            return
        x, foot = self.around.plot.point(view, *self.story.minimum)
        box = self.around.plot.box
        if box.left <= x <= box.right and top > foot + _SHORTEST:
            line = np.array([(x, foot), (x, min(top, box.top))])
            pen.stroke(line, Role.GOOD, LINE, shown, DASH)

    def draw(
        self, pen: Pen, view: ZoomView, row: int, now: int, grown: float, shown: float, told: float
    ) -> None:
        """The line to a row as far as it has `grown`, and how much of its number is `told`, as at rest at row `now`."""
        line = self.line(view, row)
        if line is None or grown <= 0 or shown <= 0:
            return
        aged = row != now
        draw_measure(pen, line, grown, shown * (_AGED if aged else 1.0))
        spot = self._spots[row, now] if self.box(row, now) is not None else None
        if spot is None or told <= 0:
            return
        box = self._at(line, spot, _size(spot.pieces))
        x = box.left
        for k, (text, size, role) in enumerate(spot.pieces):
            x += _BETWEEN * size if k else 0.0
            later = told if k == 0 else max(0.0, 2 * told - 1)
            pen.text(
                text, (x, box.bottom), size, anchor=(-1, -1), role=role, opacity=later * shown, halo=HALO
            )
            x += measure(text, size)[0]


def _size(pieces: _Pieces) -> tuple[float, float]:
    """Width and height of what is written beside a line."""
    sizes = [(*measure(text, size), size) for text, size, _ in pieces]
    width = sum(wide for wide, _, _ in sizes) + sum(_BETWEEN * size for _, _, size in sizes[1:])
    return width, max((high for _, high, _ in sizes), default=0.0)


def draw_measure(pen: Pen, line: FloatArray, grown: float, shown: float, role: Role = Role.INK) -> None:
    """A line (2, 2) that grows from the middle to a point, with a mark at its beginning."""
    (x, y), (end, _) = line.tolist()
    near = end - np.copysign(1.5 * POINT, end - x)
    draw_cased(pen, np.array([(x, y), (x + (near - x) * smooth(grown), y)]), role, LINE * 1.5, shown)
    draw_cased(pen, np.array([(x, y - _END), (x, y + _END)]), role, LINE * 1.5, shown * min(1.0, 4 * grown))
