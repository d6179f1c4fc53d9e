"""The symbols and signs that formulae are made of, each with its spellings. The tables are closed."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_GREEK = [
    "alpha",
    "α",
    "beta",
    "β",
    "gamma",
    "γ",
    "delta",
    "δ",
    "epsilon",
    "ε",
    "zeta",
    "ζ",
    "eta",
    "η",
    "theta",
    "θ",
    "iota",
    "ι",
    "kappa",
    "κ",
    "lambda",
    "λ",
    "mu",
    "μ",
    "nu",
    "ν",
    "xi",
    "ξ",
    "omicron",
    "ο",
    "pi",
    "π",
    "rho",
    "ρ",
    "sigma",
    "σ",
    "tau",
    "τ",
    "upsilon",
    "υ",
    "phi",
    "φ",
    "chi",
    "χ",
    "psi",
    "ψ",
    "omega",
    "ω",
    "Alpha",
    "Α",
    "Beta",
    "Β",
    "Gamma",
    "Γ",
    "Delta",
    "Δ",
    "Epsilon",
    "Ε",
    "Zeta",
    "Ζ",
    "Eta",
    "Η",
    "Theta",
    "Θ",
    "Iota",
    "Ι",
    "Kappa",
    "Κ",
    "Lambda",
    "Λ",
    "Mu",
    "Μ",
    "Nu",
    "Ν",
    "Xi",
    "Ξ",
    "Omicron",
    "Ο",
    "Pi",
    "Π",
    "Rho",
    "Ρ",
    "Sigma",
    "Σ",
    "Tau",
    "Τ",
    "Upsilon",
    "Υ",
    "Phi",
    "Φ",
    "Chi",
    "Χ",
    "Psi",
    "Ψ",
    "Omega",
    "Ω",
]
GREEK: Mapping[str, str] = MappingProxyType(dict(zip(_GREEK[::2], _GREEK[1::2], strict=True)))
"""The Greek letters by name, each with its character."""

# The capitals that TeX has; the others look like Latin ones.
_TEX_CAPITALS = frozenset(
    ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"]
)


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
