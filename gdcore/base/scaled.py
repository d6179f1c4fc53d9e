"""A Hessian in its own scale, so that what counts as zero does not depend on the units of the parameters.

With s_i = √|H_ii| the matrix C = H/(s sᵀ) has ±1 on its diagonal, whatever the units of the parameters and of J
(van der Sluis, Condition numbers and equilibration of matrices, 1969). Its eigenpairs (μ, v) say how J bends:
μ > τ up, μ < -τ down, and |μ| ≤ τ = 8 d eps max|μ| not at all but for rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray

EPS = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class Bending:
    """How J bends at n points: ``size`` s (..., d), ``values`` μ (..., d), ``vectors`` v (..., d, d) as columns.

    ``up`` and ``down`` (..., d) mark the directions that bend; the others are flat. nan where H is not finite.
    """

    size: FloatArray
    values: FloatArray
    vectors: FloatArray
    up: NDArray[np.bool_]
    down: NDArray[np.bool_]

    @property
    def flat(self) -> NDArray[np.bool_]:
        """The directions without curvature but for rounding, (..., d)."""
        return np.asarray(~(self.up | self.down))

    def along(self, gradient: FloatArray) -> FloatArray:
        """vᵀ(g/s), the slope (..., d) along each direction, for a gradient (..., d)."""
        with np.errstate(all="ignore"):
            result: FloatArray = (self.vectors * (gradient / self.size)[..., :, None]).sum(-2)
        return result

    def back(self, parts: FloatArray) -> FloatArray:
        """Σ v·part / s, a move (..., d) in the units of the parameters, from its parts (..., d) by direction."""
        result: FloatArray = (self.vectors * parts[..., None, :]).sum(-1) / self.size
        return result

    def solved(self, gradient: FloatArray, sizes: FloatArray | None = None) -> FloatArray:
        """H⁻¹ g (..., d), leaving out the flat directions; with ``sizes`` (..., d) in the place of μ."""
        values = self.values if sizes is None else sizes
        flat = self.flat
        with np.errstate(all="ignore"):
            parts = np.where(flat, 0.0, self.along(gradient) / np.where(flat, 1.0, values))
        # A Hessian that is not finite gives no step that is.
        parts = np.where(np.isnan(self.values), np.nan, parts)
        return self.back(parts)


def bending(matrix: FloatArray, closed: bool = False) -> Bending:
    """The bending of Hessians (..., d, d); with ``closed`` those of two parameters in closed form, for many at once."""
    finite = np.asarray(np.isfinite(matrix).all((-2, -1)))
    d = matrix.shape[-1]
    # LAPACK must not see nan or inf: it may raise, or not come back.
    safe = matrix if finite.all() else np.where(finite[..., None, None], matrix, np.eye(d))
    size = _sizes(safe)
    scaled = safe / size[..., :, None] / size[..., None, :]
    values, vectors = eigenpairs(scaled) if closed else np.linalg.eigh(scaled)
    least = 8 * d * EPS * np.abs(values).max(-1, keepdims=True)
    up, down = values > least, values < -least
    if not finite.all():
        values = np.where(finite[..., None], values, np.nan)
    return Bending(size, values, vectors, up, down)


def bending_of_root(root: FloatArray, rank: int | None = None) -> Bending:
    """The bending of H = AᵀA at one point from A (m, d), which loses no digits to the squares.

    ``rank``: how many directions bend, if that is known better than the singular values of A tell. nan where A is not
    finite.
    """
    d = root.shape[1]
    if not np.isfinite(root).all():  # LAPACK must not see it
        none = np.zeros(d, dtype=np.bool_)
        return Bending(np.ones(d), np.full(d, np.nan), np.eye(d), none, none)
    if root.shape[0] < d:
        root = np.concatenate([root, np.zeros((d - root.shape[0], d))])
    elif root.shape[0] > d:
        root = np.asarray(np.linalg.qr(root, mode="r"))
    # A column whose squares are 0 says nothing, and its scale might be larger than any number.
    root = np.where((root**2).sum(0) > 0, root, 0.0)
    largest = np.abs(root).max(0)
    largest[largest == 0] = 1.0
    size = largest * np.sqrt(((root / largest) ** 2).sum(0))
    size[size == 0] = 1.0
    _, lengths, vectors = np.linalg.svd(root / size)
    up = lengths > 8 * d * EPS * lengths.max() if rank is None else np.arange(d) < rank
    return Bending(size, lengths**2, vectors.T, up, np.zeros(d, dtype=np.bool_))


def eigenpairs(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues (..., d), ascending, and vectors (..., d, d) of symmetric matrices; 1 × 1 and 2 × 2 in closed form.

    The rotation of Jacobi (1846) in the form of Golub and Van Loan, section 8.5: only operations that are rounded
    alike for one matrix and for many.
    """
    d = matrix.shape[-1]
    if d == 1:
        return matrix[..., 0], np.ones_like(matrix)
    if d != 2:
        values, vectors = np.linalg.eigh(matrix)
        return values, vectors
    a, b, c = matrix[..., 0, 0], matrix[..., 1, 1], matrix[..., 0, 1]
    half = 0.5 * (b - a)
    reach = np.abs(half) + np.sqrt(half * half + c * c)
    with np.errstate(all="ignore"):
        turn = np.where(c == 0, 0.0, np.where(half < 0, -c, c) / np.where(reach == 0, 1.0, reach))
    cosine = 1.0 / np.sqrt(1.0 + turn * turn)
    sine = turn * cosine
    first, second = a - turn * c, b + turn * c
    swap = first > second
    values = np.stack([np.where(swap, second, first), np.where(swap, first, second)], axis=-1)
    low = np.stack([np.where(swap, sine, cosine), np.where(swap, cosine, -sine)], axis=-1)
    high = np.stack([np.where(swap, cosine, sine), np.where(swap, -sine, cosine)], axis=-1)
    return values, np.stack([low, high], axis=-1)


def eigen(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues (d,), ascending, and vectors (d, d) of one finite H (d, d) in the units of the parameters.

    Those that are 0 but for rounding are 0. The small ones of a positive H are taken from its inverse, where they are
    the large ones: so they keep their digits however different the units are.
    """
    bends = bending(matrix)
    # Scaled to size 1, so that a matrix near the end of the range of numbers does not overflow inside.
    size = float(np.abs(matrix).max()) or 1.0
    values, vectors = np.linalg.eigh(matrix / size)
    if bends.up.all():
        with np.errstate(all="ignore"):
            inverse = (bends.vectors / bends.values) @ bends.vectors.T
            inverse = inverse / bends.size[:, None] / bends.size * size
        small = values < 1e-4 * values[-1]
        if small.any() and np.isfinite(inverse).all():
            turned, others = np.linalg.eigh(inverse)
            values[small] = 1.0 / turned[::-1][small]
            vectors[:, small] = others[:, ::-1][:, small]
    else:
        values[np.argsort(np.abs(values), kind="stable")[: int(bends.flat.sum())]] = 0.0
    with np.errstate(over="ignore"):
        return values * size, vectors


def _sizes(matrix: FloatArray) -> FloatArray:
    """s (..., d): √|H_ii|. Where that is 0, what brings the largest entry of the row to 1; 1 where there is none."""
    size = np.sqrt(np.abs(np.diagonal(matrix, axis1=-2, axis2=-1)))
    bare = size == 0
    if not bare.any():
        return size
    across = np.abs(matrix)
    with np.errstate(all="ignore"):
        known = np.where(bare[..., None, :], 0.0, across / np.where(bare, 1.0, size)[..., None, :]).max(-1)
        alone = np.sqrt(across.max(-1))
    other = np.where(known > 0, known, alone)
    return np.where(bare, np.where((other > 0) & np.isfinite(other), other, 1.0), size)
