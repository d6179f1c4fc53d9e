"""The figures of the kind `regression`: the data with their line, then the path over the loss and the loss itself."""

from __future__ import annotations

from functools import partial

from gdcore.problems import LeastSquares
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.lecture.study import Study
from scenes.report.drawing import Drawing, Panel
from scenes.report.figures.contours import figure_contours
from scenes.report.formulae import model_text
from scenes.report.keyframe import KeyFrame, film_at, the_formula
from scenes.report.style import Style
from scenes.text import join, maths, number

from .data import figure_data
from .loss import figure_regression_loss


def key_frames(study: Study, story: RegressionStory, style: Style) -> tuple[KeyFrame, ...]:
    """Two figures: the data, and what the descent did to the loss."""
    say, fit = story.speech.say, story.fit
    data = Panel(partial(figure_data, story=story, style=style), room=(40.0, 32.0, 12.0, 20.0))
    ridge = isinstance(study.problem, LeastSquares) and bool(study.problem.ridge)
    told = [
        say(
            "report.caption.data-against"
            if fit.against
            else "report.caption.data-ridge"
            if ridge
            else "report.caption.data"
        )
    ]
    values = [maths(number(asked.row[0])) for asked in fit.asked if asked.is_answered]
    if values and not fit.against:
        told.append(
            say(
                "report.caption.prediction" if len(values) == 1 else "report.caption.predictions",
                values=story.speech.listed(values),
            )
        )
    told.append(film_at(story, "predict", "end"))
    if isinstance(study.problem, LeastSquares):
        model = model_text(study.speech, study.problem)
        told.append(say("report.sentence", text=model))
    first = KeyFrame(Drawing(rows=((data,),), heights=(250.0,)), join(told))
    loss = Panel(partial(figure_regression_loss, story=story, style=style), room=(42.0, 32.0, 8.0, 22.0))
    panels: tuple[Panel, ...] = (loss,)
    if story.terrain is None:
        text = say("report.caption.loss-log" if story.loss_log else "report.caption.loss")
    else:
        over = Panel(partial(figure_contours, story=story, style=style), room=(34.0, 32.0, 16.0, 22.0))
        panels = (over, loss)
        text = say("report.caption.path-and-loss-log" if story.loss_log else "report.caption.path-and-loss")
    caption = join([text, film_at(story, "run", "end"), the_formula(study)])
    return first, KeyFrame(Drawing(rows=(panels,), heights=(196.0,)), caption)
