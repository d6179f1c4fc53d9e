"""The losses of all runs over the steps."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.report.figures.dressed import dress_losses
from scenes.report.figures.frame import Labels
from scenes.report.figures.losses import few, loss_range
from scenes.report.style import LINE, PAGE, Style
from scenes.theme import Role

_GROWN = 1e6  # the view follows a loss up to this many times the first one

DASHES: tuple[tuple[float, ...], ...] = ((), (6, 2), (2, 1.6), (7, 2, 1.5, 2))
MARKERS = ("o", "s", "^", "D")
RUNS = (Role.OBJECTIVE, Role.POINT, Role.GOOD, Role.TROUBLE)


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
    artists = dress_losses(ax, style, story.speech, last * 1.02, ends, log=log, spacing=(60.0, 24.0))
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
