"""Where the time of a film goes: one scene of each kind, one thread, every part timed by itself.

python -m benchmarks.film.parts surface --quality h        prints JSON

A part's time is its own: text that a backdrop paints counts as text. What a picture computes between two strokes (the
surface's mesh, scales, rows of the run) is 'computing'. Resting frames are painted once each rest and so cost almost
nothing but encoding. x264 gives frames back later than it gets them; its time is booked to the frame that came out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from benchmarks.film.floor import Encoder
from scenes.film.cairo_pen import CairoPen
from scenes.film.kinds import scene_of
from scenes.film.stage import PIXEL_FORMAT, encoder
from scenes.film.timeline import stretches
from scenes.layout import Frame
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import study
from scenes.production.options import QUALITIES
from scenes.storyboard import Story, tell
from scenes.theme import THEMES

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
PARTS = (*PAINTING, "handing over", "to YUV", "encoding")


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
    import tempfile
    from pathlib import Path

    import numpy as np

    width, height, fps = QUALITIES[quality]
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pen, watch = CairoPen(pixels, THEMES[theme]), Stopwatch()
    watch.watch(pen)
    picture = scene_of(story.kind).picture(story, Frame.of_pixels(width, height))
    seconds: dict[str, dict[str, float]] = {"moving": defaultdict(float), "resting": defaultdict(float)}
    kinds: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        film = Encoder(Path(folder) / "film.mp4", width, height, fps, encoder(), PIXEL_FORMAT)

        def show(frame: int, repeat: int, kind: str) -> None:
            watch.begin("computing")
            pen.aim(pixels)
            picture.paint(pen, frame / fps)
            pen.finish()
            watch.end()
            converted = film.convert(pixels)
            for part, taken in (
                *watch.seconds.items(),
                ("handing over", film.handing),
                ("to YUV", film.converting),
            ):
                seconds[kind][part] += taken
            watch.seconds.clear()
            film.handing = film.converting = 0.0
            for _ in range(repeat):
                kinds.append(kind)
                book(lambda: film.encode(converted), kind)

        def book(encoding: Callable[[], list[int]], kind: str) -> None:
            begin = time.perf_counter()
            came = encoding()
            taken = time.perf_counter() - begin
            for number in came or [-1]:
                owner = kinds[number] if number >= 0 else kind
                seconds[owner]["encoding"] += taken / max(1, len(came))

        for stretch in stretches(story, fps):
            if longest is not None and len(kinds) >= longest:
                break
            end = stretch.first + stretch.moving
            for frame in range(stretch.first, end):
                show(frame, 1, "moving")
            if stretch.last > end:
                show(end, stretch.last - end, "resting")
        book(film.close, kinds[-1])
    return {
        kind: {
            "frames": kinds.count(kind),
            "ms": {part: 1e3 * seconds[kind][part] / max(1, kinds.count(kind)) for part in PARTS},
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
