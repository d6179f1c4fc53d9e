"""The loss of a regression over the steps."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from scenes.kinds.regression.story.regression import RegressionStory
from scenes.report.figures.dressed import dress_losses
from scenes.report.figures.frame import Labels
from scenes.report.figures.losses import dots, loss_range
from scenes.report.style import LINE, PAGE, THIN, Style
from scenes.text import number
from scenes.theme import Role

from .data import has_ridge


def figure_regression_loss(ax: Axes, story: RegressionStory, style: Style = PAGE) -> list[Artist]:
    """The loss of the run's rows, and the least loss there can be."""
    losses = np.append(story.loss, story.least)
    log = story.loss_log and float(losses.min()) > 0
    last, range_ = float(story.steps[-1]) * 1.02, loss_range(losses, log)
    artists = dress_losses(ax, style, story.speech, last, range_, log=log, spacing=(60.0, 26.0))
    labels = Labels(ax, style)
    artists += ax.plot(
        story.steps,
        story.loss,
        color=style.stroke(Role.OBJECTIVE),
        linewidth=LINE,
        marker=dots(len(story.steps)),
        markersize=2.4,
        zorder=3,
    )
    labels.line(story.steps, story.loss)
    ends = [0.0, float(story.steps[-1])]
    artists += ax.plot(
        ends, [story.least] * 2, color=style.stroke(Role.GOOD), linewidth=THIN, dashes=(5, 3), zorder=2
    )
    labels.line(ends, [story.least] * 2)
    least = number(story.least, 6)
    name = story.speech.say(
        "report.picture.ridge-loss" if has_ridge(story) else "report.picture.least-loss", loss=least
    )
    artists += labels.put(name, ends[1] * 0.55, story.least, prefer=((0, 1), (0, -1)), role=Role.GOOD)
    return artists
