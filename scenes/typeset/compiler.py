"""Rich text to outlines, through Typst with the shipped fonts and those that a text brings along."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.base.errors import GdError
from gdcore.notation import Face, Word, words_of
from scenes.text.rich import Rich, Words, words
from scenes.theme import Role

from .coverage import code_points, is_leftwards, unshown
from .engine import engine
from .markup import BEGIN, EM, END, ROLES, UNCOLOURED, document, paragraph
from .numbers import characters_of, side_by_side
from .outline import NOTHING, Outline, Piece
from .svg import Codes, strokes


def _outside(content: Rich) -> list[Words | Word]:
    """What a text holds that is not ours: its words, and those within its formulae."""
    found: list[Words | Word] = []
    for run in content.runs:
        found += [run] if isinstance(run, Words) else words_of(run.node)
    return found


def _faces(content: Rich) -> tuple[Face, ...]:
    """The faces of a text. Raises GdError for a letter that nothing can show: none disappears."""
    faces: dict[Face, None] = {}
    for word in _outside(content):
        if word.face is not None:
            faces[word.face] = None
        strangers = unshown(word.text, word.face)
        if strangers:
            named = ", ".join(f"{letter} ({code_points(letter)})" for letter in strangers)
            raise GdError(
                f"no font has {named} in {word.text!r}",
                mend="write it in other letters, or name a font that has them in the lecture: `font: FILE`",
            )
    return tuple(faces)


@lru_cache(maxsize=4096)
def typeset(
    content: Rich,
    *,
    bold: bool = False,
    wrap: float | None = None,
    display: bool = False,
    decimal: str = ".",
) -> Outline:
    """The outlines of a text.

    `wrap` is the width in em at which lines break (None: one line), `display` sets formulae large as in a displayed
    equation, `decimal` stands before the decimals of numbers. Raises GdError for a letter that nothing can show.
    """
    if not content:
        return NOTHING
    number = characters_of(content, decimal) if wrap is None and not display else ""
    if len(number) > 1:  # in motion a readout shows thousands of numbers: their digits are set once
        return side_by_side([typeset(words(character), bold=bold) for character in number])
    body = paragraph(content, decimal, display=display)
    width, leftwards = None if wrap is None else wrap * EM, is_leftwards(content.plain())
    setting = engine(_faces(content))
    return _outline(
        setting.svg(document(body, setting.families, width=width, bold=bold, leftwards=leftwards))
    )


def _outline(drawn: str) -> Outline:
    shapes = strokes(drawn)
    begin = next(points for colour, _, points in shapes if colour == BEGIN)[0]
    end = next(points for colour, _, points in shapes if colour == END)[0]
    advance = float(max(begin[0], end[0])) / EM  # of what is written leftwards the beginning is at the right
    by_role: dict[Role | None, list[tuple[Codes, FloatArray]]] = {}
    for colour, codes, points in shapes:
        if colour not in (BEGIN, END) and len(codes):
            index = 0 if colour == UNCOLOURED else int(colour[-2:], 16)
            by_role.setdefault(ROLES[index - 1] if index else None, []).append((codes, points))
    pieces = []
    for role, held in by_role.items():
        outline = (np.concatenate([points for _, points in held]) - (0.0, begin[1])) * (1 / EM, -1 / EM)
        pieces.append(Piece(role, np.concatenate([codes for codes, _ in held]), outline))
    return Outline.of(pieces, advance)
