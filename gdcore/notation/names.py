"""Names of parameters as they are set: one spelling for formula, readout, table and page."""

from __future__ import annotations

import re

from gdcore.notation.nodes import Node, Numeral, Script, Symbol, Word
from gdcore.notation.symbols import GREEK, GREEK_NAMES, SYMBOLS

_INDEXED = re.compile(r"(?P<stem>[^\W\d_]+)(?:_(?P<index>[^\W_]+)|(?P<number>[0-9]+))")


def name_node(name: str) -> Node:
    """x, θ, w₁, w with the index max, and weight upright: single letters and Greek ones are symbols."""
    match = _INDEXED.fullmatch(name)
    if match is None:
        return _word(name)
    index = match["index"] or match["number"]
    digits = index.isascii() and index.isdecimal()
    return Script(_word(match["stem"]), below=Numeral(index) if digits else _word(index))


def is_upright(name: Node) -> bool:
    """Is a name set as a word, or has a word as its index? Beside a letter it would read as one name with it."""
    return isinstance(name, Word) or (isinstance(name, Script) and isinstance(name.below, Word))


def _word(word: str) -> Node:
    word = GREEK_NAMES.get(word, word)
    known = word in GREEK or (len(word) == 1 and word in SYMBOLS)
    return Symbol(word) if known else Word(word)
