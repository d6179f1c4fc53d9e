"""Linear regression as a problem: one or several columns, or powers of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from gdcore.arrays import FloatArray, IntArray, frozen
from gdcore.errors import GdError
from gdcore.points import suggestion
from gdcore.problems.features import Features, column_of
from gdcore.problems.model_notation import ModelNotation
from gdcore.problems.squared_error import SquaredError, squared_error

Cost: TypeAlias = Literal["mse", "half-mse"]


class LeastSquares:
    """The mean squared error of ŷ = w·x + b over a table, as a function of the parameters (w…, b).

        mse       J = 1/N Σ (ŷ_i - y_i)²            half-mse  J = 1/(2N) Σ (ŷ_i - y_i)²

    ``columns``: one or several columns of N finite numbers by name. ``y``: (N,). ``degree`` > 1 takes the powers
    x, x², … of the one column. ``standardize`` shifts and scales every feature to mean 0 and standard deviation
    1 (that of all N rows). ``intercept=False`` drops b. ``parameters`` renames them; by default w, b of one
    feature and w1, w2, …, b of several. ``source`` names where the rows come from, for ``spec``.

    A step of a descent costs the same however many rows there are: the rows are condensed once, without loss of
    accuracy (see :mod:`gdcore.problems.squared_error`).

    Raises GdError for columns of different lengths, no rows, values that are not finite, an unknown cost, a
    degree outside 1-20 or with several columns, a constant column to be standardised, and wrong names.
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
    ) -> None:
        if cost not in get_args(Cost):
            raise GdError(
                f"cost must be 'mse' or 'half-mse'; found {cost!r}.{suggestion(cost, get_args(Cost))}"
            )
        if y_name in columns:
            raise GdError(f"the column '{y_name}' is both an x and the y; leave it out of the x columns.")
        self.x_names: tuple[str, ...] = tuple(columns)
        self.y_name = y_name
        self.cost: Cost = cost
        self.intercept = intercept
        self.source = source
        self.features = Features.of(columns, degree, standardize)
        self.targets: FloatArray = column_of(y_name, y)
        if self.targets.size != self.size:
            raise GdError(
                f"y ('{y_name}') has {self.targets.size} rows and the x columns have {self.size}; "
                "every column needs the same number of rows."
            )
        self.parameters: tuple[str, ...] = _names(self.features.count, intercept, parameters)
        self._error: SquaredError = squared_error(
            self.features.matrix, self.targets, intercept, 1.0 if cost == "mse" else 0.5
        )

    def __repr__(self) -> str:
        return (
            f"LeastSquares({', '.join(self.x_names)} -> {self.y_name}, {self.size} rows, cost={self.cost!r}, "
            f"parameters={self.parameters!r})"
        )

    # The problem -----------------------------------------------------------------------------------------

    def value(self, x: ArrayLike) -> FloatArray:
        """J at the parameters x (..., d), shape (...)."""
        return self.value_and_gradient(x)[0]

    def gradient(self, x: ArrayLike) -> FloatArray:
        """∇J at x (..., d), shape (..., d)."""
        return self.value_and_gradient(x)[1]

    def value_and_gradient(self, x: ArrayLike, rows: IntArray | None = None) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d), shapes (...) and (..., d); the mean over ``rows`` (n,) when they are given."""
        points = self._points(x)
        if rows is None:
            return self._error.value_and_gradient(points)
        # Row by row, as a batch changes with every update: nothing can be condensed.
        design = np.ascontiguousarray(self.design[rows].T)
        with np.errstate(all="ignore"):
            residuals = (points[..., None] * design).sum(-2) - self.targets[rows]
            value = self._error.scale * (residuals * residuals).sum(-1) / len(rows)
            slopes = (residuals[..., None, :] * design).sum(-1) / len(rows)
        return value, 2.0 * self._error.scale * slopes

    def hessian(self, x: ArrayLike) -> FloatArray:
        """The same matrix everywhere, shape (..., d, d)."""
        points = self._points(x)
        matrix = self._error.hessian()
        return np.array(np.broadcast_to(matrix, (*points.shape[:-1], *matrix.shape)))

    def eigenvalues(self, x: ArrayLike) -> FloatArray:
        """Of the Hessian, ascending, shape (d,); exact zeros where the data leave parameters undetermined."""
        self._points(x)
        return self._error.eigenvalues()

    def minima(self) -> tuple[FloatArray, ...]:
        """The solution if it is the only one, else nothing."""
        return (self.solution(),) if self.is_determined else ()

    def spec(self) -> dict[str, Any]:
        return {
            "data": self.source,
            "x": list(self.x_names),
            "y": self.y_name,
            "cost": self.cost,
            "degree": self.features.degree,
            "standardize": self.features.standardize,
            "intercept": self.intercept,
            "parameters": list(self.parameters),
        }

    # The data --------------------------------------------------------------------------------------------

    @property
    def condensed(self) -> SquaredError:
        """J as a function of the parameters alone: all that the rows say about it."""
        return self._error

    @property
    def condensed(self) -> SquaredError:
        """J as a function of the parameters alone: all that the rows say about it."""
        return self._error

    @property
    def size(self) -> int:
        """N, the number of rows."""
        return int(self.features.matrix.shape[0])

    @cached_property
    def design(self) -> FloatArray:
        """The matrix X with ŷ = X θ, shape (N, d): the features, and a last column of ones for b."""
        return self._with_ones(self.features.matrix)

    def rows(self) -> tuple[FloatArray, FloatArray]:
        """The data as given: x (N, columns) and y (N,)."""
        return self.features.raw, self.targets

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
        points = self._points(parameters)
        rows = self._with_ones(self.features.at(x))
        with np.errstate(all="ignore"):
            return np.asarray((rows * points).sum(-1))[()]

    def residuals(self, parameters: ArrayLike) -> FloatArray:
        """ŷ_i - y_i for parameters (..., d), shape (..., N)."""
        points = self._points(parameters)
        with np.errstate(all="ignore"):
            return np.asarray((self.design * points[..., None, :]).sum(-1) - self.targets)

    # On paper --------------------------------------------------------------------------------------------

    def typst(self) -> str:
        """J as Typst math: (1)/(N) sum_(i=1)^N (w x_i + b - y_i)^2."""
        return self._notation.cost()

    def typst_derivative(self, name: str) -> str:
        """∂J/∂name as Typst math: (2)/(N) sum_(i=1)^N (w x_i + b - y_i) x_i."""
        if name not in self.parameters:
            known = ", ".join(self.parameters)
            raise GdError(
                f"'{name}' is not a parameter; the parameters are {known}.{suggestion(name, self.parameters)}"
            )
        return self._notation.derivative(self.parameters.index(name))

    def typst_model(self) -> str:
        """The right side of ŷ = … as Typst math: w x + b."""
        return self._notation.model(index="")

    @property
    def _notation(self) -> ModelNotation:
        return ModelNotation(
            self.parameters,
            len(self.x_names),
            self.features.degree,
            self.features.standardize,
            self.cost == "mse",
        )

    def _with_ones(self, features: FloatArray) -> FloatArray:
        if not self.intercept:
            return features
        return frozen(np.concatenate([features, np.ones((*features.shape[:-1], 1))], axis=-1))

    def _points(self, x: ArrayLike) -> FloatArray:
        points = np.asarray(x, dtype=np.float64)
        if points.ndim == 0 or points.shape[-1] != len(self.parameters):
            raise GdError(
                f"the parameters must have shape (..., {len(self.parameters)}), one entry for each of "
                f"{', '.join(self.parameters)}; found shape {points.shape}."
            )
        return points


def _names(features: int, intercept: bool, given: Sequence[str] | None) -> tuple[str, ...]:
    weights = ["w"] if features == 1 else [f"w{i}" for i in range(1, features + 1)]
    default = (*weights, *(["b"] if intercept else []))
    if given is None:
        return default
    names = tuple(given)
    if isinstance(given, str) or len(names) != len(default):
        raise GdError(
            f"parameters must be {len(default)} names, in the place of {', '.join(default)}; found {given!r}."
        )
    for name in names:
        if not isinstance(name, str) or not name.isidentifier() or names.count(name) > 1:
            raise GdError(
                f"'{name}' cannot name a parameter here; names are letters, digits and _, each used once."
            )
    return names
