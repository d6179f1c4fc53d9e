"""What a problem is: anything that can be minimised by descending."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias, runtime_checkable

from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.notation import Node

# One (low, high) for each parameter; -inf and inf leave a side open.
Box: TypeAlias = tuple[tuple[float, float], ...]


class Problem(Protocol):
    """A function J of d parameters with its exact derivatives.

    Points have shape (..., d), so one point, a path and a grid are all ordinary input; results have the leading
    shape of the points. Values that do not exist are nan or inf and give no warning.
    """

    @property
    def name(self) -> str:
        """A short name: of a landscape, else what kind of problem it is."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the d entries of a point."""

    @property
    def domain(self) -> Box | None:
        """Where the function is declared to be defined: a run that leaves it has diverged. None: everywhere."""

    @property
    def region(self) -> Box | None:
        """The part worth looking at, when one is known. A run may leave it."""

    @property
    def is_quadratic(self) -> bool:
        """Is the Hessian the same everywhere, so that what it says holds everywhere?"""

    def value(self, x: ArrayLike) -> FloatArray:
        """J, shape (...)."""

    def gradient(self, x: ArrayLike) -> FloatArray:
        """∇J, shape (..., d)."""

    def value_and_gradient(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d) together, shapes (...) and (..., d)."""

    def hessian(self, x: ArrayLike) -> FloatArray:
        """The second derivatives, shape (..., d, d)."""

    def minima(self) -> tuple[FloatArray, ...]:
        """The known minima, each of shape (d,); empty when none is known."""

    @property
    def notation(self) -> Node:
        """J as mathematics to be set."""

    def derivative_notation(self, name: str) -> Node:
        """∂J/∂name as mathematics to be set."""

    def typst(self) -> str:
        """J as Typst math markup."""

    def typst_derivative(self, name: str) -> str:
        """∂J/∂name as Typst math markup."""

    def spec(self) -> dict[str, Any]:
        """The problem as JSON-able data: a lecture's problem block with its defaults filled in."""


@runtime_checkable
class Spectral(Protocol):
    """A problem that knows the eigenvalues of its Hessian better than a general method would find them."""

    def eigenvalues(self, x: ArrayLike) -> FloatArray:
        """Ascending, shape (d,), at one point x (d,)."""


@runtime_checkable
class Rooted(Protocol):
    """A problem whose Hessian is AᵀA with a known A, so that small curvatures keep their digits."""

    @property
    def is_quadratic(self) -> bool:
        """Is A the same everywhere?"""

    def curvature_root(self, x: ArrayLike) -> FloatArray:
        """A (m, d) at one point x (d,)."""

    def curvature_rank(self, x: ArrayLike) -> int | None:
        """How many directions bend there, where that is known better than the singular values of A tell; else None."""


@runtime_checkable
class Sampled(Protocol):
    """A problem whose loss is made of rows of data, a mean or a sum, so that a few of them can stand for all."""

    @property
    def size(self) -> int:
        """N, the number of rows."""

    def value_and_gradient(self, x: ArrayLike, rows: IntArray | None = None) -> tuple[FloatArray, FloatArray]:
        """J (...) and ∇J (..., d) at x (..., d): of ``rows`` (n,) alone, counted from 0; of all without."""
