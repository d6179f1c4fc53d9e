"""A surface over the floor of the box: one shaded mesh, and what it hides.

The surface is the graph of a function, so both questions of a picture in space have exact and cheap
answers: painting the grid's cells from far to near is the right order, and a point is hidden when the
ray from it to the camera crosses the graph.
"""

from __future__ import annotations

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray

from scenes.draw.facets import PLACE, Facets
from scenes.draw.pen import HAIR, FloatArray, Ink, Pen
from scenes.draw.thinning import thinned
from scenes.theme import RGB, Role

from .space import View

_LIGHT = np.array([-0.35, 0.45, 0.82]) / np.linalg.norm([-0.35, 0.45, 0.82])
# Of both sides what they have in the shade, and what the light adds.
_UPPER, _LOWER = (0.62, 0.42), (0.50, 0.22)
_RAY_SAMPLES = 56
_CONVEX_SAMPLES = 3  # a ray that starts on a convex surface or above it can cross it only once more
_MESH_LINES = 12
_HALVED = 1  # times for a line of the mesh: it ends at a point of its own where it goes out of sight
_TOUCH = 1e-4  # what is so little below the surface lies on it
_SIGHT = 0.3  # how far one sees in fog; the floor measures 2 × 2
HIDDEN = 0.22  # opacity of what lies behind the surface


class Relief:
    """A height field over the box: heights (n, n) in box coordinates, first axis along x.

    What is higher than `ceiling` is cut off, cleanly along the level line.
    """

    def __init__(self, heights: FloatArray, colours: tuple[RGB, ...], ceiling: float = np.inf) -> None:
        self.heights = heights
        self.ceiling = ceiling
        self.count = len(heights)
        self.grid = np.linspace(-1.0, 1.0, self.count)
        x, y = np.meshgrid(self.grid, self.grid, indexing="ij")
        self.points = np.stack([x, y, heights], axis=-1)
        slope_x, slope_y = np.gradient(heights, self.grid, self.grid)
        normals = np.stack([-slope_x, -slope_y, np.ones_like(heights)], axis=-1)
        self.normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
        low, high = float(heights.min()), float(min(heights.max(), ceiling))
        self.base = self.tint((heights - low) / ((high - low) or 1.0), colours)
        vertices = np.concatenate([self.points, self.normals, self.base], axis=-1)
        sun = _sun(self.normals)
        sides = [self.base * (shade + light * sun) for shade, light in (_UPPER, _LOWER)]
        self.facets = Facets(vertices, np.concatenate(sides, axis=-1), ceiling)
        self.rims = self._rims()
        self.mesh = self._mesh()
        self._along_x, self._along_y = (
            np.diff(heights, axis=axis) / np.diff(self.grid)[0] for axis in (0, 1)
        )
        self._opened: tuple[View, bool] | None = None
        self._samples = _CONVEX_SAMPLES if ceiling == np.inf and is_convex(heights) else _RAY_SAMPLES

    def _rims(self) -> list[FloatArray]:
        """The edges of what is shown, (m, 3) each: the outer ones up to the ceiling, and the cut itself."""
        outer = [self.points[0], self.points[-1], self.points[:, 0], self.points[:, -1]]
        rims = [part for line in outer for part in self._below(line)]
        if self.heights.max() > self.ceiling:
            for line in contour_generator(self.grid, self.grid, self.heights.T).lines(self.ceiling):
                flat = np.asarray(line, dtype=np.float64)
                rims.append(np.column_stack([flat, np.full(len(flat), self.ceiling)]))
        return rims

    def _mesh(self) -> list[FloatArray]:
        """Some of the grid's lines, (m, 3) each, as far as they are shown."""
        n = self.count
        stride = max(1, (n - 1) // _MESH_LINES)
        lines = [self.points[i] for i in range(stride, n - 1, stride)]
        lines += [self.points[:, j] for j in range(stride, n - 1, stride)]
        return [thinned(part, PLACE, _HALVED) for line in lines for part in self._below(line)]

    def outline(self) -> list[FloatArray]:
        """Points, (m, 3) each, around which the picture of the surface lies from wherever it is seen."""
        inner = self.points[::3, ::3].reshape(-1, 3)
        return [*self.rims, inner[inner[:, 2] <= self.ceiling]]

    def _below(self, line: FloatArray) -> list[FloatArray]:
        """The parts of a line of the surface (n, 3) that are not cut off."""
        return [line[first : last + 1] for first, last in runs(line[:, 2] <= self.ceiling)]

    @staticmethod
    def tint(level: FloatArray, colours: tuple[RGB, ...]) -> FloatArray:
        """Colours (…, 3) of levels between 0 and 1, along a map of equally spaced colours."""
        stops = np.linspace(0.0, 1.0, len(colours))
        table = np.asarray(colours)
        return np.stack([np.interp(level, stops, table[:, i]) for i in range(3)], axis=-1)

    def height_at(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Bilinear height at box coordinates; outside the floor the nearest edge counts."""
        last = self.count - 1
        u = np.clip((x + 1) * (0.5 * last), 0, last)
        v = np.clip((y + 1) * (0.5 * last), 0, last)
        i, j = np.minimum(u.astype(np.intp), last - 1), np.minimum(v.astype(np.intp), last - 1)
        s, t = u - i, v - j
        here, flat = i * self.count + j, self.heights.ravel()
        near = (1 - t) * flat.take(here) + t * flat.take(here + 1)
        far = (1 - t) * flat.take(here + self.count) + t * flat.take(here + self.count + 1)
        return np.asarray((1 - s) * near + s * far)

    def drape(self, x: FloatArray, y: FloatArray, lift: float = 0.012) -> FloatArray:
        """Points (…, 3) a little above the surface."""
        return np.stack([x, y, np.minimum(self.height_at(x, y), self.ceiling) + lift], axis=-1)

    def visible(self, points: FloatArray, view: View) -> NDArray[np.bool_]:
        """Which points (n, 3) above the surface the camera sees, (n,)."""
        if self._open_to(view):
            return np.asarray(points[:, 2] - self.height_at(points[:, 0], points[:, 1]) > -_TOUCH)
        above, crossed = self._sight(points, view, start=0.0)
        return np.asarray(above & ~crossed)

    def visible_on(self, points: FloatArray, view: View) -> NDArray[np.bool_]:
        """Which points (n, 3) of the surface itself the camera sees, from either side, (n,)."""
        if self._open_to(view):
            return np.ones(len(points), dtype=np.bool_)
        return np.asarray(~self._sight(points, view, start=0.03)[1])

    def _open_to(self, view: View) -> bool:
        """Does the upper side face the camera everywhere? Then it hides nothing above it.

        A ray that dips below the surface on its way to the camera does so where the surface is turned away from it.
        """
        if self._opened is None or self._opened[0] != view:
            self._opened = (view, self.ceiling == np.inf and self._faces(view))
        return self._opened[1]

    def _faces(self, view: View) -> bool:
        """Does every cell face the camera, by the slopes of its own four edges?"""
        away, n = view.eye - self.points, self.count - 1
        for i in (0, 1):
            for j in (0, 1):
                x, y, z = np.moveaxis(away[i : n + i, j : n + j], -1, 0)
                if (z - x * self._along_x[:, j : n + j] - y * self._along_y[i : n + i]).min() <= 0:
                    return False
        return True

    def _sight(
        self, points: FloatArray, view: View, start: float
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether points lie above the surface, and whether their rays to the camera cross it below the ceiling."""
        gap, height = self._rays(points, view, start)
        above = gap > -_TOUCH
        crossed = (above[:, 1:] != above[:, :-1]) & (height[:, :-1] <= self.ceiling)
        return above[:, 0], crossed.any(axis=1)

    def _rays(self, points: FloatArray, view: View, start: float) -> tuple[FloatArray, FloatArray]:
        """How far above the surface the rays from points to the camera run, and how high, (n, samples).

        Sampled from `start` to where a ray leaves the box.
        """
        ray = view.eye - points
        ray /= np.linalg.norm(ray, axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            exits = np.where(
                ray[:, :2] > 0, (1 - points[:, :2]) / ray[:, :2], (-1 - points[:, :2]) / ray[:, :2]
            )
        reach = np.clip(np.nan_to_num(exits, nan=4.0, posinf=4.0, neginf=0.0).min(axis=1), 0.0, 4.0)
        s = start + (np.maximum(reach - start, 0.0))[:, None] * np.linspace(0, 1, self._samples)
        x = points[:, :1] + ray[:, :1] * s
        y = points[:, 1:2] + ray[:, 1:2] * s
        z = points[:, 2:] + ray[:, 2:] * s
        return np.asarray(z - self.height_at(x, y)), z

    # Drawing

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
        facing = (normals * (view.eye - points)).sum(axis=-1, keepdims=True)
        sun = _sun(normals)
        light = np.where(facing >= 0, _UPPER[0] + _UPPER[1] * sun, _LOWER[0] + _LOWER[1] * sun)
        return np.asarray(np.clip(base * light, 0.0, 1.0))

    def _edges(self, pen: Pen, view: View) -> None:
        """Mesh lines, the rims and the folds seen against what is behind, all antialiased."""
        self._strokes(pen, view, self.mesh, (1.0, 1.0, 1.0), HAIR, 0.16)
        for rim in self.rims:
            self._strokes(pen, view, [rim], self._tone(rim, view, 1.15), HAIR * 1.5, 1.0)
        facing = self._towards(view)
        if facing.min() < 0 < facing.max():
            for fold in contour_generator(self.grid, self.grid, facing.T).lines(0.0):
                line = np.asarray(fold, dtype=np.float64)
                for part in self._below(np.column_stack([line, self.height_at(line[:, 0], line[:, 1])])):
                    self._strokes(pen, view, [part], self._tone(part, view, 1.1), HAIR, 0.8)

    def _towards(self, view: View) -> FloatArray:
        """Of every vertex (n, n) whether its upper side is seen (above 0) or its lower one."""
        return np.asarray((self.normals * (view.eye - self.points)).sum(axis=-1))

    def _tone(self, line: FloatArray, view: View, gain: float) -> RGB:
        """The surface's mean colour along a line (m, 3), a little lighter."""
        i, j = np.round((line[:, :2].T + 1) * 0.5 * (self.count - 1)).astype(np.intp)
        colours = self._lit(line, self.normals[i, j], self.base[i, j], view)
        red, green, blue = (float(c) for c in np.clip(colours.mean(axis=0) * gain, 0, 1))
        return red, green, blue

    def _strokes(
        self, pen: Pen, view: View, lines: list[FloatArray], ink: Ink, width: float, opacity: float
    ) -> None:
        seen = self.visible_on(np.concatenate(lines), view)
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


def is_convex(heights: FloatArray) -> bool:
    """Is the graph of heights (n, n) on a regular grid convex, as far as second differences tell?

    All of them bend upwards, and with the mixed ones they make positive semidefinite matrices.
    """
    along = heights[2:, 1:-1] - 2 * heights[1:-1, 1:-1] + heights[:-2, 1:-1]
    across = heights[1:-1, 2:] - 2 * heights[1:-1, 1:-1] + heights[1:-1, :-2]
    mixed = (heights[2:, 2:] - heights[2:, :-2] - heights[:-2, 2:] + heights[:-2, :-2]) / 4
    slack = 1e-9 * max(1.0, float(np.ptp(heights)))
    upward = min(float(along.min()), float(across.min())) >= -slack
    return bool(upward and (along * across - mixed**2).min() >= -slack)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of every stretch of at least two true flags."""
    if flags.size >= 2 and flags.all():  # the usual case
        return [(0, flags.size - 1)]
    padded = np.concatenate([[False], flags, [False]]).astype(np.int8)
    change = np.flatnonzero(np.diff(padded))
    return [(int(a), int(b) - 1) for a, b in zip(change[::2], change[1::2], strict=True) if b - a >= 2]


def draw_line_over(
    pen: Pen, relief: Relief, view: View, points: FloatArray, role: Role, width: float, opacity: float = 1.0
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
            pen.stroke(flat[first : last + 1], role, width, opacity * strength)
