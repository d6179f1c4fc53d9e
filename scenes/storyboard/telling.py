"""Writing a story: beats one after the other, each long enough to be read."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gdcore.nearest import did_you_mean

from ..richtext import Rich, say, words
from .requirements import StoryError
from .story import Beat

CHARACTERS_PER_SECOND = 15.0
LEAST_REST = 1.0


class Telling:
    """Collects the beats of a story in order and gives each its time; at a pace of 2 all goes twice as fast."""

    def __init__(
        self,
        steps: NDArray[np.int64],
        *,
        pace: float = 1.0,
        captions: Mapping[str, str] | None = None,
        scene: str = "",
    ) -> None:
        self._steps = steps
        self._pace = pace
        self._captions = dict(captions or {})
        self._scene = scene
        self._beats: list[Beat] = []
        self._row = 0

    def beat(
        self,
        identifier: str,
        caption: str | Rich,
        *,
        motion: float = 0.9,
        row: int | None = None,
        pause: bool = True,
        chapter: str | None = None,
    ) -> None:
        """Add a beat; its caption may be replaced by the lecture's own words for this beat."""
        text = say(caption) if isinstance(caption, str) else caption
        if identifier in self._captions:
            text = words(self._captions[identifier])
        if row is not None:
            self._row = row
        reading = len(text.plain()) / CHARACTERS_PER_SECOND
        start = self._beats[-1].end if self._beats else 0.0
        motion /= self._pace
        seconds = motion + max(LEAST_REST, reading) / self._pace
        # Whole twelfths of a second fall on frames at 12, 24, 60 frames a second, and nearly at others.
        seconds = round(seconds * 12) / 12
        self._beats.append(
            Beat(
                identifier,
                start,
                motion,
                seconds,
                self._row,
                int(self._steps[self._row]),
                text,
                pause,
                chapter,
            )
        )

    def told(self) -> tuple[Beat, ...]:
        """The beats; raises `StoryError` where the lecture captions a beat that the story does not have."""
        known = [beat.id for beat in self._beats]
        for identifier in self._captions:
            if identifier not in known:
                raise StoryError(
                    self._scene,
                    f"captions: the scene has no beat '{identifier}'",
                    f"its beats are {', '.join(known)}",
                    did_you_mean(
                        identifier, known, "choose one of them (`steepest check --beats` lists them)"
                    ),
                )
        return tuple(self._beats)
