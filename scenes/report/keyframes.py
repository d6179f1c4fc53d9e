"""Which figures stand for a story, with their captions and the film's time codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from gdcore.problems import LeastSquares

from ..lecture.study import Study
from ..storyboard import Story
from ..storyboard.overshoot import OvershootStory
from ..storyboard.regression import RegressionStory
from ..storyboard.surface import SurfaceStory
from ..storyboard.tangent import TangentStory
from ..text import Rich, join, number
from .drawing import Drawing, Panel
from .figures import (
    figure_contours,
    figure_data,
    figure_jump_losses,
    figure_jumps,
    figure_regression_loss,
    figure_relief,
    figure_slope,
    figure_steps,
    figure_tangent,
)
from .figures.jumps import is_logarithmic
from .figures.steps import step_rows
from .formulae import model_text
from .keyframe import KeyFrame, film_at, the_formula, the_rule
from .rate_frames import rate_frames
from .style import Style


def key_frames(study: Study, story: Story, style: Style) -> tuple[KeyFrame, ...]:
    """The figures of a story, in order; none for a kind that has no figures yet."""
    draw = _FRAMES.get(story.kind)
    return () if draw is None else draw(study, story, style)


def _tangent(study: Study, story: TangentStory, style: Style) -> tuple[KeyFrame, ...]:
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


def _overshoot(study: Study, story: OvershootStory, style: Style) -> tuple[KeyFrame, ...]:
    say, jumps = story.speech.say, int(story.crossings[-1])
    panels = (
        Panel(partial(figure_jumps, story=story, style=style), share=1.25, room=(34.0, 32.0, 16.0, 22.0)),
        Panel(partial(figure_jump_losses, story=story, style=style), share=1.0, room=(34.0, 32.0, 8.0, 22.0)),
    )
    told = [
        say("report.caption.jumps-log", jumps=jumps)
        if is_logarithmic(story)
        else say("report.caption.jumps", jumps=jumps)
    ]
    if story.beyond is not None:
        told.append(say("report.caption.beyond", step=story.beyond))
    told += [film_at(story, "step-3", "step-2", "step-1"), the_formula(study), the_rule(study)]
    return (KeyFrame(Drawing(rows=(panels,), heights=(240.0,)), join(told)),)


def _surface(study: Study, story: SurfaceStory, style: Style) -> tuple[KeyFrame, ...]:
    say = story.speech.say
    panels = (
        Panel(partial(figure_relief, story=story, style=style), share=1.28, room=(0.0, 0.0, 0.0, 0.0)),
        Panel(partial(figure_contours, story=story, style=style), share=1.0, room=(34.0, 20.0, 16.0, 22.0)),
    )
    told = [say("report.caption.surface")]
    if story.terrain.clipped:
        told.append(say("report.caption.cut", height=number(float(story.terrain.z_range[1]), 3)))
    told += [film_at(story, "valley", "end"), the_formula(study), the_rule(study)]
    return (KeyFrame(Drawing(rows=(panels,), heights=(222.0,)), join(told)),)


def _regression(study: Study, story: RegressionStory, style: Style) -> tuple[KeyFrame, ...]:
    say, fit = story.speech.say, story.fit
    data = Panel(partial(figure_data, story=story, style=style), room=(40.0, 32.0, 12.0, 20.0))
    ridge = isinstance(study.problem, LeastSquares) and bool(study.problem.ridge)
    told = [
        say("report.caption.data-against")
        if fit.against
        else say("report.caption.data-ridge")
        if ridge
        else say("report.caption.data")
    ]
    if len(fit.predictions) and fit.predict is not None:
        told.append(say("report.caption.prediction", value=number(fit.predict)))
    told.append(film_at(story, "predict", "end"))
    if isinstance(study.problem, LeastSquares):
        model = model_text(study.speech, study.problem)
        told.append(say("report.sentence", text=model))
    first = KeyFrame(Drawing(rows=((data,),), heights=(250.0,)), join(told))
    loss = Panel(partial(figure_regression_loss, story=story, style=style), room=(42.0, 32.0, 8.0, 22.0))
    panels: tuple[Panel, ...] = (loss,)
    if story.terrain is None:
        text = say("report.caption.loss-log") if story.loss_log else say("report.caption.loss")
    else:
        over = Panel(partial(figure_contours, story=story, style=style), room=(34.0, 32.0, 16.0, 22.0))
        panels = (over, loss)
        text = (
            say("report.caption.path-and-loss-log") if story.loss_log else say("report.caption.path-and-loss")
        )
    caption = join([text, film_at(story, "run", "end"), the_formula(study)])
    return first, KeyFrame(Drawing(rows=(panels,), heights=(196.0,)), caption)


_FRAMES: Mapping[str, Callable[[Study, Any, Style], tuple[KeyFrame, ...]]] = MappingProxyType(
    {
        "tangent": _tangent,
        "overshoot": _overshoot,
        "surface": _surface,
        "regression": _regression,
        "learning-rates": rate_frames,
    }
)
