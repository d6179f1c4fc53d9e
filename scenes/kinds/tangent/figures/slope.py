"""The derivative below its curve: the height at w is the slope of the tangent above."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.report.figures.frame import Labels, dress
from scenes.report.figures.marks import draw_dots
from scenes.report.style import BOLD, LINE, PAGE, THIN, Style
from scenes.storyboard.telling import EXPLAINED
from scenes.text import maths, whole
from scenes.theme import Role


def figure_slope(ax: Axes, story: TangentStory, style: Style = PAGE) -> list[Artist]:
    """J′ over the parameter, with the first rows as stems and the way each of them moves."""
    p, curve, formula = story.parameter, story.curve, story.speech.formula
    reach = float(np.nanmax(np.abs(story.slope))) * 1.25 or 1.0
    artists = dress(
        ax,
        style,
        curve.x_range,
        (-reach, reach),
        x_name=maths(p),
        y_name=maths(formula("J'({p})", p=p)),
        x_role=Role.POINT,
        y_role=Role.SLOPE,
    )
    labels = Labels(ax, style)
    artists += ax.plot(curve.x_range, (0, 0), color=style.stroke(Role.AXIS), linewidth=THIN, dashes=(4, 3))
    artists += ax.plot(curve.x, curve.slope, color=style.stroke(Role.SLOPE), linewidth=BOLD)
    labels.line(curve.x, curve.slope)
    labels.line(curve.x_range, (0, 0))
    for row in range(min(EXPLAINED, len(story.w))):
        w, slope = float(story.w[row]), float(story.slope[row])
        artists += ax.plot([w, w], [0, slope], color=style.stroke(Role.SLOPE), linewidth=LINE)
        artists += draw_dots(ax, style, Role.POINT, [w], [slope], size=4.6, edge=0.5, zorder=5)
        labels.line([w, w], [0, slope])
        labels.dot(w, slope)
    for row in range(min(EXPLAINED, len(story.w))):
        name = maths(formula("{p}_({k})", p=p, k=whole(story.steps[row])))
        artists += labels.put(name, float(story.w[row]), float(story.slope[row]), role=Role.POINT)
    return artists
