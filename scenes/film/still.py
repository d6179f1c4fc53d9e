"""The picture of a story at one moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.draw.cairo_pen import CairoPen
from scenes.layout import Frame
from scenes.storyboard.story import Story
from scenes.theme import THEMES
from scenes.widgets.picture import picture_of


def render_still(
    story: Story, seconds: float, *, width: int, height: int, theme: str = "dark"
) -> NDArray[np.uint8]:
    """The picture of a story at a time, (height, width, 4), without rendering what comes before."""
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pen = CairoPen(pixels, THEMES[theme], story.speech.decimal)
    picture_of(story, Frame.of_pixels(width, height)).paint(pen, seconds)
    pen.finish()
    return pen.pixels
