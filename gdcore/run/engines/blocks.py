"""Plain gradient descent from many starts at once, block by block, with the bits of single runs.

A block holds some thousand points, one row for each variable, and goes through all its steps before the next is
begun: so its rows stay in the cache. A step works out only the gradient. That nothing has broken is known from
bounds (:mod:`gdcore.formula.tape.bounds`) for several steps at a time; where they do not vouch for a block, because a
point is far out or the formula has a domain, its values are looked at after every step, and runs that have broken
leave the block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.base.rates import Rate, each_rate
from gdcore.formula.tape.blocks import BlockPlan, BlockTape
from gdcore.formula.tape.bounds import Bounds
from gdcore.formula.tape.operations import Tape, step_tape, unfolded
from gdcore.problems.protocol import Problem
from gdcore.run.engines.endings import Endings
from gdcore.run.engines.workspace import Workspace, copied

# Rows of one block, together: what a core's caches hold, and so long that two threads seldom want the interpreter at
# the same moment, for a handover costs more than a short row.
_BLOCK_BYTES = 6 * 2**20
_LONGEST, _SHORTEST = 2**17, 512


@dataclass(frozen=True)
class BlockJob:
    """What every block needs to know; threads share it. ``spare``: memory that no thread is using now."""

    problem: Problem
    steps: int
    record: Sequence[int]
    step_plan: BlockPlan
    look_plan: BlockPlan
    bounds: Bounds | None
    is_cancelled: Callable[[], bool]
    spare: list[Workspace] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        problem: Problem,
        tape: Tape,
        rate: Rate,
        steps: int,
        record: Sequence[int],
        is_cancelled: Callable[[], bool],
    ) -> BlockJob:
        d = len(problem.parameters)
        return cls(
            problem=problem,
            steps=steps,
            record=record,
            step_plan=BlockPlan(step_tape(tape.only(tape.outputs[1:]), rate), range(d)),
            look_plan=BlockPlan(unfolded(tape), [None] * (d + 1)),
            # Inside a domain every step must be looked at anyway.
            bounds=Bounds(tape, max(each_rate(rate, d))) if problem.domain is None else None,
            is_cancelled=is_cancelled,
        )

    @property
    def buffers(self) -> int:
        return max(self.step_plan.buffers, self.look_plan.buffers)

    @property
    def block(self) -> int:
        """A good number of points in a block: the rows of a step count, and those of a look if every step has one."""
        looks = not self.sure_at(1.0)
        buffers = self.buffers if looks else self.step_plan.buffers
        each = 8 * (len(self.problem.parameters) + buffers)
        return min(_LONGEST, max(_SHORTEST, _BLOCK_BYTES // each))

    def sure_at(self, radius: float) -> bool:
        """Whether nothing is broken where no variable is greater than ``radius``."""
        return self.bounds is not None and self.bounds.hold(radius)

    def sure_steps(self, radius: float, most: int) -> int:
        """For how many steps, of ``most``, nothing can break when no variable is greater than ``radius``."""
        return 0 if self.bounds is None else self.bounds.sure_steps(radius, most)

    def run(self, start: FloatArray, endings: Endings) -> None:
        """Descend from ``start`` (n, d) and write into ``endings``, which has n places."""
        try:
            # Of a block before. To look first whether there is any would be too early, with other threads.
            memory = self.spare.pop()
        except IndexError:
            memory = None
        if memory is None or memory.size < len(start):
            # Blocks differ by one point.
            memory = Workspace(len(self.problem.parameters), self.buffers, len(start) + 1)
        with np.errstate(all="ignore"):
            _run(self, memory, start, endings)
        self.spare.append(memory)


class _Lanes:
    """The runs of a block that have not broken: their points, and which of the block's starts they belong to."""

    def __init__(
        self,
        job: BlockJob,
        memory: Workspace,
        columns: Sequence[FloatArray],
        index: NDArray[np.intp],
    ) -> None:
        self._job = job
        self.memory = memory
        self.index = index
        self.saved: list[FloatArray] = []
        self._radius: float | None = None
        self._settle(columns)

    def _settle(self, columns: Sequence[FloatArray]) -> None:
        n = self.index.size
        self.x = [row[:n] for row in self.memory.variables]
        copied(columns, self.x)
        self._radius = None
        buffers = [row[:n] for row in self.memory.buffers]
        self._step: BlockTape = self._job.step_plan.bound(self.x, buffers)
        self._look: BlockTape = self._job.look_plan.bound(self.x, buffers)

    def step(self) -> None:
        self._step.run()
        self._radius = None

    def look(self) -> tuple[FloatArray, list[FloatArray]]:
        """The loss and the slopes, in buffers that the next step uses again."""
        self._look.run()
        loss, *slopes = (np.broadcast_to(output, self.index.shape) for output in self._look.outputs)
        return loss, slopes

    def radius(self) -> float:
        """No variable of any run is greater."""
        if self._radius is None:
            self._radius = max((float(max(row.max(), -row.min())) for row in self.x if row.size), default=0.0)
        return self._radius

    def keep(self, which: NDArray[np.bool_]) -> None:
        """Go on with these only."""
        self.index = self.index[which]
        self.saved = [row[which] for row in self.saved]
        self._settle([row[which] for row in self.x])


def _run(job: BlockJob, memory: Workspace, start: FloatArray, endings: Endings) -> None:
    endings.begin()
    lanes = _Lanes(job, memory, list(start.T), memory.everyone[: len(start)])
    loss, slopes = lanes.look()
    (first_loss,) = copied([loss], [memory.first_loss])
    if not job.sure_at(lanes.radius()):
        _retire(lanes, job, first_loss, slopes, list(start.T), endings, 0)
    # The last steps are gone through again where the loss ended above the first: did it rise in all of them?
    last = min(10, job.steps)
    stops = sorted({*job.record, job.steps - last, job.steps})
    done = 0
    for stop in stops:
        while done < stop and lanes.index.size and not job.is_cancelled():
            done += _advance(lanes, job, endings, done, stop - done)
        for row in (row for row, step in enumerate(job.record) if step == stop):
            endings.record(row, lanes.index, lanes.x)
        if stop == job.steps - last:
            lanes.saved = copied(lanes.x, memory.saved)
    if not lanes.index.size or job.is_cancelled():
        return
    loss, _ = lanes.look()
    if lanes.index.size < len(start):
        first_loss = first_loss[lanes.index]
    above = loss > first_loss
    endings.finish(lanes.index, lanes.x, loss)
    if job.steps >= 3 and above.any():
        risen = np.zeros(lanes.index.size, dtype=np.bool_)
        risen[above] = _rose(job, memory, [row[above] for row in lanes.saved], last)
        endings.rose(lanes.index[risen])


def _advance(lanes: _Lanes, job: BlockJob, endings: Endings, done: int, most: int) -> int:
    """Some steps without looking, or one with; how many."""
    sure = job.sure_steps(lanes.radius(), most)
    for _ in range(sure):
        if job.is_cancelled():
            break
        lanes.step()
    if sure:
        return sure
    before = copied(lanes.x, lanes.memory.before)
    lanes.step()
    loss, slopes = lanes.look()
    _retire(lanes, job, loss, slopes, before, endings, done + 1)
    return 1


def _retire(
    lanes: _Lanes,
    job: BlockJob,
    loss: FloatArray,
    slopes: Sequence[FloatArray],
    before: Sequence[FloatArray],
    endings: Endings,
    step: int,
) -> None:
    """Take out the runs that broke with this step; ``before`` are the points before it."""
    total = np.add(loss, lanes.x[0], out=lanes.memory.scratch[: loss.size])
    for row in (*lanes.x[1:], *slopes):
        total += row
    if job.problem.domain is None and np.isfinite(total).all():
        return  # a sum of numbers one of which is not finite is not finite
    fine = np.isfinite(loss)
    for row in (*lanes.x, *slopes):
        fine &= np.isfinite(row)
    for row, (low, high) in zip(lanes.x, job.problem.domain or (), strict=False):
        fine &= (low <= row) & (row <= high)
    broken = ~fine
    if broken.any():
        points = np.stack([row[broken] for row in before], axis=-1)
        endings.broke(lanes.index[broken], points, np.asarray(job.problem.value(points)), step)
        lanes.keep(fine)


def _rose(job: BlockJob, memory: Workspace, columns: Sequence[FloatArray], last: int) -> NDArray[np.bool_]:
    """Did the loss rise in each of the next ``last`` steps from here?"""
    lanes = _Lanes(job, memory, columns, memory.everyone[: columns[0].size])
    rising = np.ones(lanes.index.size, dtype=np.bool_)
    before = lanes.look()[0].copy()
    for _ in range(last):
        lanes.step()
        loss = lanes.look()[0]
        rising &= loss > before
        before = loss.copy()
    return rising
