"""Small signs of the regimes, so that colour is never the only one."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import LINE, Pen, Point
from scenes.storyboard.views.regimes import Band
from scenes.theme import Role

WIDTH = 0.34
_HALF = 0.085


def draw_sign(pen: Pen, at: Point, regime: Band, role: Role, opacity: float = 1.0) -> None:
    """The sign of a regime with its left end at `at`, in the middle of the line."""
    x, y = at
    if regime == "crawl":
        for i in range(3):
            pen.disc((x + 0.05 + i * 0.11, y), 0.028, role, opacity)
        return
    line = np.array([x, y]) + _SHAPES[regime] * (WIDTH - 0.06, _HALF)
    if regime == "depends":  # a way that forks
        pen.stroke(line[:3], role, LINE * 0.8, opacity)
        pen.stroke(line[[1, 3]], role, LINE * 0.8, opacity)
    elif regime == "diverge":
        start, tip = line[-2], line[-1]
        pen.stroke(line[:-1], role, LINE * 0.8, opacity)
        pen.arrow(
            (float(start[0]), float(start[1])), (float(tip[0]), float(tip[1])), role, LINE * 0.8, opacity
        )
    else:
        pen.stroke(line, role, LINE * 0.8, opacity)


def _fall() -> FloatArray:
    x = np.linspace(0.0, 1.0, 13)
    return np.column_stack([x, 2 * (1 - x) ** 3 - 1])


# From 0 to 1 across, from -1 to 1 up.
_SHAPES: dict[Band, FloatArray] = {
    "smooth": _fall(),
    "safe": _fall(),
    "zig-zag": np.array([(0, 1.0), (0.2, -0.8), (0.4, 0.55), (0.6, -0.35), (0.8, 0.2), (1, 0.0)]),
    "depends": np.array([(0, 0.0), (0.45, 0.0), (1, 0.9), (1, -0.9)]),
    "edge": np.array([(0, -0.8), (0.2, 0.8), (0.4, -0.8), (0.6, 0.8), (0.8, -0.8), (1, 0.8)]),
    "diverge": np.array([(0, 0.0), (0.15, 0.15), (0.35, -0.4), (0.6, 0.7), (0.8, -1.0), (1.05, 1.7)]),
}
