"""BFGS: learns the curvature from the slopes along the way, and takes Newton's step without second derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.optimizers.bracketing import wolfe_length
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, dot
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class BFGS(Rule):
    """Broyden, Fletcher, Goldfarb and Shanno (1970); Nocedal and Wright, Numerical Optimization (2nd ed.), algorithm 6.1.

        p ← -H g                                                x ← x + α p
        s = α p,  y = the change of ∇J,  ρ = 1 / (y · s)
        H ← (I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ

    H is the inverse of the curvature as far as the steps have told: I at first, and (s · y / y · y) I before its first
    change (equation 6.20) unless ``scaled`` is false. α is the first of rate and what doubling and halving make of it with
    Wolfe's conditions (their equation 3.6; see :func:`gdcore.optimizers.bracketing.wolfe_length`):

        J(x + α p) <= J(x) + decrease · α · g · p               ∇J(x + α p) · p >= flatten · g · p

    ``decrease`` 1e-4 and ``flatten`` 0.9 are those of the book. Where y · s <= 0, H stays; where p does not lead down, or
    no α was found, it begins again with I. rate is 1 unless given.

    State: inverse, H (..., d, d). Raises GdError unless 0 < decrease < flatten < 1.
    """

    name: ClassVar[str] = "bfgs"
    default_rate: ClassVar[float | None] = 1.0  # the first length that is tried
    decrease: float = 1e-4
    flatten: float = 0.9
    scaled: bool = True

    def __post_init__(self) -> None:
        self._parts("decrease", "flatten")
        if not self.decrease < self.flatten:
            raise GdError(
                f"decrease is {self.decrease:g} and flatten {self.flatten:g}",
                "the first must be the smaller one, or no length need fit both",
                "choose them such as 1e-4 and 0.9",
            )
        self._truth("scaled")

    def init(self, x: FloatArray) -> State:
        d = x.shape[-1]
        return {"inverse": np.broadcast_to(np.eye(d), (*x.shape, d)).copy()}

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        unit = np.broadcast_to(np.eye(x.shape[-1]), state["inverse"].shape)
        newton = -_times(state["inverse"], gradient)
        downhill = dot(gradient, newton) < 0
        p = np.where(downhill, newton, -gradient)
        inverse = np.where(downhill[..., None], state["inverse"], unit)
        length, after = wolfe_length(problem, x, p, dot(gradient, p), rate, self.decrease, self.flatten)
        new = x + length * p
        s, y = length * p, after - gradient
        bend, size = dot(y, s), dot(y, y)
        usable = (bend > 0) & np.isfinite(size)
        if self.scaled and k == 0:
            scale = np.where(usable, bend / np.where(usable, size, 1.0), 1.0)
            inverse = scale[..., None] * inverse
        learnt = np.where(usable[..., None], _updated(inverse, s, y, np.where(usable, bend, 1.0)), inverse)
        return new, {"inverse": np.where((length > 0)[..., None], learnt, unit)}


def _times(matrix: FloatArray, vector: FloatArray) -> FloatArray:
    """Matrices (..., d, d) times vectors (..., d): sums of products, so that one and many have the same bits."""
    product: FloatArray = (matrix * vector[..., None, :]).sum(-1)
    return product


def _updated(inverse: FloatArray, s: FloatArray, y: FloatArray, bend: FloatArray) -> FloatArray:
    """(I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ, multiplied out so that it is symmetric to the last bit."""
    turned = _times(inverse, y)
    across = turned[..., :, None] * s[..., None, :] + s[..., :, None] * turned[..., None, :]
    along = (1.0 + dot(y, turned) / bend)[..., None] * (s[..., :, None] * s[..., None, :])
    return inverse + (along - across) / bend[..., None]
