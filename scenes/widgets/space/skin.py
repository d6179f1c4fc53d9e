"""A relief painted: one shaded mesh with its edges, from the far cells to the near ones."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import HAIR, Ink, Pen
from scenes.layout.polylines import halved
from scenes.storyboard.views.levels import Levels
from scenes.storyboard.views.relief import Relief, runs
from scenes.theme import RGB, Role, tints

from .facets import PLACE, Facets
from .view import View

_LIGHT = np.array([-0.35, 0.45, 0.82]) / np.linalg.norm([-0.35, 0.45, 0.82])
# Of both sides what they have in the shade, and what the light adds.
_UPPER, _LOWER = (0.62, 0.42), (0.50, 0.22)
_MESH_LINES = 12
_HALVED = 1  # times for a line of the mesh: it ends at a point of its own where it goes out of sight
_SIGHT = 0.3  # how far one sees in fog; the floor measures 2 × 2
HIDDEN = 0.22  # opacity of what lies behind the surface


class Skin:
    """A relief with its colours, light and mesh."""

    def __init__(self, relief: Relief, colours: tuple[RGB, ...]) -> None:
        self.relief = relief
        self.base = tints(relief.levels, colours)
        vertices = np.concatenate([relief.points, relief.normals, self.base], axis=-1)
        sun = _sun(relief.normals)
        sides = [self.base * (shade + light * sun) for shade, light in (_UPPER, _LOWER)]
        self.facets = Facets(vertices, np.concatenate(sides, axis=-1), relief.ceiling)
        self.mesh = self._mesh()

    def _mesh(self) -> list[FloatArray]:
        """Some of the grid's lines, (m, 3) each, as far as they are shown."""
        relief, n = self.relief, self.relief.count
        stride = max(1, (n - 1) // _MESH_LINES)
        lines = [relief.points[i] for i in range(stride, n - 1, stride)]
        lines += [relief.points[:, j] for j in range(stride, n - 1, stride)]
        return [halved(part, PLACE, _HALVED) for line in lines for part in relief.below(line)]

    def draw(
        self, pen: Pen, view: View, *, shown: float = 1.0, fog: tuple[FloatArray, RGB] | None = None
    ) -> None:
        """The shaded surface, its edges and a light mesh; `shown` from 0 to 1 lets it rise from the floor.

        `fog` is a place on the floor, (2,), and a colour: what is far from the place fades into the colour.
        """
        vertices = self.facets.vertices
        places, normals, base = vertices[:, :3], vertices[:, 3:6], vertices[:, 6:]
        upper = None if fog is not None else self._towards(view) >= 0  # fog is finer than the facets
        colours = self._lit(places, normals, base, view)
        if fog is not None:
            away = np.hypot(*(places[:, :2] - fog[0]).T)
            clear = np.exp(-((away / _SIGHT) ** 2))[:, None]
            colours = clear * colours + (1 - clear) * np.asarray(fog[1])
        if shown < 1:
            places = places * (1, 1, max(shown, 1e-3))
        pen.mesh(view.project(places), colours, self.facets.seen_from(view.eye, upper))
        if shown >= 1 and fog is None:
            self._edges(pen, view)

    @staticmethod
    def _lit(points: FloatArray, normals: FloatArray, base: FloatArray, view: View) -> FloatArray:
        """Colours (…, 3) of points under the light; the side that is turned away from the sky is darker."""
        facing = (normals * view.towards(points)).sum(axis=-1, keepdims=True)
        sun = _sun(normals)
        light = np.where(facing >= 0, _UPPER[0] + _UPPER[1] * sun, _LOWER[0] + _LOWER[1] * sun)
        return np.asarray(np.clip(base * light, 0.0, 1.0))

    def _edges(self, pen: Pen, view: View) -> None:
        """Mesh lines, the rims and the folds seen against what is behind, all antialiased."""
        self._strokes(pen, view, self.mesh, (1.0, 1.0, 1.0), HAIR, 0.16)
        for rim in self.relief.rims:
            self._strokes(pen, view, [rim], self._tone(rim, view, 1.15), HAIR * 1.5, 1.0)
        relief, grid, facing = self.relief, self.relief.grid, self._towards(view)
        if facing.min() < 0 < facing.max():
            for fold in Levels(grid, grid, facing).lines(0.0):
                for part in relief.below(np.column_stack([fold, relief.height_at(*fold.T)])):
                    self._strokes(pen, view, [part], self._tone(part, view, 1.1), HAIR, 0.8)

    def _towards(self, view: View) -> FloatArray:
        """Of every vertex (n, n) whether its upper side is seen (above 0) or its lower one."""
        return np.asarray((self.relief.normals * view.towards(self.relief.points)).sum(axis=-1))

    def _tone(self, line: FloatArray, view: View, gain: float) -> RGB:
        """The surface's mean colour along a line (m, 3), a little lighter."""
        i, j = np.round((line[:, :2].T + 1) * 0.5 * (self.relief.count - 1)).astype(np.intp)
        colours = self._lit(line, self.relief.normals[i, j], self.base[i, j], view)
        red, green, blue = (float(c) for c in np.clip(colours.mean(axis=0) * gain, 0, 1))
        return red, green, blue

    def _strokes(
        self, pen: Pen, view: View, lines: list[FloatArray], ink: Ink, width: float, opacity: float
    ) -> None:
        if not lines:
            return
        seen = self.relief.visible_on(np.concatenate(lines), view)
        flat = view.project(np.concatenate(lines))
        start = 0
        for line in lines:
            stop = start + len(line)
            for first, last in runs(seen[start:stop]):
                pen.stroke(flat[start + first : start + last + 1], ink, width, opacity, quiet=True)
            start = stop


def _sun(normals: FloatArray) -> FloatArray:
    """How much light falls on vertices with these normals (…, 3), from either side, (…, 1)."""
    return np.asarray(np.abs(normals @ _LIGHT)[..., None])


def draw_line_over(
    pen: Pen, relief: Relief, view: View, points: FloatArray, role: Role, width: float
) -> None:
    """A line above the surface (n, 3): bright where it is seen, dim where the surface hides it."""
    if len(points) < 2:
        return
    seen = relief.visible(points, view)
    flat = view.project(points)
    hidden = ~seen
    hidden[1:] |= ~seen[:-1]  # hidden stretches reach one point into their neighbours: no gap opens
    hidden[:-1] |= ~seen[1:]
    for flags, strength in ((hidden, HIDDEN), (seen, 1.0)):
        for first, last in runs(flags):
            pen.stroke(flat[first : last + 1], role, width, strength)
