"""Where the time of a film goes: one scene of each kind, one thread, every part timed by itself.

python -m benchmarks.film.parts surface --quality h        prints JSON

A part's time is its own: text that a backdrop paints counts as text. What a picture computes between two strokes (the
surface's mesh, scales, rows of the run) is 'computing'. Resting frames are painted once each rest and so cost almost
nothing. Every stretch of a film is a file of its own, as Manim writes it; opening and closing it counts as encoding.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from manim._config.video_encoder import VideoEncoderSpec

from scenes.draw.cairo_pen import CairoPen
from scenes.film.manim.session import PIXEL_FORMAT, encoder
from scenes.film.manim.writer import RestingEncoder
from scenes.film.timeline import stretches
from scenes.layout import Frame
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import study
from scenes.production.options import QUALITIES
from scenes.storyboard import Story, tell
from scenes.theme import THEMES
from scenes.widgets.picture import picture_of

#: The lecture whose first scene of the kind is looked at.
KINDS = {
    "tangent": "intuition",
    "overshoot": "intuition",
    "surface": "houses",
    "regression": "houses",
    "learning-rates": "houses",
}
#: Methods of the pen by the name of their part; others go under 'other marks'.
_PARTS = {
    "text": "text",
    "number": "text",
    "stroke": "strokes",
    "strokes": "strokes",
    "arrow": "strokes",
    "mesh": "mesh",
    "backdrop": "backdrop",
    "clear": "backdrop",
}
PAINTING = ("text", "strokes", "mesh", "backdrop", "other marks", "computing")
PARTS = (*PAINTING, "to YUV", "encoding")


class Stopwatch:
    """Books time to whatever was begun last; what it interrupted goes on when it ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stack: list[str] = []
        self._since = 0.0

    def begin(self, part: str) -> None:
        now = time.perf_counter()
        if self._stack:
            self.seconds[self._stack[-1]] += now - self._since
        self._stack.append(part)
        self._since = now

    def end(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stack.pop()] += now - self._since
        self._since = now

    def around(self, part: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            self.begin(part)
            try:
                return method(*args, **kwargs)
            finally:
                self.end()

        return timed

    def watch(self, pen: CairoPen) -> None:
        """Time every public method of a pen."""
        for name in dir(type(pen)):
            method = getattr(pen, name)
            if not name.startswith("_") and callable(method):
                setattr(pen, name, self.around(_PARTS.get(name, "other marks"), method))


def profile(story: Story, theme: str, quality: str, longest: int | None) -> dict[str, Any]:
    """Seconds of each part, for frames that move and frames that rest, and how many there are of both."""
    width, height, fps = QUALITIES[quality]
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pen, watch, converter = CairoPen(pixels, THEMES[theme]), Stopwatch(), VideoReformatter()
    watch.watch(pen)
    picture = picture_of(story, Frame.of_pixels(width, height))
    spec = VideoEncoderSpec(
        width=width,
        height=height,
        frame_rate=Fraction(fps),
        codec="libx264",
        pixel_format=PIXEL_FORMAT,
        container_format="mp4",
        options=tuple(encoder().items()),
    )

    def film(first: int, last: int, repeat: int) -> dict[str, float]:
        """Seconds for the frames from first to last (excluded), each shown so many times, in a file of their own."""
        watch.seconds.clear()
        watch.begin("encoding")
        written = RestingEncoder(target=Path(folder) / "part.mp4", spec=spec)
        for number in range(first, last):
            watch.begin("computing")
            pen.aim(pen.pixels)
            picture.paint(pen, number / fps)
            pen.finish()
            watch.end()
            watch.begin("to YUV")
            frame = converter.reformat(
                av.VideoFrame.from_numpy_buffer(pen.pixels, format="rgba"), format=PIXEL_FORMAT
            )
            watch.end()
            written.write_frame(frame, repeat=repeat)
        written.finish()
        watch.end()
        return dict(watch.seconds)

    seconds: dict[str, Counter[str]] = {"moving": Counter(), "resting": Counter()}
    frames: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for stretch in stretches(story, fps):
            if longest is not None and frames.total() >= longest:
                break
            rest = stretch.first + stretch.moving
            for kind, first, count, repeat in (
                ("moving", stretch.first, stretch.moving, 1),
                ("resting", rest, 1, stretch.last - rest),
            ):
                if repeat:
                    seconds[kind].update(film(first, first + count, repeat))
                    frames[kind] += count * repeat
    return {
        kind: {
            "frames": frames[kind],
            "ms": {part: 1e3 * seconds[kind][part] / max(1, frames[kind]) for part in PARTS},
        }
        for kind in seconds
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--quality", default="h", choices=QUALITIES)
    parser.add_argument("--frames", type=int, help="stop after about so many")
    options = parser.parse_args()
    worked_out = study(read_lecture(shipped()[KINDS[options.kind]]))
    story = tell(worked_out, next(s for s in worked_out.lecture.scenes if s.kind == options.kind))
    print(json.dumps(profile(story, worked_out.lecture.theme, options.quality, options.frames)))


if __name__ == "__main__":
    main()
