"""A story to a film."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from scenes.film.join import join_segments
from scenes.film.timeline import part_of
from scenes.storyboard.story import Story
from scenes.theme import THEMES


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
        join_segments(segments, scratch / "whole.mp4", story, fps)
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
    from .scene import StoryScene
    from .session import session
    from .writer import StageWriter

    shown = part_of(story, fps, part, parts)
    if not shown:
        return []
    with session(folder, width=width, height=height, fps=fps, theme=THEMES[theme], preset=preset):
        scene = StoryScene(story=story, theme=THEMES[theme], progress=progress, shown=shown)
        writer = scene.renderer.file_writer
        assert isinstance(writer, StageWriter)
        writer.segments_alone = True
        scene.render()
        return [Path(name) for name in writer.partial_movie_files if name]
