"""Nesterov: momentum that looks where it is going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import Rule, decayed
from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Nesterov(Rule):
    """Nesterov's accelerated gradient (1983) with a fixed beta, in the convention of PyTorch's ``SGD``.

        slope here     g ← ∇J(x) + weight_decay · x;    v ← beta · v + g                x ← x - rate · (g + beta · v)
        slope ahead    x̃ = x - rate · beta · v;         v ← beta · v + ∇J(x̃)            x ← x - rate · v
        step here      g ← ∇J(x) + weight_decay · x;    v ← beta · v - rate · g         x ← x + beta · v - rate · g
        step ahead     x̃ = x + beta · v;                v ← beta · v - rate · ∇J(x̃)     x ← x + v

    ``form``: "slope" collects slopes, as PyTorch and optax do; "step" collects steps, as Keras and Sutskever et al.
    (2013) do. They are the same while the rate stays the same; when a schedule changes it, "slope" rescales the whole
    collection at once. ``slope``: where the slope is taken. "here" is the rewriting of Bengio et al. (2013), which all
    three libraries use; at a fixed rate its points are the x̃ of "ahead", the form of Nesterov and of Sutskever et al.,
    which costs one gradient more in this program, since the one at x is needed for the record. There the weight decay
    is that of x̃.

    State: v (..., d). Raises GdError for a beta outside [0, 1), another form or slope, and a weight_decay that is
    negative.
    """

    name: ClassVar[str] = "nesterov"
    memory: ClassVar[tuple[str, ...]] = ("v",)
    beta: float = 0.9
    weight_decay: float = 0.0
    slope: Literal["here", "ahead"] = "here"
    form: Literal["slope", "step"] = "slope"

    def __post_init__(self) -> None:
        self._fractions("beta")
        self._amounts("weight_decay")
        self._choice("slope", ("here", "ahead"))
        self._choice("form", ("slope", "step"))

    def update(
        self, problem: Problem, x: FloatArray, gradient: FloatArray, state: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        beta, v = self.beta, state["v"]
        ahead = self.slope == "ahead"
        if self.form == "step":
            at = x + beta * v if ahead else x
            moved = rate * decayed(problem.gradient(at) if ahead else gradient, at, self.weight_decay)
            v = beta * v - moved
            return (x + v if ahead else x + (beta * v - moved)), {"v": v}
        at = x - rate * (beta * v) if ahead else x
        g = decayed(problem.gradient(at) if ahead else gradient, at, self.weight_decay)
        v = beta * v + g
        return x - rate * (v if ahead else g + beta * v), {"v": v}
