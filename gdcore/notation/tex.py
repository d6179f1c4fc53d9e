"""Mathematics as mathtext: the part of TeX that Matplotlib sets without TeX. It is TeX as well."""

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
from gdcore.notation.symbols import OPERATORS, SIGNS, SYMBOLS

_FENCES = {"round": r"\left({}\right)", "square": r"\left[{}\right]", "bars": r"\left|{}\right|"}
_SPECIAL = {character: f"\\{character}" for character in "#$%&_{}"} | {
    "\\": r"\backslash ", "^": r"\hat{\ }", "~": r"\sim ", " ": r"\ ",
}  # fmt: skip


def tex(node: Node) -> str:
    r"""The node in TeX, without the dollars: 2 \left(x - 3\right), \frac{a}{b}."""
    match node:
        case Symbol(name):
            return SYMBOLS[name].tex
        case Word(text):
            return rf"\mathrm{{{''.join(_SPECIAL.get(character, character) for character in text)}}}"
        case Operator(name):
            return f"\\{name}" if name in OPERATORS else rf"\mathrm{{{name}}}"
        case Numeral(digits, exponent):
            if exponent is None:
                return digits
            power = f"10^{{{exponent}}}"
            return {"1": power, "-1": f"-{power}"}.get(digits, rf"{digits} \cdot {power}")
        case Sign(name):
            return SIGNS[name].tex
        case Row(parts):
            return _row(parts)
        case Script(base, below, above, primes):
            text = (rf"\left({tex(base)}\right)" if is_loose(base) else tex(base)) + "'" * primes
            text += "" if below is None else f"_{{{tex(below)}}}"
            return text + ("" if above is None else f"^{{{tex(above)}}}")
        case Fraction(above, below):
            return rf"\frac{{{tex(above)}}}{{{tex(below)}}}"
        case Fenced(inside, fence):
            return _FENCES[fence].replace("{}", tex(inside))
        case Root(inside, degree):
            return rf"\sqrt{'' if degree == 2 else f'[{degree}]'}{{{tex(inside)}}}"
        case Hat(inside):
            return rf"\hat{{{tex(inside)}}}"
        case Cases(rows, otherwise):
            # Matplotlib has no cases, so they stand in a line.
            lines = "".join(rf"{tex(value)}\ \mathrm{{if}}\ {tex(where)},\ " for value, where in rows)
            return rf"\left({lines}\mathrm{{else}}\ {tex(otherwise)}\right)"


def _row(parts: tuple[Node, ...]) -> str:
    text = ""
    before: Node | None = None
    for part in parts:
        close = before is None or before == Sign("negative") or part == Sign("comma")
        close = close or (isinstance(before, Operator) and isinstance(part, Fenced))
        text += tex(part) if close else f" {tex(part)}"
        before = part
    return text
