"""Mathematics as a line of plain text, as one would type it for readers: subtitles, tables, searches."""

from __future__ import annotations

from gdcore.notation.nodes import (
    Cases,
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
    is_loose,
)
from gdcore.notation.symbols import SIGNS, SYMBOLS

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FENCES = {"round": "({})", "square": "[{}]", "bars": "|{}|"}
_PREFIXES = (Symbol("partial"), Symbol("nabla"), Sign("negative"))


def plain(node: Node, decimal: str = ".") -> str:
    """The node as text: (w − 3)², θ₁, w_max, 4.75 × 10⁻¹⁴; numbers have the ``decimal`` mark."""
    match node:
        case Symbol(name):
            return SYMBOLS[name].plain
        case Word(text):
            return text
        case Operator(name):
            return name
        case Numeral(digits, exponent):
            return _number(digits, exponent, decimal)
        case Sign(name):
            return SIGNS[name].plain
        case Row(parts):
            return _row(parts, decimal)
        case Script():
            return _script(node, decimal)
        case Fraction(above, below):
            return f"{_held(above, decimal)}/{_held(below, decimal)}"
        case Fenced(inside, fence):
            return _FENCES[fence].format(plain(inside, decimal))
        case Root(inside):
            return f"√{_held(inside, decimal)}"
        case Hat(inside):
            return _hat(plain(inside, decimal))
        case Cases(rows, otherwise):
            lines = [f"{plain(value, decimal)} if {plain(where, decimal)}" for value, where in rows]
            return f"({', '.join(lines)}, else {plain(otherwise, decimal)})"


def _number(digits: str, exponent: int | None, decimal: str) -> str:
    shown = digits.replace("-", "−").replace(".", decimal)
    if exponent is None:
        return shown
    power = "10" + str(exponent).translate(_RAISED)
    return {"1": power, "-1": f"−{power}"}.get(digits, f"{shown} × {power}")


def _row(parts: tuple[Node, ...], decimal: str) -> str:
    text = ""
    before: Node | None = None
    for part in parts:
        shown = plain(part, decimal)
        if isinstance(part, Fraction) and _apart(before, part):
            text += f"({shown})"  # 8(2/3) is not eight and two thirds
        else:
            text += (" " if _apart(before, part) else "") + shown
        before = part
    return text


def _apart(before: Node | None, after: Node) -> bool:
    """Does a space stand between two factors, so that their letters do not run together?"""
    if before is None or before in _PREFIXES or isinstance(before, Sign) or isinstance(after, Sign):
        return False
    return not isinstance(after, Fenced) and not (
        isinstance(before, Numeral) and isinstance(after, Symbol | Script | Root)
    )


def _script(node: Script, decimal: str) -> str:
    text = plain(node.base, decimal)
    if is_loose(node.base) or isinstance(node.base, Root):  # a root has no bar here that would end before it
        text = f"({text})"
    text += "′" * node.primes
    if node.below is not None:
        below = plain(node.below, decimal)
        text += below.translate(_LOWERED) if below.isdecimal() else f"_{_one(below)}"
    if node.above is not None:
        above = plain(node.above, decimal)
        raised = above.replace("−", "-")
        whole = raised.removeprefix("-").isdecimal()
        text += raised.translate(_RAISED) if whole else f"^{_one(above)}"
    return text


def _one(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _hat(text: str) -> str:
    """The hat stands on one letter, or on brackets."""
    fenced = text if len(text) == 1 else f"({text})"
    return "ŷ" if text == "y" else f"{fenced}\u0302"


def _held(node: Node, decimal: str) -> str:
    """A part of a fraction or root: in brackets unless it is one thing."""
    text = plain(node, decimal)
    one = isinstance(node, Symbol | Word | Numeral | Fenced | Script) and " × " not in text
    return text if one or (isinstance(node, Row) and len(text) == 1) else f"({text})"
