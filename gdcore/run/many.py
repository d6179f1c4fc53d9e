"""Runs from many starts at once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray
from gdcore.base.checks import whole_number
from gdcore.base.errors import GdError
from gdcore.base.rates import GivenRate, Rate
from gdcore.optimizers import Optimizer
from gdcore.optimizers.gradient_descent import is_gradient_step
from gdcore.optimizers.own import spec_of, taken_rule
from gdcore.problems.protocol import Problem
from gdcore.problems.tapes import tape_of
from gdcore.rest.staying import remembers
from gdcore.run.batch import Batch
from gdcore.run.engines.arrays import update_many
from gdcore.run.engines.blocks import BlockJob
from gdcore.run.engines.endings import Endings
from gdcore.run.plan import rate_for
from gdcore.run.rows import MAX_BYTES

# Points in a block of the general way, which goes through arrays of its own at every step.
_GENERAL_BLOCK = 8192

_Worker = Callable[[FloatArray, Endings], None]


def descend_many(
    problem: Problem,
    optimizer: Optimizer,
    start: ArrayLike,
    steps: int,
    *,
    rate: GivenRate | None = None,
    record: Iterable[int] | None = None,
    threads: int | None = None,
) -> Batch:
    """Descend from every row of ``start`` (B, d) by ``steps`` updates of ``optimizer``, without stop rules.

    Each run has the bits of the single run from that start, however many threads there are. ``rate``: the learning
    rate, or one for each parameter, as ``descend`` takes it. ``record``: the steps after which the points are kept; memory follows what is asked
    for. ``threads``: how many work at the same time; by default as many as there are processors for this process.

    A run that goes wrong is a result, and so is a start without a finite loss: see :class:`Batch`.

    Plain gradient descent on formulae and on small regressions goes through compiled blocks. Other rules and
    problems work on arrays of points, several times slower but far faster than one run after the other.

    Raises GdError for starts, rate, steps, record or threads that cannot be, and for a record of more than 1 GiB.
    """
    points = _points(start, len(problem.parameters), problem)
    # The batch looks at them later, when it is asked how its runs ended; by then the caller may have changed them.
    if isinstance(start, np.ndarray):
        points = points.copy()
    optimizer = taken_rule(optimizer)
    each = rate_for(rate, optimizer, problem.parameters)
    steps = whole_number(steps, "steps", 0)
    kept = _record(record, steps)
    count = _available() if threads is None else whole_number(threads, "threads", 1)
    size = len(kept) * points.nbytes
    if size > MAX_BYTES:
        raise GdError(
            f"a record of {len(kept)} steps of {len(points)} starts would take {size / 2**30:.1f} GiB",
            f"at most {MAX_BYTES // 2**30} GiB is allowed",
            "record fewer steps, or take fewer starts",
        )
    cancelled = threading.Event()
    d = points.shape[1]
    endings = Endings.empty(len(points), d, len(kept), onward=remembers(optimizer, d))
    worker, block = _worker(problem, optimizer, each, steps, kept, cancelled)
    _share_out(worker, block, points, endings, count, cancelled)
    return Batch(
        parameters_names=tuple(problem.parameters),
        final=endings.final,
        loss=endings.loss,
        diverged=endings.diverged,
        nonfinite_step=endings.nonfinite_steps(),
        problem=problem,
        start=points,
        steps=steps,
        rate=each,
        recorded_steps=np.array(kept, dtype=np.int64),
        recorded=endings.recorded,
        onward=endings.onward,
        specs={"problem": problem.spec(), "optimizer": spec_of(optimizer)},
    )


def _worker(
    problem: Problem,
    optimizer: Optimizer,
    rate: Rate,
    steps: int,
    record: list[int],
    cancelled: threading.Event,
) -> tuple[_Worker, int]:
    """What runs a block, and how many points a block should have."""
    tape = tape_of(problem) if is_gradient_step(optimizer) else None
    if tape is not None:
        job = BlockJob.of(problem, tape, rate, steps, record, cancelled.is_set)
        return job.run, job.block

    def run(points: FloatArray, endings: Endings) -> None:
        update_many(problem, optimizer, points, steps, rate, record, endings, cancelled.is_set)

    return run, _GENERAL_BLOCK


def _share_out(
    worker: _Worker,
    block: int,
    points: FloatArray,
    endings: Endings,
    threads: int,
    cancelled: threading.Event,
) -> None:
    """All blocks, by up to ``threads`` threads, which have ended when this returns."""
    blocks = max(1, -(-len(points) // block))
    if blocks > 1:
        blocks = -(-blocks // threads) * threads  # so that all have the same to do
    edges = np.linspace(0, len(points), blocks + 1).astype(int).tolist()
    parts = [(points[a:b], endings.part(a, b)) for a, b in pairwise(edges) if a < b]
    if threads == 1 or len(parts) <= 1:
        for part in parts:
            worker(*part)
        return
    with ThreadPoolExecutor(min(threads, len(parts)), thread_name_prefix="descend") as pool:
        try:
            for future in [pool.submit(worker, *part) for part in parts]:
                future.result()
        except BaseException:
            # Also Ctrl-C: blocks look at this after every few steps.
            cancelled.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _points(start: ArrayLike, d: int, problem: Problem) -> FloatArray:
    names = ", ".join(problem.parameters)
    try:
        points = np.asarray(start, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise GdError(
            "start has entries that are no numbers",
            f"it must be numbers of shape (B, {d}), a row for each start, one entry for each of {names}",
            "correct them",
        ) from None
    if points.ndim != 2 or points.shape[1] != d:
        raise GdError(
            f"start has shape {points.shape}",
            f"it must have shape (B, {d}), a row for each start, one entry for each of {names}",
            f"write for example {[[0] * d, [1] * d]}",
        )
    with np.errstate(all="ignore"):
        total = points.sum()  # at half the price of looking at each
    if not np.isfinite(total):  # or it overflowed
        finite = np.isfinite(points).all(axis=1)
        if not finite.all():
            row = int(np.argmin(finite))
            raise GdError(
                f"row {row} of start is {points[row].tolist()}",
                "it must be finite numbers",
                "correct it or leave it out",
            )
    return points


def _record(record: Iterable[int] | None, steps: int) -> list[int]:
    kept = [whole_number(step, "a step to record", 0) for step in (() if record is None else record)]
    for before, step in pairwise(kept):
        if step <= before:
            raise GdError(
                f"of the steps to record {step} comes after {before}",
                "they must rise",
                "sort them, each once",
            )
    if kept and kept[-1] > steps:
        raise GdError(
            f"the step {kept[-1]} cannot be recorded",
            f"there are {steps} steps",
            "do more steps, or record earlier ones",
        )
    return kept


def _available() -> int:
    """Processors that this process may use."""
    affinity: Any = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1
