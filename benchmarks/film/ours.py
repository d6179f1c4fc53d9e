"""Our side of the surface and tangent rows, one case a process: python -m benchmarks.film.ours surface film.mp4"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from scenes.film.render import render_film
from scenes.lecture.read import read_lecture
from scenes.lecture.shipped import shipped
from scenes.lecture.study import study
from scenes.richtext import say
from scenes.storyboard import Beat, Story, tell

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
    caption = say("The rate stays, yet the {step|steps} shrink.")
    beats = (
        *(
            Beat(b.id, 0.0, 1e-3, 0.0, first.row, first.step, caption, pause=False)
            for b in story.beats
            if b.id in _SAID_BEFORE
        ),
        Beat(beat_id, 0.0, seconds, seconds, last.row, last.step, caption, pause=False),
    )
    return replace(story, beats=beats)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=CASES)
    parser.add_argument("film", type=Path)
    parser.add_argument("--seconds", type=float, help="shorter than the case has it")
    parser.add_argument("--preset", help="of x264, in place of the one that ships")
    options = parser.parse_args()
    lecture, kind, beat, seconds = CASES[options.case]
    story = in_motion(told(lecture, kind), beat, options.seconds or seconds)
    render_film(story, options.film, width=1920, height=1080, fps=60, preset=options.preset)


if __name__ == "__main__":
    main()
