"""Barzilai and Borwein: a rate from how the slope changed along the last step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import one_of
from gdcore.optimizers.protocol import State
from gdcore.optimizers.rule import dot
from gdcore.schedules.spelt import Spelt


@dataclass(frozen=True, slots=True)
class BarzilaiBorwein(Spelt):
    """The rate of Barzilai and Borwein, IMA Journal of Numerical Analysis 8 (1988), from the last step alone.

        s = x_k - x_(k-1),  y = ∇J_k - ∇J_(k-1)
        long     s·s / s·y          short    s·y / y·y

    Both are what 1/λ would be if the curvature λ were the same in all directions. The first update has the rate that
    was given, and so has every one after a step along which J does not curve upwards (s·y <= 0). The loss may rise for
    a while; on quadratics the method converges nevertheless (Raydan, 1993). Raises GdError for another form.
    """

    form: Literal["long", "short"] = "long"
    kind: ClassVar[str] = "barzilai-borwein"

    def __post_init__(self) -> None:
        one_of(self.form, ("long", "short"), "form of the schedule barzilai-borwein")

    def init(self, x: FloatArray) -> State:
        """The last point and slope, x and g (..., d); zeros before the first update."""
        return {"x": np.zeros_like(x), "g": np.zeros_like(x)}

    def rate(
        self, x: FloatArray, gradient: FloatArray, memory: State, rate: float, k: int
    ) -> tuple[FloatArray, State]:
        """The rate (..., 1) of update k from x (..., d) with ``gradient`` (..., d); and what is remembered next."""
        now = {"x": np.array(x), "g": np.array(gradient)}
        if k == 0:
            return np.full((*x.shape[:-1], 1), rate), now
        s, y = x - memory["x"], gradient - memory["g"]
        curve = dot(s, y)
        above, below = (dot(s, s), curve) if self.form == "long" else (curve, dot(y, y))
        usable = (curve > 0) & (below > 0)
        found = above / np.where(usable, below, 1.0)
        return np.where(usable & np.isfinite(found), found, rate), now
