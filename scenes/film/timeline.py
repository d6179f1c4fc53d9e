"""Which frames of a film move and which rest."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from ..storyboard.story import Beat, Story

_FADE = 0.5  # a caption has settled this long after its beat began


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
