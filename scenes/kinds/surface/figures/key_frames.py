"""The figures of the kind `surface`: the surface, and the path on its level lines."""

from __future__ import annotations

from functools import partial

from scenes.kinds.surface.story import SurfaceStory
from scenes.lecture.study import Study
from scenes.report.drawing import Drawing, Panel
from scenes.report.figures.contours import figure_contours
from scenes.report.keyframe import KeyFrame, film_at, the_formula, the_rule
from scenes.report.style import Style
from scenes.text import join, number

from .relief import figure_relief


def key_frames(study: Study, story: SurfaceStory, style: Style) -> tuple[KeyFrame, ...]:
    """One figure: the path over the surface and on the map."""
    say = story.speech.say
    panels = (
        Panel(partial(figure_relief, story=story, style=style), share=1.28, room=(0.0, 0.0, 0.0, 0.0)),
        Panel(partial(figure_contours, story=story, style=style), share=1.0, room=(34.0, 20.0, 16.0, 22.0)),
    )
    told = [say("report.caption.surface")]
    if story.terrain.clipped:
        told.append(say("report.caption.cut", height=number(float(story.terrain.z_range[1]), 3)))
    told += [
        film_at(story, "valley", "end"),
        the_formula(study),
        the_rule(study, isinstance(story.rate, tuple)),
    ]
    return (KeyFrame(Drawing(rows=(panels,), heights=(222.0,)), join(told)),)
