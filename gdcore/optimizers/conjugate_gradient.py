"""Conjugate gradient: each direction leaves alone what the ones before have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.line import armijo, exact_length
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem

_SHRINK = 0.5
_DECREASE = 1e-4


@dataclass(frozen=True, slots=True)
class ConjugateGradient(Rule):
    """Hestenes and Stiefel (1952); for functions in general Fletcher and Reeves (1964).

        p ← -g + c · p                                          x ← x + rate · α · p

    with y = g - g_before, and ``formula`` for c (Nocedal and Wright, Numerical Optimization, 2nd ed., section 5.2):

        PR+    max(0, g · y / g_before²)     Polak and Ribière (1969), Powell (1984): the usual one today
        FR     g² / g_before²                Fletcher and Reeves (1964)
        HS     g · y / (p · y)               Hestenes and Stiefel (1952)
        DY     g² / (p · y)                  Dai and Yuan (1999)

    They agree on quadratics. α is the exact length on a quadratic, so d steps reach its minimum. Elsewhere it is the
    length at which the quadratic that touches J at x would have its minimum along p (1 where that curves downwards),
    halved until J falls by at least 1e-4 · α · |g · p| (Armijo): no strong Wolfe search, so where p does not lead
    downhill, it starts again from -g.

    rate is 1 unless given. State: g and p (..., d). Raises GdError for another formula.
    """

    name: ClassVar[str] = "cg"
    default_rate: ClassVar[float | None] = 1.0  # the whole length found
    memory: ClassVar[tuple[str, ...]] = ("g", "p")
    formula: Literal["PR+", "FR", "HS", "DY"] = "PR+"

    def __post_init__(self) -> None:
        self._choice("formula", ("PR+", "FR", "HS", "DY"))

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        p = -gradient if k == 0 else -gradient + self._factor(gradient, state) * state["p"]
        downhill = dot(gradient, p) < 0
        p = np.where(downhill, p, -gradient)
        slope = dot(gradient, p)
        length = exact_length(problem, x, p, slope)
        if not problem.is_quadratic:
            length = armijo(problem, x, p, slope, length, _SHRINK, _DECREASE)
        return x + rate * length * p, {"g": np.array(gradient), "p": p}

    def _factor(self, g: FloatArray, state: State) -> FloatArray:
        y = g - state["g"]
        above = dot(g, g if self.formula in ("FR", "DY") else y)
        below = dot(state["g"], state["g"]) if self.formula in ("PR+", "FR") else dot(state["p"], y)
        factor = np.where(below == 0, 0.0, above / np.where(below == 0, 1.0, below))
        return np.maximum(factor, 0.0) if self.formula == "PR+" else factor
