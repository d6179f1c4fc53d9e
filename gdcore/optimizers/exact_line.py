"""Exact line search: straight down the slope to the lowest point on that line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.bracketing import lowest_length
from gdcore.optimizers.line import exact_length, touched_length
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class ExactLine(Rule):
    """The steepest descent of Cauchy (1847) with the best length of every step.

        x ← x - rate · α g
        on quadratics     α = g · g / (g · H g);  where J does not curve upwards along g, α is 1
        elsewhere         α where J has a minimum on the line, g(x - α g) · g = 0 (Curry, 1944), by bracketing

    Each step is at a right angle to the one before. The error in J falls by at least ((κ-1)/(κ+1))² a step, κ the
    condition number of a quadratic (Nocedal and Wright, 2nd ed., theorem 3.3). rate is 1 unless given; less than 1 is a
    relaxed search, which often is faster.

    Of several minima on a line the bracketing meets one, usually the first: it begins with the length at which the
    curvature at x would have turned the slope, and doubles it while J falls. A kink is found as a minimum is. Where J
    falls to the edge of its domain α leads there, and where it falls for ever 60 doublings down. Where -g does not lead
    down, as on a kink, x stays.
    """

    name: ClassVar[str] = "exact-line"
    default_rate: ClassVar[float | None] = 1.0  # the whole way to the lowest point

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        if problem.is_quadratic:
            length = exact_length(problem, x, -gradient, -dot(gradient, gradient))
            return x - rate * length * gradient, state
        # Of length about 1, so that the squares of a steep slope do not overflow.
        largest = np.abs(gradient).max(-1, keepdims=True)
        down = -gradient / np.where(largest > 0, largest, 1.0)
        slope = dot(gradient, down)
        first = touched_length(problem, x, down, slope)
        return x + rate * lowest_length(problem, x, down, slope, first) * down, state
