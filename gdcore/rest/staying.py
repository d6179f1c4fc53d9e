"""Does a run stay where it rests? A rule that remembers may pass through such a place with speed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.optimizers.protocol import Optimizer
from gdcore.problems.domain import sound
from gdcore.problems.protocol import Problem
from gdcore.rest.settling import Ends, resting


def remembers(optimizer: Optimizer, d: int) -> bool:
    """Does the next step depend on more than the point of d parameters?"""
    return bool(optimizer.init(np.zeros(d)))


def stays(
    problem: Problem, onward: FloatArray, start: FloatArray, start_loss: FloatArray
) -> NDArray[np.bool_]:
    """Do n runs from ``start`` (n, d) with ``start_loss`` (n,) rest also where their next step leads, ``onward`` (n, d)?

    Asked of runs that rest before it. The next point need not exist.
    """
    with np.errstate(all="ignore"):
        loss, gradient = (np.asarray(part) for part in problem.value_and_gradient(onward))
    there = sound(problem.domain, onward, loss, gradient)
    there[there] = resting(problem, Ends(onward, loss, gradient, start, start_loss).some(there))[0]
    return there
