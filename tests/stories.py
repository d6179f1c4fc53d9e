"""Stories and frames for the tests of the rules, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenes.audience.playing import Screened
from scenes.storyboard import Story
from scenes.storyboard.story import Beat
from scenes.text import Rich, speech, words


def beat(identifier: str, caption: str | Rich, seconds: float, **more: Any) -> Beat:
    text = words(caption) if isinstance(caption, str) else caption
    return Beat(identifier, 0.0, min(0.5, seconds), seconds, 0, 0, text, **more)


def story_of(*beats: Beat, title: str = "T") -> Story:
    """A story of beats one after the other, whatever their starts."""
    placed, start = [], 0.0
    for each in beats:
        placed.append(Beat(**{**{f: getattr(each, f) for f in each.__dataclass_fields__}, "start": start}))
        start += each.seconds
    return Story(
        kind="tangent", name="s", runs=("a",), title=words(title), speech=speech("en"), beats=tuple(placed)
    )


def frames(told: Story, pictures: Iterable[NDArray[np.uint8]]) -> list[tuple[Screened, NDArray[np.uint8]]]:
    """Pictures as frames of a story, all of its first beat."""
    return [(Screened(i, i / 15, told.beats[0], True), picture) for i, picture in enumerate(pictures)]


def plain(shade: int | tuple[int, int, int], height: int = 48, width: int = 84) -> NDArray[np.uint8]:
    """A picture of one colour."""
    picture = np.zeros((height, width, 4), dtype=np.uint8)
    picture[..., :3] = shade
    return picture
