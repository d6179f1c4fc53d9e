"""Mathematics as a line of plain text, as one would type it for readers: subtitles, tables, searches."""

from __future__ import annotations

from typing import NamedTuple

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


class _Style(NamedTuple):
    """How numbers and roots are written."""

    decimal: str
    radicals: str

    def sign(self, degree: int) -> str:
        """The sign of a root of this degree, or none."""
        sign = _RADICALS.get(degree, "")
        return sign if sign and sign in self.radicals else ""


def plain(node: Node, decimal: str = ".", radicals: str = "√∛") -> str:
    """The node as text: (w − 3)², θ₁, w_max, 4.75 × 10⁻¹⁴; numbers have the ``decimal`` mark.

    ``radicals`` are the signs of roots that may be used; a root without one is named, as cbrt(x).
    """
    return _text(node, _Style(decimal, radicals))


def _text(node: Node, style: _Style) -> str:
    match node:
        case Symbol(name):
            return SYMBOLS[name].plain
        case Word(text):
            return text
        case Operator(name):
            return name
        case Numeral(digits, exponent):
            return _number(digits, exponent, style.decimal)
        case Sign(name):
            return SIGNS[name].plain
        case Row(parts):
            return _row(parts, style)
        case Script():
            return _script(node, style)
        case Fraction(above, below):
            return f"{_held(above, style)}/{_held(below, style)}"
        case Fenced(inside, fence):
            return _FENCES[fence].format(_text(inside, style))
        case Root(inside, degree):
            sign = style.sign(degree)
            if not sign:  # ⁵√x behind a factor would raise the factor
                return _named_root(_text(inside, style), degree)
            raised = isinstance(inside, Script) and inside.above is not None
            return f"{sign}({_text(inside, style)})" if raised else f"{sign}{_held(inside, style)}"
        case Hat(inside):
            return _hat(_text(inside, style))
        case Cases(rows, otherwise):
            lines = [f"{_text(value, style)} if {_text(where, style)}" for value, where in rows]
            return f"({', '.join(lines)}, else {_text(otherwise, style)})"


def _named_root(inside: str, degree: int) -> str:
    name = {2: "sqrt", 3: "cbrt"}.get(degree)
    return f"root({inside}, {degree})" if name is None else f"{name}({inside})"


def _number(digits: str, exponent: int | None, decimal: str) -> str:
    shown = digits.replace("-", "−").replace(".", decimal)
    if exponent is None:
        return shown
    power = "10" + str(exponent).translate(_RAISED)
    return {"1": power, "-1": f"−{power}"}.get(digits, f"{shown} × {power}")


def _row(parts: tuple[Node, ...], style: _Style) -> str:
    text = ""
    before: Node | None = None
    for place, part in enumerate(parts):
        shown = _text(part, style)
        after = parts[place + 1] if place + 1 < len(parts) else None
        factor = (
            _is_factor(before, part) or before in _TIMES or (after is not None and _is_factor(part, after))
        )
        if isinstance(part, Fraction) and factor:
            shown = f"({shown})"  # 8(2/3) is not eight and two thirds, and a/b x may be a over b x
        text += _between(before, part, style) + shown
        before = part
    return text


def _is_factor(before: Node | None, after: Node) -> bool:
    """Is ``after`` a factor beside ``before``, without a sign between them?"""
    if before is None or before in _PREFIXES or isinstance(before, Sign) or isinstance(after, Sign):
        return False
    return not (isinstance(before, Operator) and isinstance(after, Fenced))


def _between(before: Node | None, after: Node, style: _Style) -> str:
    """What stands between two parts, so that their letters do not run together and each keeps what belongs to it."""
    if before is None or not _is_factor(before, after):
        return ""
    if _has_open_end(before, style) or any(
        isinstance(node, Fenced) and node.fence == "bars" for node in (before, after)
    ):
        return SIGNS["dot"].plain
    if isinstance(after, Fenced | Fraction):
        return ""
    if isinstance(before, Numeral):
        return "" if _follows_numbers(after, style) else " "
    # f (√x)² would be f at √x.
    bracketed = isinstance(after, Script) and _has_open_end(after.base, style)
    return SIGNS["dot"].plain if bracketed else " "


def _follows_numbers(node: Node, style: _Style) -> bool:
    """Does it stand right behind a number, as in 2x, 2√x and 2(x + 1)²? A word does not."""
    if isinstance(node, Script):
        return _follows_numbers(node.base, style) or is_loose(node.base)
    return isinstance(node, Symbol | Fenced) or (isinstance(node, Root) and style.sign(node.degree) != "")


def _has_open_end(node: Node, style: _Style) -> bool:
    """Would a factor behind it seem to belong to its exponent, or to what is under its root?"""
    if isinstance(node, Root):
        return style.sign(node.degree) != ""
    exponent = _exponent(node.above, style) if isinstance(node, Script) and node.above is not None else ""
    return exponent.startswith("^") and not exponent.startswith("^(")


def _script(node: Script, style: _Style) -> str:
    text = _text(node.base, style)
    if is_loose(node.base) or _has_open_end(
        node.base, style
    ):  # a root has no bar here that would end before it
        text = f"({text})"
    text += "′" * node.primes
    if node.below is not None:
        below = _text(node.below, style)
        text += below.translate(_LOWERED) if below.isdecimal() else f"_{_one(below)}"
    if node.above is not None:
        text += _exponent(node.above, style)
    return text


def _exponent(above: Node, style: _Style) -> str:
    """An exponent: a whole number in small digits, anything else behind a ^, and in brackets unless it is one thing."""
    text = _text(above, style)
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


def _held(node: Node, style: _Style) -> str:
    """A part of a fraction or root: in brackets unless it is one thing."""
    text = _text(node, style)
    one = isinstance(node, Symbol | Word | Numeral | Fenced | Script) and " × " not in text
    return text if one or (isinstance(node, Row) and len(text) == 1) else f"({text})"
