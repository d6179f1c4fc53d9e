"""Which figures stand for a story, with their captions and the film's time codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from ..lecture.study import Study
from ..richtext import Rich, join, say, words
from ..storyboard import Story
from ..storyboard.learning_rates import LearningRatesStory
from ..storyboard.numbers import math_number, text_number
from ..storyboard.overshoot import OvershootStory
from ..storyboard.regression import RegressionStory
from ..storyboard.surface import SurfaceStory
from ..storyboard.tangent import TangentStory
from .drawing import Drawing, Panel
from .figures import (
    figure_contours,
    figure_data,
    figure_jump_losses,
    figure_jumps,
    figure_losses,
    figure_panel,
    figure_regimes,
    figure_regression_loss,
    figure_relief,
    figure_slope,
    figure_steps,
    figure_tangent,
)
from .figures.regimes import levels_needed
from .figures.steps import step_rows
from .spelling import objective_text, rule_text
from .style import Style
from .text import unbroken


@dataclass(frozen=True)
class KeyFrame:
    """A figure and the words below it."""

    drawing: Drawing
    caption: Rich


def key_frames(study: Study, story: Story, style: Style) -> tuple[KeyFrame, ...]:
    """The figures of a story, in order; none for a kind that has no figures yet."""
    draw = _FRAMES.get(story.kind)
    return () if draw is None else draw(study, story, style)


def time_code(seconds: float) -> str:
    """Minutes and seconds of a film: 0:42."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _at(story: Story, *beats: str) -> Rich:
    """Where the film rests on what is shown: at the end of the first of these beats that there is."""
    for identifier in beats:
        if story.has(identifier):
            return words(f"In the film at {time_code(story.beat(identifier).end)}.")
    return Rich()


def _told(*parts: Rich) -> Rich:
    return join(part for part in parts if part)


def _formula(study: Study) -> Rich:
    return words(unbroken(objective_text(study.problem) + "."))


def _rule(study: Study) -> Rich:
    return words(", ".join(unbroken(part) for part in rule_text(study.problem).split(", ")) + ".")


def _tangent(study: Study, story: TangentStory, style: Style) -> tuple[KeyFrame, ...]:
    room = (30.0, 20.0, 16.0, 18.0)
    panels = [(Panel(partial(figure_tangent, story=story, style=style), room=room),)]
    heights = [248.0]
    text = (
        f"The {{objective|cost}} over ${story.parameter}$ with the {{point|rows}} of the run as dots, "
        "the first {slope|tangents}, and run and rise of the first one (dotted)."
    )
    if story.derivative:
        panels.append((Panel(partial(figure_slope, story=story, style=style), room=room),))
        heights.append(150.0)
        text += " Below it the {slope|derivative}: its height is the slope of the tangent above."
    count = step_rows(story)
    if story.slope[0] != 0:
        panels.append((Panel(partial(figure_steps, story=story, style=style), room=(30.0, 2.0, 16.0, 6.0)),))
        heights.append(10.0 + 11.0 * count)
        which = (
            "step" if count == 1 else f"first {count} steps" if count < len(story.w) - 1 else f"{count} steps"
        )
        text += f" Under the axis the {which} as {{step|arrows}} with their lengths."
    end = _told(say(text), _at(story, "step-3", "step-2", "step-1", "end"), _formula(study), _rule(study))
    return (KeyFrame(Drawing(rows=tuple(panels), heights=tuple(heights)), end),)


def _overshoot(study: Study, story: OvershootStory, style: Style) -> tuple[KeyFrame, ...]:
    panels = (
        Panel(partial(figure_jumps, story=story, style=style), share=1.25, room=(34.0, 32.0, 16.0, 22.0)),
        Panel(partial(figure_jump_losses, story=story, style=style), share=1.0, room=(34.0, 32.0, 8.0, 22.0)),
    )
    jumps = int(story.crossings[-1])
    text = (
        f"Left, the first jumps: {{trouble|arrows}} from row to row across the {{good|minimum}}, {jumps} in all. "
        "Right, the {objective|loss} over the steps on a logarithmic axis."
    )
    if story.beyond is not None:
        text += f" The cross marks the last finite step, before {story.beyond}."
    told = _told(say(text), _at(story, "step-3", "step-2", "step-1"), _formula(study), _rule(study))
    return (KeyFrame(Drawing(rows=(panels,), heights=(240.0,)), told),)


def _surface(study: Study, story: SurfaceStory, style: Style) -> tuple[KeyFrame, ...]:
    panels = (
        Panel(partial(figure_relief, story=story, style=style), share=1.28, room=(0.0, 0.0, 0.0, 0.0)),
        Panel(partial(figure_contours, story=story, style=style), share=1.0, room=(34.0, 20.0, 16.0, 22.0)),
    )
    cut = (
        f" Walls above {text_number(float(story.terrain.z_range[1]), 3)} are cut off."
        if story.terrain.clipped
        else ""
    )
    text = (
        "Left, the {objective|cost} as a surface with the {point|path} of the run; what the surface hides is dotted, "
        "and the path's shadow lies on the floor. Right, the same path seen from above, "
        f"over lines of equal cost.{cut}"
    )
    told = _told(say(text), _at(story, "valley", "end"), _formula(study), _rule(study))
    return (KeyFrame(Drawing(rows=(panels,), heights=(222.0,)), told),)


def _regression(study: Study, story: RegressionStory, style: Style) -> tuple[KeyFrame, ...]:
    data = Panel(partial(figure_data, story=story, style=style), room=(40.0, 32.0, 12.0, 20.0))
    if story.fit.against:
        text = "Each {objective|bar} leads from a true value to what the model predicts; on the {good|diagonal} both agree."
    else:
        text = (
            "The data with the {point|line} at the start (dotted) and after the run, the {good|least-squares line} "
            "(dashed), and the {objective|residuals} of the run's line as bars."
        )
        if len(story.fit.predictions):
            text += f" The diamond is the {{point|prediction}} at {text_number(story.fit.predict or 0.0)}."
    first = KeyFrame(
        Drawing(rows=((data,),), heights=(250.0,)),
        _told(say(text), _at(story, "predict", "end"), words(_model(study))),
    )
    loss = Panel(partial(figure_regression_loss, story=story, style=style), room=(42.0, 32.0, 8.0, 22.0))
    panels: tuple[Panel, ...] = (loss,)
    text = "The {objective|loss} over the steps"
    if story.terrain is not None:
        panels = (
            Panel(partial(figure_contours, story=story, style=style), room=(34.0, 32.0, 16.0, 22.0)),
            loss,
        )
        text = "Left, the {point|path} over lines of equal cost; right, the {objective|loss} over the steps"
    scale = " on a logarithmic axis." if story.loss_log else "."
    told = _told(say(text + scale), _at(story, "run", "end"), _formula(study))
    return first, KeyFrame(Drawing(rows=(panels,), heights=(196.0,)), told)


def _model(study: Study) -> str:
    return objective_text(study.problem).rsplit(", ", 1)[-1] + "."


def _rates(study: Study, story: LearningRatesStory, style: Style) -> tuple[KeyFrame, ...]:
    runs = story.contenders
    panels = [
        Panel(
            partial(figure_panel, story=story, style=style, index=index),
            room=(30.0, 22.0, 16.0, 16.0),
            title=say(f"$alpha = {math_number(run.rate)}$  ")
            + say(
                run.verdict.text,
            ),
        )
        for index, run in enumerate(runs)
    ]
    columns = 3 if len(runs) == 3 else 2
    rows = tuple(tuple(panels[i : i + columns]) for i in range(0, len(panels), columns))
    if columns == 3:
        rows = tuple(
            tuple(
                Panel(p.draw, room=(30.0, 22.0, 14.0, 16.0), title=say(f"$alpha = {math_number(r.rate)}$"))
                for p, r in zip(row, runs, strict=True)
            )
            for row in rows
        )
    ground = (
        "on the same {objective|cost}"
        if story.curve is not None or story.terrain is not None
        else "over the steps"
    )
    text = f"The same start, {len(runs)} rates, {ground}. A path that {{trouble|leaves}} runs out of the picture."
    first = KeyFrame(
        Drawing(rows=rows, heights=(172.0,) * len(rows), between=16.0),
        _told(say(text), _at(story, "verdicts", "end"), _formula(study)),
    )
    strip = Panel(
        partial(figure_regimes, story=story, style=style),
        room=(10.0, 20.0, 18.0, 8.0 + 12.0 * levels_needed(story)),
    )
    losses = Panel(partial(figure_losses, story=story, style=style), room=(42.0, 32.0, 10.0, 20.0))
    told = "The {objective|loss} over the steps, a line and a marker for each rate."
    drawn: tuple[tuple[Panel, ...], ...] = ((losses,),)
    heights: tuple[float, ...] = (190.0,)
    if story.strip.limit is not None:
        where = ", measured near the best end (local)" if story.strip.local else ""
        told += (
            f" Below, what a rate does{where}: the limit is {{trouble|$2 slash lambda = {math_number(story.strip.limit)}$}}, "
            f"with $lambda = {math_number(story.strip.curvature or 0.0)}$ the largest curvature."
        )
        drawn, heights = (*drawn, (strip,)), (*heights, 62.0 + 12.0 * levels_needed(story))
    second = KeyFrame(Drawing(rows=drawn, heights=heights), _told(say(told), _at(story, "limit", "end")))
    return first, second


_FRAMES: Mapping[str, Callable[[Study, Any, Style], tuple[KeyFrame, ...]]] = MappingProxyType(
    {
        "tangent": _tangent,
        "overshoot": _overshoot,
        "surface": _surface,
        "regression": _regression,
        "learning-rates": _rates,
    }
)
