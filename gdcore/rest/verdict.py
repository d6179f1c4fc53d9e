"""Where a run came to: does it rest, on what kind of place, and is that the deepest one?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.base.scaled import EPS
from gdcore.problems.minima import listed_minima
from gdcore.problems.protocol import Problem
from gdcore.rest.bent import bent
from gdcore.rest.kinds import KINDS, RestKind
from gdcore.rest.settling import RELATIVE, Ends, Judged, judge

__all__ = ["FlatDirection", "Rest", "RestKind", "find_rest", "loss_rounding"]


@dataclass(frozen=True, slots=True)
class FlatDirection:
    """A direction along which J does not change: a unit vector (d,), and the names of the parameters involved."""

    direction: tuple[float, ...]
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """Where a run came to.

    ``at_rest``: the last point rests in its own scale (see :mod:`gdcore.rest.settling`). ``kind``: of the place on which it
    rests or, when it does not rest, of the place that it nears; None where that cannot be said. ``deepest``: of a
    minimum, is it a global one? True on a convex quadratic and where it is as deep as every known minimum of the
    problem's own list, False where a deeper one is known, None where nobody can say. ``alone``: is it the deepest, and
    no other known place as deep? ``flat``: directions along which J does not change there. ``left``: the share of the way that is left, √(δ/(|J_start - J| + δ)), from 0 to 1; None
    where the curvature does not tell.
    """

    kind: RestKind | None = None
    at_rest: bool = False
    deepest: bool | None = None
    alone: bool = False
    flat: tuple[FlatDirection, ...] = ()
    left: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able; ``of_dict`` reads it back."""
        return {
            "kind": None if self.kind is None else str(self.kind),
            "at_rest": self.at_rest,
            "deepest": self.deepest,
            "alone": self.alone,
            "flat": [
                {"direction": list(one.direction), "parameters": list(one.parameters)} for one in self.flat
            ],
            "left": self.left,
        }

    @classmethod
    def of_dict(cls, data: dict[str, Any]) -> Rest:
        """What ``as_dict`` gave. Raises ValueError, KeyError or TypeError for anything else."""
        return cls(
            kind=None if data["kind"] is None else RestKind(data["kind"]),
            at_rest=bool(data["at_rest"]),
            deepest=data["deepest"],
            alone=bool(data["alone"]),
            flat=tuple(
                FlatDirection(
                    tuple(float(part) for part in one["direction"]),
                    tuple(str(name) for name in one["parameters"]),
                )
                for one in data["flat"]
            ),
            left=None if data["left"] is None else float(data["left"]),
        )


def find_rest(
    problem: Problem,
    x: FloatArray,
    loss: float,
    gradient: FloatArray,
    start: FloatArray,
    start_loss: float,
) -> Rest:
    """Where a run from ``start`` (d,) with loss ``start_loss`` came to: x (d,), J and ∇J (d,) there."""
    ends = Ends(x[None], np.array([loss]), gradient[None], start[None], np.array([start_loss]))
    found = judge(problem, ends, creeping=True)
    kind = None if found.kind[0] < 0 else KINDS[int(found.kind[0])]
    at_rest = bool(found.at_rest[0])
    left = float(found.left[0])
    minimum = at_rest and kind is RestKind.MINIMUM
    deepest, as_deep = _deepest(problem, loss, start_loss) if minimum else (None, 0)
    flat = _flat(problem, found) if at_rest else ()
    return Rest(
        kind=kind,
        at_rest=at_rest,
        deepest=deepest,
        alone=deepest is True and as_deep == 1 and not flat,
        flat=flat,
        left=math.sqrt(left) if math.isfinite(left) and found.steady[0] else None,
    )


def loss_rounding(problem: Problem, x: ArrayLike, rate: float | FloatArray | None = None) -> FloatArray:
    """How much of J at x (..., d) is only rounding, in the units of J (...): a loss no larger may be shown as 0.

    ½ (Σ √|H_ii| · 2 eps |x_i|)², the most that J can change when every x_i moves by two units of its last place, and
    eps |J|. The second alone for a problem without second derivatives. With the ``rate`` of a plain
    run that rests (or its rates (d,)), also what its steps cannot take away where they are smaller than a few of these units:
    ½ vᵀ |H⁻¹| v with v = 2 eps |x| / rate, the slope at which they are.
    """
    points = np.asarray(x, dtype=np.float64)
    flat = points.reshape(-1, points.shape[-1])
    with np.errstate(all="ignore"):
        values = np.abs(np.asarray(problem.value(flat))).reshape(-1)
        curvatures, _ = bent(problem, flat)
        moved = (np.sqrt(np.abs(np.nan_to_num(curvatures))) * (2 * EPS * np.abs(flat))).sum(-1)
        found = 0.5 * moved * moved + EPS * values
        if rate is not None:
            found += _stuck(problem, flat, rate)
    return np.asarray(found.reshape(points.shape[:-1]))[()]


def _stuck(problem: Problem, points: FloatArray, rate: float | FloatArray) -> FloatArray:
    """What plain steps leave of J at points (n, d) at which they are lost in rounding, (n,); 0 at all others."""
    left = np.zeros(len(points))
    unit = 2 * EPS * np.abs(points)
    still = (np.abs(rate * problem.gradient(points)) <= 4 * unit).all(-1)
    try:
        inverse = np.abs(np.linalg.inv(problem.hessian(points[still])))
    except (GdError, NotImplementedError, AttributeError, np.linalg.LinAlgError):
        # There are no second derivatives, or flat directions.
        return left
    slope = unit[still] / rate
    left[still] = 0.5 * np.einsum("ni,nij,nj->n", slope, inverse, slope)
    return np.nan_to_num(left, posinf=0.0)


def _deepest(problem: Problem, loss: float, start_loss: float) -> tuple[bool | None, int]:
    """Is a minimum a deepest one, and how many known ones are as deep as the deepest?"""
    if problem.is_quadratic:
        return True, 1  # without a falling direction it is convex
    known = listed_minima(problem)
    if not known:
        return None, 0
    depths = np.asarray(problem.value(np.array(known)))
    deepest = float(depths.min())
    # As near as a run comes that rests, and listed minima have few digits.
    near = RELATIVE * abs(start_loss - loss) + 1e-9 * abs(deepest)
    as_deep = int((depths <= deepest + near).sum())
    if loss > deepest + near:
        return False, as_deep
    return (True if loss >= deepest - near else None), as_deep


def _flat(problem: Problem, found: Judged) -> tuple[FlatDirection, ...]:
    if found.bends is None:
        return ()
    directions = []
    for k in np.flatnonzero(found.free[0]).tolist():
        scaled = found.bends.vectors[0, :, k]
        # What is rounding in the scaled direction is no part of it.
        part = np.where(np.abs(scaled) > 64 * EPS, scaled, 0.0)
        size = np.where(part != 0, found.bends.size[0], np.inf)
        vector = part * (size.min() / size)  # as part / size, which may be larger than any number
        vector = vector / np.abs(vector).max()
        vector = vector / np.linalg.norm(vector)
        vector *= np.sign(vector[np.flatnonzero(vector)[0]])
        names = tuple(name for name, share in zip(problem.parameters, part.tolist(), strict=True) if share)
        directions.append(FlatDirection(tuple((vector + 0.0).tolist()), names))
    return tuple(directions)
