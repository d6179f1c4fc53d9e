"""The squared error of a linear model, from numbers whose count does not depend on the number of rows.

    J(w, b) = c/N Σ (x_i·w + b - y_i)²          c = 1 (mse), 1/2 (half-mse) or N (sum)

With x̄, ȳ the means and [x_i - x̄ | y_i - ȳ]/√N = Q·[R q; 0 ρ] a QR decomposition, the mean residual splits off
(centring) and Q drops out (it keeps lengths):

    J(w, b) = c (ρ² + |R w - q|² + (x̄·w + b - ȳ)²)

Every term is a square, so nothing cancels: J is as accurate for data near 1e8 as for data near 1, also at the
minimum, where expanding the square into Σx², Σxy and Σy² would leave only rounding errors.
Golub and Van Loan, Matrix Computations, section 5.3, for the least-squares side of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdcore.base.arrays import FloatArray, frozen

_LEAST = 1e-300
# The rounding of a few operations, relative to what goes into them.
_NOISE = 4 * float(np.finfo(float).eps)
# A weight that is less sure than this is left as it is.
_MOST_AMPLIFIED = 1e6
_BLOCK = 1 << 16  # rows


@dataclass(frozen=True)
class SquaredError:
    """J(θ) = scale (floor + |A θ - a|²), θ (d,), A (d, d), a (d,); ``best`` minimises it, ``rank`` is that of A.

    ``transposed`` is Aᵀ laid out row by row.
    """

    scale: float
    floor: float
    matrix: FloatArray
    transposed: FloatArray
    offset: FloatArray
    best: FloatArray
    rank: int

    def value_and_gradient(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """J (...) and ∇J (..., d) at x (..., d), the same bits for one point as for many."""
        # Sums from left to right, not A @ x: the matrix product of BLAS rounds differently for one point and for
        # many; and the tape of this problem keeps to the same order.
        with np.errstate(all="ignore"):
            lengths = self.lengths(x)
            value = self.scale * (self.floor + _sums(lengths[..., None, :], lengths)[..., 0])
            gradient = 2.0 * self.scale * _sums(self.transposed, lengths)
        return value, gradient

    def lengths(self, x: FloatArray) -> FloatArray:
        """A θ - a (..., d) at x (..., d)."""
        return np.asarray(_sums(self.matrix, x) - self.offset)

    def hessian(self) -> FloatArray:
        """2 c AᵀA, shape (d, d)."""
        return 2.0 * self.scale * (self.matrix.T @ self.matrix)

    def eigenvalues(self) -> FloatArray:
        """Of the Hessian, ascending, shape (d,).

        They are 2 c σ² with σ the singular values of A. The small ones are taken from the inverse of A, where
        they are the large ones: so they keep their digits however far the data lie from zero.
        """
        d = self.matrix.shape[1]
        sizes = np.linalg.svd(self.matrix, compute_uv=False)
        sizes[self.rank :] = 0.0
        # With a column of numbers near the least there is, the inverse leaves the range of numbers.
        inverse = np.linalg.inv(self.matrix) if self.rank == d and sizes[-1] > _LEAST else None
        if inverse is not None and np.isfinite(inverse).all():
            small = sizes < 1e-4 * sizes[0]
            sizes[small] = 1.0 / np.linalg.svd(inverse, compute_uv=False)[::-1][small]
        return np.asarray(2.0 * self.scale * np.sort(sizes**2))

    def modes(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The eigenvalues λ of the Hessian (d,), ascending, and what J at x (d,) is above its least along each (d,).

        With A = U Σ Vᵀ these are 2 c σ² and c (uᵀ(A x - a))²; the small ones from the inverse, as ``eigenvalues``.
        """
        d = self.matrix.shape[1]
        with np.errstate(all="ignore"):
            lengths = self.lengths(x)
            left, sizes, _ = np.linalg.svd(self.matrix)
            small = sizes < 1e-4 * sizes[0]
            if self.rank == d and small.any() and sizes[-1] > _LEAST:
                inverse = np.linalg.inv(self.matrix)
                if np.isfinite(inverse).all():
                    _, turned, others = np.linalg.svd(inverse)
                    sizes[small] = 1.0 / turned[::-1][small]
                    left[:, small] = others[::-1].T[:, small]
            parts = self.scale * (left.T @ lengths) ** 2
            sizes[self.rank :] = parts[self.rank :] = 0.0
        return 2.0 * self.scale * sizes[::-1] ** 2, parts[::-1]


def squared_error(
    features: FloatArray, targets: FloatArray, intercept: bool, scale: float, ridge: float = 0.0
) -> SquaredError:
    """Condense ``features`` (N, p) and ``targets`` (N,); the parameters are the p weights, then b.

    ``ridge`` · |w|² is the squared error of p rows more, √ridge times the unit matrix with the target 0: they join
    after the means are taken, so b has no part in it.
    """
    p = features.shape[1]
    means = np.zeros(p)
    mean = 0.0
    if intercept:
        means = _mean(features)
        mean = float(_mean(targets[:, None])[0])
    triangle = _triangle(features, targets, means, mean, ridge)
    weights, rank = _solve(triangle[:p, :p], triangle[:p, p])
    weights = _without_noise(triangle, weights, rank, abs(mean))
    if not intercept:
        matrix, offset, best = triangle[:p, :p], triangle[:p, p], weights
    else:
        matrix = np.zeros((p + 1, p + 1))
        matrix[:p, :p] = triangle[:p, :p]
        matrix[p, :p] = means
        matrix[p, p] = 1.0
        offset = np.append(triangle[:p, p], mean)
        b = mean - float((means * weights).sum())
        if abs(b) <= _NOISE * (p + 1) * (abs(mean) + float(np.abs(means * weights).sum())):
            b = 0.0
        best = np.append(weights, b)
        rank += 1
    # Where A·best differs from a by rounding alone, J at the solution is its least to the last bit.
    there = _sums(matrix, best)
    sizes = np.full(offset.size, np.sqrt((offset[:p] ** 2).sum()))
    sizes[p:] = np.sqrt((offset**2).sum())
    offset = np.where(np.abs(there - offset) <= _NOISE * (p + 1) * sizes, there, offset)
    return SquaredError(
        scale=scale,
        floor=float(triangle[p, p] ** 2),
        matrix=frozen(matrix),
        transposed=frozen(matrix.T),
        offset=frozen(offset),
        best=frozen(best + 0.0),  # + 0.0: no minus zero
        rank=rank,
    )


def _without_noise(triangle: FloatArray, weights: FloatArray, rank: int, mean: float) -> FloatArray:
    """The weights (p,) without those that are 0 but for rounding; a floor that is only rounding becomes 0 in place.

    ``triangle`` is [R q; 0 ρ]. What is rounding is judged by the largest of what it was made of, |R_j| |w_j|, |q| and
    |mean of y|, in the units of y; and for a weight as many times that as R is near to one of lower rank.
    """
    p = weights.size
    lengths = np.sqrt((triangle[:p, :p] ** 2).sum(axis=0))
    target = float(np.sqrt((triangle[:p, p] ** 2).sum()))
    noise = _NOISE * (p + 1) * (target + float((lengths * np.abs(weights)).sum()))
    if abs(triangle[p, p]) <= noise + float(np.finfo(float).eps) * mean:
        triangle[p, p] = 0.0
    if rank < p:
        return weights
    sizes = np.linalg.svd(triangle[:p, :p] / lengths, compute_uv=False)
    amplified = _MOST_AMPLIFIED if sizes[-1] == 0 else min(float(sizes[0] / sizes[-1]), _MOST_AMPLIFIED)
    counted = lengths * np.abs(weights) > noise * amplified
    if counted.all():
        return weights
    # Without those the others must explain as much.
    fewer = np.zeros(p)
    if counted.any():
        fewer[counted] = _solve(triangle[:p, :p][:, counted], triangle[:p, p])[0]
    lost = [float(np.sqrt(((triangle[:p, :p] @ w - triangle[:p, p]) ** 2).sum())) for w in (fewer, weights)]
    return fewer if lost[0] <= lost[1] + noise else weights


def _triangle(
    features: FloatArray, targets: FloatArray, means: FloatArray, mean: float, ridge: float
) -> FloatArray:
    """[R q; 0 ρ] (p+1, p+1) of the centred table and the rows of the ridge.

    Block by block, the triangle of what came before on top of the next rows: the same triangle but for rounding, in
    memory that does not grow with the rows (Demmel, Grigori, Hoemmen and Langou, 2012, with one block at a time).
    """
    rows, p = features.shape
    reduced = np.sqrt(ridge) * np.eye(p, p + 1) if ridge else np.empty((0, p + 1))
    for first in range(0, rows, _BLOCK):
        block = np.column_stack(
            [features[first : first + _BLOCK] - means, targets[first : first + _BLOCK] - mean]
        )
        block /= np.sqrt(rows)
        # The ridge stays below the first block.
        parts = [block, reduced] if first == 0 else [reduced, block]
        reduced = np.linalg.qr(np.vstack(parts), mode="r")
    triangle = np.zeros((p + 1, p + 1))
    triangle[: reduced.shape[0]] = reduced
    return triangle


def _sums(rows: FloatArray, x: FloatArray) -> FloatArray:
    """Σ_j rows[…, i, j] x[…, j], added from left to right; shape (..., i)."""
    total = rows[..., 0] * x[..., :1]
    for j in range(1, x.shape[-1]):
        total += rows[..., j] * x[..., j : j + 1]
    return np.asarray(total)


def _mean(columns: FloatArray) -> FloatArray:
    """The mean of each column (N, p) -> (p,), corrected once; exactly the value of a constant column."""
    mean = columns.mean(axis=0)
    blocks = range(0, len(columns), _BLOCK)
    if len(blocks) == 1:
        mean = mean + (columns - mean).mean(axis=0)
    else:
        mean = mean + sum((columns[i : i + _BLOCK] - mean).sum(axis=0) for i in blocks) / len(columns)
    constant = columns.max(axis=0) == columns.min(axis=0)
    return np.asarray(np.where(constant, columns[0], mean))


def _solve(triangle: FloatArray, right: FloatArray) -> tuple[FloatArray, int]:
    """The least-squares solution of triangle·w = right, the shortest one when there are many; and the rank.

    The columns are brought to length 1 first, so that the rank does not depend on their units. One whose squares are 0,
    of numbers below about 1e-162, says nothing: its weight might be larger than any number.
    """
    lengths = np.sqrt((triangle**2).sum(axis=0))
    seen = lengths > 0
    lengths[~seen] = 1.0
    weights, _, rank, _ = np.linalg.lstsq(np.where(seen, triangle, 0.0) / lengths, right, rcond=None)
    return weights / lengths, int(rank)
