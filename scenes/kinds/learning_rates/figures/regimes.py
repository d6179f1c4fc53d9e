"""The strip of regimes: what a rate does, along an axis of rates, with those of the lecture marked."""

from __future__ import annotations

import math

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from scenes.kinds.learning_rates.story.learning_rates import LearningRatesStory
from scenes.report.figures.frame import axes_size, dress
from scenes.report.inline import draw_inline, inline_width, points_at
from scenes.report.style import LABEL, PAGE, THIN, TICK, Style
from scenes.storyboard.views.regimes import Band, band_word
from scenes.text import maths, number
from scenes.theme import Role

from .losses import MARKERS, RUNS

_APART = 4.0  # points between two names above the strip
_FILL: dict[Band, tuple[Role, float]] = {
    "crawl": (Role.AXIS, 0.22),
    "smooth": (Role.GOOD, 0.4),
    "zig-zag": (Role.POINT, 0.22),
    "safe": (Role.GOOD, 0.3),
    "depends": (Role.AXIS, 0.1),
    "edge": (Role.TROUBLE, 0.3),
    "diverge": (Role.TROUBLE, 0.3),
}


def figure_regimes(ax: Axes, story: LearningRatesStory, style: Style = PAGE) -> list[Artist]:
    """Crawl, smooth, zig-zag and diverge along α; the limit 2/λ, or two; the rates of the runs as markers."""
    strip = story.strip
    artists = dress(
        ax,
        style,
        (strip.low, strip.high),
        (0.0, 1.0),
        x_name=maths(story.speech.formula("alpha")),
        x_scale="log" if strip.log else "linear",
        y_numbers=False,
        spacing=(64.0, 30.0),
    )
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    width, _ = axes_size(ax)
    for regime, begin, end in strip.bands:
        role, tint = _FILL[regime]
        band = Rectangle(
            (begin, 0.0), end - begin, 0.62, facecolor=style.tint(role, tint), edgecolor="none", zorder=0.5
        )
        ax.add_patch(band)
        artists.append(band)
        left, right = (_place(ax, value) * width for value in (begin, end))
        name = band_word(story.speech, regime)
        wide = inline_width(name, LABEL)
        if right - left > wide + 6:
            points = points_at(ax, 0.0, 0.0, ax.transAxes)
            _, height = axes_size(ax)
            artists += draw_inline(
                ax, name, (left + right - wide) / 2, 0.31 * height - 3, LABEL, points, style
            )
    for limit in strip.limits:
        if strip.low <= limit <= strip.high:
            artists += ax.plot([limit] * 2, [0, 0.78], color=style.stroke(Role.TROUBLE), linewidth=THIN * 1.6)
    return artists + _marks(ax, story, style)


def _place(ax: Axes, value: float) -> float:
    """Where a rate stands along the axis, 0 to 1."""
    x = float(ax.transData.transform((value, 0.5))[0])
    return float(ax.transAxes.inverted().transform((x, 0.0))[0])


def _marks(ax: Axes, story: LearningRatesStory, style: Style) -> list[Artist]:
    """The rates above the strip; names that would meet stand one row higher."""
    width, height = axes_size(ax)
    points = points_at(ax, 0.0, 0.0, ax.transAxes)
    artists: list[Artist] = []
    taken: list[tuple[float, float, int]] = []
    marks = [
        (run.rate, maths(number(run.rate)), RUNS[i], MARKERS[i])
        for i, run in enumerate(story.contenders)
        if run.plain
    ]
    for place, limit in enumerate(story.strip.limits):
        value = number(limit)
        name = maths(value) if place else story.speech.say("report.picture.limit", limit=value)
        marks.append((limit, name, Role.TROUBLE, ""))
    for rate, name, role, marker in sorted(marks, key=lambda mark: mark[0]):
        if not (story.strip.low <= rate <= story.strip.high) or not math.isfinite(rate):
            continue
        x = _place(ax, rate) * width
        if marker:
            artists += ax.plot(
                [rate],
                [0.62],
                marker,
                markersize=6,
                color=style.stroke(role),
                markeredgecolor="white",
                clip_on=False,
                zorder=5,
            )
        wide = inline_width(name, TICK + 0.6)
        left = min(max(0.0, x - wide / 2), width - wide)
        level = 0
        while any(a < left + wide + _APART and left - _APART < b and level == row for a, b, row in taken):
            level += 1
        taken.append((left, left + wide, level))
        base = 0.62 * height + 8.0 + level * 12.0
        artists += draw_inline(ax, name, left, base, TICK + 0.6, points, style, role=role)
    return artists


def levels_needed(story: LearningRatesStory) -> int:
    """A bound for the rows of names above the strip."""
    return min(3, len(story.contenders) + 1)
