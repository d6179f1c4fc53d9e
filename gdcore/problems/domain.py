"""Which points lie in a domain, and which rows of a run are sound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from gdcore.problems.protocol import Box


def inside(box: Box, x: Sequence[float]) -> bool:
    """Does the point lie in the box, edges included?"""
    return all(low <= value <= high for value, (low, high) in zip(x, box, strict=True))


def within(domain: Box | None, x: FloatArray) -> NDArray[np.bool_]:
    """Which of the points x (..., d) lie in the domain, edges included? Shape (...)."""
    if domain is None:
        return np.ones(x.shape[:-1], dtype=np.bool_)
    low, high = np.array(domain).T
    return np.asarray(((low <= x) & (x <= high)).all(-1))


def sound(domain: Box | None, x: FloatArray, loss: FloatArray, gradient: FloatArray) -> NDArray[np.bool_]:
    """Which of the points x (..., d) lie in the domain, all finite with J (...) and ∇J (..., d) there? Shape (...)."""
    fine = np.isfinite(loss) & np.isfinite(x).all(-1) & np.isfinite(gradient).all(-1)
    return np.asarray(fine if domain is None else fine & within(domain, x))
