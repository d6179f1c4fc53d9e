"""How a run left its domain."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gdcore.problems.protocol import Problem


@dataclass(frozen=True, slots=True)
class Break:
    """The first step that is not finite or outside the domain, and what was found there."""

    step: int
    x: Sequence[float]
    loss: float
    left_domain: bool


@dataclass(frozen=True, slots=True)
class Exit:
    """The step with which a run left its domain, and the point ``x`` (d,) there.

    Of a declared domain: the ``parameter`` that left, its ``value`` and ``bounds`` (low, high), which may be infinite.
    Of the domain of a formula: the ``part`` that has no value at ``x``, such as "log(x)".
    """

    step: int
    x: tuple[float, ...]
    parameter: str | None = None
    value: float | None = None
    bounds: tuple[float, float] | None = None
    part: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data; a bound may be infinite."""
        return {
            "step": self.step,
            "x": list(self.x),
            "parameter": self.parameter,
            "value": self.value,
            "bounds": None if self.bounds is None else list(self.bounds),
            "part": self.part,
        }

    @classmethod
    def of_dict(cls, data: Mapping[str, Any]) -> Exit:
        """What ``as_dict`` gave. Raises what Python raises for anything else."""
        bounds = data["bounds"]
        return cls(
            step=int(data["step"]),
            x=tuple(float(x) for x in data["x"]),
            parameter=data["parameter"],
            value=None if data["value"] is None else float(data["value"]),
            bounds=None if bounds is None else (float(bounds[0]), float(bounds[1])),
            part=data["part"],
        )


def exit_of(problem: Problem, broken: Break | None) -> Exit | None:
    """How the run left its domain with this step, or None: then it only left the numbers."""
    if broken is None or not all(map(math.isfinite, broken.x)):
        return None
    x = tuple(float(value) for value in broken.x)
    if broken.left_domain:
        for name, value, bounds in zip(problem.parameters, x, problem.domain or (), strict=True):
            if not bounds[0] <= value <= bounds[1]:
                return Exit(broken.step, x, name, value, (float(bounds[0]), float(bounds[1])))
    # A formula can say which part of it has no value here.
    undefined_part = getattr(problem, "undefined_part", None)
    part = None if undefined_part is None else undefined_part(broken.x)
    return None if part is None else Exit(broken.step, x, part=part)


def real_root_at(problem: Problem, x: Sequence[float]) -> tuple[str, str] | None:
    """A power that has no value at x (d,) though a real root has, and that root: only a formula can say it."""
    asked = getattr(problem, "real_root_instead", None)
    found: tuple[str, str] | None = None if asked is None else asked(x)
    return found
