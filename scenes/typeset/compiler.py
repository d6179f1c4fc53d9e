"""Rich text to outlines, through Typst with the shipped fonts and those that a text brings along."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gdcore.base.errors import GdError
from gdcore.notation import Face, Numeral, plain, typst, words_of
from gdcore.notation.nodes import Word
from gdcore.notation.typst import quoted
from scenes.text.rich import Rich, Words, words
from scenes.theme import Role

from .coverage import code_points, is_leftwards, unshown
from .engine import EM, PLAIN, engine
from .numbers import characters_of, side_by_side
from .outline import NOTHING, Outline, Piece
from .svg import strokes

_TORN = 60  # characters of a formula that may break over two lines
_LEADING = 0.62  # em, the gap between lines
_ROLES = tuple(Role)
# Boxes of no size in these colours stand on the first baseline and at the end of the text.
_MARK, _END = "#fe0001", "#fe0002"


def _colour(role: Role) -> str:
    return f"#0000{_ROLES.index(role) + 1:02x}"


def _marker(colour: str) -> str:
    return f'#box(width: 0pt, height: 0pt)[#place(rect(width: 1pt, height: 1pt, fill: rgb("{colour}")))]'


def _markup(content: Rich, decimal: str) -> str:
    parts = []
    for run in content.runs:
        if isinstance(run, Words):
            body = f"#text({quoted(run.text)})"
        elif isinstance(run.node, Numeral) and run.node.exponent is None:
            # A number is set as words are; within a formula it is set with it.
            body = f"#text({quoted(plain(run.node, decimal))})"
        else:  # a short formula is not torn apart at a line's end
            formula = typst(run.node, decimal)
            body = f"#box[${formula}$]" if len(formula) < _TORN else f"${formula}$"
        parts.append(f'#text(fill: rgb("{_colour(run.role)}"))[{body}]' if run.role else body)
    return "".join(parts)


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
    body = (
        f'#set par(leading: {_LEADING}em, justify: false, linebreaks: "optimized")\n'
        + ("#show math.equation: math.display\n" if display else "")
        + _marker(_MARK)
        + _markup(content, decimal)
        + _marker(_END)
    )
    width = "auto" if wrap is None else f"{wrap * EM}pt"
    leftwards = is_leftwards(content.plain())
    return _outline(engine(_faces(content)).svg(body, width=width, bold=bold, leftwards=leftwards))


def _outline(document: str) -> Outline:
    shapes = strokes(document)
    mark = next(points for colour, _, points in shapes if colour == _MARK)
    baseline = mark[0][1]
    end = next(points for colour, _, points in shapes if colour == _END)
    advance = max(mark[0][0], end[0][0]) / EM  # of what is written leftwards the beginning is at the right
    by_role: dict[Role | None, tuple[list[int], list[tuple[float, float]]]] = {}
    for colour, codes, points in shapes:
        if colour in (_MARK, _END) or not codes:
            continue
        index = 0 if colour == PLAIN else int(colour[-2:], 16)
        held = by_role.setdefault(_ROLES[index - 1] if index else None, ([], []))
        held[0].extend(codes)
        held[1].extend(points)
    pieces = []
    for role, (codes, points) in by_role.items():
        outline = (np.asarray(points, dtype=np.float64) - (0.0, baseline)) * (1 / EM, -1 / EM)
        pieces.append(Piece(role, np.asarray(codes, dtype=np.uint8), outline))
    return Outline.of(pieces, advance)
