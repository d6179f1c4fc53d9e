r"""TeX in a formula: what \frac{1}{2}, \sin, \cdot and the braces are when they are typed."""

from __future__ import annotations

import re

from gdcore.base.errors import FormulaError
from gdcore.formula.functions import CONSTANTS, FUNCTION_NAMES
from gdcore.formula.mends.edits import Edit, MendableError
from gdcore.formula.mends.foreign_functions import is_foreign, why_not
from gdcore.formula.mends.pieces import as_one, closing_place, fitted
from gdcore.formula.printing.text import Hold
from gdcore.notation.symbols import GREEK

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\s*|(.))", re.DOTALL)
_OPERATORS = {
    **dict.fromkeys(["cdot", "times", "ast", "bullet", "star"], "*"),
    **dict.fromkeys(["lvert", "rvert", "vert", "lVert", "rVert", "Vert", "mid", "|"], "|"),
    **dict.fromkeys(["le", "leq", "leqslant"], "<="),
    **dict.fromkeys(["ge", "geq", "geqslant"], ">="),
    **dict.fromkeys([",", ";", ":", "!", " ", "quad", "qquad", "space", "\\"], " "),
    **dict.fromkeys(["{", "lbrace", "lbrack"], "("),
    **dict.fromkeys(["}", "rbrace", "rbrack"], ")"),
    "div": "/",
    "lt": "<",
    "gt": ">",
}
# What says nothing of the value: sizes of brackets, styles, the marks around a formula.
_SILENT = frozenset(
    ["left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"]
    + ["displaystyle", "textstyle", "limits", "nolimits", "(", ")", "[", "]"]
)
_FONTS = frozenset(
    ["mathrm", "mathit", "mathbf", "mathsf", "boldsymbol", "text", "textrm", "textit", "operatorname", "mbox"]
)
_GREEK_FORMS = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varpi": "pi"}
_NO_FORM = {
    "int": ("formulae hold no integrals", "write the function itself"),
    "partial": ("formulae hold no derivatives", "write the function itself"),
    "nabla": ("formulae hold no derivatives", "write the function itself"),
    "infty": ("formulae hold finite numbers only", "write a number, such as 1e6"),
}
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")


def tex_command(text: str, position: int) -> FormulaError:
    r"""The error for the backslash at ``position``."""
    match = _COMMAND.match(text, position)
    if match is None:
        return FormulaError(text, position + 1, "'\\' is not part of a formula", mend="leave it out")
    name, end = match[1] or match[2], match.end()
    found = f"\\{name} is a command of TeX, and not part of a formula"

    def swap(end: int, instead: str) -> MendableError:
        mend = f"write {instead.strip()} for it" if instead.strip() else "leave it out"
        return MendableError(text, position + 1, found, Edit(position, end, instead), mend=mend)

    before = text[:position]
    parts = _arguments(text, end, 2) if name in _FRACTIONS else None
    if parts is not None:
        (above, below), end = parts
        return swap(_past_space(text, end), _quotient(above, below, before, text[end:]))
    degree = re.match(r"\[([0-9]+)\]", text[end:]) if name == "sqrt" else None
    parts = _arguments(text, end + (degree.end() if degree else 0), 1) if name in {"sqrt", *_FONTS} else None
    if parts is not None:
        (inside,), end = parts
        call = f"root({inside}, {degree[1]})" if degree else f"sqrt({inside})"
        piece, after = (call, text[end:]) if name == "sqrt" else (inside, "")
        return swap(end, _beside(piece, before, after))
    if name in _NO_FORM:
        allowed, mend = _NO_FORM[name]
        return FormulaError(text, position + 1, found, allowed, mend)
    if name in _SILENT:
        return swap(end, "")
    if name in _OPERATORS:
        return swap(end, _OPERATORS[name])
    word = _GREEK_FORMS.get(name, name)
    if word in GREEK or word in CONSTANTS:
        return swap(end, _beside(word, before, "" if word == "Gamma" else text[end:]))
    why = why_not(word)
    if why is not None:
        return FormulaError(text, position + 1, why[0], mend=why[1])
    if word in FUNCTION_NAMES or is_foreign(word):
        after = "" if re.match(r"[({^_]|\\left|\\[dtc]?frac|$", text[end:]) else " "
        return swap(end, _beside(word, before, "") + after)
    if name == "over":
        return _over(text, position, end)
    return FormulaError(text, position + 1, found, mend="write with the signs there are what is meant by it")


def _over(text: str, position: int, end: int) -> FormulaError:
    r"""x \over 2 is a quotient, as far as the braces around it reach."""
    start, stop, depth = position, end, 0
    while start > 0 and (text[start - 1] != "{" or depth):
        depth += (text[start - 1] == "}") - (text[start - 1] == "{")
        start -= 1
    while stop < len(text) and (text[stop] != "}" or depth):
        depth += (text[stop] == "{") - (text[stop] == "}")
        stop += 1
    quotient = f"{as_one(text[start:position])}/{as_one(text[end:stop])}"
    found = r"\over is a command of TeX, and not part of a formula"
    in_braces = start > 0 and stop < len(text)
    if in_braces:
        before, after = text[: start - 1], text[stop + 1 :]
        left, right = "*" if _ends_operand(before) else "", "*" if _begins_operand(after) else ""
        piece = left + fitted(quotient, Hold.PRODUCT, left or before, right or after) + right
        return MendableError(text, position + 1, found, Edit(start - 1, stop + 1, piece))
    return MendableError(text, position + 1, found, Edit(start, stop, quotient))


def _past_space(text: str, end: int) -> int:
    """Past the space before a factor, which a sign will stand for."""
    return end + len(text[end:]) - len(text[end:].lstrip()) if _begins_operand(text[end:]) else end


def braces(text: str, position: int) -> FormulaError:
    """The error for a brace: x^{2} is x^2, x_{1} is x_1, and any other is a round bracket."""
    found = f"'{text[position]}' is not part of a formula"
    end = closing_place(text, position, "{}") if text[position] == "{" else -1
    if end < 0:
        bracket = "(" if text[position] == "{" else ")"
        edit = Edit(position, position + 1, bracket)
        return MendableError(text, position + 1, found, edit, mend=f"write {bracket} for it")
    inside = text[position + 1 : end].strip()
    over = _OVER.search(inside)
    if over is not None:
        return _over(text, text.index("\\over", position), text.index("\\over", position) + len("\\over"))
    before, after = text[:position].rstrip(), text[end + 1 :]
    instead = f"({inside})"
    if before.endswith("_") and re.fullmatch("[A-Za-z0-9]+", inside):
        instead = inside + (" " if _begins_operand(after) else "")
    elif before.endswith("^") and not _begins_operand(after):
        instead = as_one(inside)
    edit = Edit(position, end + 1, instead)
    return MendableError(text, position + 1, found, edit, mend=f"write {instead.strip()} for it")


def _arguments(text: str, start: int, count: int) -> tuple[list[str], int] | None:
    """The arguments of a command, in braces or one character each, and where they end."""
    found: list[str] = []
    while len(found) < count:
        start += len(text[start:]) - len(text[start:].lstrip())
        if text[start : start + 1] == "{":
            end = closing_place(text, start, "{}")
            if end < 0:
                return None
            found.append(text[start + 1 : end].strip())
            start = end + 1
        elif text[start : start + 1].isalnum():
            found.append(text[start])
            start += 1
        else:
            return None
    return found, start


def _quotient(above: str, below: str, before: str, after: str) -> str:
    piece = f"{above if _POWER.fullmatch(above) else as_one(above)}/{as_one(below)}"
    after = _RIGHT.sub("", after)
    left, right = "*" if _ends_operand(before) else "", "*" if _begins_operand(after) else ""
    if _FUNCTION_AT_END.search(before):
        return f"({piece}){right}"
    return left + fitted(piece, Hold.PRODUCT, left or before, right or after) + right


def _beside(piece: str, before: str, after: str) -> str:
    """A name or call beside its neighbours, with the signs of products."""
    return f"{'*' if _ends_operand(before) else ''}{piece}{'*' if _begins_operand(after) else ''}"


_OVER = re.compile(r"\\over(?![a-zA-Z])")
_POWER = re.compile(r"\w+\^(?:\w+|\{\w+\})")
_RIGHT = re.compile(r"\s*\\[rR]ight\s*")
_FUNCTION_AT_END = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(FUNCTION_NAMES)})\s*$")
_OPERAND = re.compile(
    rf"\s*(?:[A-Za-z0-9(√]|\\(?:{'|'.join([*_FRACTIONS, 'sqrt', 'left', *FUNCTION_NAMES, *GREEK])})\b)"
)


def _ends_operand(before: str) -> bool:
    before = before.rstrip()
    return before.endswith((")", "}")) or (before[-1:].isalnum() and not _FUNCTION_AT_END.search(before))


def _begins_operand(after: str) -> bool:
    return _OPERAND.match(after) is not None
