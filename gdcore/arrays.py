"""The one kind of array of this package, and how it is kept from being changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def frozen(values: ArrayLike) -> FloatArray:
    """A read-only float64 copy of ``values``."""
    array = np.array(values, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


def taken(values: ArrayLike) -> FloatArray:
    """``values`` themselves if they are float64 and read-only to their owner, too, such as those of a table; else a
    read-only copy."""
    base: object = values
    while isinstance(base, np.ndarray) and not base.flags.writeable:
        base = base.base
    if isinstance(base, np.ndarray) or not isinstance(values, np.ndarray) or values.dtype != np.float64:
        return frozen(values)
    return values if values.flags.c_contiguous else frozen(values)
