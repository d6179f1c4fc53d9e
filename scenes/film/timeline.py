"""Which frames of a film move and which rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from ..storyboard.story import Beat, Story

_FADE = 0.5  # a caption has settled this long after its beat began
_PAINTED = 2.5  # what a moving frame costs, painted and encoded, in resting ones


class Stretch(NamedTuple):
    """The frames of a beat: from `first`, `moving` that differ, then the picture rests up to `last` (excluded)."""

    beat: Beat
    first: int
    moving: int
    last: int


def stretches(story: Story, rate: float) -> Iterator[Stretch]:
    """Beat by beat, at `rate` frames a second; beats shorter than a frame are left out."""
    for beat in story.beats:
        first, last = round(beat.start * rate), round(beat.end * rate)
        if last > first:
            moving = min(last - first, ceil(max(beat.motion, _FADE) * rate) + 1)
            yield Stretch(beat, first, moving, last)


def part_of(story: Story, rate: float, part: int, parts: int) -> list[Stretch]:
    """The stretches of one of so many parts of a film, `part` counted from 0; cut where pictures rest.

    Together the parts are the whole film, each about as much work as another; one may be empty.
    """
    whole = list(stretches(story, rate))
    work = [_PAINTED * s.moving + (s.last - s.first - s.moving) for s in whole]
    ends = list(accumulate(work))
    middles = [end - own / 2 for end, own in zip(ends, work, strict=True)]
    low, high = (ends[-1] * edge / parts for edge in (part, part + 1))
    return [s for s, middle in zip(whole, middles, strict=True) if low <= middle < high]
