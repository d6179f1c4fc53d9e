"""The `tangent` scene as a careful user of stock Manim writes it: curve, tangent, numbers that change.

manim -qh benchmarks/stock/tangent.py StockTangent
"""

from __future__ import annotations

import numpy as np
from manim import (
    BLUE_C,
    DOWN,
    LEFT,
    ORANGE,
    RIGHT,
    UP,
    YELLOW,
    Axes,
    Dot,
    Line,
    MathTypst,
    Scene,
    Text,
    ValueTracker,
    always_redraw,
    linear,
)

SECONDS = 5.5
RATE, START, STEPS = 0.1, 6.0, 20


class StockTangent(Scene):
    """(w − 3)² + 2 from 6 at rate 0.1: 330 frames, three numbers that change with every one."""

    def construct(self) -> None:
        path = [START]
        for _ in range(STEPS):
            path.append(path[-1] - RATE * 2 * (path[-1] - 3))
        axes = Axes(
            x_range=(-1, 7, 1),
            y_range=(0, 13, 5),
            x_length=8.5,
            y_length=4.5,
            axis_config={"include_numbers": True, "label_constructor": MathTypst},
        ).to_edge(LEFT)
        curve = axes.plot(lambda w: (w - 3) ** 2 + 2, x_range=(-0.3, 6.3), color=BLUE_C)
        done = ValueTracker(0.0)

        def w() -> float:
            return float(np.interp(done.get_value(), np.arange(len(path)), path))

        def tangent() -> Line:
            x, slope = w(), 2 * (w() - 3)
            y = (x - 3) ** 2 + 2
            return Line(axes.c2p(x - 1, y - slope), axes.c2p(x + 1, y + slope), color=YELLOW)

        numbers = [
            always_redraw(
                lambda name=name, value=value, i=i: (
                    Text(f"{name} = {value():.3f}", font_size=30).to_edge(RIGHT).shift(UP * (2 - 0.6 * i))
                )
            )
            for i, (name, value) in enumerate(
                (("w", w), ("J", lambda: (w() - 3) ** 2 + 2), ("slope", lambda: 2 * (w() - 3)))
            )
        ]
        point = always_redraw(lambda: Dot(axes.c2p(w(), (w() - 3) ** 2 + 2), color=ORANGE, radius=0.11))
        title = Text("The slope says which way is down", font_size=40).to_corner(UP + LEFT)
        caption = Text("The rate stays, yet the steps shrink.", font_size=32).to_edge(DOWN)
        self.add(axes, curve, title, caption, always_redraw(tangent), point, *numbers)
        self.play(done.animate.set_value(STEPS), run_time=SECONDS, rate_func=linear)
