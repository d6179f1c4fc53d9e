"""Mathematics as Typst spells it: the only place where its markup is written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction as Rational

from gdcore.notation.names import name_node
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
from gdcore.notation.numbers import exact_number
from gdcore.notation.symbols import OPERATORS, SIGNS, SYMBOLS

_FENCES = {"round": "({})", "square": "[{}]", "bars": "abs({})"}
_AS_EVER: Mapping[Sign, str] = {}
# What would end, name or open an argument of a call is text there.
_IN_ARGUMENT = {Sign("comma"): "\\,", Sign("colon"): "\\:", Sign("ratio"): "\\:"}


def quoted(text: str) -> str:
    """Text as a Typst string literal: no character in it can become markup, and it stays on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(" " if character in "\n\r\t\v\f\x85\u2028\u2029" else character for character in escaped)
        + '"'
    )


def typst(node: Node, decimal: str = ".") -> str:
    """The node in Typst math, without the dollars; numbers have the ``decimal`` mark."""
    match node:
        case Symbol(name):
            return SYMBOLS[name].typst
        case Word(text):
            return quoted(text)
        case Operator(name):
            return name if name in OPERATORS else f"op({quoted(name)})"
        case Numeral(digits, exponent):
            return _number(digits, exponent, decimal)
        case Sign(name):
            return SIGNS[name].typst
        case Row(parts):
            return _row(parts, decimal)
        case Script():
            return _script(node, decimal)
        case Fraction(above, below):
            # Typst takes these brackets away and draws a bar.
            return f"({typst(above, decimal)})/({typst(below, decimal)})"
        case Fenced(inside, fence):
            written = _argument(inside, decimal) if fence == "bars" else typst(inside, decimal)
            return _FENCES[fence].format(written)
        case Root(inside, degree):
            under = _argument(inside, decimal)
            return f"sqrt({under})" if degree == 2 else f"root({degree}, {under})"
        case Hat(inside):
            return f"hat({_argument(inside, decimal)})"
        case Cases(rows, otherwise):
            lines = [
                f'{_argument(value, decimal)} & "if" {_argument(where, decimal)}' for value, where in rows
            ]
            return f'cases({", ".join(lines)}, {_argument(otherwise, decimal)} & "otherwise")'


def typst_name(name: str) -> str:
    """A parameter's name in Typst math: x, theta (the Greek letter), w_1, w_"max", "weight" (upright)."""
    return typst(name_node(name))


def typst_number(value: float | Rational) -> str:
    """A number in Typst math: 0.05, -12, 1.5 dot 10^(-7)."""
    return typst(exact_number(value))


def _number(digits: str, exponent: int | None, decimal: str) -> str:
    # Another mark is text, or it would stand as a comma of a list does.
    shown = digits if decimal == "." or "." not in digits else _with_mark(digits, decimal)
    if exponent is None:
        return shown
    power = f"10^{exponent}" if 0 <= exponent < 10 else f"10^({exponent})"
    return {"1": power, "-1": f"-{power}"}.get(digits, f"{shown} dot {power}")


def _with_mark(digits: str, decimal: str) -> str:
    whole = quoted(digits.removeprefix("-").replace(".", decimal))
    return f"-{whole}" if digits.startswith("-") else whole


def _argument(node: Node, decimal: str) -> str:
    """The node as the one argument of a call: only within brackets of its own does a comma mean anything."""
    if isinstance(node, Row):
        return _row(node.parts, decimal, _IN_ARGUMENT)
    return _IN_ARGUMENT[node] if isinstance(node, Sign) and node in _IN_ARGUMENT else typst(node, decimal)


def _row(parts: tuple[Node, ...], decimal: str, signs: Mapping[Sign, str] = _AS_EVER) -> str:
    text = ""
    before: Node | None = None
    for part in parts:
        known = signs.get(part) if isinstance(part, Sign) else None
        written = typst(part, decimal) if known is None else known
        # A minus that is no operator, a comma and the brackets of a call stand close; all else has a space.
        close = before is None or part == Sign("comma")
        close = close or (before == Sign("negative") and not isinstance(part, Sign))  # -> would be an arrow
        close = close or (isinstance(before, Operator) and isinstance(part, Fenced))
        text += written if close else f" {written}"
        before = part
    return text


def _script(node: Script, decimal: str) -> str:
    text = typst(node.base, decimal)
    if is_loose(node.base):
        text = f"({text})"
    text += "'" * node.primes
    if node.below is not None:
        text += f"_{_small(node.below, decimal)}"
    if node.above is not None:
        text += f"^{_small(node.above, decimal)}"
    return text


def _small(node: Node, decimal: str) -> str:
    """An index or exponent: in brackets, which are not shown, unless it is one thing."""
    text = typst(node, decimal)
    one = (len(text) == 1 and not isinstance(node, Sign)) or isinstance(node, Word)
    one = one or (isinstance(node, Symbol) and text.isalpha())
    return text if one else f"({text})"
