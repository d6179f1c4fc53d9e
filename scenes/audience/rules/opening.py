"""First frame: it is a whole picture, with words and with the run, such as could hang on a wall."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenes.audience.advice import Advice, AudienceRule
from scenes.audience.light import grey
from scenes.draw.recording_pen import Mark
from scenes.storyboard.story import Story
from scenes.theme import Role

LEAST_INK = 0.01  # of the pixels
_SHADES = 24  # by which a pixel differs from the ground
RUN = frozenset({Role.POINT, Role.METHOD_1, Role.METHOD_2, Role.METHOD_3})
"""The colours of the places of runs."""


def ink_of(pixels: NDArray[np.uint8]) -> float:
    """The part of the pixels (height, width, 4) that differ from the most usual shade."""
    shades = grey(pixels)
    return float((np.abs(shades - np.median(shades)) > _SHADES).mean())


def judge_opening(story: Story, ink: float, marks: Sequence[Mark]) -> list[Advice]:
    """What the first frame lacks; `ink` is the part of its pixels that show something."""
    title = story.title.plain(story.speech.decimal)
    words = [mark for mark in marks if mark.kind == "text" and mark.text != title]
    of_the_run = [mark for mark in marks if mark.kind != "text" and mark.role in RUN]
    lacks = [
        (
            ink < LEAST_INK,
            ink,
            LEAST_INK,
            f"a first frame with {ink:.1%} of ink",
            f"at least {LEAST_INK:.0%}",
        ),
        (not words, 0, 1, "a first frame with no words but the title", "words that ask something"),
        (not of_the_run, 0, 1, "a first frame without the run", "the point, where it starts"),
    ]
    beat = story.beats[0]
    mend = "whoever draws the scene begins with the whole picture: it fades in from nothing"
    return [
        Advice(AudienceRule.OPENING, story.name, beat.id, 0.0, value, limit, found, allowed, mend)
        for lacking, value, limit, found, allowed in lacks
        if lacking
    ]
