"""A story to a film or to a still."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..layout import Frame
from ..storyboard.story import Story
from ..theme import THEMES
from .kinds import scene_of

_MILLISECOND = Fraction(1, 1000)


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
    from .stage import session

    output = output.resolve()
    with tempfile.TemporaryDirectory(prefix=".steepest-", dir=output.parent) as folder:
        scratch = Path(folder)
        with session(scratch, width=width, height=height, fps=fps, theme=THEMES[theme], preset=preset):
            scene = scene_of(story.kind)(story=story, theme=THEMES[theme], progress=progress)
            scene.render()
            made = Path(scene.renderer.file_writer.movie_file_path)
        whole = scratch / "whole.mp4"
        _finish(made, whole, story)
        whole.replace(output)


def _finish(made: Path, whole: Path, story: Story) -> None:
    """The film once more without encoding it again: index in front, title, its chapters."""
    import av

    with av.open(str(made)) as source, av.open(str(whole), "w", options={"movflags": "+faststart"}) as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        target.metadata["title"] = story.title
        chapters = [beat for beat in story.beats if beat.chapter]
        ends = [*(beat.start for beat in chapters[1:]), story.seconds][: len(chapters)]
        target.set_chapters(
            [
                {
                    "id": i,
                    "start": round(beat.start * 1000),
                    "end": round(end * 1000),
                    "time_base": _MILLISECOND,
                    "metadata": {"title": beat.chapter or ""},
                }
                for i, (beat, end) in enumerate(zip(chapters, ends, strict=True))
            ]
        )
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = copy
                target.mux(packet)
    with whole.open("rb") as written:
        os.fsync(written.fileno())


def render_still(
    story: Story, seconds: float, *, width: int, height: int, theme: str = "dark"
) -> NDArray[np.uint8]:
    """The picture of a story at a time, (height, width, 4), without rendering what comes before."""
    from .cairo_pen import CairoPen

    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pen = CairoPen(pixels, THEMES[theme])
    scene_of(story.kind).picture(story, Frame.of_pixels(width, height)).paint(pen, seconds)
    pen.finish()
    return pixels
