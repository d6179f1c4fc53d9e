"""The figures of the kind `overshoot`: the jumps, and their losses."""

from __future__ import annotations

from functools import partial

from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.lecture.study import Study
from scenes.report.drawing import Drawing, Panel
from scenes.report.keyframe import KeyFrame, film_at, the_formula, the_rule
from scenes.report.style import Style
from scenes.text import join

from .jumps import figure_jump_losses, figure_jumps


def key_frames(study: Study, story: OvershootStory, style: Style) -> tuple[KeyFrame, ...]:
    """One figure: the jumps from side to side, and the loss after each."""
    say, jumps = story.speech.say, int(story.crossings[-1])
    panels = (
        Panel(partial(figure_jumps, story=story, style=style), share=1.25, room=(40.0, 32.0, 16.0, 22.0)),
        Panel(partial(figure_jump_losses, story=story, style=style), share=1.0, room=(40.0, 32.0, 8.0, 22.0)),
    )
    told = [say("report.caption.jumps-log" if story.logarithmic else "report.caption.jumps", jumps=jumps)]
    if story.beyond is not None:
        told.append(say("report.caption.beyond", step=story.beyond))
    told += [film_at(story, "step-3", "step-2", "step-1"), the_formula(study), the_rule(study)]
    return (KeyFrame(Drawing(rows=(panels,), heights=(240.0,)), join(told)),)
