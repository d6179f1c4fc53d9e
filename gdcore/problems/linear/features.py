"""Columns of a table to the features of a linear model: powers and products, shifted and scaled."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import ArrayLike

from gdcore.base.arrays import FloatArray, frozen, taken
from gdcore.base.errors import GdError

MAX_DEGREE = 20
MAX_PRODUCTS = 300
"""So many features may be made of several columns. (Columns as they stand are not counted.)"""
GREATEST = 1e150


@dataclass(frozen=True)
class Features:
    """``raw`` (N, columns) as given, ``matrix`` (N, p) as the model sees it: (product - shift) / scale.

    The products are those of up to ``degree`` columns, a column as often as one likes, in the order of scikit-learn's
    ``PolynomialFeatures``: by degree, then by column, so a, b, a², a b, b².

    ``shift`` and ``scale`` (p,) are 0 and 1, or with ``standardize`` the mean and the standard deviation of all N rows:
    the root of the mean square, which divides by N and not by N - 1, as scikit-learn's ``StandardScaler`` does.
    """

    raw: FloatArray
    matrix: FloatArray
    columns: tuple[str, ...]
    degree: int
    standardize: bool
    shift: FloatArray
    scale: FloatArray

    @property
    def count(self) -> int:
        """p, the number of features."""
        return int(self.matrix.shape[1])

    @property
    def products(self) -> tuple[tuple[int, ...], ...]:
        """For each feature the places of the columns that are multiplied: (0, 0, 1) for a² b."""
        return _products(len(self.columns), self.degree)

    @property
    def names(self) -> tuple[str, ...]:
        """What each feature is, as text: a, b, a^2, a b, b^2."""
        return _names_of(self.columns, self.degree)

    @classmethod
    def of(cls, columns: Mapping[str, ArrayLike], degree: int, standardize: bool) -> Features:
        """Check the columns and make the features. Raises GdError."""
        if not columns:
            raise GdError("there is no x column", "at least one is needed", "name one")
        degree = _checked_degree(degree, len(columns))
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
        features = _multiplied(raw, degree)
        if not (features.min() >= -GREATEST and features.max() <= GREATEST):
            what = "powers" if len(columns) == 1 else "products"
            raise GdError(
                f"the {what} of {', '.join(map(repr, columns))} up to {degree} exceed {GREATEST:g}, so that their "
                "squares would leave the range of numbers",
                mend="use a lower degree or other units",
            )
        shift, scale = np.zeros(features.shape[1]), np.ones(features.shape[1])
        if standardize:
            shift = features.mean(axis=0)
            scale = features.std(axis=0)
            names = _names_of(tuple(columns), degree)
            for place, (feature, spread) in enumerate(zip(features.T, scale, strict=True)):
                if feature.max() == feature.min() or spread == 0:
                    kind = "column" if place < len(columns) else "feature"
                    raise GdError(
                        f"the {kind} '{names[place]}' is constant ({feature[0]:g}), so it has no standard deviation "
                        "to divide by",
                        mend="leave it out or do not standardise"
                        if kind == "column"
                        else "use a lower degree or do not standardise",
                    )
        matrix = frozen((features - shift) / scale) if standardize else features
        return cls(raw, matrix, tuple(columns), degree, standardize, frozen(shift), frozen(scale))

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
        return np.asarray((_multiplied(rows, self.degree) - self.shift) / self.scale)


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


def _checked_degree(degree: object, columns: int) -> int:
    """The degree, if the features that it makes of so many columns are not too many. Raises GdError."""
    if isinstance(degree, bool) or not isinstance(degree, int | np.integer) or not 1 <= degree <= MAX_DEGREE:
        raise GdError(f"degree is {degree!r}", f"it must be a whole number from 1 to {MAX_DEGREE}", "try 2")
    count = _how_many(columns, int(degree))
    if degree > 1 and count > MAX_PRODUCTS:
        fits = max(
            lower
            for lower in range(1, int(degree))
            if lower == 1 or _how_many(columns, lower) <= MAX_PRODUCTS
        )
        raise GdError(
            f"degree {degree} makes {count} features of {columns} columns",
            f"at most {MAX_PRODUCTS} are allowed",
            f"use degree {fits}, or fewer columns",
        )
    return int(degree)


def _how_many(columns: int, degree: int) -> int:
    """All products of 1 to ``degree`` out of so many columns."""
    return math.comb(columns + degree, degree) - 1


def _products(columns: int, degree: int) -> tuple[tuple[int, ...], ...]:
    """For each feature the columns that are multiplied."""
    return tuple(
        product
        for factors in range(1, degree + 1)
        for product in combinations_with_replacement(range(columns), factors)
    )


def _names_of(columns: Sequence[str], degree: int) -> tuple[str, ...]:
    return tuple(
        " ".join(
            columns[column] if product.count(column) == 1 else f"{columns[column]}^{product.count(column)}"
            for column in sorted(set(product))
        )
        for product in _products(len(columns), degree)
    )


def _multiplied(x: FloatArray, degree: int) -> FloatArray:
    """The products of up to ``degree`` entries of the last axis; read-only above 1."""
    if degree == 1:
        return x
    products = _products(x.shape[-1], degree)
    places = {product: place for place, product in enumerate(products)}
    made = np.empty((*x.shape[:-1], len(products)))
    with np.errstate(all="ignore"):
        for place, product in enumerate(products):
            last = x[..., product[-1]]
            if len(product) == 1:
                made[..., place] = last
            else:
                np.multiply(made[..., places[product[:-1]]], last, out=made[..., place])
    made.setflags(write=False)
    return made
