"""Typst documents: the only place where rich text becomes one. What is not ours stands in string literals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gdcore.notation import Numeral, plain, typst
from gdcore.notation.typst import quoted
from scenes.text.rich import Maths, Rich, Words
from scenes.theme import Role

from .fonts import FAMILY

EM = 10.0  # points
UNCOLOURED = "#000000"  # the colour of text that takes its surroundings' colour
BEGIN, END = "#fe0001", "#fe0002"  # of the boxes of no size on the first baseline, and at the end of the text
ROLES = tuple(Role)  # the colour of a role is its place among these, from 1 on
_TORN = 60  # characters of a formula that may break over two lines
_LEADING = 0.62  # em, the gap between lines
_TEXT, _MATHS = "Libertinus Serif", "New Computer Modern Math"  # which Typst brings
# What is taken from these also where a font of the lecture has it: in many fonts of Chinese letters signs are as wide as
# letters. They have letters of further scripts, but not always the forms that those take beside one another.
_SIGNS = r"[\u{20}-\u{58F}\u{1E00}-\u{2BFF}\u{1D400}-\u{1D7FF}]"


def document(
    body: str,
    families: Sequence[str] = (),
    *,
    width: float | None = None,
    bold: bool = False,
    leftwards: bool = False,
    fallback: bool = True,
) -> str:
    """A page with a body, `width` points wide or as wide as that.

    It is set in our family and then in these; in others only with `fallback`. `leftwards`: from right to left.
    """
    ours, formulae, more = ", ".join(map(quoted, (FAMILY, _TEXT, _MATHS))), "", ""
    if families:
        text, maths = (f'(name: {quoted(name)}, covers: regex("{_SIGNS}"))' for name in (_TEXT, _MATHS))
        ours = ", ".join([quoted(FAMILY), text, maths, *map(quoted, families)])
        formulae = f"#show math.equation: set text(font: ({', '.join([maths, *map(quoted, families)])}))\n"
        more = ", cjk-latin-spacing: none"
    if leftwards:
        more += ", dir: rtl"
    return (
        f"#set page(width: {'auto' if width is None else f'{width}pt'}, height: auto, margin: 0pt, fill: none)\n"
        f'#set text(font: ({ours}), size: {EM}pt, fill: rgb("{UNCOLOURED}"), lang: "en", '
        f'weight: "{"bold" if bold else "regular"}", fallback: {"true" if fallback else "false"}, '
        f'number-type: "lining"{more})\n'
        f"{formulae}{body}"
    )


def paragraph(content: Rich, decimal: str, *, display: bool) -> str:
    """A body: a text, from the mark of its beginning to that of its end."""
    return (
        f'#set par(leading: {_LEADING}em, justify: false, linebreaks: "optimized")\n'
        + ("#show math.equation: math.display\n" if display else "")
        + _mark(BEGIN)
        + "".join(_run(run, decimal) for run in content.runs)
        + _mark(END)
    )


def each_in_a_colour(letters: Iterable[str]) -> str:
    """A body: letters, each in the colour of its number, from 1 on."""
    return " ".join(f'#text(fill: rgb("#{i:06x}"), {quoted(letter)})' for i, letter in enumerate(letters, 1))


def called(family: str) -> str:
    """A body: something that is set in a family."""
    return f"#text(font: {quoted(family)})[x#emph[x]]"


def _mark(colour: str) -> str:
    return f'#box(width: 0pt, height: 0pt)[#place(rect(width: 1pt, height: 1pt, fill: rgb("{colour}")))]'


def _run(run: Words | Maths, decimal: str) -> str:
    if isinstance(run, Words):
        body = f"#text({quoted(run.text)})"
    elif isinstance(run.node, Numeral) and run.node.exponent is None:
        # A number is set as words are; within a formula it is set with it.
        body = f"#text({quoted(plain(run.node, decimal))})"
    else:  # a short formula is not torn apart at a line's end
        formula = typst(run.node, decimal)
        body = f"#box[${formula}$]" if len(formula) < _TORN else f"${formula}$"
    return f'#text(fill: rgb("#0000{ROLES.index(run.role) + 1:02x}"))[{body}]' if run.role else body
