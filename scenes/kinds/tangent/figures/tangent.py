"""The curve, the first tangents on it with the slope triangle, and the whole path."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.base.arrays import FloatArray
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.report.figures.dressed import dress_curve
from scenes.report.figures.frame import Labels, dots_per_inch
from scenes.report.figures.marks import draw_dots, draw_minima, name_minima
from scenes.report.style import BOLD, LINE, PAGE, THIN, Style
from scenes.storyboard.telling import EXPLAINED
from scenes.text import maths, whole
from scenes.theme import Role

_REACH = 95.0  # points of a tangent on either side of its point


def figure_tangent(ax: Axes, story: TangentStory, style: Style = PAGE) -> list[Artist]:
    """The objective with the descent on it; returns everything that was drawn."""
    curve, p, formula = story.curve, story.parameter, story.speech.formula
    artists = dress_curve(ax, style, story.speech, p, curve.x_range, curve.y_range)
    labels = Labels(ax, style)
    artists += ax.plot(curve.x, curve.y, color=style.stroke(Role.OBJECTIVE), linewidth=BOLD, zorder=2)
    labels.line(curve.x, curve.y)
    told = _told(story)
    for row in told:
        x, y = _tangent(ax, story, row)
        artists += ax.plot(
            x,
            y,
            color=style.stroke(Role.SLOPE),
            linewidth=LINE,
            zorder=2.5,
            dashes=((), (6, 2), (2, 1.6))[row % 3],
        )
        labels.line(x, y)
        floor = [curve.y_range[0], story.loss[row]]
        artists += ax.plot(
            [story.w[row]] * 2,
            floor,
            color=style.stroke(Role.POINT),
            linewidth=THIN,
            dashes=(3, 3),
            zorder=1.5,
        )
        labels.line([story.w[row]] * 2, floor)
    artists += _triangle(ax, story, labels, style)
    artists += _path(ax, story, labels, style)
    artists += draw_minima(ax, curve.minima, labels, style)
    for row in told:
        name = maths(formula("{p}_({k})", p=p, k=whole(story.steps[row])))
        away = 1.0 if story.slope[row] >= 0 else -1.0
        artists += labels.put(
            name,
            story.w[row],
            story.loss[row],
            prefer=((away, 0), (away, -0.6), (away, 0.6)),
            role=Role.POINT,
        )
    return artists + name_minima(
        curve.minima, labels, story.speech, prefer=((0, -1), (-1, -1), (1, -1), (0, 1))
    )


def _told(story: TangentStory) -> list[int]:
    """Rows whose tangent is shown: the first three that lie in view and apart."""
    low, high = story.curve.y_range
    rows: list[int] = []
    span = story.curve.x_range[1] - story.curve.x_range[0]
    for row in range(min(EXPLAINED, len(story.w))):
        apart = all(abs(story.w[row] - story.w[other]) > 0.02 * span for other in rows)
        if low <= story.loss[row] <= high and apart:
            rows.append(row)
    return rows


def _tangent(ax: Axes, story: TangentStory, row: int) -> tuple[FloatArray, FloatArray]:
    """The two ends of a tangent, equally long on paper whatever its slope, and inside the axes."""
    w, loss, slope = float(story.w[row]), float(story.loss[row]), float(story.slope[row])
    box, (left, right), (bottom, top) = ax.get_window_extent(), ax.get_xlim(), ax.get_ylim()
    length = float(np.hypot(box.width / (right - left), slope / (top - bottom) * box.height))
    reach = _REACH * dots_per_inch(ax) / 72 / length
    low, high = story.curve.y_range
    ends = []
    for side in (-1.0, 1.0):
        run = side * reach
        if slope:
            inside = sorted(((low - loss) / slope, (high - loss) / slope))
            run = min(max(run, inside[0]), inside[1])
        ends.append(min(max(w + run, story.curve.x_range[0]), story.curve.x_range[1]))
    x = np.array(ends)
    return x, loss + slope * (x - w)


def _triangle(ax: Axes, story: TangentStory, labels: Labels, style: Style) -> list[Artist]:
    """Run and rise at the start."""
    w, loss, slope, run = (float(v) for v in (story.w[0], story.loss[0], story.slope[0], story.spans[0]))
    if not slope or not run:
        return []
    side = -1.0 if slope > 0 else 1.0
    foot = loss - abs(slope) * run
    x, y = [w + side * run, w, w], [foot, foot, loss]
    artists: list[Artist] = list(
        ax.plot(x, y, color=style.stroke(Role.SLOPE), linewidth=THIN, dashes=(1.2, 1.6), zorder=2.4)
    )
    labels.line(x, y)
    artists += labels.put(
        maths(story.triangles[0].right),
        w + side * run / 2,
        foot,
        prefer=((0, -1), (side, -1)),
        role=Role.SLOPE,
        gap=2.5,
    )
    artists += labels.put(
        maths(story.triangles[0].product),
        w,
        (foot + loss) / 2,
        prefer=((-side, 0),),
        role=Role.SLOPE,
        gap=3.0,
    )
    return artists


def _path(ax: Axes, story: TangentStory, labels: Labels, style: Style) -> list[Artist]:
    """Every row as a dot: the first ones with names, all of them in view."""
    low, high = story.curve.y_range
    seen = (story.loss >= low) & (story.loss <= high)
    for x, y in zip(story.w[seen][:12], story.loss[seen][:12], strict=True):
        labels.dot(float(x), float(y))
    return draw_dots(ax, style, Role.POINT, story.w[seen], story.loss[seen], size=4.6, edge=0.5, zorder=5)
