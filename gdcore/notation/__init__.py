"""How mathematics is written: names, numbers and formulae as trees, and their spellings in Typst, TeX and plain text."""

from gdcore.notation.faces import lettered, words_of
from gdcore.notation.letters import Letters
from gdcore.notation.names import is_upright, name_node
from gdcore.notation.nodes import (
    Cases,
    Face,
    Fenced,
    Fraction,
    Hat,
    Node,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Sign,
    Symbol,
    Word,
    listed,
    row,
)
from gdcore.notation.numbers import exact_number, plain_number, short
from gdcore.notation.plain import plain
from gdcore.notation.symbols import GREEK, OPERATORS, SIGNS, SYMBOLS
from gdcore.notation.tex import tex
from gdcore.notation.typst import typst, typst_name, typst_number

__all__ = [
    "GREEK",
    "OPERATORS",
    "SIGNS",
    "SYMBOLS",
    "Cases",
    "Face",
    "Fenced",
    "Fraction",
    "Hat",
    "Letters",
    "Node",
    "Numeral",
    "Operator",
    "Root",
    "Row",
    "Script",
    "Sign",
    "Symbol",
    "Word",
    "exact_number",
    "is_upright",
    "lettered",
    "listed",
    "name_node",
    "plain",
    "plain_number",
    "row",
    "short",
    "tex",
    "typst",
    "typst_name",
    "typst_number",
    "words_of",
]
