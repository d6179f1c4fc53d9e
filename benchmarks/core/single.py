"""One run: 100,000 steps of Rosenbrock, and 20,000 steps of a regression, against loops in plain Python."""

from __future__ import annotations

import numpy as np

from benchmarks.core.measure import Comparison
from gdcore import GradientDescent, LeastSquares, descend, landscape

RATE = 0.001
# Degrees and visitors of a park, 14 days: the table of the tutorial is like it.
DEGREES = np.array([14.2, 16.4, 11.9, 15.2, 18.5, 22.1, 19.4, 25.1, 23.4, 18.1, 22.6, 17.2, 27.3, 30.1])
VISITORS = np.array([115, 140, 84, 121, 190, 292, 221, 352, 307, 197, 290, 164, 420, 480], dtype=float)


def comparisons() -> list[Comparison]:
    return [_rosenbrock(), _regression()]


def _rosenbrock(steps: int = 100_000) -> Comparison:
    problem = landscape("rosenbrock")

    def floats() -> tuple[float, float]:
        x, y = -1.2, 1.0
        for _ in range(steps):
            u = y - x * x
            down = -2 * (1 - x) - 400 * x * u
            along = 200 * u
            x -= RATE * down
            y -= RATE * along
        return x, y

    def recorded() -> tuple[float, float]:
        x, y = -1.2, 1.0
        rows = []
        for _ in range(steps):
            u = y - x * x
            v = 1 - x
            down = -2 * v - 400 * x * u
            along = 200 * u
            rows.append((x, y, v * v + 100 * u * u, down, along))
            x -= RATE * down
            y -= RATE * along
        np.array(rows)
        return x, y

    def ours() -> tuple[float, float]:
        run = descend(problem, GradientDescent(), [-1.2, 1.0], steps, rate=RATE)
        return float(run.final[0]), float(run.final[1])

    for way in (floats, recorded):
        np.testing.assert_allclose(way(), ours(), rtol=1e-9)
    return Comparison(
        "one run of Rosenbrock, a step",
        {
            "ours, every row recorded": ours,
            "plain floats, nothing recorded": floats,
            "plain floats, the same recorded": recorded,
        },
        steps,
        {"plain floats, nothing recorded": ("at most 4 times slower", 0.25)},
    )


def _regression(steps: int = 20_000) -> Comparison:
    rng = np.random.default_rng(1)
    small = LeastSquares({"x": DEGREES}, VISITORS)
    many = np.resize(DEGREES, 10**6) + rng.normal(scale=0.1, size=10**6)
    large = LeastSquares({"x": many}, np.resize(VISITORS, 10**6))

    def loop() -> tuple[float, float]:
        w = b = 0.0
        rows = []
        for _ in range(steps):
            rows.append((w, b))
            error = w * DEGREES + b - VISITORS
            down = np.mean(2 * error * DEGREES)
            along = np.mean(2 * error)
            w -= RATE * down
            b -= RATE * along
        return w, b

    def ours(problem: LeastSquares) -> tuple[float, float]:
        run = descend(problem, GradientDescent(), [0.0, 0.0], steps, rate=RATE)
        return float(run.final[0]), float(run.final[1])

    np.testing.assert_allclose(loop(), ours(small), rtol=1e-9)
    return Comparison(
        "regression, a step",
        {
            "ours, 14 rows": lambda: ours(small),
            "two np.mean in a loop, 14 rows": loop,
            "ours, 1,000,000 rows": lambda: ours(large),
        },
        steps,
        {"two np.mean in a loop, 14 rows": ("4 times", 4.0)},
    )
