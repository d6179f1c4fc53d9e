"""Linear regression as a problem: one or several columns, and products of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.checks import one_of
from gdcore.base.errors import GdError
from gdcore.base.inputs import place_of
from gdcore.notation import Node, row
from gdcore.problems.linear.costs import COSTS, Cost, scale_of
from gdcore.problems.linear.linear_model import LinearModel
from gdcore.problems.linear.residual_norm import ResidualNorm, rooted
from gdcore.problems.linear.squared_error import SquaredError, squared_error
from gdcore.problems.tables.left_out import LeftOut


class LeastSquares(LinearModel):
    """The squared error of ŷ = w·x + b over a table, as a function of the parameters (w…, b).

        mse       J = 1/N Σ (ŷ_i - y_i)²            James et al., An Introduction to Statistical Learning, equation 2.5
        half-mse  J = 1/(2N) Σ (ŷ_i - y_i)²         Ng, Machine Learning (Coursera, 2011); Dive into Deep Learning, 3.1
        sum       J = Σ (ŷ_i - y_i)²                Hastie et al., The Elements of Statistical Learning, equation 3.2
        norm      J = √(Σ (ŷ_i - y_i)²)             Boyd and Vandenberghe, Convex Optimization, section 6.1.1

    All have the same best line. What differs are slopes and curvatures, and with them the rates: slopes of the sum are N
    times those of the mse. The norm is no quadratic; where every residual is 0 it comes to a point without a gradient, for
    which 0 is taken (see :mod:`gdcore.problems.linear.residual_norm`).

    ``ridge`` adds ridge · Σ w_j² to the mse and to the sum, and half of it to the half-mse; b is free of it. The best
    line is that of scikit-learn's ``Ridge`` (Hoerl and Kennard, 1970) with alpha = N · ridge, and alpha = ridge for the
    sum. The norm takes none: beside a root it would make another line than ridge regression does.

    ``columns``: one or several columns of N finite numbers by name. ``y``: (N,). ``degree`` > 1 takes all products of up
    to so many columns as features, x, x², … of one column, in the order of :attr:`feature_names`. ``standardize`` shifts
    and scales every feature to mean 0 and standard deviation 1 (which divides by N, not N - 1). ``intercept=False`` drops
    b. ``parameters`` renames them; by default w, b of one feature and w1, w2, …, b of several; ``raw_parameters`` maps
    those of standardised features back to the raw ones. ``source`` names where the rows come from, and ``left_out`` counts
    those that were dropped there for want of a number (None: none may be); both for ``spec``.

    A step of a descent costs the same however many rows there are: the rows are condensed once, without loss of
    accuracy (see :mod:`gdcore.problems.linear.squared_error`).

    Every method that takes parameters raises GdError for another shape.

    Raises GdError for columns of different lengths, no rows, values that are not finite, an unknown cost, a
    degree outside 1-20 or with more than 300 products of several columns, a constant column to be standardised, wrong
    names, and a ridge that is negative or belongs to the norm.
    """

    name = "least squares"
    domain = None
    region = None

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
        one_of(cost, COSTS, "cost")
        super().__init__(
            columns, y, y_name, degree, intercept, parameters, standardize, source, ridge, left_out
        )
        self.cost: Cost = cost
        if cost == "norm" and self.ridge:
            raise GdError(
                "ridge is given with the cost norm, and beside a root it makes another line than ridge regression",
                "it belongs to the costs mse, half-mse and sum",
                "take the cost sum, or leave the ridge out",
            )
        # What the ridge adds to the mean of the squares.
        self._bend = self.ridge / self.size if cost == "sum" else self.ridge
        scale = scale_of(cost, self.size)
        square = squared_error(self.features.matrix, self.targets, intercept, scale, self._bend)
        self._square: SquaredError = square
        self._error: SquaredError | ResidualNorm = ResidualNorm(square) if cost == "norm" else square

    def __repr__(self) -> str:
        return (
            f"LeastSquares({', '.join(self.x_names)} -> {self.y_name}, {self.size} rows, cost={self.cost!r}, "
            f"parameters={self.parameters!r})"
        )

    # The problem -----------------------------------------------------------------------------------------

    @property
    def is_quadratic(self) -> bool:
        """Every cost but the norm is."""
        return self.cost != "norm"

    def value_and_gradient(self, x: ArrayLike, rows: IntArray | None = None) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d), shapes (...) and (..., d).

        Of ``rows`` (n,) alone when they are given: their mean, their sum with n/N of the ridge, or the root of their sum.
        """
        points = self.points(x)
        if rows is None:
            return self._error.value_and_gradient(points)
        # Row by row, as a batch changes with every update: nothing can be condensed.
        design = np.ascontiguousarray(self.design[rows].T)
        scale, share = scale_of(self.cost, len(rows)), 1.0 / self.size if self.cost == "sum" else 1.0
        with np.errstate(all="ignore"):
            residuals = (points[..., None] * design).sum(-2) - self.targets[rows]
            value = scale * (residuals * residuals).sum(-1) / len(rows)
            slopes = (residuals[..., None, :] * design).sum(-1) / len(rows)
            penalty, pull = self.penalty(points)
            value, slopes = value + scale * share * penalty, scale * (2.0 * slopes + share * pull)
        return rooted(value, slopes) if self.cost == "norm" else (value, slopes)

    def hessian(self, x: ArrayLike) -> FloatArray:
        """Shape (..., d, d): the same matrix everywhere, but for the norm; nan where all residuals of that are 0."""
        points = self.points(x)
        if isinstance(self._error, ResidualNorm):
            return self._error.hessian(points)
        matrix = self._error.hessian()
        return np.array(np.broadcast_to(matrix, (*points.shape[:-1], *matrix.shape)))

    def eigenvalues(self, x: ArrayLike) -> FloatArray:
        """Of the Hessian, ascending, shape (d,); exact zeros where the data leave parameters undetermined."""
        point = self.points(x)
        if isinstance(self._error, ResidualNorm):
            return self._error.eigenvalues(point)
        return self._error.eigenvalues()

    def curvature_root(self, x: ArrayLike) -> FloatArray:
        """A with H = AᵀA at one point x (d,), shape (d, d).

        √(2c) times the triangle of the centred columns over their means; that of the norm changes from place to place.
        """
        point = self.points(x)
        if isinstance(self._error, ResidualNorm):
            return self._error.curvature_root(point)
        return np.asarray(np.sqrt(2.0 * self._error.scale) * self._error.matrix)

    def curvature_rank(self, x: ArrayLike) -> int:
        """How many directions bend at one point x (d,)."""
        point = self.points(x)
        return (
            self._error.curvature_rank(point) if isinstance(self._error, ResidualNorm) else self._error.rank
        )

    def minima(self) -> tuple[FloatArray, ...]:
        """The solution (d,) if it is the only one, else nothing."""
        return (self.solution(),) if self.is_determined else ()

    def spec(self) -> dict[str, Any]:
        """The lecture's problem block; with ``ridge`` where there is one."""
        return self.table_spec({"cost": self.cost})

    # The data --------------------------------------------------------------------------------------------

    @property
    def condensed(self) -> SquaredError | ResidualNorm:
        """J as a function of the parameters alone: all that the rows say about it."""
        return self._error

    # The model -------------------------------------------------------------------------------------------

    @property
    def is_determined(self) -> bool:
        """Is there one best line? Not with duplicate or constant columns, or fewer rows than parameters."""
        return self._square.rank == len(self.parameters)

    def solution(self) -> FloatArray:
        """The parameters (d,) of least J; the shortest weights when the data leave several."""
        return self._square.best

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
        """J as mathematics: of the mse the mean over the rows of (w x_i + b - y_i)^2."""
        return self._notation.objective()

    def derivative_notation(self, name: str) -> Node:
        """∂J/∂name as mathematics: of the mse the mean of 2 (w x_i + b - y_i) x_i. Raises GdError for another name."""
        return self._notation.derivative(place_of(name, self.parameters))

    @property
    def penalty_notation(self) -> Node:
        """What the ridge adds to J as mathematics: + 0.1 w^2; nothing without one."""
        return row(self._notation.penalty())

    @property
    def model_notation(self) -> Node:
        """The right side of ŷ = … as mathematics: w x + b."""
        return self._notation.model()
