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
_RADICALS = {2: "√", 3: "∛"}
_FENCES = {"round": "({})", "square": "[{}]", "bars": "|{}|"}
_TIMES = (Sign("dot"), Sign("times"))
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
        case Root(inside, degree):
            sign = _RADICALS.get(degree)
            if sign is None:  # ⁵√x behind a factor would raise the factor
                return f"root({plain(inside, decimal)}, {degree})"
            raised = isinstance(inside, Script) and inside.above is not None
            return f"{sign}({plain(inside, decimal)})" if raised else f"{sign}{_held(inside, decimal)}"
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
    for place, part in enumerate(parts):
        shown = plain(part, decimal)
        after = parts[place + 1] if place + 1 < len(parts) else None
        factor = (
            _is_factor(before, part) or before in _TIMES or (after is not None and _is_factor(part, after))
        )
        if isinstance(part, Fraction) and factor:
            shown = f"({shown})"  # 8(2/3) is not eight and two thirds, and a/b x may be a over b x
        text += _between(before, part) + shown
        before = part
    return text


def _is_factor(before: Node | None, after: Node) -> bool:
    """Is ``after`` a factor beside ``before``, without a sign between them?"""
    if before is None or before in _PREFIXES or isinstance(before, Sign) or isinstance(after, Sign):
        return False
    return not (isinstance(before, Operator) and isinstance(after, Fenced))


def _between(before: Node | None, after: Node) -> str:
    """What stands between two parts, so that their letters do not run together and each keeps what belongs to it."""
    if before is None or not _is_factor(before, after):
        return ""
    if _has_open_end(before) or any(
        isinstance(node, Fenced) and node.fence == "bars" for node in (before, after)
    ):
        return SIGNS["dot"].plain
    if isinstance(after, Fenced | Fraction):
        return ""
    return "" if isinstance(before, Numeral) and _follows_numbers(after) else " "


def _follows_numbers(node: Node) -> bool:
    """Does it stand right behind a number, as in 2x, 2√x and 2(x + 1)²? A word does not."""
    if isinstance(node, Script):
        return _follows_numbers(node.base) or is_loose(node.base)
    return isinstance(node, Symbol | Fenced) or (isinstance(node, Root) and node.degree in _RADICALS)


def _has_open_end(node: Node) -> bool:
    """Would a factor behind it seem to belong to its exponent, or to what is under its root?"""
    if isinstance(node, Root):
        return node.degree in _RADICALS
    exponent = _exponent(node.above, ".") if isinstance(node, Script) and node.above is not None else ""
    return exponent.startswith("^") and not exponent.startswith("^(")


def _script(node: Script, decimal: str) -> str:
    text = plain(node.base, decimal)
    if is_loose(node.base) or _has_open_end(node.base):  # a root has no bar here that would end before it
        text = f"({text})"
    text += "′" * node.primes
    if node.below is not None:
        below = plain(node.below, decimal)
        text += below.translate(_LOWERED) if below.isdecimal() else f"_{_one(below)}"
    if node.above is not None:
        text += _exponent(node.above, decimal)
    return text


def _exponent(above: Node, decimal: str) -> str:
    """An exponent: a whole number in small digits, anything else behind a ^, and in brackets unless it is one thing."""
    text = plain(above, decimal)
    raised = text.replace("−", "-")
    if raised.removeprefix("-").isdecimal():
        return raised.translate(_RAISED)
    return f"^({text})" if isinstance(above, Row) else f"^{_one(text)}"  # e^2x may be e^2 times x


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
