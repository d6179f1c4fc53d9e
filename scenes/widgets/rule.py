"""The rule, large: its letters, and below them one step in numbers that fly there from the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gdcore.notation import Sign
from scenes.draw.pen import BASELINE, LINE, Pen, Point, measure
from scenes.layout import Box
from scenes.text import Arithmetic, Rich, Speech, maths, signed
from scenes.theme import LABEL, RULE, TICK, Role

_GAP = 0.2  # em around an operator
_TALL = 1.05  # em of a line of numbers
_LETTERS = 0.62  # size of the letters above, in sizes of the numbers
_DROP = 0.2  # em from the numbers to the bracket below them
_HOOK = 0.09  # em of its ends


@dataclass(frozen=True)
class Flight:
    """Where a number stands in the picture before it flies into the rule, and how large it is there."""

    at: Point
    size: float = LABEL


@dataclass(frozen=True, eq=False)
class RuleBlock:
    """The rule in a zone, of one size for all the steps that it will show.

    `letters` is the rule without numbers; `steps` are the steps that are written out.
    """

    zone: Box
    speech: Speech
    letters: Rich
    steps: Sequence[Arithmetic]
    type: float = 1.0
    size: float = field(init=False)

    def __post_init__(self) -> None:
        wanted = RULE * self.type
        widest = max((self._width(step, wanted) for step in self.steps), default=0.0)
        widest = max(widest, measure(self.letters, wanted * _LETTERS)[0])
        object.__setattr__(self, "size", wanted * min(1.0, self.zone.width / widest if widest else 1.0))

    @staticmethod
    def height(size: float = RULE) -> float:
        """The room that the block needs where its numbers are of a size."""
        return size * (_LETTERS + 0.45 + _TALL + _DROP + 0.2) + TICK * 1.3

    @property
    def box(self) -> Box:
        """What the block covers with the widest of its steps."""
        widest = max((self._width(step, self.size) for step in self.steps), default=0.0)
        widest = max(widest, measure(self.letters, self.size * _LETTERS)[0])
        zone = self.zone
        return Box(zone.left, zone.top - self.height(self.size), zone.left + widest, zone.top)

    @staticmethod
    def _pieces(step: Arithmetic) -> list[tuple[Rich, Role]]:
        def sign(name: str) -> Rich:
            return maths(Sign(name))

        return [
            (maths(step.old), Role.POINT),
            (sign("minus"), Role.SECONDARY),
            (maths(step.rate), Role.INK),
            (sign("dot"), Role.SECONDARY),
            (maths(signed(step.slope)), Role.SLOPE),
            (sign("equals"), Role.SECONDARY),
            (maths(step.new), Role.POINT),
        ]

    def _places(self, step: Arithmetic, size: float) -> list[tuple[float, float]]:
        """Left and right end of each piece, from the left of the zone."""
        x, places = 0.0, []
        for text, _ in self._pieces(step):
            width = measure(text, size)[0]
            places.append((x, x + width))
            x += width + _GAP * size
        return places

    def _width(self, step: Arithmetic, size: float) -> float:
        return self._places(step, size)[-1][1]

    @property
    def baseline(self) -> float:
        """Of the numbers."""
        return self.zone.top - self.size * (_LETTERS + 0.45 + 0.72)

    def draw_letters(self, pen: Pen, shown: float) -> None:
        """The rule without numbers."""
        at = (self.zone.left, self.zone.top)
        pen.text(self.letters, at, self.size * _LETTERS, anchor=(-1, 1), opacity=shown)

    def draw(
        self,
        pen: Pen,
        step: Arithmetic,
        *,
        old: Flight,
        slope: Flight,
        flown: float,
        asked: float,
        solved: float,
        shown: float = 1.0,
    ) -> None:
        """A step in numbers: old place and slope fly in, a question stands for the result until it is solved."""
        if flown <= 0 or shown <= 0:
            return
        pieces, places = self._pieces(step), self._places(step, self.size)
        first, second = _part(flown, 0.0, 0.55), _part(flown, 0.4, 0.95)
        opacity = [1.0, first, _part(flown, 0.3, 0.6), second, 1.0 if flown > 0.4 else 0.0, second, solved]
        start: dict[int, tuple[Flight, float]] = {0: (old, first), 4: (slope, second)}
        for i, ((text, role), (left, _)) in enumerate(zip(pieces, places, strict=True)):
            at, size = (self.zone.left + left, self.baseline), self.size
            if i in start:
                flight, part = start[i]
                at, size = _flying(flight, at, self.size, part)
            pen.text(text, at, size, anchor=(-1, BASELINE), role=role, opacity=opacity[i] * shown)
        left, right = places[6]
        question = self.speech.say("picture.question")
        at = (self.zone.left + left, self.baseline)
        waiting = asked * (1 - solved) * shown
        pen.text(question, at, self.size, anchor=(-1, BASELINE), role=Role.POINT, opacity=waiting, bold=True)
        self._named(pen, places, _part(flown, 0.7, 1.0) * shown, solved * shown)

    def _named(self, pen: Pen, places: Sequence[tuple[float, float]], shown: float, solved: float) -> None:
        """What the numbers are: here, the step, next."""
        say, left, size = self.speech.say, self.zone.left, self.size
        y = self.baseline - _DROP * size
        (a, _), (_, b) = places[2], places[4]
        hook = _HOOK * size
        bracket = np.array([(left + a, y + hook), (left + a, y), (left + b, y), (left + b, y + hook)])
        pen.stroke(bracket, Role.STEP, LINE, shown)
        words = TICK * 1.15 * self.type
        top = y - 0.1
        for text, (low, high), role, opacity in (
            (say("picture.here"), places[0], Role.POINT, shown),
            (say("picture.the-step"), (a, b), Role.STEP, shown),
            (say("picture.next"), places[6], Role.POINT, solved),
        ):
            pen.text(text, (left + (low + high) / 2, top), words, anchor=(0, 1), role=role, opacity=opacity)


def _part(progress: float, begin: float, end: float) -> float:
    return min(1.0, max(0.0, (progress - begin) / (end - begin)))


def _flying(flight: Flight, to: Point, size: float, part: float) -> tuple[Point, float]:
    """Place and size of a number on its way."""
    (x, y), eased = flight.at, part * part * (3 - 2 * part)
    at = (x + (to[0] - x) * eased, y + (to[1] - y) * eased)
    return at, flight.size + (size - flight.size) * eased


