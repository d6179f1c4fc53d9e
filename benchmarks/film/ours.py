"""Our side of the surface and tangent rows, one case a process: python -m benchmarks.film.ours surface film.mp4"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scenes.film.join import join_segments
from scenes.film.manim.render import render_segments
from scenes.kinds import kind_of
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import study
from scenes.production.executors.local import LocalExecutor
from scenes.production.executors.task import Advance, Listener, Result, Task
from scenes.production.outputs.film import FilmJob, parts_of_a_film
from scenes.storyboard import Beat, Story, tell
from scenes.text import Rich, Words, words
from scenes.theme import Role

SIZE = {"width": 1920, "height": 1080, "fps": 60}
#: lecture, scene kind, the beat that moves, seconds
CASES = {
    "surface": ("houses", "surface", "valley", 4.0),
    "tangent": ("intuition", "tangent", "more-steps", 5.5),
}
_SAID_BEFORE = ("surface", "curve", "start", "partials", "slope", "rule", "step-1")


def told(lecture_name: str, kind: str) -> Story:
    """The story of a shipped lecture's first scene of a kind."""
    worked_out = study(read_lecture(shipped()[lecture_name]))
    return tell(worked_out, next(s for s in worked_out.lecture.scenes if s.kind == kind))


def in_motion(story: Story, beat_id: str, seconds: float) -> Story:
    """Every row of the run in one beat that moves all the time, as the stock scenes do."""
    first, last = story.beats[0], story.beats[-1]
    caption = words("The rate stays, yet the ") + Rich((Words("steps", Role.STEP),)) + words(" shrink.")
    beats = (
        *(
            Beat(b.id, 0.0, 1e-3, 0.0, first.row, first.step, caption, pause=False)
            for b in story.beats
            if b.id in _SAID_BEFORE
        ),
        Beat(beat_id, 0.0, seconds, seconds, last.row, last.step, caption, pause=False),
    )
    return replace(story, beats=beats)


def part(
    how: dict[str, Any], make_story: partial[Story], scratch: Path, advance: Advance, before: Sequence[Result]
) -> Result:
    """One part of a case's film, in a process of its own: what `FilmJob.render` does for a lecture."""
    return {"segments": render_segments(make_story(), scratch, **SIZE, **how)}


def _story(case: str, seconds: float | None) -> Story:
    lecture, kind, beat, whole = CASES[case]
    return in_motion(told(lecture, kind), beat, seconds or whole)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=CASES)
    parser.add_argument("film", type=Path)
    parser.add_argument("--seconds", type=float, help="shorter than the case has it")
    parser.add_argument("--preset", help="of x264, in place of the one that ships")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    parts = parts_of_a_film(1, options.jobs)
    with TemporaryDirectory(dir=options.film.parent) as folder:
        story = partial(_story, options.case, options.seconds)
        preload = (*FilmJob.modules, *kind_of(CASES[options.case][1]).painting)
        tasks = [
            Task(
                f"part {number}",
                partial(part, {"part": number, "parts": parts, "preset": options.preset}, story),
                Path(folder) / str(number),
                preload,
            )
            for number in range(parts)
        ]
        endings = LocalExecutor(options.jobs).run(tasks, Listener())
        for ending in endings:
            if not ending.done:
                sys.exit(f"{ending.reason}\n{ending.detail}")
        segments = [segment for ending in endings for segment in ending.result["segments"]]
        join_segments(segments, options.film, story(), SIZE["fps"])


if __name__ == "__main__":
    main()
