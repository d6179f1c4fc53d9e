"""What happens within one step, in the order in which every kind of scene tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """The slope is shown; the numbers fly into the rule; the place to come is marked; the point jumps; the numbers change."""

    SLOPE = "slope"
    NUMBERS = "numbers"
    GHOST = "ghost"
    JUMP = "jump"
    RESULT = "result"


RIGID = frozenset({Part.JUMP, Part.RESULT})
"""Parts that take their time and no more; the others may be spread over the time in which the words are read."""


@dataclass(frozen=True)
class Span:
    """When a part of the step to row `row` happens: seconds of the story."""

    part: Part
    row: int
    start: float
    end: float

    def scaled(self, factor: float, offset: float) -> Span:
        """The same part where all seconds are multiplied, then moved."""
        return Span(self.part, self.row, self.start * factor + offset, self.end * factor + offset)


@dataclass(frozen=True)
class TimedPart:
    """A part of the step to row `row` and the seconds it takes, before it is given its place."""

    part: Part
    row: int
    seconds: float


def lasting(pieces: Sequence[TimedPart], stretch: float = 1.0) -> float:
    """The seconds of pieces one after the other, those that are not rigid `stretch` times as long."""
    return sum(piece.seconds * (1.0 if piece.part in RIGID else stretch) for piece in pieces)


def laid(pieces: Sequence[TimedPart], start: float, stretch: float = 1.0) -> tuple[Span, ...]:
    """Pieces one after the other from `start` on, those that are not rigid `stretch` times as long."""
    spans: list[Span] = []
    for piece in pieces:
        end = start + piece.seconds * (1.0 if piece.part in RIGID else stretch)
        spans.append(Span(piece.part, piece.row, start, end))
        start = end
    return tuple(spans)


def hops(first: int, last: int, seconds: float) -> list[TimedPart]:
    """Jumps to the rows after `first` up to `last`, each quicker than the one before, `seconds` in all."""
    count = last - first
    weights = [1.0 / (1.0 + 2.0 * i / max(1, count - 1)) for i in range(count)]
    slots = [seconds * weight / sum(weights) for weight in weights]
    return [
        TimedPart(part, first + 1 + i, slots[i] * share)
        for i in range(count)
        for part, share in ((Part.JUMP, 0.6), (Part.RESULT, 0.4))
    ]
