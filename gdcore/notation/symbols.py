"""The symbols and signs that formulae are made of, each with its spellings. The tables are closed."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# By the name that Unicode has for each; only lambda is spelt as everybody does.
_SMALL = {
    unicodedata.name(character).rpartition(" ")[2].lower().replace("lamda", "lambda"): character
    for character in "αβγδεζηθικλμνξοπρστυφχψω"
}
GREEK: Mapping[str, str] = MappingProxyType(
    _SMALL | {name.capitalize(): character.upper() for name, character in _SMALL.items()}
)
"""The Greek letters by name, each with its character."""

GREEK_NAMES: Mapping[str, str] = MappingProxyType({character: name for name, character in GREEK.items()})
"""The names of Greek letters by character."""

# The capitals that TeX has; the others look like Latin ones.
_TEX_CAPITALS = {GREEK_NAMES[character] for character in "ΓΔΘΛΞΠΣΥΦΨΩ"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """How Typst, TeX and plain text write one thing."""

    typst: str
    tex: str
    plain: str


def _greek(name: str, character: str) -> Spelling:
    in_tex = name in _TEX_CAPITALS or (name.islower() and name != "omicron")
    return Spelling(name, f"\\{name}" if in_tex else rf"\mathrm{{{name}}}", character)


SYMBOLS: Mapping[str, Spelling] = MappingProxyType(
    {
        **{letter: Spelling(letter, letter, letter) for letter in string.ascii_letters},
        **{name: _greek(name, character) for name, character in GREEK.items()},
        "partial": Spelling("partial", r"\partial", "∂"),
        "nabla": Spelling("nabla", r"\nabla", "∇"),
        "sum": Spelling("sum", r"\sum", "Σ"),
        "infinity": Spelling("infinity", r"\infty", "∞"),
        "dots": Spelling("dots.h", r"\ldots", "…"),
    }
)

OPERATORS = frozenset(
    ["arccos", "arcsin", "arctan", "cos", "cosh", "cot", "exp", "ln", "log"]
    + ["max", "min", "sin", "sinh", "tan", "tanh"]  # what both Typst and TeX know
)
"""The functions that are set by name, as ln and sin are."""

SIGNS: Mapping[str, Spelling] = MappingProxyType(
    {
        "plus": Spelling("+", "+", " + "),
        "minus": Spelling("-", "-", " − "),
        "negative": Spelling("-", "-", "−"),
        "plus-minus": Spelling("plus.minus", r"\pm", " ± "),
        "dot": Spelling("dot", r"\cdot", " · "),
        "times": Spelling("times", r"\times", " × "),
        "slash": Spelling("\\/", "/", "/"),
        "equals": Spelling("=", "=", " = "),
        "unequal": Spelling("!=", r"\neq", " ≠ "),
        "less": Spelling("<", "<", " < "),
        "greater": Spelling(">", ">", " > "),
        "at-most": Spelling("<=", r"\leq", " ≤ "),
        "at-least": Spelling(">=", r"\geq", " ≥ "),
        "approx": Spelling("approx", r"\approx", " ≈ "),
        "becomes": Spelling("arrow.l", r"\leftarrow", " ← "),
        "to": Spelling("arrow.r", r"\to", " → "),
        "comma": Spelling(",", ",", ", "),
        "colon": Spelling(":", ":", ": "),
        "ratio": Spelling(":", ":", " : "),
        "space": Spelling("space", r"\ ", " "),
        "wide": Spelling("quad", r"\quad", "  "),
    }
)
