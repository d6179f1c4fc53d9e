"""A rate too large: the first jumps across the minimum, and the loss that they lead to."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.kinds.overshoot.story.findings import Charted
from scenes.kinds.overshoot.story.overshoot import OvershootStory
from scenes.report.figures.dressed import dress_curve, dress_losses
from scenes.report.figures.frame import Labels
from scenes.report.figures.losses import dots, few, loss_range
from scenes.report.figures.marks import draw_dots, draw_minima, name_minima
from scenes.report.style import BOLD, LINE, PAGE, Style
from scenes.text import maths, whole
from scenes.theme import Role

JUMPS = 6  # shown on the curve


def figure_jumps(ax: Axes, story: OvershootStory, style: Style = PAGE) -> list[Artist]:
    """The curve in the view of the last jump shown, with the first jumps as arrows, those across in trouble's colour."""
    last = min(JUMPS, story.shown)
    w, loss, p = story.w[: last + 1], story.loss[: last + 1], story.parameter
    formula = story.speech.formula
    view = story.zoom.view(last)
    centre, reach, heights = view.centre, view.half, view.y_range
    artists = dress_curve(ax, style, story.speech, p, (centre - reach, centre + reach), heights)
    labels = Labels(ax, style)
    artists += _curve(ax, story, centre, reach, labels, style)
    minima = np.array([story.minimum] if story.minimum else []).reshape(-1, 2)
    artists += draw_minima(ax, minima, labels, style)
    for k in range(last):
        role = Role.TROUBLE if story.crossed[k + 1] else Role.STEP
        artists.append(
            ax.annotate(
                "",
                (w[k + 1], loss[k + 1]),
                (w[k], loss[k]),
                arrowprops={
                    "arrowstyle": "-|>,head_width=0.17,head_length=0.38",
                    "color": style.stroke(role),
                    "linewidth": LINE * 0.8,
                    "shrinkA": 2.0,
                    "shrinkB": 2.5,
                },
                zorder=3,
            )
        )
        labels.line(w[k : k + 2], loss[k : k + 2])
    artists += draw_dots(ax, style, Role.POINT, w, loss, size=4.6, edge=0.5, zorder=5)
    for x, y in zip(w, loss, strict=True):
        labels.dot(float(x), float(y))
    for k in range(last + 1):
        side = 1.0 if w[k] > centre else -1.0
        name = maths(formula("{p}_({k})", p=p, k=whole(story.steps[k])))
        artists += labels.put(
            name, float(w[k]), float(loss[k]), prefer=((side, 0), (side, -0.7)), role=Role.POINT
        )
    return artists + name_minima(minima, labels, story.speech, prefer=((0, -1), (0, 1)))


def _curve(
    ax: Axes, story: OvershootStory, centre: float, reach: float, labels: Labels, style: Style
) -> list[Artist]:
    inside = np.abs(story.curve_x - centre) <= 1.05 * reach
    x, y = story.curve_x[inside], story.curve_y[inside]
    # Samples lie close together near the middle: fewer are enough on paper.
    kept = np.concatenate([[True], np.diff(x) > 0]) & _apart(x, reach / 150)
    labels.line(x[kept], y[kept])
    return list(ax.plot(x[kept], y[kept], color=style.stroke(Role.OBJECTIVE), linewidth=BOLD, zorder=2))


def _apart(x: np.ndarray, least: float) -> np.ndarray:
    kept = np.zeros(len(x), dtype=bool)
    previous = -np.inf
    for i, value in enumerate(x.tolist()):
        if value - previous >= least or i == len(x) - 1:
            kept[i], previous = True, value
    return kept


def _charted(story: OvershootStory) -> tuple[NDArray[np.int64], FloatArray]:
    """Steps and what is charted of the losses, on a logarithmic axis as far as they have a logarithm."""
    kept = story.charted > 0 if story.logarithmic else np.ones(len(story.charted), dtype=np.bool_)
    return story.steps[kept], story.charted[kept]


def figure_jump_losses(ax: Axes, story: OvershootStory, style: Style = PAGE) -> list[Artist]:
    """The losses over the steps as the film charts them; a cross marks where the numbers end."""
    steps, loss = _charted(story)
    log = story.logarithmic
    say = story.speech.say
    above = say("overshoot.chart-above" if story.alone else "overshoot.chart-above-this")
    name = above if story.scale is Charted.ABOVE else None
    last, ends = float(story.steps[-1]) * 1.03, loss_range(loss, log)
    artists = dress_losses(ax, style, story.speech, last, ends, log=log, spacing=(44.0, 24.0), name=name)
    rows = few(steps.astype(float), 160)
    artists += ax.plot(
        steps[rows],
        loss[rows],
        color=style.stroke(Role.OBJECTIVE),
        linewidth=LINE,
        marker=dots(len(rows)),
        markersize=2.6,
    )
    if story.beyond is not None:
        artists += draw_dots(
            ax, style, Role.TROUBLE, story.steps[-1:], loss[-1:], size=7, zorder=5, marker="X"
        )
    return artists
