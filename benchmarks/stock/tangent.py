"""The `tangent` scene as a careful user of stock Manim writes it: curve, tangent, numbers that change.

manim -qh benchmarks/stock/tangent.py StockTangent

STOCK_SECONDS=1 shortens it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

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
    DecimalNumber,
    Dot,
    Line,
    MathTypst,
    Mobject,
    Scene,
    Text,
    ValueTracker,
    always_redraw,
    linear,
)

SECONDS = float(os.environ.get("STOCK_SECONDS", "5.5"))
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

        numbers = self.numbers(
            (("w =", w), ("J =", lambda: (w() - 3) ** 2 + 2), ("slope =", lambda: 2 * (w() - 3)))
        )
        point = always_redraw(lambda: Dot(axes.c2p(w(), (w() - 3) ** 2 + 2), color=ORANGE, radius=0.11))
        title = Text("The slope says which way is down", font_size=40).to_corner(UP + LEFT)
        caption = Text("The rate stays, yet the steps shrink.", font_size=32).to_edge(DOWN)
        self.add(axes, curve, title, caption, always_redraw(tangent), point, *numbers)
        self.play(done.animate.set_value(STEPS), run_time=SECONDS, rate_func=linear)

    def numbers(self, values: Sequence[tuple[str, Callable[[], float]]]) -> list[Mobject]:
        """Names that stand still and numbers whose digits Manim keeps: its quickest way."""
        made: list[Mobject] = []
        for i, (name, value) in enumerate(values):
            number = DecimalNumber(value(), num_decimal_places=3, mob_class=MathTypst, font_size=36)
            place = RIGHT * 5.2 + UP * (2 - 0.6 * i)
            number.add_updater(
                lambda mobject, value=value, place=place: mobject.set_value(value()).move_to(place, LEFT)
            )
            made += [Text(name, font_size=30).next_to(place, LEFT), number]
        return made


class StockTangentText(StockTangent):
    """The same with a `Text` made anew for each number and frame, as many examples have it."""

    def numbers(self, values: Sequence[tuple[str, Callable[[], float]]]) -> list[Mobject]:
        return [
            always_redraw(
                lambda name=name, value=value, i=i: (
                    Text(f"{name} {value():.3f}", font_size=30).to_edge(RIGHT).shift(UP * (2 - 0.6 * i))
                )
            )
            for i, (name, value) in enumerate(values)
        ]
