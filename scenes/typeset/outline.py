"""The shape of set text: filled outlines in em units, origin at the left end of the first baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.theme import Role

MOVE, LINE, CURVE, CLOSE = 1, 2, 4, 79  # Matplotlib's path codes; a CURVE takes three points


@dataclass(frozen=True, eq=False)
class Piece:
    """Everything of one colour: path codes (n,) and points (n, 2) in em, y upwards.

    `role` is None where the text takes the colour of its surroundings.
    """

    role: Role | None
    codes: NDArray[np.uint8]
    points: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outline:
    """Set text. `box` is the ink's (left, bottom, right, top), `width` the advance of its last line, both in em."""

    pieces: tuple[Piece, ...]
    box: tuple[float, float, float, float]
    width: float

    @classmethod
    def of(cls, pieces: Sequence[Piece], width: float) -> Outline:
        """Pieces with an advance; their arrays cannot be changed from now on."""
        if not pieces:
            return NOTHING
        for piece in pieces:
            piece.codes.setflags(write=False)
            piece.points.setflags(write=False)
        ink = np.concatenate([piece.points for piece in pieces])
        (left, bottom), (right, top) = ink.min(axis=0).tolist(), ink.max(axis=0).tolist()
        return cls(tuple(pieces), (left, bottom, right, top), width)

    def __bool__(self) -> bool:
        return bool(self.pieces)


NOTHING = Outline((), (0.0, 0.0, 0.0, 0.0), 0.0)
