"""What linear regression and logistic regression share: features, parameters, and the sum w·x + b."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray, frozen
from gdcore.base.checks import amount
from gdcore.base.errors import GdError
from gdcore.base.inputs import points_of
from gdcore.notation import Node, row, typst
from gdcore.problems.linear.costs import Cost
from gdcore.problems.linear.features import Features, column_of
from gdcore.problems.linear.model_notation import ModelNotation
from gdcore.problems.tables.left_out import LeftOut


@dataclass(frozen=True)
class RawModel:
    """A model in the units of the data: slopes (..., p), one for each feature before it was standardised, and constant (...).

    A slope has the units of y over those of its feature.
    """

    slopes: FloatArray
    constant: FloatArray


class LinearModel(ABC):
    """A table of N rows and the parameters (w…, b) of a sum w·x + b over it. See the problems made of it."""

    domain = None
    region = None
    cost: Cost = "mse"  # of the ridge: that of a mean

    def __init__(
        self,
        columns: Mapping[str, ArrayLike],
        y: ArrayLike,
        y_name: str,
        degree: int,
        intercept: bool,
        parameters: Sequence[str] | None,
        standardize: bool,
        source: str | None,
        ridge: float,
        left_out: LeftOut | None = None,
    ) -> None:
        if y_name in columns:
            raise GdError(
                f"the column '{y_name}' is both an x and the y", mend="leave it out of the x columns"
            )
        self.x_names: tuple[str, ...] = tuple(columns)
        self.y_name = y_name
        self.intercept = intercept
        self.source = source
        self.left_out = left_out
        self.ridge = amount(ridge, "ridge")
        self.features = Features.of(columns, degree, standardize)
        self.targets: FloatArray = column_of(y_name, y)
        if self.targets.size != self.size:
            raise GdError(
                f"y ('{y_name}') has {self.targets.size} rows and the x columns have {self.size}",
                "every column needs the same number of rows",
                "fill in or remove rows",
            )
        self.parameters: tuple[str, ...] = _names(self.features.count, intercept, parameters)

    # The problem -----------------------------------------------------------------------------------------

    @abstractmethod
    def value_and_gradient(self, x: ArrayLike, rows: IntArray | None = None) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d), shapes (...) and (..., d); of ``rows`` (n,) alone when they are given."""

    def value(self, x: ArrayLike) -> FloatArray:
        """J at the parameters x (..., d), shape (...)."""
        return self.value_and_gradient(x)[0]

    def gradient(self, x: ArrayLike) -> FloatArray:
        """∇J at x (..., d), shape (..., d)."""
        return self.value_and_gradient(x)[1]

    # On paper --------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def notation(self) -> Node:
        """J as mathematics."""

    @abstractmethod
    def derivative_notation(self, name: str) -> Node:
        """∂J/∂name as mathematics. Raises GdError for another name."""

    @property
    @abstractmethod
    def model_notation(self) -> Node:
        """The right side of the model as mathematics."""

    def typst(self) -> str:
        """J as Typst math."""
        return typst(self.notation)

    def typst_derivative(self, name: str) -> str:
        """∂J/∂name as Typst math. Raises GdError for another name."""
        return typst(self.derivative_notation(name))

    def typst_model(self) -> str:
        """The right side of the model as Typst math: w x + b."""
        return typst(self.model_notation)

    def feature_notation(self, place: int, *, raw: bool = False) -> Node:
        """The feature at ``place`` (from 0) as mathematics: x, x_2, x^3, z_1; ``raw``: before it was standardised."""
        notation = replace(self._notation, standardized=False) if raw else self._notation
        return row(notation.feature(place))

    @property
    def _notation(self) -> ModelNotation:
        features = self.features
        return ModelNotation(self.parameters, features.products, features.standardize, self.cost, self.ridge)

    # The data --------------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """N, the number of rows."""
        return int(self.features.matrix.shape[0])

    @property
    def feature_names(self) -> tuple[str, ...]:
        """What each of the p features is made of, in the names of the columns: km, rooms, km^2, km rooms, rooms^2.

        Its weight multiplies that, or the z-score of it when it is standardised.
        """
        return self.features.names

    @cached_property
    def design(self) -> FloatArray:
        """The matrix X with w·x + b = X θ, shape (N, d): the features, and a last column of ones for b."""
        return self.with_ones(self.features.matrix)

    def rows(self) -> tuple[FloatArray, FloatArray]:
        """The data as given: x (N, columns) and y (N,)."""
        return self.features.raw, self.targets

    # Raw and standardised features -----------------------------------------------------------------------

    def raw_parameters(self, parameters: ArrayLike) -> FloatArray:
        """The parameters (..., d) that say the same of the raw features; unchanged without ``standardize``.

        Raises GdError without an intercept, for then the raw model needs one all the same: see ``raw_model``.
        """
        self._check_can_be_mapped()
        raw = self.raw_model(parameters)
        return self._joined(raw.slopes, raw.constant[..., None])

    def raw_model(self, parameters: ArrayLike) -> RawModel:
        """What the parameters (..., d) say of the raw features, with a constant also where the model has no intercept.

        With (x - shift)/scale in the place of x: w_raw = w/scale and b_raw = b - Σ w · shift/scale.
        """
        weights, b = self._parted(self.points(parameters))
        slopes = weights / self.features.scale
        return RawModel(slopes, b[..., 0] - (slopes * self.features.shift).sum(-1))

    def from_raw_parameters(self, parameters: ArrayLike) -> FloatArray:
        """The parameters (..., d) that say of the model's features what these say of the raw ones.

        The way back from ``raw_parameters``. Raises GdError as that does.
        """
        points = self.points(parameters)
        self._check_can_be_mapped()
        raw, b = self._parted(points)
        shifted = b + (raw * self.features.shift).sum(-1, keepdims=True)
        return self._joined(raw * self.features.scale, shifted)

    def _check_can_be_mapped(self) -> None:
        if self.features.standardize and not self.intercept:
            raise GdError(
                "standardised features are shifted, which a raw model without b cannot say",
                mend="keep the intercept",
            )

    def _parted(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The weights (..., p), and b (..., 1) or 0 where there is none."""
        p = self.features.count
        return points[..., :p], points[..., p:] if self.intercept else np.zeros((*points.shape[:-1], 1))

    def _joined(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        return np.concatenate([weights, b], axis=-1) if self.intercept else np.array(weights)

    # Behind the problems ---------------------------------------------------------------------------------

    def penalty(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """ridge · Σ w² (...) and its gradient (..., d) at (..., d); b has no part in it."""
        counted = np.ones(points.shape[-1])
        counted[self.features.count :] = 0.0
        weights = points * counted
        return self.ridge * (weights * weights).sum(-1), 2.0 * self.ridge * weights

    def table_spec(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """The problem block of a lecture, with ``more`` after the columns."""
        return {
            "data": self.source,
            **({"missing": "drop"} if self.left_out is not None else {}),
            "x": list(self.x_names),
            "y": self.y_name,
            **more,
            "degree": self.features.degree,
            "standardize": self.features.standardize,
            "intercept": self.intercept,
            "parameters": list(self.parameters),
            **({"ridge": self.ridge} if self.ridge else {}),
        }

    def with_ones(self, features: FloatArray) -> FloatArray:
        """Features (..., p) with a last column of ones for b, if there is one: (..., d)."""
        if not self.intercept:
            return features
        return frozen(np.concatenate([features, np.ones((*features.shape[:-1], 1))], axis=-1))

    def points(self, x: ArrayLike) -> FloatArray:
        """``x`` as an array (..., d). Raises GdError for another shape."""
        return points_of(x, self.parameters, "the parameters have", "they must have")


def _names(features: int, intercept: bool, given: Sequence[str] | None) -> tuple[str, ...]:
    weights = ["w"] if features == 1 else [f"w{i}" for i in range(1, features + 1)]
    default = (*weights, *(["b"] if intercept else []))
    if given is None:
        return default
    names = tuple(given)
    if isinstance(given, str) or len(names) != len(default):
        raise GdError(
            f"parameters is {given!r}",
            f"it must be {'one name' if len(default) == 1 else f'{len(default)} names'}, in the place of {', '.join(default)}",
            f"write for example {list(default)}",
        )
    for name in names:
        if not isinstance(name, str) or not name.isidentifier() or names.count(name) > 1:
            raise GdError(
                f"'{name}' cannot name a parameter here",
                "names are letters, digits and _, each used once",
                "choose another name",
            )
    return names
