"""A surface over the floor of the box: one shaded mesh, and what it hides.

The surface is the graph of a function, so both questions of a picture in space have exact and cheap
answers: painting the grid's cells from far to near is the right order, and a point is hidden when the
ray from it to the camera crosses the graph.
"""

from __future__ import annotations

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray

from ..theme import RGB, Role
from .pen import HAIR, FloatArray, Ink, Pen
from .space import View

_LIGHT = np.array([-0.35, 0.45, 0.82]) / np.linalg.norm([-0.35, 0.45, 0.82])
_RAY_SAMPLES = 56
_MESH_LINES = 12
HIDDEN = 0.22  # opacity of what lies behind the surface


class Relief:
    """A height field over the box: heights (n, n) in box coordinates, first axis along x."""

    def __init__(self, heights: FloatArray, colours: tuple[RGB, ...], tone: FloatArray | None = None) -> None:
        self.heights = heights
        self.count = len(heights)
        self.grid = np.linspace(-1.0, 1.0, self.count)
        x, y = np.meshgrid(self.grid, self.grid, indexing="ij")
        self.points = np.stack([x, y, heights], axis=-1)
        slope_x, slope_y = np.gradient(heights, self.grid, self.grid)
        normals = np.stack([-slope_x, -slope_y, np.ones_like(heights)], axis=-1)
        self.normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
        level = (heights - heights.min()) / (np.ptp(heights) or 1.0) if tone is None else tone
        self.base = self.tint(level, colours)

    @staticmethod
    def tint(level: FloatArray, colours: tuple[RGB, ...]) -> FloatArray:
        """Colours (…, 3) of levels between 0 and 1, along a map of equally spaced colours."""
        stops = np.linspace(0.0, 1.0, len(colours))
        table = np.asarray(colours)
        return np.stack([np.interp(level, stops, table[:, i]) for i in range(3)], axis=-1)

    def height_at(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Bilinear height at box coordinates; outside the floor the nearest edge counts."""
        last = self.count - 1
        u = np.clip((x + 1) * 0.5 * last, 0, last)
        v = np.clip((y + 1) * 0.5 * last, 0, last)
        i, j = np.minimum(u.astype(np.intp), last - 1), np.minimum(v.astype(np.intp), last - 1)
        s, t = u - i, v - j
        h = self.heights
        return np.asarray(
            (1 - s) * (1 - t) * h[i, j]
            + s * (1 - t) * h[i + 1, j]
            + (1 - s) * t * h[i, j + 1]
            + s * t * h[i + 1, j + 1]
        )

    def drape(self, x: FloatArray, y: FloatArray, lift: float = 0.012) -> FloatArray:
        """Points (…, 3) a little above the surface."""
        return np.stack([x, y, self.height_at(x, y) + lift], axis=-1)

    def visible(self, points: FloatArray, view: View) -> NDArray[np.bool_]:
        """Which points (n, 3) above the surface the camera sees, (n,)."""
        gap = self._gaps(points, view, start=0.0)
        return np.asarray((gap > 0).all(axis=1))

    def visible_on(self, points: FloatArray, view: View) -> NDArray[np.bool_]:
        """Which points (n, 3) of the surface itself the camera sees, from either side, (n,)."""
        gap = self._gaps(points, view, start=0.03)
        return np.asarray((gap > -1e-4).all(axis=1) | (gap < 1e-4).all(axis=1))

    def _gaps(self, points: FloatArray, view: View, start: float) -> FloatArray:
        """How far above the surface the rays from points to the camera run, (n, samples).

        A sample outside the floor counts as the last one inside.
        """
        ray = view.eye - points
        ray /= np.linalg.norm(ray, axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            exits = np.where(
                ray[:, :2] > 0, (1 - points[:, :2]) / ray[:, :2], (-1 - points[:, :2]) / ray[:, :2]
            )
        reach = np.clip(np.nan_to_num(exits, nan=4.0, posinf=4.0, neginf=0.0).min(axis=1), 0.0, 4.0)
        s = start + (np.maximum(reach - start, 0.0))[:, None] * np.linspace(0, 1, _RAY_SAMPLES)
        x = points[:, :1] + ray[:, :1] * s
        y = points[:, 1:2] + ray[:, 1:2] * s
        z = points[:, 2:] + ray[:, 2:] * s
        return np.asarray(z - self.height_at(x, y))

    # Drawing

    def draw(self, pen: Pen, view: View, *, shown: float = 1.0) -> None:
        """The shaded surface, its edge and a light mesh; `shown` from 0 to 1 lets it rise from the floor."""
        points = self.points
        if shown < 1:
            points = points * (1, 1, max(shown, 1e-3))
        flat = view.project(points)
        shade = self._shade(view)
        order = self._far_to_near(view)
        corners = np.stack([flat[:-1, :-1], flat[1:, :-1], flat[1:, 1:], flat[:-1, 1:]], axis=2)
        colours = np.stack([shade[:-1, :-1], shade[1:, :-1], shade[1:, 1:], shade[:-1, 1:]], axis=2)
        rows, columns = order
        pen.mesh(
            corners[np.ix_(rows, columns)].reshape(-1, 4, 2),
            colours[np.ix_(rows, columns)].reshape(-1, 4, 3),
        )
        if shown >= 1:
            self._edges(pen, view, shade)

    def _shade(self, view: View) -> FloatArray:
        toward = view.eye - self.points
        toward /= np.linalg.norm(toward, axis=-1, keepdims=True)
        facing = np.sign((self.normals * toward).sum(axis=-1, keepdims=True))
        lit = np.abs(self.normals @ _LIGHT)[..., None]
        light = np.where(facing >= 0, 0.62 + 0.42 * lit, 0.50 + 0.22 * lit)
        return np.asarray(np.clip(self.base * light, 0.0, 1.0))

    def _far_to_near(self, view: View) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        middles = (self.grid[:-1] + self.grid[1:]) / 2
        eye = view.eye
        rows = np.argsort(-np.abs(middles - eye[0]), kind="stable")
        columns = np.argsort(-np.abs(middles - eye[1]), kind="stable")
        return rows, columns

    def _edges(self, pen: Pen, view: View, shade: FloatArray) -> None:
        """Mesh lines, the outer edge and the fold seen against what is behind, all antialiased."""
        n = self.count
        stride = max(1, (n - 1) // _MESH_LINES)
        lines = [self.points[i] for i in range(stride, n - 1, stride)]
        lines += [self.points[:, j] for j in range(stride, n - 1, stride)]
        self._strokes(pen, view, lines, (1.0, 1.0, 1.0), HAIR, 0.16)
        rim = [(self.points[0], shade[0]), (self.points[-1], shade[-1])]
        rim += [(self.points[:, 0], shade[:, 0]), (self.points[:, -1], shade[:, -1])]
        for line, colour in rim:
            tone = tuple(float(c) for c in np.clip(colour.mean(axis=0) * 1.15, 0, 1))
            self._strokes(pen, view, [line], (tone[0], tone[1], tone[2]), HAIR * 1.5, 1.0)
        self._folds(pen, view, shade)

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

    def _folds(self, pen: Pen, view: View, shade: FloatArray) -> None:
        """Where the surface turns away from the camera: a thin line softens the mesh's hard edge."""
        toward = view.eye - self.points
        facing = (self.normals * toward).sum(axis=-1)
        if facing.min() >= 0 or facing.max() <= 0:
            return
        folds = contour_generator(self.grid, self.grid, facing.T).lines(0.0)
        for fold in folds:
            line = np.asarray(fold, dtype=np.float64)
            i, j = (np.round((line.mean(axis=0) + 1) * 0.5 * (self.count - 1))).astype(int)
            red, green, blue = (float(c) for c in np.clip(shade[i, j] * 1.1, 0, 1))
            self._strokes(pen, view, [self.drape(line[:, 0], line[:, 1], 0.0)], (red, green, blue), HAIR, 0.8)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of every stretch of at least two true flags."""
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
