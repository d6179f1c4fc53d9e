"""Frozen share and longest hold: most of the time something moves, and nothing stands for long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.audience.advice import Advice, AudienceRule
from scenes.audience.light import grey
from scenes.audience.playing import FRAME_RATE, SPARSE, Screened
from scenes.storyboard.story import Beat, Story

MOST_FROZEN = 0.40  # of the time
LONGEST_HOLD = 3.5  # seconds
SHADES = 12  # by which a pixel has changed
MOVED = 2e-4  # of the pixels have changed where something moves
_NAMED = 3  # beats with the longest holds
_STEP = SPARSE / FRAME_RATE  # seconds


class StillnessMeter:
    """Sees frames 0.2 s apart, in order."""

    def __init__(self) -> None:
        self._before: NDArray[np.int16] | None = None
        self._still: list[tuple[Screened, bool]] = []

    def see(self, frame: Screened, pixels: NDArray[np.uint8], changed: bool) -> None:
        """The pixels (height, width, 4) of a frame; `changed`: have they been painted since the one before?"""
        if self._before is None:
            self._before = grey(pixels)
        elif not changed:
            self._still.append((frame, True))
        else:
            now = grey(pixels)
            self._still.append((frame, float((np.abs(now - self._before) > SHADES).mean()) < MOVED))
            self._before = now

    @property
    def frozen(self) -> float:
        """The part of the time in which nothing moves, 0 to 1."""
        return sum(still for _, still in self._still) / max(1, len(self._still))

    @property
    def holds(self) -> list[tuple[float, Screened]]:
        """The stretches in which nothing moves: how many seconds, and the first frame of each that was seen to stand."""
        found: list[tuple[float, Screened]] = []
        begun: Screened | None = None
        count = 0
        for frame, still in self._still:
            if still:
                begun, count = begun or frame, count + 1
            elif begun is not None:
                found.append((count * _STEP, begun))
                begun, count = None, 0
        return found if begun is None else [*found, (count * _STEP, begun)]

    @property
    def longest(self) -> float:
        """Seconds of the longest hold."""
        return max((seconds for seconds, _ in self.holds), default=0.0)

    def findings(self, story: Story) -> list[Advice]:
        """Too much that stands still, and each hold that is too long."""
        holds = sorted(self.holds, key=lambda hold: -hold[0])
        found = []
        if self.frozen > MOST_FROZEN:
            longest = list(dict.fromkeys(frame.beat.id for _, frame in holds))[:_NAMED]
            frame = holds[0][1]
            found.append(
                Advice(
                    AudienceRule.FROZEN,
                    story.name,
                    frame.beat.id,
                    frame.number / FRAME_RATE,
                    self.frozen,
                    MOST_FROZEN,
                    f"nothing moves for {self.frozen:.0%} of the scene",
                    f"at most {MOST_FROZEN:.0%}",
                    f"shorten the captions of {', '.join(longest)}, where it stands longest",
                )
            )
        for seconds, frame in holds:
            if seconds > LONGEST_HOLD + 1e-9:
                found.append(_hold(story, seconds, frame.beat, frame.number / FRAME_RATE - _STEP))
        return found


def _hold(story: Story, seconds: float, beat: Beat, begun: float) -> Advice:
    pace = f"a `pace` {seconds / LONGEST_HOLD:.1f} times as large"
    return Advice(
        AudienceRule.HOLD,
        story.name,
        beat.id,
        begun,
        seconds,
        LONGEST_HOLD,
        f"nothing moves for {seconds:.1f} s",
        f"at most {LONGEST_HOLD:g} s",
        f"shorten the caption of {beat.id}, or choose {pace}",
    )
