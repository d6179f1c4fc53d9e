"""Columns of a table to the features of a linear model: powers, shifted and scaled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, frozen, taken
from gdcore.base.errors import GdError

MAX_DEGREE = 20
GREATEST = 1e150


@dataclass(frozen=True)
class Features:
    """``raw`` (N, columns) as given, ``matrix`` (N, p) as the model sees it: (power - shift) / scale.

    ``shift`` and ``scale`` (p,) are 0 and 1, or with ``standardize`` the mean and the standard deviation of all N rows:
    the root of the mean square, which divides by N and not by N - 1, as scikit-learn's ``StandardScaler`` does.
    """

    raw: FloatArray
    matrix: FloatArray
    degree: int
    standardize: bool
    shift: FloatArray
    scale: FloatArray

    @property
    def count(self) -> int:
        """p, the number of features."""
        return int(self.matrix.shape[1])

    @classmethod
    def of(cls, columns: Mapping[str, ArrayLike], degree: int, standardize: bool) -> Features:
        """Check the columns and make the features. Raises GdError."""
        if not columns:
            raise GdError("there is no x column", "at least one is needed", "name one")
        if (
            isinstance(degree, bool)
            or not isinstance(degree, int | np.integer)
            or not 1 <= degree <= MAX_DEGREE
        ):
            raise GdError(
                f"degree is {degree!r}", f"it must be a whole number from 1 to {MAX_DEGREE}", "try 2"
            )
        if degree > 1 and len(columns) > 1:
            raise GdError(
                f"degree {degree} takes the powers of one x column, and there are {len(columns)}: {', '.join(columns)}",
                mend="name one column, or leave the degree at 1",
            )
        checked = {name: column_of(name, values) for name, values in columns.items()}
        sizes = {column.size for column in checked.values()}
        if len(sizes) > 1:
            lengths = ", ".join(f"{name} {column.size}" for name, column in checked.items())
            raise GdError(
                f"the columns have different numbers of rows: {lengths}",
                "every column needs the same number of rows",
                "fill in or remove rows",
            )
        first, *others = checked.values()
        raw = np.column_stack([first, *others]) if others else first[:, None]  # a single column is not copied
        raw.setflags(write=False)
        powers = _powers(raw, int(degree))
        if not (powers.min() >= -GREATEST and powers.max() <= GREATEST):
            raise GdError(
                f"the powers of '{next(iter(columns))}' up to {degree} exceed {GREATEST:g}, so that their squares "
                "would leave the range of numbers",
                mend="use a lower degree or other units",
            )
        shift, scale = np.zeros(powers.shape[1]), np.ones(powers.shape[1])
        if standardize:
            shift = powers.mean(axis=0)
            scale = powers.std(axis=0)
            for name, column, spread in zip(list(columns) * int(degree), powers.T, scale, strict=True):
                if column.max() == column.min() or spread == 0:
                    raise GdError(
                        f"the column '{name}' is constant ({column[0]:g}), so it has no standard deviation to "
                        "divide by",
                        mend="leave it out or do not standardise",
                    )
        matrix = frozen((powers - shift) / scale) if standardize else powers
        return cls(raw, matrix, int(degree), standardize, frozen(shift), frozen(scale))

    def at(self, x: ArrayLike) -> FloatArray:
        """The features (..., p) of rows x (..., columns)."""
        rows = np.asarray(x, dtype=np.float64)
        columns = self.raw.shape[1]
        if rows.ndim == 0 or rows.shape[-1] != columns:
            raise GdError(
                f"x has shape {rows.shape}",
                f"it must have shape (..., {columns}), one entry for each column",
                "give a row, or rows along the first axes",
            )
        return np.asarray((_powers(rows, self.degree) - self.shift) / self.scale)


def column_of(name: str, values: ArrayLike) -> FloatArray:
    """One column as numbers (N,), N >= 1, all finite. Raises GdError that names the column and the row."""
    try:
        column = taken(values)
    except (TypeError, ValueError, OverflowError):
        raise GdError(
            f"the column '{name}' has entries that are no numbers", "it must hold numbers", "correct them"
        ) from None
    if column.ndim != 1:
        raise GdError(
            f"the column '{name}' has shape {column.shape}",
            "it must have shape (N,)",
            "give one number a row",
        )
    if column.size == 0:
        raise GdError(f"the column '{name}' is empty", "at least one row is needed", "give some")
    if not np.isfinite(column).all():
        wrong = np.flatnonzero(~np.isfinite(column))
        raise GdError(
            f"the column '{name}' has {column[wrong[0]]} in row {wrong[0] + 1} ({wrong.size} such in all)",
            "every value must be a finite number",
            "remove these rows",
        )
    if column.max() > GREATEST or column.min() < -GREATEST:
        raise GdError(
            f"the column '{name}' has numbers above {GREATEST:g}, so that their squares would leave the range of "
            "numbers",
            mend="use other units",
        )
    return column


def _powers(x: FloatArray, degree: int) -> FloatArray:
    """x, x², … of the last axis when the degree is above 1; read-only."""
    if degree == 1:
        return x
    with np.errstate(all="ignore"):
        powers = np.multiply.accumulate(np.repeat(x, degree, axis=-1), axis=-1)
    powers.setflags(write=False)
    return powers
