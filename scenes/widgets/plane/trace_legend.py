"""What the lines of a step trace are: how they are told apart, and the row of names above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, Pen, Point, measure
from scenes.text import Rich
from scenes.theme import LABEL, TICK, Role

DASHES: tuple[tuple[float, ...], ...] = ((), (0.13, 0.08), (0.03, 0.07))
END = 0.075  # radius of a line's end
_SAMPLE, _BESIDE, _APART = 0.3, 0.1, 0.22  # a stroke that shows a line's style, and the gaps about its name
_TO_NOTE, _BELOW = 0.1, 0.07  # gaps before a note beside the names, and above one that has a row of its own


@dataclass(frozen=True)
class Traced:
    """A quantity at every row: its name, values (n,) and colour, and a name for where there is little room."""

    name: Rich
    values: FloatArray
    role: Role
    short: Rich | None = None


def draw_end(pen: Pen, at: Point, role: Role, opacity: float, mark: int) -> None:
    """The end of a line in its own colour: filled for the first one, hollow for the second, small for the third."""
    if mark == 1:
        pen.disc(at, END, Role.BACKGROUND, opacity)
        pen.disc(at, END - 0.5 * LINE, role, opacity, ring=LINE)
    else:
        pen.disc(at, END if mark == 0 else 0.6 * END, role, opacity)


@dataclass(frozen=True)
class TraceLegend:
    """Names in a row, with several a piece of each line before its name, and a note on the scale."""

    traced: tuple[Traced, ...]
    names: tuple[Rich, ...]
    size: float
    note: Rich
    below: bool  # has the note a row of its own?

    @classmethod
    def of(
        cls,
        traced: Sequence[Traced],
        width: float,
        note: Rich,
        brief: Rich | None = None,
        *,
        roomy: bool = False,
    ) -> TraceLegend:
        """The longest names that fit in a width, in the smallest type or larger.

        A note that does not fit beside them gets its own row where the place is `roomy`; else `brief` is tried.
        """
        traced = tuple(traced)
        long = tuple(trace.name for trace in traced)
        short = tuple(trace.short or trace.name for trace in traced)
        fixed = (len(traced) - 1) * _APART
        if len(traced) > 1:
            fixed += len(traced) * (_SAMPLE + END + _BESIDE)
        own_row = [(long, note, True), (short, note, True)] if note and roomy else []
        beside = [(names, brief or note, False) for names in (long, short)]
        for names, said, below in ((long, note, False), *own_row, *beside, (long, Rich(), False)):
            after = _TO_NOTE + measure(said, TICK)[0] if said and not below else 0.0
            room = width - fixed - after
            size = LABEL * min(1.0, room / sum(measure(name, LABEL)[0] for name in names))
            if size >= TICK:
                return cls(traced, names, size, said, below)
        room = (width - fixed) / sum(measure(name, TICK)[0] for name in short)
        return cls(traced, short, TICK * min(1.0, room), Rich(), False)

    @property
    def width(self) -> float:
        names = [measure(name, self.size)[0] for name in self.names]
        several = len(names) * (_SAMPLE + END + _BESIDE) if len(names) > 1 else 0.0
        row = sum(names) + several + (len(names) - 1) * _APART
        note = measure(self.note, TICK)[0] if self.note else 0.0
        return max(row, note) if self.below else row + (_TO_NOTE + note if self.note else 0.0)

    @property
    def height(self) -> float:
        row = max(measure(name, self.size)[1] for name in self.names)
        return row + (_BELOW + self._note_height if self.below else 0.0)

    @property
    def _note_height(self) -> float:
        return measure(self.note, TICK)[1]

    def draw(
        self, pen: Pen, left: float, bottom: float, right: float, shown: float, heading: Rich | None
    ) -> None:
        """The row from `left` on; short names are followed by the heading where there is room up to `right`."""
        under = _BELOW + self._note_height if self.below else 0.0
        x, y = left, bottom + under + max(measure(name, self.size)[1] for name in self.names) / 2
        for mark, (trace, name) in enumerate(zip(self.traced, self.names, strict=True)):
            if len(self.traced) > 1:
                pen.stroke(np.array([(x, y), (x + _SAMPLE, y)]), trace.role, LINE, shown, DASHES[mark])
                draw_end(pen, (x + _SAMPLE, y), trace.role, shown, mark)
                x += _SAMPLE + END + _BESIDE
            box = pen.text(name, (x, y), self.size, anchor=(-1, 0), role=trace.role, opacity=shown)
            x = box.right + _APART
        if self.below:
            pen.text(self.note, (left, bottom), TICK, anchor=(-1, -1), role=Role.AXIS, opacity=shown)
        elif self.note:
            at = (x - _APART + _TO_NOTE, y)
            box = pen.text(self.note, at, TICK, anchor=(-1, 0), role=Role.AXIS, opacity=shown)
            x = box.right + _APART
        shortened = self.names != tuple(trace.name for trace in self.traced)
        if heading and shortened and x + measure(heading, TICK)[0] <= right:
            pen.text(heading, (right, y), TICK, anchor=(1, 0), role=Role.AXIS, opacity=shown)
