"""An objective of two parameters as a shaded surface over its map: vectors, seen from afar.

The surface is the graph of a function: painted from the far cells to the near ones it hides what it must,
and a point is hidden where the line towards the viewer meets the graph.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from gdcore.base.arrays import FloatArray
from gdcore.notation import listed
from scenes.kinds.surface.story import SurfaceStory
from scenes.layout.ticks import nice_ticks
from scenes.report.figures.frame import axes_size
from scenes.report.figures.marks import draw_dots, draw_rimmed, mark_minimum
from scenes.report.figures.outlook import Outlook
from scenes.report.figures.ticks import Numbering, numbering
from scenes.report.inline import draw_inline, draw_text, inline_width, points_at
from scenes.report.lettering import width_of
from scenes.report.style import HAIR, LABEL, LINE, PAGE, THIN, TICK, Style
from scenes.storyboard.views.cut import cut_cells
from scenes.storyboard.views.levels import Levels
from scenes.storyboard.views.relief import FLOOR_BOX, Relief, Space, trail
from scenes.storyboard.views.terrain import rows_in_view
from scenes.text import Rich, maths, words
from scenes.theme import Role, tints

_CELLS = 25
_GAP, _HEIGHT = 0.14, 1.0  # the surface stands between these heights over the floor
_LIFT = 0.015  # of paths over the surface
_LIGHT = np.array([-0.35, 0.45, 0.82]) / np.linalg.norm([-0.35, 0.45, 0.82])
_MARGINS = (40.0, 34.0, 26.0, 22.0)  # left, bottom, right, top: points for numbers and names


def figure_relief(ax: Axes, story: SurfaceStory, style: Style = PAGE) -> list[Artist]:
    """The surface with the path on it, and the path's shadow among the contours on the floor."""
    space = Space.over(story.terrain, _GAP, _HEIGHT)
    relief = space.relief(story.terrain)
    walked = space.flat(story.path[: rows_in_view(story.loss) + 1])
    inside = FLOOR_BOX.clip(np.vstack([trail(walked)[0], walked[-1:]])) or [
        walked[:1]
    ]  # a run that rests has no way
    path = [relief.drape(part, _LIFT) for part in inside]
    outlook = _best(relief, np.concatenate(path), story.azimuth)
    _frame(ax, relief, outlook)
    artists = _floor(ax, story, space, relief, outlook, style)
    for part in path:
        artists += ax.plot(
            *outlook.flat(part * (1, 1, 0)).T,
            color=style.stroke(Role.POINT),
            linewidth=THIN,
            dashes=(2, 1.5),
            zorder=1.2,
        )
    artists += _skin(ax, relief, outlook, style)
    artists += _axes(ax, space, outlook, story, style)
    artists += _marks(ax, space, relief, path, story, outlook, style)
    return artists


def _best(relief: Relief, path: FloatArray, wanted: float | None) -> Outlook:
    """The view as asked for, else the one that shows most of the path, and that largest."""
    elevation = np.radians(34.0)
    if wanted is not None:
        return Outlook(float(np.radians(wanted)), float(elevation))
    few = path[np.unique(np.linspace(0, len(path) - 1, 50).astype(int))]

    def worth(outlook: Outlook) -> float:
        spread = np.ptp(outlook.flat(few), axis=0)
        return float(relief.visible(few, outlook).mean() + 0.2 * spread.max() + 0.2 * spread.min())

    azimuths = [quadrant * 90.0 + turn for quadrant in range(4) for turn in (25.0, 35.0, 55.0, 65.0)]
    return max((Outlook(float(np.radians(a)), float(elevation)) for a in azimuths), key=worth)


def _frame(ax: Axes, relief: Relief, outlook: Outlook) -> None:
    """Limits that show everything undistorted, with margins for numbers and names."""
    ax.set_axis_off()
    corners = np.array([[x, y, 0.0] for x in (-1, 1) for y in (-1, 1)])
    seen = outlook.flat(np.vstack([corners, *relief.outline()]))
    low, high = seen.min(axis=0), seen.max(axis=0)
    width, height = axes_size(ax)
    left, bottom, right, top = _MARGINS
    per_unit = min((width - left - right) / (high[0] - low[0]), (height - bottom - top) / (high[1] - low[1]))
    middle = (low + high) / 2
    shift = np.array([left - right, bottom - top]) / 2 / per_unit
    half = np.array([width, height]) / 2 / per_unit
    ax.set_xlim(*(middle[0] - shift[0] + s * half[0] for s in (-1, 1)))
    ax.set_ylim(*(middle[1] - shift[1] + s * half[1] for s in (-1, 1)))


def _floor(
    ax: Axes, story: SurfaceStory, space: Space, relief: Relief, outlook: Outlook, style: Style
) -> list[Artist]:
    ground = Levels(relief.grid, relief.grid, relief.heights)
    lines = [
        outlook.flat(np.column_stack([line, np.zeros(len(line))]))
        for level in space.z(story.terrain.levels)
        for line in ground.lines(level)
    ]
    edge = outlook.flat(np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0], [-1, -1, 0]], dtype=float))
    contours = LineCollection(lines, colors=[style.tint(Role.OBJECTIVE, 0.55)], linewidths=HAIR, zorder=1.0)
    ax.add_collection(contours, autolim=False)
    return [contours, *ax.plot(*edge.T, color=style.stroke(Role.AXIS), linewidth=HAIR, zorder=1.0)]


def _skin(ax: Axes, relief: Relief, outlook: Outlook, style: Style) -> list[Artist]:
    """The cells from far to near, and the edge along which the surface is cut off."""
    nodes = np.linspace(-1, 1, _CELLS + 1)
    x, y = np.meshgrid(nodes, nodes, indexing="ij")
    points, patches, _ = cut_cells(np.stack([x, y, relief.height_at(x, y)], axis=-1), relief.ceiling)
    if not len(patches):  # a valley so narrow that it lies between the nodes
        return []
    a, b, c, d = np.moveaxis(points[patches], 1, 0)
    normal = np.cross(c - a, d - b)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    level = (a + b + c + d)[:, 2] / 4
    base = tints((level - level.min()) / (np.ptp(level) or 1.0), style.surface)
    lit = np.abs(normal @ _LIGHT)[:, None]
    above = (normal @ outlook.toward)[:, None] >= 0
    colours = np.clip(base * np.where(above, 0.74 + 0.3 * lit, 0.6 + 0.24 * lit), 0, 1).round(3)
    order = np.argsort(((a + c) / 2) @ (outlook.toward * (1, 1, 0)), kind="stable")
    # Edges a little lighter than the cells close the seams between them and draw the mesh.
    skin = PolyCollection(
        list(outlook.flat(points[patches])[order]),
        facecolors=colours[order],
        edgecolors=(colours[order] * 0.86 + 0.14).round(3),
        linewidths=0.3,
        joinstyle="round",
        zorder=2,
    )
    ax.add_collection(skin, autolim=False)
    return [skin]


def _marks(
    ax: Axes,
    space: Space,
    relief: Relief,
    path: list[FloatArray],
    story: SurfaceStory,
    outlook: Outlook,
    style: Style,
) -> list[Artist]:
    """The path, dashed and thin where the surface hides it, its rows, the start and the minimum."""
    artists: list[Artist] = []
    for part in path:
        seen, flat = relief.visible(part, outlook), outlook.flat(part)
        hidden, shown = (np.where((seen == visible)[:, None], flat, np.nan) for visible in (False, True))
        artists += ax.plot(
            *hidden.T, color=style.tint(Role.POINT, 0.55), linewidth=THIN, dashes=(1.5, 1.5), zorder=4
        )
        artists += draw_rimmed(ax, style, Role.POINT, *shown.T, width=LINE, zorder=4)
    rows = space.flat(story.path)[:40]
    rows = relief.drape(rows[(np.abs(rows) <= 1).all(axis=1)], _LIFT)
    seen_rows = outlook.flat(rows[relief.visible(rows, outlook)]).T
    artists += draw_dots(ax, style, Role.POINT, *seen_rows, size=3.2, edge=0.4, zorder=4.5)
    end = outlook.flat(path[-1][-1:]).T
    artists += draw_dots(ax, style, Role.POINT, *end, size=6.4, zorder=5)
    for x, y in outlook.flat(relief.drape(space.flat(story.terrain.minima), _LIFT)).tolist():
        artists += mark_minimum(ax, x, y, style, haloed=True)
    return artists


def _axes(ax: Axes, space: Space, outlook: Outlook, story: SurfaceStory, style: Style) -> list[Artist]:
    """Numbers and names along the floor's near edges and along the upright edge at the left."""
    near = np.sign(outlook.toward[:2])
    centre = outlook.flat(np.zeros(3))
    artists: list[Artist] = []
    for axis, scale in enumerate((space.x, space.y)):
        ends = np.zeros((2, 3))
        ends[:, axis], ends[:, 1 - axis] = (-1, 1), near[1 - axis]
        flat = outlook.flat(ends)
        along = flat[1] - flat[0]
        out = np.array([-along[1], along[0]]) / np.hypot(*along)
        out = out if out @ (flat.mean(axis=0) - centre) > 0 else -out
        values = nice_ticks(scale.low, scale.high, 4)
        numbers = numbering(values.tolist(), style.decimal)
        for value, text in zip(values, numbers.texts, strict=True):
            place = ends[0].copy()
            place[axis] = float(scale(value))
            artists += _number(ax, outlook.flat(place), out, text, style)
        artists += ax.plot(*flat.T, color=style.stroke(Role.AXIS), linewidth=THIN, zorder=2.5)
        symbol = maths(story.parameters[axis])
        name = _named(symbol, numbers)
        x, y = flat.mean(axis=0)
        reach = out * 27.0
        points = points_at(ax, float(x), float(y), ax.transData)
        wide = inline_width(name, LABEL)
        artists += draw_inline(
            ax, name, reach[0] - wide / 2, reach[1] - 0.3 * LABEL, LABEL, points, style, role=Role.POINT
        )
    return artists + _upright(ax, space, outlook, near, story, style)


def _upright(
    ax: Axes, space: Space, outlook: Outlook, near: FloatArray, story: SurfaceStory, style: Style
) -> list[Artist]:
    corners = [(near[0], -near[1]), (-near[0], near[1])]
    x, y = min(corners, key=lambda c: float(outlook.flat(np.array([c[0], c[1], 0.0]))[0]))
    ends = outlook.flat(np.array([[x, y, _GAP], [x, y, _HEIGHT]], dtype=float))
    artists: list[Artist] = list(ax.plot(*ends.T, color=style.stroke(Role.AXIS), linewidth=THIN, zorder=2.5))
    values = nice_ticks(space.z.low, space.z.high, 4)
    numbers = numbering(values.tolist(), style.decimal)
    for value, text in zip(values, numbers.texts, strict=True):
        place = outlook.flat(np.array([x, y, float(space.z(value))]))
        artists += _number(ax, place, np.array([-1.0, 0.0]), text, style)
    name = _named(maths(story.speech.formula("J({names})", names=listed(story.parameters))), numbers)
    points = points_at(ax, float(ends[1, 0]), float(ends[1, 1]), ax.transData)
    outside = float(ax.transAxes.inverted().transform(ax.transData.transform(ends[1]))[0]) * axes_size(ax)[0]
    start = max(-inline_width(name, LABEL) / 2, -outside)
    return artists + draw_inline(ax, name, start, 8.0, LABEL, points, style, role=Role.OBJECTIVE)


def _named(name: Rich, numbers: Numbering) -> Rich:
    """An axis's name with what its numbers leave out."""
    return (numbers.name(name) or name) + (words(" ") + words(numbers.factor) if numbers.factor else Rich())


def _number(ax: Axes, place: FloatArray, out: FloatArray, text: str, style: Style) -> list[Artist]:
    """A tick towards `out` and its number behind it."""
    points = points_at(ax, float(place[0]), float(place[1]), ax.transData)
    colour = style.text(Role.AXIS)
    wide, tall = width_of(text, TICK), 0.68 * TICK
    reach = 6.0 + abs(out[0]) * wide / 2 + abs(out[1]) * tall / 2
    spot = out * reach
    artists: list[Artist] = list(
        ax.plot([0, out[0] * 3], [0, out[1] * 3], color=colour, linewidth=THIN * 0.8, transform=points)
    )
    return artists + draw_text(ax, text, spot[0] - wide / 2, spot[1] - tall / 2, TICK, points, colour)
