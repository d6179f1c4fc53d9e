"""Mini-batches: which rows of the data an update sees."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.checks import one_of, whole_number
from gdcore.base.errors import GdError
from gdcore.notation import Node
from gdcore.problems.protocol import Box, Problem, Sampled

RowOrder: TypeAlias = Literal["given", "shuffled", "drawn"]
ROW_ORDERS: tuple[RowOrder, ...] = get_args(RowOrder)


@dataclass(frozen=True, slots=True)
class Sampling:
    """Batches of ``batch_size`` rows, epoch by epoch. ``rows`` says which come when:

        given      as they stand, again and again: the cyclic order of Nedić and Bertsekas (SIAM J. Optim. 12, 2001)
        shuffled   all of them in every epoch, each time in a new order; what libraries call a pass over the data
        drawn      each by itself out of all, with replacement, as in the theory of Robbins and Monro (1951): some come
                   twice in an epoch and some not at all (Bottou, Curtis and Nocedal, SIAM Review 60, 2018, section 3)

    The last batch of an epoch has what is left of the rows; of rows that are drawn it is as large as the others. The
    order hangs on ``seed`` and the number of the epoch alone, so a run can be continued anywhere, and it comes from the
    bits of PCG64, which NumPy promises never to change.

    Raises GdError for a batch_size below 1, another word for the rows, and a seed below 0.
    """

    batch_size: int
    rows: RowOrder = "shuffled"
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "batch_size", whole_number(self.batch_size, "batch_size", 1))
        object.__setattr__(self, "seed", whole_number(self.seed, "seed", 0))
        one_of(self.rows, ROW_ORDERS, "rows")

    def spec(self) -> dict[str, Any]:
        """As JSON-able data."""
        return asdict(self)

    def updates(self, epochs: int, size: int) -> int:
        """How many updates ``epochs`` passes over ``size`` rows take."""
        return epochs * -(-size // self.batch_size)

    def order(self, epoch: int, size: int) -> IntArray:
        """The rows, shape (n,), in the order in which the epoch, counted from 0, sees them.

        n is ``size``, but for rows that are drawn: of those there are enough for whole batches.
        """
        if self.rows == "given":
            return np.arange(size)
        bits = np.random.PCG64(np.random.SeedSequence([self.seed, epoch]))
        if self.rows == "shuffled":
            return np.argsort(bits.random_raw(size), kind="stable").astype(np.int64)
        # 53 bits make a number from 0 to below 1, as everywhere.
        share = (bits.random_raw(self.updates(1, size) * self.batch_size) >> np.uint64(11)) * 2.0**-53
        return np.asarray((share * size).astype(np.int64))


@dataclass(slots=True)
class Sampler:
    """The batches of one run on one problem. Raises GdError for a problem without rows, or with too few."""

    problem: Problem
    sampling: Sampling
    _rows: Sampled = field(init=False)
    _epoch: int = field(init=False, default=-1)
    _order: IntArray = field(init=False, default_factory=lambda: np.arange(0))

    def __post_init__(self) -> None:
        if not isinstance(self.problem, Sampled):
            raise GdError(
                f"batch_size is given for {self.problem.name}",
                "it belongs to problems with rows of data",
                "leave it out",
            )
        self._rows = self.problem
        if self.sampling.batch_size > self._rows.size:
            raise GdError(
                f"batch_size is {self.sampling.batch_size}",
                f"it must be at most the number of rows, {self._rows.size}",
                "take a smaller one, or leave it out for all rows",
            )

    @property
    def updates_per_epoch(self) -> int:
        """How many updates one pass over the rows takes."""
        return self.sampling.updates(1, self._rows.size)

    def rows(self, k: int) -> IntArray:
        """The rows (n,) that update k sees."""
        size, batch = self._rows.size, self.sampling.batch_size
        epoch, place = divmod(k, self.updates_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, self.sampling.order(epoch, size)
        return self._order[place * batch : (place + 1) * batch]

    def view(self, k: int) -> OfRows:
        """The problem as update k sees it."""
        return OfRows(self.problem, self._rows, self.rows(k))


@dataclass(frozen=True, slots=True)
class OfRows:
    """A problem that knows some of the rows only: its loss is made of these."""

    whole: Problem
    sampled: Sampled
    rows: IntArray

    @property
    def name(self) -> str:
        return self.whole.name

    @property
    def parameters(self) -> tuple[str, ...]:
        return self.whole.parameters

    @property
    def domain(self) -> Box | None:
        return self.whole.domain

    @property
    def region(self) -> Box | None:
        return self.whole.region

    @property
    def is_quadratic(self) -> bool:
        return self.whole.is_quadratic

    def value(self, x: ArrayLike) -> FloatArray:
        return self.value_and_gradient(x)[0]

    def gradient(self, x: ArrayLike) -> FloatArray:
        return self.value_and_gradient(x)[1]

    def value_and_gradient(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        return self.sampled.value_and_gradient(x, self.rows)

    def hessian(self, x: ArrayLike) -> FloatArray:
        """Refused: raises GdError."""
        raise GdError(
            "this optimizer looks at the curvature, which a few rows do not tell",
            mend="use all rows (no batch_size), or another optimizer",
        )

    def minima(self) -> tuple[FloatArray, ...]:
        return ()

    @property
    def notation(self) -> Node:
        return self.whole.notation

    def derivative_notation(self, name: str) -> Node:
        return self.whole.derivative_notation(name)

    def typst(self) -> str:
        return self.whole.typst()

    def typst_derivative(self, name: str) -> str:
        return self.whole.typst_derivative(name)

    def spec(self) -> dict[str, Any]:
        return self.whole.spec()
