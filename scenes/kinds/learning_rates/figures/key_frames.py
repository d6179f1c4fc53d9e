"""The figures of several runs side by side: a panel for each, then their losses over the strip of regimes."""

from __future__ import annotations

from functools import partial

from gdcore.notation import Node
from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.lecture.study import Study
from scenes.report.drawing import Drawing, Panel
from scenes.report.keyframe import KeyFrame, film_at, the_formula
from scenes.report.style import Style
from scenes.text import Rich, join, number

from .losses import figure_losses
from .panels import figure_panel
from .regimes import figure_regimes, levels_needed


def key_frames(study: Study, story: LearningRatesStory, style: Style) -> tuple[KeyFrame, ...]:
    """The panels, and the losses with the strip where a limit is known."""
    say = story.speech.say
    told = [_panels(story)]
    if story.curve is None:
        told.append(say("report.caption.leaves"))
    elif any(run.view is not None and run.view.zooms for run in story.contenders):
        told.append(say("learning-rates.zoomed"))
    first = KeyFrame(
        _drawing(story, style), join([*told, film_at(story, "judged", "end"), the_formula(study)])
    )
    losses = Panel(partial(figure_losses, story=story, style=style), room=(42.0, 32.0, 10.0, 20.0))
    told = [say("report.caption.losses-rates" if story.compares_rates else "report.caption.losses")]
    rows: tuple[tuple[Panel, ...], ...] = ((losses,),)
    heights: tuple[float, ...] = (190.0,)
    if story.strip.limit is not None and story.strip.curvature is not None:
        told.append(_limits(story, number(story.strip.limit), number(story.strip.curvature)))
        above = 12.0 * levels_needed(story)
        strip = Panel(partial(figure_regimes, story=story, style=style), room=(10.0, 20.0, 18.0, 8.0 + above))
        rows, heights = (*rows, (strip,)), (*heights, 62.0 + above)
    second = KeyFrame(
        Drawing(rows=rows, heights=heights), join([*told, film_at(story, "limit", "end", "judged")])
    )
    return first, second


def _limits(story: LearningRatesStory, limit: Node, curvature: Node) -> Rich:
    """What the strip shows."""
    say, strip = story.speech.say, story.strip
    if not strip.local:
        return say("report.caption.strip", limit=limit, curvature=curvature)
    if len(strip.limits) == 1:
        return say("report.caption.strip-path", limit=limit, curvature=curvature)
    return say("report.caption.strip-limits", limit=limit, curvature=curvature, rest=number(strip.limits[1]))


def _drawing(story: LearningRatesStory, style: Style) -> Drawing:
    """The panels, two or three in a row."""
    runs = story.contenders
    three = len(runs) == 3
    panels = [
        Panel(
            partial(figure_panel, story=story, style=style, index=index),
            room=(36.0, 22.0, 14.0 if three else 16.0, 16.0),
            title=run.label,
            more=None
            if three
            else story.speech.say("report.picture.title", label=run.label, verdict=run.verdict.text),
        )
        for index, run in enumerate(runs)
    ]
    columns = 3 if three else 2
    rows = tuple(tuple(panels[i : i + columns]) for i in range(0, len(panels), columns))
    return Drawing(rows=rows, heights=(172.0,) * len(rows), between=16.0)


def _panels(story: LearningRatesStory) -> Rich:
    """What the panels show: the same start or not, rates or runs, over the cost or over the steps."""
    say, count = story.speech.say, len(story.contenders)
    runs = story.speech.count("run", count)
    if story.curve is None and story.terrain is None:
        if not story.one_start:
            return say("report.caption.panels-starts-steps", runs=runs)
        if not story.compares_rates:
            return say("report.caption.panels-steps", runs=runs)
        return say("report.caption.panels-rates-steps", count=count)
    if not story.one_start:
        return say("report.caption.panels-starts", runs=runs)
    if not story.compares_rates:
        return say("report.caption.panels", runs=runs)
    return say("report.caption.panels-rates", count=count)
