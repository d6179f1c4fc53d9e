"""Every step so far as a bar, one below the other: how long they are is what they are for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import Pen, measure
from scenes.layout import Box
from scenes.text import Rich
from scenes.theme import TICK, Role

_PITCH, _THICK = 36 / 135, 22 / 135
_AGED = 0.55  # opacity of a bar that is not the last


@dataclass(frozen=True, eq=False)
class StepBars:
    """Bars for lengths (n,) of steps in a zone, with the labels of some of them.

    `labels` are by the number of the step, counted from 0; `heading` stands above, and `closed` when more steps have
    been made than there are bars. `unit`: frame units to a unit of length; bars are shorter where they would not fit.
    """

    zone: Box
    lengths: FloatArray
    labels: dict[int, Rich]
    heading: Rich
    closed: Rich
    unit: float = 1e300
    type: float = 1.0
    pitch: float = 1.0

    @staticmethod
    def room(count: int, type_scale: float = 1.0, pitch: float = 1.0) -> float:
        """The height that so many bars and their heading need; at a `pitch` of ½ the bars lie twice as close."""
        return (TICK * 1.5 + count * _PITCH * pitch) * type_scale

    @property
    def _size(self) -> float:
        return TICK * self.type

    @property
    def _scale(self) -> float:
        """Frame units to one unit of length: the longest bar leaves room for its label."""
        widest = max((measure(label, self._size)[0] for label in self.labels.values()), default=0.0)
        longest = float(np.max(self.lengths, initial=0.0))
        return min(self.unit, max(0.0, self.zone.width - widest - 0.2) / longest) if longest else 0.0

    @property
    def boxes(self) -> list[Box]:
        """What heading and bars cover once all are drawn, the bars of a label's row with their labels."""
        zone, half = self.zone, _PITCH * self.type * self.pitch / 2
        wide = max(measure(text, self._size)[0] for text in (self.heading, self.closed))
        top = zone.top - self._size * 1.5
        found = [Box(zone.left, top, zone.left + wide, zone.top)]
        for k, length in enumerate(self.lengths.tolist()):
            y, right = top - (2 * k + 1) * half, zone.left + max(length * self._scale, 0.02)
            tall = half
            if (label := self.labels.get(k)) is not None:
                width, height = measure(label, self._size)
                right, tall = right + 0.1 + width, max(half, height / 2)
            found.append(Box(zone.left, y - tall, right, y + tall))
        return found

    def draw(
        self, pen: Pen, rows: int, part: float = 0.0, shown: float = 1.0, source: Box | None = None
    ) -> None:
        """The first `rows` bars; the next one is a `part` of its way from its `source` to its place among them."""
        if shown <= 0:
            return
        top = self.zone.top
        heading = self.closed if rows > len(self.lengths) else self.heading
        pen.text(heading, (self.zone.left, top), self._size, anchor=(-1, 1), role=Role.STEP, opacity=shown)
        y = top - self._size * 1.5 - _PITCH * self.type * self.pitch / 2
        pitch, thick = (size * self.type * self.pitch for size in (_PITCH, _THICK))
        for k in range(min(len(self.lengths), rows + (part > 0))):
            way = 1.0 if k < rows else part
            width = float(self.lengths[k]) * self._scale
            bar = Box(self.zone.left, y - thick / 2, self.zone.left + max(width, 0.02), y + thick / 2)
            if way < 1 and source is not None:
                bar = _between(source, bar, way)
            last = k == rows - 1 if part <= 0 else k == rows
            pen.area(_corners(bar), Role.STEP, shown * (1.0 if last and rows <= len(self.lengths) else _AGED))
            label = self.labels.get(k)
            if label is not None and way >= 1.0:
                at = (bar.right + 0.1, y)
                pen.text(label, at, self._size, anchor=(-1, 0), role=Role.STEP, opacity=shown)
            y -= pitch


def _corners(box: Box) -> FloatArray:
    return np.array(
        [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
    )


def _between(start: Box, end: Box, part: float) -> Box:
    eased = part * part * (3 - 2 * part)
    sides = zip(
        (start.left, start.bottom, start.right, start.top),
        (end.left, end.bottom, end.right, end.top),
        strict=True,
    )
    return Box(*(a + (b - a) * eased for a, b in sides))
