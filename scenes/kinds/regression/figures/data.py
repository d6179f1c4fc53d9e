"""The data of a regression with the line that the run found, its residuals and the best line."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.base.arrays import FloatArray
from gdcore.notation import plain
from scenes.kinds.regression.story.regression import RegressionStory
from scenes.lecture.model import Range
from scenes.report.figures.frame import Labels, dress
from scenes.report.figures.marks import draw_dots
from scenes.report.figures.scatter import scatter
from scenes.report.style import HAIR, LINE, PAGE, THIN, Style
from scenes.storyboard.views.fit import Fit, Predicted
from scenes.text import number, words
from scenes.theme import Role


def figure_data(ax: Axes, story: RegressionStory, style: Style = PAGE) -> list[Artist]:
    """Data, first and last line of the run, residuals of the last one, the best line and the prediction."""
    fit = story.fit
    artists = dress(ax, style, fit.x_range, fit.y_range, x_name=story.labels[0], y_name=story.labels[1])
    labels = Labels(ax, style)
    colour = style.stroke(Role.OBJECTIVE)
    last = fit.fitted[-1]
    low, high = fit.y_range
    for x, y, there in zip(fit.x, fit.y, np.clip(last, low, high), strict=True):
        artists += ax.plot([x, x], [y, there], color=colour, linewidth=THIN * 1.2, zorder=2)
        labels.line([x, x], [y, there])
        labels.dot(float(x), float(y))
    artists += scatter(ax, fit.x, fit.y, style)
    if fit.against:
        artists += ax.plot(
            fit.x_range, fit.x_range, color=style.stroke(Role.GOOD), linewidth=THIN, dashes=(4, 3)
        )
        artists += ax.plot(
            fit.x, np.clip(last, low, high), "o", markersize=3.6, color=style.stroke(Role.POINT), zorder=3
        )
        labels.line(fit.x_range, fit.x_range)
        return artists
    for line, role, width, dashes in (
        (fit.line[0], Role.POINT, THIN, (1.5, 2.0)),
        (fit.best_line, Role.GOOD, LINE, (5.0, 3.0)),
        (fit.line[-1], Role.POINT, LINE * 1.3, ()),
    ):
        artists += ax.plot(
            fit.line_x, line, color=style.stroke(role), linewidth=width, dashes=dashes, zorder=3
        )
        labels.line(fit.line_x, line)
    for asked in fit.asked:
        if asked.is_answered:
            artists += _prediction(ax, fit, asked, labels, style)
    artists += _names(story, labels, style)
    return artists


def _prediction(ax: Axes, fit: Fit, asked: Predicted, labels: Labels, style: Style) -> list[Artist]:
    """Dashed lines from the asked value up to the line and over to the axis."""
    x, y = asked.row[0], float(asked.ours[-1])
    corner = ([x, x, fit.x_range[0]], [fit.y_range[0], y, y])
    artists: list[Artist] = list(
        ax.plot(*corner, color=style.stroke(Role.INK), linewidth=HAIR * 1.4, dashes=(4, 3), zorder=2.5)
    )
    artists += draw_dots(ax, style, Role.POINT, [x], [y], size=5.4, zorder=5, marker="D")
    labels.line(*corner)
    labels.dot(x, y, 8)
    artists += labels.put(
        words(plain(number(y), style.decimal)), x, y, prefer=((-1, 0.6), (0, 1), (-0.5, 1)), role=Role.POINT
    )
    return artists


def _names(story: RegressionStory, labels: Labels, style: Style) -> list[Artist]:
    fit = story.fit
    artists: list[Artist] = []
    say, steps = story.speech.say, story.speech.count("step", int(story.steps[-1]))
    best = say("report.picture.ridge" if has_ridge(story) else "report.picture.least-squares")
    for line, name, role, share in (
        (fit.line[-1], say("report.picture.after", steps=steps), Role.POINT, 0.3),
        (fit.best_line, best, Role.GOOD, 0.12),
        (fit.line[0], say("report.picture.start"), Role.POINT, 0.75),
    ):
        place = _inside(fit.line_x, line, fit.y_range, share)
        if place is not None:
            artists += labels.put(
                name, *place, prefer=((0, 1), (0, -1), (-0.5, 1), (0.5, -1)), role=role, gap=5.0
            )
    return artists


def has_ridge(story: RegressionStory) -> bool:
    """Is the best line that of ridge regression?"""
    return bool(story.trajectory.specs.get("problem", {}).get("ridge"))


def _inside(x: FloatArray, y: FloatArray, y_range: Range, share: float) -> tuple[float, float] | None:
    """A point at a share of the visible part of a line."""
    fine = np.linspace(x[0], x[-1], 201)
    heights = np.interp(fine, x, y)
    seen = np.flatnonzero((heights >= y_range[0]) & (heights <= y_range[1]))
    if not len(seen):
        return None
    row = seen[int(share * (len(seen) - 1))]
    return float(fine[row]), float(heights[row])
