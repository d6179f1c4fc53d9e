"""The map of an objective of two parameters with a path on it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.notation import Node
from scenes.layout.polylines import rows_apart
from scenes.report.style import HAIR, LINE, PAGE, THIN, Style
from scenes.storyboard.views.levels import comparable
from scenes.storyboard.views.terrain import Terrain
from scenes.text import Speech
from scenes.theme import Role, tints

from .dressed import dress_map
from .frame import Labels, dots_per_inch
from .marks import draw_dots, draw_minima, draw_rimmed, name_minima

_SWINGS = 3.5  # diagonals of the picture that a path may walk at full strength
_DEEP = 4  # colours of heights that stand out from the tints as lines
_HINTED = 160  # rows of the rest


class OnPlane(Protocol):
    """What a story needs for this figure: a path (n, 2) over a terrain, and the names of both parameters."""

    @property
    def speech(self) -> Speech: ...
    @property
    def parameters(self) -> tuple[Node, ...]: ...
    @property
    def steps(self) -> NDArray[np.int64]: ...
    @property
    def path(self) -> FloatArray: ...
    @property
    def terrain(self) -> Terrain | None: ...


def draw_map(ax: Axes, terrain: Terrain, style: Style) -> list[Artist]:
    """Tinted heights and level lines, closer together near the bottom."""
    z, levels = comparable(terrain.z, terrain.levels)
    x, y, low, high = terrain.x, terrain.y, float(z.min()), float(z.max())
    inner = np.unique(levels[(levels > low) & (levels < high)])
    if not len(inner):
        return []
    edges = np.concatenate([[low - 1e-9 * abs(low) - 1e-300], inner, [high]])
    shades = 1 - 0.3 * (1 - tints(np.linspace(0, 1, len(edges) - 1), style.surface))
    filled = ax.contourf(x, y, z.T, edges, colors=shades, zorder=0.5, antialiased=False)
    strokes = tints(np.linspace(0, 1, len(inner)), style.surface[:_DEEP])
    lines = ax.contour(x, y, z.T, inner, colors=strokes, linewidths=0.6, zorder=1)
    return [filled, lines]


def draw_path(
    ax: Axes,
    path: FloatArray,
    style: Style,
    role: Role = Role.POINT,
) -> list[Artist]:
    """A path (n, 2), with dots while they lie apart."""
    rows = drawn_rows(ax, path)
    # A long zig-zag would be a blot: after its first swings it goes on as a hint.
    flat = ax.transData.transform(path[rows])
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))])
    width, height = ax.get_window_extent().size
    bold = walked <= _SWINGS * float(np.hypot(width, height))
    dense = not bold.all()
    clear = rows[bold]
    artists: list[Artist] = []
    if dense:
        hint = path[rows[max(0, int(bold.sum()) - 1) :][:_HINTED]]
        artists += ax.plot(*hint.T, color=style.tint(role, 0.4), linewidth=HAIR * 0.6, zorder=2.8)
    width_of_line = THIN if dense else LINE
    artists += draw_rimmed(ax, style, role, *path[clear].T, width=width_of_line, zorder=3)
    kept = dot_rows(ax, path[: clear[-1] + 1]) if dense else dot_rows(ax, path)
    return artists + draw_dots(ax, style, role, *path[kept].T, size=3.4, edge=0.4, zorder=3.5)


def dot_rows(ax: Axes, path: FloatArray, least: float = 4.5, most: int = 60) -> NDArray[np.intp]:
    """Rows that lie at least some points apart on paper, from the start on."""
    rows = rows_apart(ax.transData.transform(path), least * dots_per_inch(ax) / 72, most)
    return np.array(rows, dtype=np.intp)


def drawn_rows(ax: Axes, path: FloatArray) -> NDArray[np.intp]:
    """Rows that make a visible difference to a polyline: a long run needs few of its thousands of rows."""
    rows = dot_rows(ax, path, 0.35, most=4000)
    return np.unique(np.append(rows, len(path) - 1))


def figure_contours(ax: Axes, story: OnPlane, style: Style = PAGE) -> list[Artist]:
    """Level lines, the path from its start, and the minimum."""
    terrain = story.terrain
    assert terrain is not None
    artists = dress_map(ax, style, story.parameters, terrain)
    artists += draw_map(ax, terrain, style)
    artists += draw_path(ax, story.path, style)
    labels = Labels(ax, style, plates=True)
    seen = story.path[drawn_rows(ax, story.path)]
    labels.line(seen[:, 0], seen[:, 1])
    artists += draw_minima(ax, terrain.minima, labels, style, filled=True, zorder=3.2)
    say = story.speech.say
    ends = [(0, say("report.picture.start")), (-1, say("report.picture.step", step=int(story.steps[-1])))]
    for row, _ in ends:
        labels.dot(float(story.path[row, 0]), float(story.path[row, 1]), 7)
    artists += draw_dots(ax, style, Role.POINT, *story.path[-1:].T, size=6, zorder=4)
    for row, name in ends:
        artists += labels.put(name, *map(float, story.path[row]), role=Role.POINT)
    return artists + name_minima(terrain.minima, labels, story.speech)
