"""One rate of several: the common ground with this rate's path."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from scenes.kinds.learning_rates.story.learning_rates import Contender, LearningRatesStory
from scenes.report.figures.contours import draw_map, draw_path
from scenes.report.figures.dressed import dress_curve, dress_losses, dress_map
from scenes.report.figures.losses import few, loss_range
from scenes.report.figures.marks import draw_dots, mark_minimum
from scenes.report.style import LINE, PAGE, THIN, Style
from scenes.storyboard.views.side_by_side import PanelView
from scenes.theme import Role

_RING = 7.0  # panels are small


def figure_panel(ax: Axes, story: LearningRatesStory, style: Style = PAGE, *, index: int = 0) -> list[Artist]:
    """The path of run number `index` on the curve, over the contours, or else its loss."""
    run = story.contenders[index]
    if run.view is not None:
        return _on_curve(ax, story, run.view, run, style)
    if story.terrain is not None:
        return _on_map(ax, story, run, style)
    log = story.loss_range[0] > 0 and story.loss_range[1] > 20 * story.loss_range[0]
    last, ends = float(story.steps[-1]), loss_range(np.array(story.loss_range), log)
    artists = dress_losses(ax, style, story.speech, last, ends, log=log, spacing=(46.0, 30.0), role=Role.INK)
    rows = few(run.steps.astype(float))
    artists += ax.plot(run.steps[rows], run.loss[rows], color=style.stroke(Role.OBJECTIVE), linewidth=LINE)
    return artists


def _on_curve(
    ax: Axes, story: LearningRatesStory, view: PanelView, run: Contender, style: Style
) -> list[Artist]:
    """The view in which the film leaves the panel; chords from row to row: a jump shows as a line across the valley."""
    p, spacing = story.parameters[0], (34.0, 26.0)
    x_range, y_range = view.at(len(run.steps) - 1)
    artists = dress_curve(ax, style, story.speech, p, x_range, y_range, spacing=spacing)
    inside = (view.x >= x_range[0]) & (view.x <= x_range[1])
    artists += ax.plot(
        view.x[inside], view.y[inside], color=style.stroke(Role.OBJECTIVE), linewidth=LINE, zorder=2
    )
    for x, y in story.goals.tolist():
        if x_range[0] <= x <= x_range[1]:
            artists += mark_minimum(ax, x, y, style, size=_RING)
    w, loss = run.path[:, 0], run.loss
    role = run.verdict.role if run.verdict.role is Role.TROUBLE else Role.POINT
    artists += ax.plot(w, loss, color=style.stroke(role), linewidth=THIN, zorder=3)
    return artists + draw_dots(ax, style, role, w, loss, size=3.6, edge=0.25, zorder=4)


def _on_map(ax: Axes, story: LearningRatesStory, run: Contender, style: Style) -> list[Artist]:
    terrain = story.terrain
    assert terrain is not None
    artists = dress_map(ax, style, story.parameters, terrain, spacing=(40.0, 26.0))
    artists += draw_map(ax, terrain, style)
    ends = np.array([terrain.x_range, terrain.y_range])
    middle, half = ends.mean(axis=1), np.ptp(ends, axis=1) / 2
    away = np.flatnonzero((np.abs(run.path - middle) > 3 * half).any(axis=1))
    path = run.path[: int(away[0]) + 1] if len(away) else run.path
    role = run.verdict.role if run.verdict.role is Role.TROUBLE else Role.POINT
    artists += draw_path(ax, path, style, role)
    for x, y in terrain.minima:
        artists += mark_minimum(ax, x, y, style, size=_RING, filled=True, zorder=3.2)
    return artists
