"""The rule, large: its letters, and below them one step in numbers that fly there from the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gdcore.notation import Node, Sign
from scenes.draw.pen import BASELINE, LINE, Pen, Point, measure
from scenes.layout import Box
from scenes.text import Arithmetic, Rich, Speech, maths, signed
from scenes.theme import LABEL, RULE, TICK, Role
from scenes.widgets.marks import HALO

_GAP = 0.24  # em around an operator
_TALL = 1.05  # em of a line of numbers
_LETTERS = 0.62  # size of the letters above, in sizes of the numbers
_DROP = 0.46  # em from the numbers to the bracket below them
_WORD_GAP = 0.1  # between the words below the numbers
_HOOK = 0.07  # em of its ends
_HIGH, _DEEP = 0.74, 0.26  # em of a line of numbers above its baseline, and of brackets below it
_AIR = 0.085  # at least so far below them the bracket is


@dataclass(frozen=True)
class TakeOff:
    """Where a number stands in the picture before it flies into the rule, and how large it is there."""

    at: Point
    size: float = LABEL


Pieces = Sequence[tuple[Rich, Role]]


@dataclass(frozen=True, eq=False)
class RuleBlock:
    """The rule in a zone: its letters in `pieces`, and below them steps in numbers.

    `steps` are those that are explained: they have one size. `others` may be smaller where they are too wide.
    `drop`: frame units by which the bracket below the numbers stands lower, where those are small. `only_step`: below
    the numbers the step alone is named, not the places.
    `width`: as wide as the numbers may be, by default as the zone; what flies in may come from all of the zone.
    """

    zone: Box
    speech: Speech
    letters: Pieces
    steps: Sequence[Arithmetic]
    others: Sequence[Arithmetic] = ()
    type: float = 1.0
    scale: float = 1.0
    drop: float = 0.0
    width: float | None = None
    only_step: bool = False
    size: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", self._fitting([step_pieces(step) for step in self.steps]))

    def _fitting(self, lines: Sequence[Pieces]) -> float:
        """The size at which lines of numbers, and the letters, fit the zone."""
        wanted = RULE * self.type * self.scale
        widest = max([_width(self.letters, wanted * _LETTERS), *(_width(line, wanted) for line in lines)])
        return wanted * min(1.0, self._room / widest)

    @property
    def _room(self) -> float:
        return self.zone.width if self.width is None else min(self.width, self.zone.width)

    def size_of(self, step: Arithmetic) -> float:
        """How large a step is drawn."""
        return min(self.size, self._fitting([step_pieces(step)]))

    @staticmethod
    def height(size: float = RULE) -> float:
        """The room that the block needs where its numbers are of a size."""
        return size * (_LETTERS + 0.45 + _TALL + _DROP + 0.2) + TICK * 1.3

    @staticmethod
    def above(size: float) -> float:
        """The room that the letters take above numbers of a size."""
        return size * (_LETTERS + 0.45 + 0.72 - _HIGH)

    @property
    def box(self) -> Box:
        """What the block covers with the widest of its steps."""
        widths = [_width(step_pieces(step), self.size) for step in (*self.steps, *self.others)]
        widest = min(self._room, max([_width(self.letters, self.size * _LETTERS), *widths]))
        zone = self.zone
        return Box(zone.left, zone.top - self.height(self.size), zone.left + widest, zone.top)

    def boxes(self, step: Arithmetic) -> tuple[Box, Box]:
        """What a step covers: the line of its numbers, and the bracket below with the name of the step."""
        size = self.size_of(step)
        places, left, y = _places(step_pieces(step), size), self.zone.left, self.baseline
        line = Box(left, y - _DEEP * size, left + places[-1][1], y + _HIGH * size)
        words = TICK * max(1.0, 1.15 * self.type)
        (a, _), (_, b) = places[2], places[4]
        half = max(b - a, measure(self.speech.say("picture.the-step", size=step.size), words)[0]) / 2
        middle = left + (a + b) / 2
        bottom = y - self._bracket(size) - 0.1 - 1.0 * words
        return line, Box(middle - half, bottom, middle + half, line.bottom)

    def _bracket(self, size: float) -> float:
        """How far below the numbers of a size their bracket stands."""
        return max(_DROP * size + self.drop, _DEEP * size + _AIR)

    @property
    def baseline(self) -> float:
        """Of the numbers."""
        return self.zone.top - self.above(self.size) - _HIGH * self.size

    def draw_letters(self, pen: Pen, shown: float) -> None:
        """The rule without numbers."""
        size = self.size * _LETTERS
        y = self.zone.top - 0.8 * size
        for (text, role), (left, _) in zip(self.letters, _places(self.letters, size), strict=True):
            pen.text(
                text,
                (self.zone.left + left, y),
                size,
                anchor=(-1, BASELINE),
                role=role,
                opacity=shown,
                halo=HALO,
            )

    def draw(
        self,
        pen: Pen,
        step: Arithmetic,
        *,
        old: TakeOff,
        slope: TakeOff,
        flown: float,
        asked: float,
        solved: float,
        shown: float = 1.0,
    ) -> None:
        """A step in numbers: old place and slope fly in, a question stands for the result until it is solved."""
        if flown <= 0 or shown <= 0:
            return
        pieces = step_pieces(step)
        size = self.size_of(step)
        places = _places(pieces, size)
        first, second = _part(flown, 0.0, 0.42), _part(flown, 0.5, 0.92)
        answered = _part(solved, 0.14, 0.34)  # soon after the landing, as the caption does
        # What flies in meets nothing: each sign comes when the number beside it has arrived.
        opacity = [
            _airy(first),
            _part(flown, 0.42, 0.5),
            _part(flown, 0.42, 0.5),
            _part(flown, 0.92, 1.0),
            _airy(second),
            _part(flown, 0.92, 1.0),
            answered,
        ]
        start: dict[int, tuple[TakeOff, float]] = {0: (old, first), 4: (slope, second)}
        for i, ((text, role), (left, _)) in enumerate(zip(pieces, places, strict=True)):
            at, scale = (self.zone.left + left, self.baseline), size
            if i in start:
                flight, part = start[i]
                at, scale = _flying(flight, at, size, part)
                at = (min(at[0], self.zone.right - measure(text, scale)[0]), at[1])
            pen.text(text, at, scale, anchor=(-1, BASELINE), role=role, opacity=opacity[i] * shown, halo=HALO)
        question = self.speech.say("picture.question")
        at = (self.zone.left + places[6][0], self.baseline)
        waiting = asked * (1 - _part(solved, 0.0, 0.14)) * shown
        pen.text(
            question, at, size, anchor=(-1, BASELINE), role=Role.POINT, opacity=waiting, bold=True, halo=HALO
        )
        self._named(pen, step, places, size, _part(flown, 0.92, 1.0) * shown, answered * shown)

    def _named(
        self,
        pen: Pen,
        step: Arithmetic,
        places: Sequence[tuple[float, float]],
        size: float,
        shown: float,
        solved: float,
    ) -> None:
        """What the numbers are: here, the step with its length, next."""
        say, left = self.speech.say, self.zone.left
        y = self.baseline - self._bracket(size)
        (a, _), (_, b) = places[2], places[4]
        hook = _HOOK * size
        bracket = np.array([(left + a, y + hook), (left + a, y), (left + b, y), (left + b, y + hook)])
        pen.stroke(bracket, Role.STEP, LINE, shown)
        words = TICK * max(1.0, 1.15 * self.type)  # never smaller than the numbers of an axis
        line = y - 0.1 - 0.75 * words
        step_word = say("picture.the-step", size=step.size)
        wide = measure(step_word, words)[0]
        middle = min(max(left + (a + b) / 2, left + wide / 2), self.zone.right - wide / 2)
        for text, (low, high), role, opacity in (
            (say("picture.here"), places[0], Role.POINT, shown),
            (step_word, (a, b), Role.STEP, shown),
            (say("picture.next"), places[6], Role.POINT, solved),
        ):
            # A word may be wider than the number above it; one without room is left out.
            half = measure(text, words)[0] / 2
            across = min(max(left + (low + high) / 2, left + half), self.zone.right - half)
            if text is not step_word:
                if self.only_step:
                    continue
                room = abs(across - middle) - half - wide / 2
                if room < _WORD_GAP:
                    continue
            pen.text(text, (across, line), words, anchor=(0, BASELINE), role=role, opacity=opacity, halo=HALO)


def rule_letters(speech: Speech, parameter: Node) -> Pieces:
    """w ← w − α · J′(w), each letter in the colour of what it stands for."""
    return [
        (maths(parameter), Role.SECONDARY),
        (maths(Sign("becomes")), Role.SECONDARY),
        (maths(parameter), Role.POINT),
        (maths(Sign("minus")), Role.SECONDARY),
        (maths(speech.formula("alpha")), Role.INK),
        (maths(Sign("dot")), Role.SECONDARY),
        (maths(speech.formula("J'({p})", p=parameter)), Role.SLOPE),
    ]


def step_pieces(step: Arithmetic) -> Pieces:
    """old − rate · slope = new, in the same colours."""
    return [
        (maths(step.old), Role.POINT),
        (maths(Sign("minus")), Role.SECONDARY),
        (maths(step.rate), Role.INK),
        (maths(Sign("dot")), Role.SECONDARY),
        (maths(signed(step.slope)), Role.SLOPE),
        (maths(Sign("equals")), Role.SECONDARY),
        (maths(step.new), Role.POINT),
    ]


def _places(pieces: Pieces, size: float) -> list[tuple[float, float]]:
    """Left and right end of each piece."""
    x, places = 0.0, []
    for text, _ in pieces:
        width = measure(text, size)[0]
        places.append((x, x + width))
        x += width + _GAP * size
    return places


def _width(pieces: Pieces, size: float) -> float:
    return _places(pieces, size)[-1][1]


def _part(progress: float, begin: float, end: float) -> float:
    return min(1.0, max(0.0, (progress - begin) / (end - begin)))


def _airy(part: float) -> float:
    """The opacity of a number on its way: what it passes over can be read through it."""
    return 0.45 * min(1.0, 5 * part) + 0.55 * _part(part, 0.96, 1.0)


def _flying(flight: TakeOff, to: Point, size: float, part: float) -> tuple[Point, float]:
    """Place and size of a number on its way."""
    (x, y), eased = flight.at, part * part * (3 - 2 * part)
    at = (x + (to[0] - x) * eased, y + (to[1] - y) * eased)
    return at, flight.size + (size - flight.size) * eased
