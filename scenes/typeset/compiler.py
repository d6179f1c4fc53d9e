"""Rich text to outlines, through Typst with the shipped fonts only."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import numpy as np

from gdcore.base.arrays import FloatArray
from gdcore.notation import Numeral, plain, typst
from gdcore.notation.typst import quoted
from scenes.text.rich import Rich, Words, words
from scenes.theme import Role

from .fonts import FAMILY, font_files
from .numbers import characters_of, side_by_side
from .outline import NOTHING, Outline, Piece
from .svg import Codes, strokes

_TORN = 60  # characters of a formula that may break over two lines
_LEADING = 0.62  # em, the gap between lines
_EM = 10.0  # points; outlines are divided by it
_ROLES = tuple(Role)
_PLAIN = "#000000"  # the colour of text that takes its surroundings' colour
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


@lru_cache(maxsize=1)
def _compiler() -> Any:
    from typst import Compiler

    # Below the null device there is no file: nothing could be read, whatever stood in a document, and no package lies
    # there. (That no text becomes a document's commands is seen to by the types: words are written as quoted data.)
    return Compiler(
        root=os.devnull,
        font_paths=[str(font_files()[0].parent)],
        ignore_system_fonts=True,
        package_path=os.devnull,
        package_cache_path=os.devnull,
    )


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
    equation, `decimal` stands before the decimals of numbers.
    """
    if not content:
        return NOTHING
    number = characters_of(content, decimal) if wrap is None and not display else ""
    if len(number) > 1:  # in motion a readout shows thousands of numbers: their digits are set once
        return side_by_side([typeset(words(character), bold=bold) for character in number])
    width = "auto" if wrap is None else f"{wrap * _EM}pt"
    source = (
        f"#set page(width: {width}, height: auto, margin: 0pt, fill: none)\n"
        f'#set text(font: "{FAMILY}", size: {_EM}pt, fill: rgb("{_PLAIN}"), lang: "en", '
        f'weight: "{"bold" if bold else "regular"}", fallback: true, number-type: "lining")\n'
        f'#set par(leading: {_LEADING}em, justify: false, linebreaks: "optimized")\n'
        + ("#show math.equation: math.display\n" if display else "")
        + _marker(_MARK)
        + _markup(content, decimal)
        + _marker(_END)
    )
    document = _compiler().compile(input=source.encode(), format="svg").decode()
    return _outline(document)


def _outline(document: str) -> Outline:
    shapes = strokes(document)
    baseline = next(points for colour, _, points in shapes if colour == _MARK)[0, 1]
    advance = float(next(points for colour, _, points in shapes if colour == _END)[0, 0]) / _EM
    by_role: dict[Role | None, list[tuple[Codes, FloatArray]]] = {}
    for colour, codes, points in shapes:
        if colour not in (_MARK, _END) and len(codes):
            index = 0 if colour == _PLAIN else int(colour[-2:], 16)
            by_role.setdefault(_ROLES[index - 1] if index else None, []).append((codes, points))
    pieces = []
    for role, held in by_role.items():
        outline = (np.concatenate([points for _, points in held]) - (0.0, baseline)) * (1 / _EM, -1 / _EM)
        pieces.append(Piece(role, np.concatenate([codes for codes, _ in held]), outline))
    return Outline.of(pieces, advance)
