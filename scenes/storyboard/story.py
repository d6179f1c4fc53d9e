"""The story of a scene: beats on a time line, and where the story stands at a moment.

A story is pure data, made before anything is drawn. Film, report, slides and subtitles read the
same beats.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil
from typing import Self

from scenes.text import Rich, Speech

from .parts import Part, Span
from .question import Question

FADE = 0.5  # seconds in which one caption gives way to the next
_QUICK = 24  # rows in one beat, of which more pass too quickly to be told apart


@dataclass(frozen=True)
class Missing:
    """A number that a caption asks for, as typed, of a run that has only so many steps."""

    text: str
    steps: int


@dataclass(frozen=True)
class Beat:
    """One idea on screen.

    It begins at `start` seconds, moves for `motion` seconds, then rests until `start + seconds`.
    At its end the descent stands at trajectory row `row`. `pause` marks a pause point (its end),
    `chapter` opens a chapter at its start.
    `missing` are the numbers that a lecturer's caption asks for in vain.
    `parts` are what happens within its steps. The caption gives way to this one `spoken` seconds after the start: an
    answer is not told before it is seen. `question` is what it asks. `brief` beats are those of the scene told briefly.
    """

    id: str
    start: float
    motion: float
    seconds: float
    row: int
    step: int
    caption: Rich
    pause: bool = True
    chapter: Rich | None = None
    missing: tuple[Missing, ...] = ()
    parts: tuple[Span, ...] = ()
    spoken: float = 0.0
    question: Question | None = None
    brief: bool = False

    @property
    def moving(self) -> float:
        """Seconds from the start until nothing moves any more, the caption included."""
        return min(self.seconds, max(self.motion, self.spoken + FADE))

    @property
    def end(self) -> float:
        return self.start + self.seconds


def smooth(x: float) -> float:
    """Ease in and out: 0 to 1 with no speed and no jerk at either end (the quintic smoother step)."""
    x = min(1.0, max(0.0, x))
    return x * x * x * (x * (x * 6 - 15) + 10)


@dataclass(frozen=True, kw_only=True)
class Story:
    """A scene's kind, its name within the lecture, the runs that it tells, the title on screen and its beats in order.

    `speech` has the words for all that is written into its pictures.
    """

    kind: str
    name: str
    runs: tuple[str, ...]
    title: Rich
    speech: Speech
    beats: tuple[Beat, ...] = ()
    _index: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _parts: Mapping[tuple[Part, int], Span] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {beat.id: i for i, beat in enumerate(self.beats)})
        spans = {(span.part, span.row): span for beat in self.beats for span in beat.parts}
        object.__setattr__(self, "_parts", spans)

    def span(self, part: Part, row: int) -> Span | None:
        """When a part of the step to a row happens; None where it is not told by itself."""
        return self._parts.get((part, row))

    def told(self, beats: tuple[Beat, ...]) -> Self:
        """The same story with its beats."""
        return replace(self, beats=beats)

    @property
    def run(self) -> str:
        """The run of a scene that tells one."""
        return self.runs[0]

    @property
    def seconds(self) -> float:
        return self.beats[-1].end

    @cached_property
    def pauses(self) -> tuple[float, ...]:
        """The pause points: seconds at which the film may be stopped and everything said is on screen."""
        return tuple(beat.end for beat in self.beats if beat.pause)

    @cached_property
    def _starts(self) -> list[float]:
        return [beat.start for beat in self.beats]

    def beat(self, identifier: str) -> Beat:
        return self.beats[self._index[identifier]]

    def has(self, identifier: str) -> bool:
        return identifier in self._index

    def number_at(self, seconds: float) -> int:
        return max(0, bisect_right(self._starts, seconds + 1e-9) - 1)

    def moment(self, seconds: float) -> Moment:
        return Moment(self, min(max(0.0, seconds), self.seconds))

    def end_of(self, identifier: str) -> Moment:
        """The moment of rest at the end of a beat."""
        beat = self.beat(identifier)
        return Moment(self, beat.end - 1e-6)


@dataclass(frozen=True)
class Moment:
    """A story at a time: how far each beat has come, and where on its trajectory the descent stands."""

    story: Story
    seconds: float

    @cached_property
    def number(self) -> int:
        return self.story.number_at(self.seconds)

    @property
    def beat(self) -> Beat:
        return self.story.beats[self.number]

    def raw(self, identifier: str) -> float:
        """Progress of a beat's motion, 0 to 1, without easing; 0 for a beat the story does not have."""
        if not self.story.has(identifier):
            return 0.0
        beat = self.story.beat(identifier)
        if self.seconds >= beat.start + beat.motion - 1e-9:
            return 1.0
        if self.seconds <= beat.start:  # also before a beat that takes no time
            return 0.0
        return max(0.0, (self.seconds - beat.start) / beat.motion)

    def done(self, identifier: str, begin: float = 0.0, end: float = 1.0) -> float:
        """Eased progress of the part of a beat's motion between the fractions `begin` and `end`."""
        return smooth((self.raw(identifier) - begin) / (end - begin))

    def since(self, identifier: str) -> bool:
        """Has the beat begun?"""
        return self.story.has(identifier) and self.seconds >= self.story.beat(identifier).start - 1e-9

    def part(self, part: Part, row: int) -> float:
        """Eased progress of a part of the step to a row; of one that is not told by itself, whether the row is reached."""
        span = self.story.span(part, row)
        if span is None:
            return 1.0 if self.landed >= row else 0.0
        if self.seconds >= span.end - 1e-9:
            return 1.0
        if self.seconds <= span.start:  # also before a part that takes no time
            return 0.0
        return smooth((self.seconds - span.start) / (span.end - span.start))

    @cached_property
    def landed(self) -> int:
        """The last row at which the point has landed: nothing but its numbers may be shown."""
        beat, before = self.beat, self.past_row
        jumps = [span for span in beat.parts if span.part is Part.JUMP]
        if jumps:
            return max([before, *(span.row for span in jumps if self.seconds >= span.end - 1e-9)])
        return self.row if beat.row > before else beat.row

    @property
    def hop(self) -> float:
        """How far the point has come on its jump from the row at which it landed last, 0 where it rests."""
        for span in self.beat.parts:
            if span.part is Part.JUMP and span.start <= self.seconds < span.end - 1e-9:
                return smooth((self.seconds - span.start) / (span.end - span.start))
        return 0.0

    @property
    def past_row(self) -> int:
        """The trajectory row at which the current beat began."""
        return self.story.beats[self.number - 1].row if self.number else self.story.beats[0].row

    @property
    def steady_position(self) -> float:
        """`position`, but every other row only where many pass in one beat: the point of a zig-zag would flicker."""
        position, before, after = self.position, self.past_row, self.beat.row
        if after - before > _QUICK and before + 0.15 * (after - before) < position < after:
            return float(after - 2 * ceil((after - position) / 2))
        return position

    @property
    def row(self) -> int:
        """The last trajectory row reached."""
        return int(self.position + 1e-9)

    @property
    def stepping(self) -> bool:
        """Is the current beat one single step, shown as arrow first, then point?"""
        return self.beat.row - self.past_row == 1

    @property
    def arrow(self) -> float:
        """How far the arrow of a single step has grown."""
        return self.done(self.beat.id, 0.25, 0.6) if self.stepping else 0.0

    @property
    def position(self) -> float:
        """The trajectory row reached, between two rows while the point moves."""
        before, after = self.past_row, self.beat.row
        if before == after:
            return float(after)
        if any(span.part is Part.JUMP for span in self.beat.parts):
            return self.landed + self.hop
        if self.stepping:
            return before + self.done(self.beat.id, 0.6, 1.0)
        # Many steps: slow enough at first to be seen one by one, the last ones together.
        progress = self.raw(self.beat.id)
        bend = 1.0 if after - before <= 12 else 2.0 if after - before <= 100 else 3.0
        reached = (after - before) * progress**bend
        whole = min(int(reached), after - before)
        return before + whole + (smooth(reached - whole) if whole < after - before else 0.0)
