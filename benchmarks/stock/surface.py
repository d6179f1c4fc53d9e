"""The `surface` scene as a careful user of stock Manim writes it: 30 × 30 surface, axes, path, turning camera.

manim -qh benchmarks/stock/surface.py StockSurface
manim -qh --renderer=opengl --format mp4 benchmarks/stock/surface.py StockSurface

STOCK_SECONDS=1 shortens it.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
from manim import (
    BLUE_C,
    DEGREES,
    ORANGE,
    Dot3D,
    ManimColor,
    MathTypst,
    ParametricFunction,
    RendererType,
    Surface,
    ThreeDAxes,
    ThreeDScene,
    ValueTracker,
    VMobject,
    config,
    linear,
)
from manim.mobject.opengl.opengl_surface import OpenGLSurface
from manim.mobject.opengl.opengl_vectorized_mobject import OpenGLVMobject

from gdcore.optimizers import GradientDescent
from gdcore.problems import LeastSquares
from gdcore.run.descent import descend

BEDROOMS = np.array([1.0, 2, 3, 3, 4, 4, 5])
PRICES = np.array([80.0, 170, 100, 220, 200, 270, 500])
SECONDS = float(os.environ.get("STOCK_SECONDS", "4"))
TOP = 160000.0
COLOURS = [(ManimColor("#00254F"), 0.0), (ManimColor("#0089A0"), TOP / 2), (ManimColor("#EBDFBA"), TOP)]


class StockSurface(ThreeDScene):
    """Loss of the houses over (m, b), the path of 200 steps at rate 0.0075, a quarter turn in 4 seconds."""

    def construct(self) -> None:
        problem = LeastSquares({"bedrooms": BEDROOMS}, PRICES, "price", parameters=("m", "b"))
        path = descend(problem, GradientDescent(), np.zeros(2), 200, rate=0.0075).parameters
        axes = ThreeDAxes(
            x_range=(-20, 190, 50),
            y_range=(-120, 30, 50),
            z_range=(0, TOP, 50000),
            x_length=6,
            y_length=6,
            z_length=3,
        )
        axes.shift(-axes.c2p(85, -45, TOP / 3))  # the middle of the surface is what the camera turns about
        for axis in (axes.x_axis, axes.y_axis, axes.z_axis):
            axis.add_numbers(label_constructor=MathTypst, font_size=24)

        def at(m: float, b: float) -> np.ndarray:
            return np.asarray(axes.c2p(m, b, float(problem.value(np.array([m, b])))))

        in_opengl = config.renderer == RendererType.OPENGL
        surface = opengl_surface(problem, axes) if in_opengl else cairo_surface(at, axes)
        contours = [
            ParametricFunction(
                lambda t, level=level: axes.c2p(*ellipse(problem, level, t), 0),
                t_range=(0, 2 * np.pi, 0.05),
                color=BLUE_C,
                stroke_width=2,
                shade_in_3d=True,
            )
            for level in (100.0, 300.0, 800.0)
        ]
        done = ValueTracker(0.0)
        trail = (OpenGLVMobject if in_opengl else VMobject)(color=ORANGE, stroke_width=4)
        point = Dot3D(color=ORANGE, radius=0.09)

        def follow(mobject: VMobject) -> None:
            row = int(done.get_value())
            mobject.set_points_as_corners([at(*p) for p in path[: max(2, row + 1)]])

        trail.add_updater(follow)
        point.add_updater(lambda mobject: mobject.move_to(at(*path[int(done.get_value())])))
        quarter = 90 if in_opengl else 0  # the two renderers count this angle from different axes
        self.set_camera_orientation(phi=62 * DEGREES, theta=(quarter - 70) * DEGREES)
        self.add(axes, *contours, surface, trail, point)
        self.begin_ambient_camera_rotation(rate=56 * DEGREES / SECONDS)
        self.play(done.animate.set_value(len(path) - 1), run_time=SECONDS, rate_func=linear)


def cairo_surface(at: Callable[[float, float], np.ndarray], axes: ThreeDAxes) -> Surface:
    surface = Surface(
        at,
        u_range=(-20, 190),
        v_range=(-120, 30),
        resolution=(30, 30),
        fill_opacity=1.0,
        stroke_width=0.5,
    )
    surface.set_fill_by_value(axes=axes, colorscale=COLOURS, axis=2)
    return surface


def opengl_surface(problem: LeastSquares, axes: ThreeDAxes) -> OpenGLSurface:
    """One mesh for the graphics card: the quick way that this renderer offers."""

    def height(m: float, b: float) -> float:
        return float(problem.value(np.array([m, b])))

    return OpenGLSurface(
        lambda m, b: axes.c2p(m, b, height(m, b)),
        u_range=(-20, 190),
        v_range=(-120, 30),
        resolution=(31, 31),
        axes=axes,
        colorscale=COLOURS,
        colorscale_axis=2,
        opacity=1.0,
        epsilon=0.5,  # the shading takes slopes over this, in single precision
    )


def ellipse(problem: LeastSquares, rise: float, angle: float) -> tuple[float, float]:
    """A point of the contour `rise` above the minimum."""
    centre = problem.solution()
    values, vectors = np.linalg.eigh(problem.hessian(centre))
    radii = np.sqrt(2 * rise / values)
    m, b = centre + vectors @ (radii * np.array([np.cos(angle), np.sin(angle)]))
    return float(m), float(b)
