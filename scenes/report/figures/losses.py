"""The loss over the steps: of one run, or of several rates together."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import NDArray

from ...storyboard.learning_rates import LearningRatesStory
from ...storyboard.regression import RegressionStory
from ...text import maths, number
from ...theme import Role
from ..style import LINE, PAGE, THIN, Style
from .data import has_ridge
from .frame import FloatArray, Labels, Range, dress

_GROWN = 1e6  # the view follows a loss up to this many times the first one

DASHES: tuple[tuple[float, ...], ...] = ((), (6, 2), (2, 1.6), (7, 2, 1.5, 2))
MARKERS = ("o", "s", "^", "D")
RUNS = (Role.OBJECTIVE, Role.POINT, Role.GOOD, Role.TROUBLE)


def loss_range(losses: FloatArray, log: bool) -> Range:
    """Ends of the loss axis with a little air."""
    low, high = float(losses.min()), float(losses.max())
    if log:
        ends = np.log10([low, high])
        air = 0.08 * float(ends[1] - ends[0]) or 0.3
        # A run that leaves the machine's numbers ends close below the largest of them.
        return float(10.0 ** max(ends[0] - air, -307.0)), float(10.0 ** min(ends[1] + air, 308.2))
    span = (high - low) or abs(high) or 1.0
    return (0.0 if 0 <= low < 0.4 * span else low - 0.06 * span), high + 0.08 * span


def few(steps: FloatArray, most: int = 240) -> NDArray[np.intp]:
    """Rows to draw of a long run: all at first, ever fewer later; the first and the last are kept."""
    count = len(steps)
    if count <= most:
        return np.arange(count)
    return np.unique(np.concatenate([np.arange(60), np.geomspace(60, count - 1, most - 60).astype(np.intp)]))


def dots(count: int) -> str:
    """The marker at each of so many rows: none where they would run together into a thick line."""
    return "o" if count <= 60 else ""


def figure_regression_loss(ax: Axes, story: RegressionStory, style: Style = PAGE) -> list[Artist]:
    """The loss of the run's rows, and the least loss there can be."""
    losses = np.append(story.loss, story.least)
    log = story.loss_log and float(losses.min()) > 0
    artists = dress(
        ax,
        style,
        (0.0, max(1.0, float(story.steps[-1]) * 1.02)),
        loss_range(losses, log),
        x_name=story.speech.say("report.picture.steps"),
        y_name=maths(story.speech.formula("J")),
        y_scale="log" if log else "linear",
        y_role=Role.OBJECTIVE,
        spacing=(60.0, 26.0),
    )
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
    name = (
        story.speech.say("report.picture.ridge-loss", loss=least)
        if has_ridge(story)
        else story.speech.say("report.picture.least-loss", loss=least)
    )
    artists += labels.put(name, ends[1] * 0.55, story.least, prefer=((0, 1), (0, -1)), role=Role.GOOD)
    return artists


def figure_losses(ax: Axes, story: LearningRatesStory, style: Style = PAGE) -> list[Artist]:
    """The losses of all rates over the steps, told apart by dashes and markers as well as by colour."""
    runs = story.contenders
    finite = np.concatenate([run.loss[np.isfinite(run.loss)] for run in runs])
    log = bool(finite.min() > 0 and finite.max() > 20 * finite.min())
    if log:  # what leaves the numbers would flatten all that stays
        begun = max(float(run.loss[0]) for run in runs)
        finite = finite[finite <= _GROWN * begun]
    ends = loss_range(finite, log)
    last = max(float(run.steps[run.loss <= ends[1]].max()) for run in runs)
    artists = dress(
        ax,
        style,
        (0.0, max(1.0, last * 1.02)),
        ends,
        x_name=story.speech.say("report.picture.steps"),
        y_name=maths(story.speech.formula("J")),
        y_scale="log" if log else "linear",
        y_role=Role.OBJECTIVE,
        spacing=(60.0, 24.0),
    )
    labels = Labels(ax, style)
    places = []
    for index, run in enumerate(runs):
        rows = few(run.steps.astype(float))
        steps, loss = run.steps[rows], run.loss[rows]
        inside = loss <= ends[1]
        marks = np.unique(np.linspace(0, max(0, int(inside.sum()) - 1), 7).astype(int))
        artists += ax.plot(
            steps,
            loss,
            color=style.stroke(RUNS[index]),
            linewidth=LINE,
            dashes=DASHES[index],
            marker=MARKERS[index],
            markersize=4,
            markevery=marks.tolist(),
            markeredgecolor="white",
            markeredgewidth=0.4,
            zorder=3,
        )
        labels.line(steps, loss)
        for mark in marks:
            labels.dot(float(steps[mark]), float(loss[mark]))
        row = min(int(inside.sum()) - 1, int((0.35 + 0.18 * index) * len(steps)))
        places.append((float(steps[row]), float(loss[row])))
    for index, (run, place) in enumerate(zip(runs, places, strict=True)):
        artists += labels.put(run.label, *place, role=RUNS[index], prefer=((0, 1), (0, -1)))
    return artists


__all__ = ["DASHES", "MARKERS", "RUNS", "few", "figure_losses", "figure_regression_loss"]
