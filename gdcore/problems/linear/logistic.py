"""Logistic regression as a problem: how likely is a yes, out of one or several columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, IntArray
from gdcore.base.errors import GdError
from gdcore.base.inputs import place_of
from gdcore.notation import Node
from gdcore.problems.linear.linear_model import LinearModel
from gdcore.problems.minima import newton_minimum
from gdcore.problems.tables.left_out import LeftOut


class LogisticRegression(LinearModel):
    """The mean log loss of p = 1/(1 + e^-z), z = w·x + b, over a table of yes (1) and no (0), by (w…, b).

        J = -1/N Σ [y_i ln p_i + (1 - y_i) ln(1 - p_i)] + ridge · Σ w_j²

    Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.2. With alpha in the place of 2 N · ridge the
    minimum is that of scikit-learn's ``LogisticRegression(C=1/alpha)``. b has no part in the ridge.

    ``columns``: one or several columns of N finite numbers by name. ``y``: (N,), every entry 0 or 1. The other
    arguments are those of :class:`gdcore.LeastSquares`. J is convex; where a line parts all yes from all no, it has
    no minimum without a ridge, as the weights grow without end.

    Every method that takes parameters raises GdError for another shape.

    Raises GdError as LeastSquares does, and for a y that is neither 0 nor 1.
    """

    name = "logistic regression"
    is_quadratic = False

    def __init__(
        self,
        columns: Mapping[str, ArrayLike],
        y: ArrayLike,
        y_name: str = "y",
        degree: int = 1,
        intercept: bool = True,
        parameters: Sequence[str] | None = None,
        standardize: bool = False,
        source: str | None = None,
        ridge: float = 0.0,
        left_out: LeftOut | None = None,
    ) -> None:
        super().__init__(
            columns, y, y_name, degree, intercept, parameters, standardize, source, ridge, left_out
        )
        wrong = np.flatnonzero((self.targets != 0) & (self.targets != 1))
        if wrong.size:
            raise GdError(
                f"y ('{y_name}') is {self.targets[wrong[0]]:g} in row {wrong[0] + 1} ({wrong.size} such in all)",
                "it must be 0 or 1",
                "write no as 0 and yes as 1",
            )

    def __repr__(self) -> str:
        return (
            f"LogisticRegression({', '.join(self.x_names)} -> {self.y_name}, {self.size} rows, "
            f"parameters={self.parameters!r})"
        )

    # The problem -----------------------------------------------------------------------------------------

    def value_and_gradient(self, x: ArrayLike, rows: IntArray | None = None) -> tuple[FloatArray, FloatArray]:
        """J and ∇J at x (..., d), shapes (...) and (..., d); of ``rows`` (n,) alone when they are given."""
        points = self.points(x)
        design, yes = self._across, self.targets
        if rows is not None:
            design, yes = np.ascontiguousarray(design[:, rows]), yes[rows]
        with np.errstate(all="ignore"):
            z = (points[..., None] * design).sum(-2)
            # ln(1 + e^z) - y z, which is the log loss, without an overflow on either side.
            value = (np.logaddexp(0.0, z) - yes * z).mean(-1)
            slopes = ((_likelihood(z) - yes)[..., None, :] * design).mean(-1)
            penalty, pull = self.penalty(points)
        return np.asarray(value + penalty)[()], slopes + pull

    def hessian(self, x: ArrayLike) -> FloatArray:
        """1/N Σ p_i (1 - p_i) x_i x_iᵀ, and 2 ridge on the diagonal of the weights; shape (..., d, d)."""
        points = self.points(x)
        with np.errstate(all="ignore"):
            z = (points[..., None] * self._across).sum(-2)
            spread = (_likelihood(z) * _likelihood(-z))[..., None, None, :]
            matrix = (spread * (self._across[:, None, :] * self._across)).mean(-1)
        bend = np.zeros(points.shape[-1])
        bend[: self.features.count] = 2.0 * self.ridge
        return np.asarray(matrix + np.diag(bend))

    def curvature_root(self, x: ArrayLike) -> FloatArray:
        """A with H = AᵀA at one point x (d,), shape (N, d): a row for each row of the table, and more for the ridge."""
        point = self.points(x)
        z = (point * self.design).sum(-1)
        root = np.sqrt(_likelihood(z) * _likelihood(-z) / self.size)[:, None] * self.design
        if not self.ridge:
            return np.asarray(root)
        bend = np.sqrt(2.0 * self.ridge) * np.eye(self.features.count, point.size)
        return np.concatenate([root, bend])

    def curvature_rank(self, x: ArrayLike) -> None:
        """Of the directions at one point x (d,) it is not known beforehand how many bend."""

    def minima(self) -> tuple[FloatArray, ...]:
        """The one minimum (d,) if there is one: not where a line parts the two kinds, nor with duplicate columns."""
        return self._found

    @cached_property
    def _found(self) -> tuple[FloatArray, ...]:
        found = newton_minimum(self, np.zeros(len(self.parameters)))
        if found is None:
            return ()
        # All rows on their own side of the line: what looks like a minimum is a slope too faint to see.
        apart = ((2.0 * self.targets - 1.0) * (self.design * found).sum(-1) >= 0).all()
        return () if apart and not self.ridge else (found,)

    def spec(self) -> dict[str, Any]:
        """The lecture's problem block, with ``model``; and ``ridge`` where there is one."""
        return self.table_spec({"model": "logistic"})

    # The model -------------------------------------------------------------------------------------------

    def predict(self, parameters: ArrayLike, x: ArrayLike) -> FloatArray:
        """How likely a yes is, from 0 to 1, for parameters (..., d) at rows x (..., columns)."""
        points = self.points(parameters)
        rows = self.with_ones(self.features.at(x))
        with np.errstate(all="ignore"):
            return np.asarray(_likelihood((rows * points).sum(-1)))[()]

    # On paper --------------------------------------------------------------------------------------------

    @property
    def notation(self) -> Node:
        """J as mathematics: minus the mean of y_i ln p_i + (1 - y_i) ln(1 - p_i)."""
        return self._notation.log_loss()

    def derivative_notation(self, name: str) -> Node:
        """∂J/∂name as mathematics: the mean of (p_i - y_i) x_i. Raises GdError for another name."""
        return self._notation.log_loss_derivative(place_of(name, self.parameters))

    @property
    def model_notation(self) -> Node:
        """The right side of p = … as mathematics: 1/(1 + e^(-(w x + b)))."""
        return self._notation.chance()

    @cached_property
    def _across(self) -> FloatArray:
        """The design matrix the other way round (d, N), so that sums run along neighbours in memory."""
        return np.ascontiguousarray(self.design.T)


def _likelihood(z: FloatArray) -> FloatArray:
    """1/(1 + e^-z), accurate on both sides: as e^-|z| never overflows."""
    small = np.exp(-np.abs(z))
    result: FloatArray = np.where(z >= 0, 1.0, small) / (1.0 + small)
    return result
