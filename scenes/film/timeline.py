"""Which frames of a film move and which rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from scenes.storyboard.story import Beat, Story

_LONGEST = 2.0  # seconds that move without a place to cut
_RESTING = 0.02  # what a resting frame costs, in moving ones
_SETTLING = 8  # what a picture costs that comes to rest, in moving frames


class Stretch(NamedTuple):
    """Frames of a beat: from `first`, `moving` that differ, then the picture rests up to `last` (excluded)."""

    beat: Beat
    first: int
    moving: int
    last: int


def stretches(story: Story, rate: float) -> Iterator[Stretch]:
    """Beat by beat, at `rate` frames a second; beats shorter than a frame are left out.

    A long movement is several stretches, so that a film can be cut there; only the last of them comes to rest.
    """
    for beat in story.beats:
        first, last = round(beat.start * rate), round(beat.end * rate)
        if last > first:
            moving = min(last - first, ceil(beat.moving * rate) + 1)
            pieces = ceil(moving / (_LONGEST * rate))
            cuts = [first + moving * piece // pieces for piece in range(pieces + 1)]
            for begin, end in pairwise(cuts):
                yield Stretch(beat, begin, end - begin, last if end == cuts[-1] else end)


def part_of(story: Story, rate: float, part: int, parts: int) -> list[Stretch]:
    """The stretches of one of so many parts of a film, `part` counted from 0; cut between stretches.

    Together the parts are the whole film, each about as much work as another; one may be empty.
    """
    whole = list(stretches(story, rate))
    work = [_work(stretch) for stretch in whole]
    ends = list(accumulate(work))
    middles = [end - own / 2 for end, own in zip(ends, work, strict=True)]
    low, high = (ends[-1] * edge / parts for edge in (part, part + 1))
    return [s for s, middle in zip(whole, middles, strict=True) if low <= middle < high]


def _work(stretch: Stretch) -> float:
    resting = stretch.last - stretch.first - stretch.moving
    return stretch.moving + (_SETTLING + _RESTING * resting if resting else 0.0)
