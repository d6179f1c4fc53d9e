"""A story to a film or to a still."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..layout import Frame
from ..storyboard.story import Story
from ..theme import THEMES
from .join import join
from .kinds import scene_of
from .timeline import part_of


def render_film(
    story: Story,
    output: Path,
    *,
    width: int,
    height: int,
    fps: int,
    theme: str = "dark",
    progress: Callable[[int, int], None] | None = None,
    preset: str | None = None,
) -> None:
    """Render a story to `output` (mp4). Everything else is written to a scratch folder that is removed.

    The film appears under its name only when it is whole. `preset` replaces the encoder's own.
    """
    output = output.resolve()
    with tempfile.TemporaryDirectory(prefix=".steepest-", dir=output.parent) as folder:
        scratch = Path(folder)
        segments = render_segments(
            story, scratch, width=width, height=height, fps=fps, theme=theme, progress=progress, preset=preset
        )
        join(segments, scratch / "whole.mp4", story, fps)
        (scratch / "whole.mp4").replace(output)


def render_segments(
    story: Story,
    folder: Path,
    *,
    width: int,
    height: int,
    fps: int,
    part: int = 0,
    parts: int = 1,
    theme: str = "dark",
    progress: Callable[[int, int], None] | None = None,
    preset: str | None = None,
) -> list[Path]:
    """Render one of the `parts` of a story, counted from 0, as the segments of which `join` makes the film.

    They are left below `folder`, in order. However many parts there are, their segments are the same.
    `progress` is told how many frames of this part are done, and how many the whole film has.
    """
    from .stage import session
    from .writer import StageWriter

    shown = part_of(story, fps, part, parts)
    if not shown:
        return []
    with session(folder, width=width, height=height, fps=fps, theme=THEMES[theme], preset=preset):
        scene = scene_of(story.kind)(story=story, theme=THEMES[theme], progress=progress, shown=shown)
        writer = scene.renderer.file_writer
        assert isinstance(writer, StageWriter)
        writer.segments_alone = True
        scene.render()
        return [Path(name) for name in writer.partial_movie_files if name]


def render_still(
    story: Story, seconds: float, *, width: int, height: int, theme: str = "dark"
) -> NDArray[np.uint8]:
    """The picture of a story at a time, (height, width, 4), without rendering what comes before."""
    from .cairo_pen import CairoPen

    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pen = CairoPen(pixels, THEMES[theme], story.speech.decimal)
    scene_of(story.kind).picture(story, Frame.of_pixels(width, height)).paint(pen, seconds)
    pen.finish()
    return pen.pixels
