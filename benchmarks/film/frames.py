"""The raw frames of a story, and a place on disk for those of a whole lecture.

A 1080p frame takes 8 MB, a lecture's 100 GB. So a frame is kept as what differs from the one before, in pieces of a
quarter of a row, and a resting picture once with a count. Reading them back costs a copy of what differs; it is timed
apart and taken off.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from scenes.draw.cairo_pen import CairoPen
from scenes.film.timeline import stretches
from scenes.layout import Frame
from scenes.storyboard import Story
from scenes.theme import THEMES
from scenes.widgets.picture import picture_of

Pixels = NDArray[np.uint8]
_LONGEST = 600  # frames of a piece: short enough for two processes to end at the same time


def raw_frames(
    story: Story, *, width: int, height: int, fps: int, theme: str = "dark"
) -> Iterator[tuple[Pixels, int]]:
    """The pictures of a film as (height, width, 4), red first, each with the number of frames it stands for.

    The next picture is painted over it.
    """
    pen = CairoPen(np.zeros((height, width, 4), dtype=np.uint8), THEMES[theme])
    picture = picture_of(story, Frame.of_pixels(width, height))
    for stretch in stretches(story, fps):
        end = stretch.first + stretch.moving
        start, seconds = stretch.first / fps, end / fps - stretch.first / fps
        for step in range(stretch.moving):
            pen.aim(pen.pixels)
            # As Manim counts: an animation is a microsecond shorter, lest it get a frame too many.
            picture.paint(pen, start + step / fps / (seconds - 1e-6) * seconds)
            pen.finish()
            yield pen.pixels, 1
        if stretch.last > end:
            pen.aim(pen.pixels)
            picture.paint(pen, end / fps)
            pen.finish()
            yield pen.pixels, stretch.last - end


@dataclass
class Reading:
    """Seconds spent reading frames back."""

    wall: float = 0.0
    cpu: float = 0.0


def store(frames: Iterator[tuple[Pixels, int]], folder: Path, name: str) -> int:
    """Write frames to files of at most some hundred each, and return how many frames there are."""
    count, piece, shown = 0, 0, 0
    before: Pixels | None = None
    file: IO[bytes] | None = None
    for pixels, repeat in frames:
        rows = pixels.reshape(-1, pixels.shape[1])
        while repeat:
            if file is None or shown >= _LONGEST:
                if file is not None:
                    file.close()
                file = (folder / f"{name}-{piece:04d}.raw").open("wb")
                piece, shown, before = piece + 1, 0, None
            here = min(repeat, _LONGEST - shown)
            changed = (
                np.arange(len(rows)) if before is None else np.flatnonzero((rows != before).any(axis=1))
            ).astype(np.int32)
            file.write(np.array([here, len(changed)], dtype=np.int32).tobytes())
            file.write(changed.tobytes())
            file.write(rows[changed].tobytes())
            if before is None:
                before = rows.copy()
            else:
                before[changed] = rows[changed]
            shown, count, repeat = shown + here, count + here, repeat - here
    if file is not None:
        file.close()
    return count


def load(file: Path, width: int, height: int, reading: Reading) -> Iterator[tuple[Pixels, int]]:
    """The frames of one file of `store`, like `raw_frames` in one array."""
    data = np.memmap(file, dtype=np.uint8, mode="r")
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    at = 0
    while at < len(data):
        wall, cpu = time.perf_counter(), time.thread_time()
        repeat, changed = data[at : at + 8].view(np.int32).tolist()
        at += 8
        places = data[at : at + 4 * changed].view(np.int32)
        at += 4 * changed
        pixels.reshape(-1, width)[places] = data[at : at + changed * width].reshape(-1, width)
        at += changed * width
        reading.wall += time.perf_counter() - wall
        reading.cpu += time.thread_time() - cpu
        yield pixels, repeat
