"""A film's frames without a film: which moment each of them shows, and when a new one is painted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scenes.film.timeline import stretches
from scenes.storyboard.story import Beat, Story

FRAME_RATE = 15
"""Frames a second that are looked at: flashes are counted on all of them, the rest on every third."""
SPARSE = 3
"""Every so many frames, 0.2 s, are looked at for what moves and what overlaps."""
_JUST_BEFORE = 1e-3  # seconds: at its end itself the next beat begins


class Screened(NamedTuple):
    """Frame `number` of a film at FRAME_RATE, which shows the story at `seconds`; `fresh`: it is not the one before again."""

    number: int
    seconds: float
    beat: Beat
    fresh: bool

    @property
    def sparse(self) -> bool:
        return self.number % SPARSE == 0


def screened(story: Story) -> Iterator[Screened]:
    """All frames in order. A picture that has come to rest is shown again until the beat ends, as a film does."""
    for beat, first, moving, last in stretches(story, FRAME_RATE):
        for number in range(first, last):
            seconds = min(min(number, first + moving) / FRAME_RATE, beat.end - _JUST_BEFORE)
            yield Screened(number, seconds, beat, number <= first + moving)


def rests(story: Story) -> list[tuple[Beat, float]]:
    """The pauses, each with a moment at which its beat has come to rest; of a story without any its last moment."""
    paused = [beat for beat in story.beats if beat.pause and beat.seconds > 0] or [story.beats[-1]]
    return [(beat, beat.end - _JUST_BEFORE) for beat in paused]
