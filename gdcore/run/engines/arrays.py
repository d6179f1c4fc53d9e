"""Runs of any optimizer and problem from many starts at once, on arrays of points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.rates import Rate
from gdcore.optimizers.protocol import Optimizer
from gdcore.problems.domain import sound
from gdcore.problems.protocol import Problem
from gdcore.run.engines.endings import Endings


def update_many(
    problem: Problem,
    optimizer: Optimizer,
    start: FloatArray,
    steps: int,
    rate: Rate,
    record: Sequence[int],
    endings: Endings,
    is_cancelled: Callable[[], bool],
) -> None:
    """Runs of any optimizer and problem from ``start`` (n, d), on arrays; the results go to ``endings``.

    A run that has broken stays in the arrays, where nobody looks at it again.
    """
    n = len(start)
    full: Any = np.array(rate) if isinstance(rate, tuple) else rate
    endings.begin()
    everyone = np.arange(n)
    x, state = np.array(start), optimizer.init(np.array(start))
    with np.errstate(all="ignore"):
        loss, gradient = problem.value_and_gradient(x)
        fine = sound(problem.domain, x, loss, gradient)
        endings.broke(everyone[~fine], x[~fine], loss[~fine], 0)
        alive = fine
        first_loss = loss
        rising = np.zeros(n, dtype=np.int64)
        for k in range(steps + 1):
            if k in record:
                endings.record(record.index(k), everyone[alive], list(x[alive].T))
            if k == steps or not alive.any() or is_cancelled():
                break
            new, state = optimizer.update(problem, x, gradient, state, full, k)
            new_loss, gradient = problem.value_and_gradient(new)
            fine = sound(problem.domain, new, new_loss, gradient)
            broken = alive & ~fine
            if broken.any():
                endings.broke(everyone[broken], x[broken], loss[broken], k + 1)
                alive = alive & fine
            rising = np.where(new_loss > loss, rising + 1, 0)
            x, loss = new, new_loss
        endings.finish(everyone[alive], list(x[alive].T), loss[alive])
        if endings.onward is not None:
            endings.onward[:] = optimizer.update(problem, x, gradient, state, full, steps)[0]
        if steps >= 3:
            endings.rose(everyone[alive & (loss > first_loss) & (rising >= min(10, steps))])
