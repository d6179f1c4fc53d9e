"""Linear regression as a problem: one or several columns, or powers of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.checks import one_of
from gdcore.base.inputs import place_of
from gdcore.notation import Node
from gdcore.problems.linear.linear_model import LinearModel
from gdcore.problems.linear.squared_error import SquaredError, squared_error
from gdcore.problems.tables.left_out import LeftOut

Cost: TypeAlias = Literal["mse", "half-mse"]


class LeastSquares(LinearModel):
    """The mean squared error of ŷ = w·x + b over a table, as a function of the parameters (w…, b).

        mse       J = 1/N Σ (ŷ_i - y_i)²            half-mse  J = 1/(2N) Σ (ŷ_i - y_i)²

    ``ridge`` adds ridge · Σ w_j² to the mse, and half of it to the half-mse; b is free of it. The best line is the same
    for both; it is that of scikit-learn's ``Ridge`` with alpha = N · ridge, and of Hoerl and Kennard (1970).

    ``columns``: one or several columns of N finite numbers by name. ``y``: (N,). ``degree`` > 1 takes the powers
    x, x², … of the one column. ``standardize`` shifts and scales every feature to mean 0 and standard deviation
    1 (which divides by N, not N - 1). ``intercept=False`` drops b. ``parameters`` renames them; by default w, b of one
    feature and w1, w2, …, b of several; ``raw_parameters`` maps those of standardised features back to the raw ones.
    ``source`` names where the rows come from, and ``left_out`` counts those that were dropped there for want of a
    number (None: none may be); both for ``spec``.

    A step of a descent costs the same however many rows there are: the rows are condensed once, without loss of
    accuracy (see :mod:`gdcore.problems.linear.squared_error`).

    Every method that takes parameters raises GdError for another shape.

    Raises GdError for columns of different lengths, no rows, values that are not finite, an unknown cost, a
    degree outside 1-20 or with several columns, a constant column to be standardised, wrong names, and a ridge that
    is negative.
    """

    name = "least squares"
    domain = None
    region = None
    is_quadratic = True

    def __init__(
        self,
        columns: Mapping[str, ArrayLike],
        y: ArrayLike,
        y_name: str = "y",
        cost: Cost = "mse",
        degree: int = 1,
        intercept: bool = True,
        parameters: Sequence[str] | None = None,
        standardize: bool = False,
        source: str | None = None,
        ridge: float = 0.0,
        left_out: LeftOut | None = None,
    ) -> None:
        one_of(cost, get_args(Cost), "cost")
        super().__init__(
            columns, y, y_name, degree, intercept, parameters, standardize, source, ridge, left_out
        )
        self.cost: Cost = cost
        self._whole = cost == "mse"
        self._error: SquaredError = squared_error(
            self.features.matrix, self.targets, intercept, 1.0 if cost == "mse" else 0.5, self.ridge
        )

    def __repr__(self) -> str:
        return (
            f"LeastSquares({', '.join(self.x_names)} -> {self.y_name}, {self.size} rows, cost={self.cost!r}, "
            f"parameters={self.parameters!r})"
        )

    # The problem -----------------------------------------------------------------------------------------

    def value_and_gradient(self, x: ArrayLike, rows: IntArray | None = None) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d), shapes (...) and (..., d); the mean over ``rows`` (n,) when they are given."""
        points = self.points(x)
        if rows is None:
            return self._error.value_and_gradient(points)
        # Row by row, as a batch changes with every update: nothing can be condensed.
        design = np.ascontiguousarray(self.design[rows].T)
        with np.errstate(all="ignore"):
            residuals = (points[..., None] * design).sum(-2) - self.targets[rows]
            value = self._error.scale * (residuals * residuals).sum(-1) / len(rows)
            slopes = (residuals[..., None, :] * design).sum(-1) / len(rows)
            penalty, pull = self.penalty(points)
        return value + self._error.scale * penalty, self._error.scale * (2.0 * slopes + pull)

    def hessian(self, x: ArrayLike) -> FloatArray:
        """The same matrix everywhere, shape (..., d, d)."""
        points = self.points(x)
        matrix = self._error.hessian()
        return np.array(np.broadcast_to(matrix, (*points.shape[:-1], *matrix.shape)))

    def eigenvalues(self, x: ArrayLike) -> FloatArray:
        """Of the Hessian, ascending, shape (d,); exact zeros where the data leave parameters undetermined."""
        self.points(x)
        return self._error.eigenvalues()

    def curvature_root(self, x: ArrayLike) -> FloatArray:
        """A with H = AᵀA, shape (d, d): √(2c) times the triangle of the centred columns over their means."""
        self.points(x)
        return np.asarray(np.sqrt(2.0 * self._error.scale) * self._error.matrix)

    def minima(self) -> tuple[FloatArray, ...]:
        """The solution (d,) if it is the only one, else nothing."""
        return (self.solution(),) if self.is_determined else ()

    def spec(self) -> dict[str, Any]:
        """The lecture's problem block; with ``ridge`` where there is one."""
        return self.table_spec({"cost": self.cost})

    # The data --------------------------------------------------------------------------------------------

    @property
    def condensed(self) -> SquaredError:
        """J as a function of the parameters alone: all that the rows say about it."""
        return self._error

    # The model -------------------------------------------------------------------------------------------

    @property
    def is_determined(self) -> bool:
        """Is there one best line? Not with duplicate or constant columns, or fewer rows than parameters."""
        return self._error.rank == len(self.parameters)

    def solution(self) -> FloatArray:
        """The parameters (d,) of least J; the shortest weights when the data leave several."""
        return self._error.best

    def predict(self, parameters: ArrayLike, x: ArrayLike) -> FloatArray:
        """ŷ for parameters (..., d) at rows x (..., columns); the leading shapes are broadcast."""
        points = self.points(parameters)
        rows = self.with_ones(self.features.at(x))
        with np.errstate(all="ignore"):
            return np.asarray((rows * points).sum(-1))[()]

    def residuals(self, parameters: ArrayLike) -> FloatArray:
        """ŷ_i - y_i for parameters (..., d), shape (..., N)."""
        points = self.points(parameters)
        with np.errstate(all="ignore"):
            return np.asarray((self.design * points[..., None, :]).sum(-1) - self.targets)

    # On paper --------------------------------------------------------------------------------------------

    @property
    def notation(self) -> Node:
        """J as mathematics: the mean over the rows of (w x_i + b - y_i)^2."""
        return self._notation.cost()

    def derivative_notation(self, name: str) -> Node:
        """∂J/∂name as mathematics: the mean of 2 (w x_i + b - y_i) x_i. Raises GdError for another name."""
        return self._notation.derivative(place_of(name, self.parameters))

    @property
    def model_notation(self) -> Node:
        """The right side of ŷ = … as mathematics: w x + b."""
        return self._notation.model()
