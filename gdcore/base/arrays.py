"""The one kind of array of this package, and how it is kept from being changed."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def frozen(values: ArrayLike) -> FloatArray:
    """A read-only float64 copy of ``values``."""
    copy = np.array(values, dtype=np.float64, order="C")
    copy.setflags(write=False)
    return copy


def taken(values: ArrayLike) -> FloatArray:
    """``values`` themselves if they are float64, in order and nobody writes to them; else a read-only copy."""
    if type(values) is not np.ndarray or values.dtype != np.float64 or not values.flags.c_contiguous:
        return frozen(values)
    return values if _is_settled(values) else frozen(values)


def lengths(vectors: FloatArray) -> FloatArray:
    """Euclidean lengths (...) of vectors (..., d), also of those whose squares are too large or too small for a number."""
    with np.errstate(over="ignore"):
        return np.asarray(np.hypot.reduce(vectors, axis=-1))


def _is_settled(values: FloatArray) -> bool:
    """Is the array read-only, and has it memory of its own, or that of a table's column?"""
    base: object = values
    while isinstance(base, np.ndarray) and not base.flags.writeable:
        base = base.base
    if isinstance(base, memoryview):
        base = base.obj
    return base is None or isinstance(base, bytes | array)
