"""Plain numbers, put together from their characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdcore.notation import Numeral, plain
from scenes.text.rich import Maths, Rich

from .outline import Outline, Piece

_DIGIT = 0.5  # em, of the family's tabular digits


def characters_of(content: Rich, decimal: str = ".") -> str:
    """The characters of a text that is one number in mathematics, in the colour of its surroundings; or nothing."""
    if len(content.runs) != 1:
        return ""
    (run,) = content.runs
    if (
        isinstance(run, Maths)
        and run.role is None
        and isinstance(run.node, Numeral)
        and run.node.exponent is None
    ):
        return plain(run.node, decimal)
    return ""


def side_by_side(characters: Sequence[Outline]) -> Outline:
    """Digits, points and minus signs in a row. Every digit is equally wide, so that changing ones stand still."""
    codes, points = [], []
    x = 0.0
    for character in characters:
        for piece in character.pieces:
            codes.append(piece.codes)
            points.append(piece.points + (x, 0.0))
        x += _DIGIT if abs(character.width - _DIGIT) < 0.02 else character.width
    return Outline.of([Piece(None, np.concatenate(codes), np.concatenate(points))], x)
