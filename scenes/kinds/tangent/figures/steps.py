"""Every step as an arrow along the parameter's axis, one below the other, with its length."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gdcore.notation import plain
from scenes.kinds.tangent.story.tangent import TangentStory
from scenes.report.figures.frame import axes_size, dress
from scenes.report.inline import draw_text, points_at
from scenes.report.lettering import width_of
from scenes.report.style import LINE, PAGE, TICK, Style
from scenes.text import number
from scenes.theme import Role

MOST_ARROWS = 8


def step_rows(story: TangentStory) -> int:
    """How many steps the figure shows."""
    return min(MOST_ARROWS, len(story.w) - 1)


def figure_steps(ax: Axes, story: TangentStory, style: Style = PAGE) -> list[Artist]:
    """The first steps w_k → w_(k+1) under the same axis as the curve; lengths are |α · slope|."""
    rows = step_rows(story)
    low, high = story.curve.x_range
    artists = dress(
        ax,
        style,
        (low, high),
        (rows + 0.5, 0.5),
        x_numbers=False,
        y_numbers=False,
    )
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(False)
    width, _ = axes_size(ax)
    colour = style.stroke(Role.STEP)
    for k in range(rows):
        a, b = float(story.w[k]), float(story.w[k + 1])
        begin, end = np.clip([a, b], low, high)
        artists.append(
            ax.annotate(
                "",
                (end, k + 1),
                (begin, k + 1),
                arrowprops={
                    "arrowstyle": "-|>,head_width=0.16,head_length=0.36" if end == b else "-",
                    "color": colour,
                    "linewidth": LINE,
                    "shrinkA": 0.0,
                    "shrinkB": 0.0,
                },
            )
        )
        # The length stands behind the arrow's tail, or at its head where there is no room.
        text = plain(number(abs(b - a), 3), style.decimal)
        long = width_of(text, TICK)
        side = 1.0 if b <= a else -1.0
        tail = (begin - low) / (high - low) * width
        if not 0 <= tail + side * (long + 6) <= width:
            side, tail = -side, (end - low) / (high - low) * width
        points = points_at(ax, 0.0, k + 1.0, ax.get_yaxis_transform())
        x = tail + (5.0 if side > 0 else -5.0 - long)
        artists += draw_text(ax, text, x, -0.33 * TICK, TICK, points, style.text(Role.STEP))
    return artists
