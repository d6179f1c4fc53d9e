"""The figures of the kind `tangent`: the curve with its tangents, the derivative, the steps."""

from __future__ import annotations

from functools import partial

from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.lecture.study import Study
from scenes.report.drawing import Drawing, Panel
from scenes.report.keyframe import KeyFrame, film_at, the_formula, the_rule
from scenes.report.style import Style
from scenes.text import Rich, join

from .slope import figure_slope
from .steps import figure_steps, step_rows
from .tangent import figure_tangent


def key_frames(study: Study, story: TangentStory, style: Style) -> tuple[KeyFrame, ...]:
    """One figure: the curve, and below it the derivative where it is asked for, and the first steps."""
    say = story.speech.say
    room = (30.0, 20.0, 16.0, 18.0)
    panels = [(Panel(partial(figure_tangent, story=story, style=style), room=room),)]
    heights = [248.0]
    told = [say("report.caption.curve", p=story.parameter)]
    if story.derivative:
        panels.append((Panel(partial(figure_slope, story=story, style=style), room=room),))
        heights.append(150.0)
        told.append(say("report.caption.derivative"))
    count = step_rows(story)
    if story.slope[0] != 0:
        panels.append((Panel(partial(figure_steps, story=story, style=style), room=(30.0, 2.0, 16.0, 6.0)),))
        heights.append(10.0 + 11.0 * count)
        told.append(_arrows(story, count))
    told += [film_at(story, "step-3", "step-2", "step-1", "end"), the_formula(study), the_rule(study)]
    return (KeyFrame(Drawing(rows=tuple(panels), heights=tuple(heights)), join(told)),)


def _arrows(story: TangentStory, count: int) -> Rich:
    say, steps = story.speech.say, story.speech.count("step", count)
    if count == 1:
        return say("report.caption.step-one")
    if count < len(story.w) - 1:
        return say("report.caption.steps-first", steps=steps)
    return say("report.caption.steps-all", steps=steps)
