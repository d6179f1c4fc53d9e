"""How a problem bends at many points, from the best that it knows of its second derivatives."""

from __future__ import annotations

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.base.scaled import Bending, bending, bending_of_root
from gdcore.problems.protocol import Problem, Rooted


def bent(problem: Problem, x: FloatArray) -> tuple[FloatArray, Bending | None]:
    """H_ii (n, d) at x (n, d), and the bending there; None for a problem without second derivatives."""
    try:
        if isinstance(problem, Rooted):
            places = x[:1] if problem.is_quadratic else x
            root = [problem.curvature_root(place) for place in places]
            ranks = [problem.curvature_rank(place) for place in places]
            each = [bending_of_root(part, rank) for part, rank in zip(root, ranks, strict=True)]
            curvatures = np.stack([(part * part).sum(0) for part in root])
            shape = (len(x), x.shape[1])
            return np.broadcast_to(curvatures, shape), Bending(
                np.broadcast_to(np.stack([one.size for one in each]), shape),
                np.broadcast_to(np.stack([one.values for one in each]), shape),
                np.broadcast_to(np.stack([one.vectors for one in each]), (*shape, shape[1])),
                np.broadcast_to(np.stack([one.up for one in each]), shape),
                np.broadcast_to(np.stack([one.down for one in each]), shape),
            )
        matrix = np.asarray(problem.hessian(x), dtype=np.float64)
    except (GdError, NotImplementedError, AttributeError):
        # A problem of somebody else's need not have second derivatives: it may say so, or have no such method.
        return np.zeros_like(x), None
    return np.diagonal(matrix, axis1=-2, axis2=-1), bending(matrix, closed=True)
