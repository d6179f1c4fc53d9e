"""Flashes: nothing flickers that could harm (WCAG 2.3.1, general flash and red flash)."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.audience.advice import Advice, AudienceRule
from scenes.audience.light import linear, luminances
from scenes.audience.playing import FRAME_RATE, Screened
from scenes.storyboard.story import Story

MOST_FLASHES = 3  # flashes, each a pair of opposing changes, in any second
CHANGE = 0.1  # of relative luminance
DARKER = 0.8  # relative luminance, below which the darker of two states lies
RED = 0.8  # R / (R + G + B) of a saturated red
REDDER = 20 / 320  # change of R − G − B
PART = 0.25  # of a field of view of 10°, which is a third of the picture in width and height
_THIN = 3  # of so many pixels in each direction one is looked at


class FlashMeter:
    """Sees every frame in order and notes where more than MOST_FLASHES flashes fell into one second."""

    def __init__(self) -> None:
        self._general = _Swings(CHANGE, DARKER)
        self._red = _Swings(REDDER, np.inf)
        self._worst: dict[str, tuple[float, Screened]] = {}

    def see(self, frame: Screened, pixels: NDArray[np.uint8]) -> None:
        """The pixels (height, width, 4) of a frame; of one shown again those of the one before."""
        for name, swings in (("bright", self._general), ("red", self._red)):
            if frame.fresh:
                light = linear(pixels[::_THIN, ::_THIN, :3])
                part = swings.see(luminances(light) if swings is self._general else redness(light))
            else:
                part = swings.rest()
            if part >= PART and part > self._worst.get(name, (0.0,))[0]:
                self._worst[name] = (part, frame)

    def findings(self, story: Story) -> list[Advice]:
        """Where it flashes most, of either sort."""
        return [
            Advice(
                AudienceRule.FLASHES,
                story.name,
                frame.beat.id,
                frame.seconds,
                part,
                PART,
                f"more than {MOST_FLASHES} {name} flashes within a second, in {part:.0%} of a field of view",
                f"less than {PART:.0%}, or at most {MOST_FLASHES} flashes a second",
                "leave the scene out, or choose a much smaller `pace`; whoever draws it lets it change more slowly",
            )
            for name, (part, frame) in self._worst.items()
        ]


def redness(light: FloatArray) -> FloatArray:
    """R − G − B of saturated red (…), 0 of all other light (…, 3)."""
    red, green, blue = light[..., 0], light[..., 1], light[..., 2]
    saturated = (red > 0) & (red >= RED * (red + green + blue))
    return np.where(saturated, np.maximum(red - green - blue, 0.0), 0.0)


class _Swings:
    """Counts for every pixel how often its value turned within the last second, by `change` at least."""

    def __init__(self, change: float, darker: float) -> None:
        self._change, self._darker = change, darker
        self._recent: deque[NDArray[np.bool_] | None] = deque(maxlen=FRAME_RATE)
        self._high: FloatArray = np.zeros(0)
        self._low: FloatArray = np.zeros(0)
        self._up = self._down = np.zeros(0, dtype=bool)
        self._count = np.zeros(0, dtype=np.int16)

    def see(self, value: FloatArray) -> float:
        """The next values (height, width); the largest part of a field of view that flashes too often."""
        if not self._count.size:
            self._high, self._low = value.copy(), value.copy()
            self._up = self._down = np.ones(value.shape, dtype=bool)  # where it may go: at first either way
            self._count = np.zeros(value.shape, dtype=np.int16)
        self._high, self._low = np.maximum(self._high, value), np.minimum(self._low, value)
        fell = self._down & (self._high - value >= self._change) & (value < self._darker)
        rose = self._up & ~fell & (value - self._low >= self._change) & (self._low < self._darker)
        turned = fell | rose
        self._up, self._down = (self._up & ~turned) | fell, (self._down & ~turned) | rose
        # After a turn the next one is measured from here on.
        self._high, self._low = np.where(turned, value, self._high), np.where(turned, value, self._low)
        return self._next(turned if turned.any() else None)

    def rest(self) -> float:
        """The same values once more."""
        return self._next(None)

    def _next(self, turned: NDArray[np.bool_] | None) -> float:
        if len(self._recent) == FRAME_RATE and self._recent[0] is not None:
            self._count = self._count - self._recent[0]
        self._recent.append(turned)
        if turned is None:
            return 0.0  # it is not more than a frame ago
        self._count = self._count + turned
        return largest_part(np.asarray(self._count > 2 * MOST_FLASHES))


def largest_part(flashing: NDArray[np.bool_]) -> float:
    """The largest part that flashes of any rectangle of a third of the picture's width and height."""
    height, width = (max(1, int(side) // 3) for side in flashing.shape)
    if np.count_nonzero(flashing) < PART * height * width:
        return 0.0
    sums = np.zeros((flashing.shape[0] + 1, flashing.shape[1] + 1))
    sums[1:, 1:] = flashing.cumsum(axis=0).cumsum(axis=1)
    within = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    return float(np.max(within)) / (height * width)
