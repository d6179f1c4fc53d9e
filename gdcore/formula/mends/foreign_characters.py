"""Characters that are not of a formula: what is meant by each, and how it is written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from gdcore.base.errors import FormulaError
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.edits import Edit, MendableError
from gdcore.formula.mends.foreign_functions import is_foreign
from gdcore.formula.mends.pieces import closing_place, fitted
from gdcore.formula.mends.program_forms import program_form
from gdcore.formula.mends.tex_commands import braces, tex_command
from gdcore.formula.printing.text import Hold

_ALLOWED = "numbers, names of letters and digits, + - * / ^ and round brackets are"

# Characters that people paste from a page or another program, and what to type for them.
_WRITE_INSTEAD = {
    **dict.fromkeys("–—‐‑‒﹣", "-"),
    **dict.fromkeys("∗∙•∘", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("ˆ", "^"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    "\u2062": "*",
}
# Cyrillic letters that look like Latin ones.
_LOOKALIKES = dict(zip("аеорсухіАВЕКМНОРСТХ", "aeopcyxiABEKMHOPCTX", strict=True))
_REASONS = {
    **dict.fromkeys("∑∏", ("sums and products over an index are none of formulae", "write the terms out")),
    **dict.fromkeys("∫∂∇", ("formulae hold no integrals and derivatives", "write the function itself")),
    **dict.fromkeys("⌊⌋⌈⌉", ("floors and ceilings are flat: descent finds no slope", "leave them out")),
    "∞": ("formulae hold finite numbers only", "write a number, such as 1e6"),
    "!": ("a factorial has no slope, being known of whole numbers only", "write the number out"),
    "‖": ("a norm is of many values", "write it out, such as sqrt(x^2 + y^2)"),
    "±": ("a formula has one value", "write + or -"),
}
_MODULES = frozenset(
    ["np", "numpy", "math", "Math", "cmath", "torch", "tf", "jnp", "jax", "sp", "sympy", "scipy", "special"]
    + ["mp", "mpmath", "F", "nn", "K", "cupy", "cp", "linalg", "functional", "random", "System"]
)
_MODULE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\.(?=[A-Za-z_])")
_CONSTANTS = {"PI": "pi", "Pi": "pi", "E": "e"}
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»", "„": "“"}
_LABEL = re.compile(
    r"\s*(?:lambda\b[^:]*:|[A-Za-z_][A-Za-z0-9_]*\s*(?:\([^()]*\)\s*)?(?::=|:(?=\s)))"  # f(x) := …, f: …
)
_SLOPE_LABEL = re.compile(r"\s*(?:∂\w*\s*/\s*∂\w+|\w+['′’]+\s*(?:\([^()]*\))?)\s*=\s*")


def refused(text: str, position: int) -> FormulaError:
    """The error for the character at ``position``, which begins no token."""
    character = text[position]
    for rule in (_wrapped, _program_form, _slope_label, _by_character, _by_table, _by_form):
        error = rule(text, position, character)
        if error is not None:
            return error
    # Between two operands something is meant by it, and without it they would be a product, or one name.
    between = re.search(r"[\w)]\s*$", text[:position]) and re.match(r"\s*[\w(]", text[position + 1 :])
    mend = "write with the signs there are what is meant by it" if between else "leave it out"
    return FormulaError(text, position + 1, _found(character), _ALLOWED, mend)


def _found(character: str) -> str:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"'{shown}' is not part of a formula"


def _swap(text: str, start: int, end: int, instead: str, found: str = "", mend: str = "") -> MendableError:
    found = found or _found(text[start])
    return MendableError(text, start + 1, found, Edit(start, end, instead), mend=mend or _mend(instead))


def _mend(instead: str) -> str:
    return f"write {instead} for it" if instead.strip() else "leave it out"


def _wrapped(text: str, position: int, character: str) -> FormulaError | None:
    """Quotes around the whole."""
    whole = text.strip()
    if len(whole) < 3 or text[:position].strip() or _QUOTES.get(character) != whole[-1]:
        return None
    return _swap(text, 0, len(text), whole[1:-1], _found(character), "leave the quotes out")


def _program_form(text: str, position: int, character: str) -> FormulaError | None:
    return program_form(text, position)


def _slope_label(text: str, position: int, character: str) -> FormulaError | None:
    """J′(w) = … and ∂J/∂w = …, as slopes are shown."""
    label = _SLOPE_LABEL.match(text)
    if label is None or position >= label.end():
        return None
    return _swap(
        text, 0, label.end(), "", "'=' is not part of a formula", "write only what stands behind the ="
    )


def _by_character(text: str, position: int, character: str) -> FormulaError | None:
    match character:
        case "$":
            return _swap(text, position, position + 1, "", mend="leave the dollars out")
        case "\\":
            return tex_command(text, position)
        case "{" | "}":
            return braces(text, position)
        case "[":
            return _square(text, position)
        case "'" | "′" | "’" | "″" | "´":
            return _prime(text, position)
        case ".":
            return _dot(text, position)
        case "%":
            return _percent(text, position)
        case ":":
            label = _LABEL.match(text)
            if label and position < label.end():
                return _swap(text, 0, label.end(), "", _found(":"), "write only what stands behind it")
            return _swap(text, position, position + 1, "/")
        case ";" if text[:position].count("(") > text[:position].count(")"):
            return _swap(text, position, position + 1, ",")
        case ";" if not text[position + 1 :].strip():
            return _swap(text, position, position + 1, "", mend="leave it out")
        case "°":
            number = re.search(r"[0-9.]+\s*$", text[:position])
            if number:
                before, after = text[: number.start()], text[position + 1 :]
                radians = fitted(f"{number[0].strip()}*pi/180", Hold.PRODUCT, before, after)
                return _swap(text, number.start(), position + 1, radians, _found("°"))
            return FormulaError(text, position + 1, _found("°"), "angles are in radians", "write *pi/180")
        case "∜":
            inside = re.match(r"\s*(\w+)", text[position + 1 :])
            if inside:
                end = position + 1 + inside.end()
                return _swap(text, position, end, f"root({inside[1]}, 4)", _found("∜"))
            return FormulaError(text, position + 1, _found("∜"), "", "write root(…, 4)")
    return None


def _by_table(text: str, position: int, character: str) -> FormulaError | None:
    if character in _WRITE_INSTEAD:
        return _swap(text, position, position + 1, _WRITE_INSTEAD[character])
    if character in _LOOKALIKES:
        latin = _LOOKALIKES[character]
        found = f"'{character}' is a Cyrillic letter, which looks like the Latin {latin}"
        return _swap(text, position, position + 1, latin, found)
    if character in _REASONS:
        reason, mend = _REASONS[character]
        return FormulaError(text, position + 1, _found(character), reason, mend)
    return None


def _by_form(text: str, position: int, character: str) -> FormulaError | None:
    """Other forms of what is known: italics of mathematics, wide digits, small letters, halves, accents."""
    spelled = unicodedata.normalize("NFKC", character)
    if unicodedata.category(character) == "No" and "⁄" in spelled:
        value = Fraction(spelled.replace("⁄", "/"))
        plain = str(Decimal(value.numerator) / value.denominator)
        return _swap(text, position, position + 1, plain if len(plain) < 8 else f"({value})")
    if unicodedata.decimal(character, None) is not None:
        return _swap(text, position, position + 1, str(unicodedata.decimal(character)))
    kind = unicodedata.decomposition(character).partition(" ")[0]
    if spelled != character and spelled.isascii() and spelled.strip():
        mark = {"<super>": "^", "<sub>": "_"}.get(kind, "")
        return _swap(text, position, position + 1, mark + spelled)
    if character.isalpha():
        bare = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())
        found = f"'{character}' cannot stand in a name"
        if bare:
            return _swap(text, position, position + 1, bare, found)
        allowed = "names are of the letters a to z, Greek ones, digits and _"
        return FormulaError(text, position + 1, found, allowed, "write another name")
    return None


def _square(text: str, position: int) -> FormulaError:
    """x[0] is a name, [x - 3] is in brackets."""
    end = closing_place(text, position, "[]")
    name = re.search(r"[A-Za-z_][A-Za-z0-9_]*$", text[:position])
    index = text[position + 1 : end].strip() if end > 0 else ""
    if name is None:
        if text[:position].rstrip().endswith(("√", "∛")):
            return FormulaError(text, position + 1, _found("["), "", f"write root(x, {index or 'n'})")
        if end < 0:
            return _swap(text, position, position + 1, "(")
        mend = "write ( for it, and ) for ]"
        return _swap(text, position, end + 1, f"({text[position + 1 : end]})", mend=mend)
    word = name[0].lower()
    if end > 0 and (word in FUNCTION_NAMES or is_foreign(name[0]) or is_foreign(word)):
        root = re.match(r"[0-9]+$", index) and re.match(r"\s*[({]", text[end + 1 :])
        if root:  # sqrt[3](x)
            return FormulaError(text, position + 1, _found("["), "", f"write root(x, {index})")
        return _swap(text, position, end + 1, f"({text[position + 1 : end]})", mend="write round brackets")
    if re.fullmatch(r"[A-Za-z0-9]+", index):
        together = len(name[0]) == 1 and index.isdigit()
        whole = f"{name[0]}{'' if together else '_'}{index}"
        found = f"{name[0]}[{index}] is not part of a formula"
        return _swap(text, name.start(), end + 1, whole, found)
    found = f"{name[0]}[…] is not part of a formula"
    allowed = "every parameter is a number with a name of its own"
    return FormulaError(text, position + 1, found, allowed, f"write {name[0]}0, {name[0]}1 and so on")


def _prime(text: str, position: int) -> FormulaError:
    end = position
    while end < len(text) and text[end] in "'′’″´":
        end += 1
    name = re.search(r"[A-Za-z_][A-Za-z0-9_]*$", text[:position])
    if name is None:
        return FormulaError(text, position + 1, _found(text[position]), _ALLOWED, "leave it out")
    shown = text[name.start() : end]
    if text[end:].lstrip().startswith("("):
        reason = "slopes are worked out from the formula, and it holds none itself"
        return FormulaError(
            text, position + 1, f"{shown} is a derivative", reason, "write the function itself"
        )
    count = sum(2 if mark == "″" else 1 for mark in text[position:end])
    whole = f"{name[0]}_prime{count if count > 1 else ''}"
    found = f"{shown} is no name: primes are not part of a formula"
    return _swap(text, name.start(), end, whole, found, f"write {whole}, or another name, for {shown}")


def _dot(text: str, position: int) -> FormulaError | None:
    word = re.search(r"[A-Za-z_][A-Za-z0-9_]*$", text[:position])
    if text[position + 1 : position + 2] in ("^", "*", "/") and text[:position].strip():
        operator = text[position + 1]
        return _swap(text, position, position + 2, operator, f"'.{operator}' is not part of a formula")
    module = _MODULE.match(text, word.start()) if word else None
    if module is None or module[1] not in _MODULES:
        return None
    end = module.end()
    found = f"'{module[0]}' is not part of a formula: functions stand without their module"
    constant = re.match(r"[A-Za-z0-9_]+", text[end:])
    if constant and constant[0] in _CONSTANTS:
        return _swap(text, module.start(), end + constant.end(), _CONSTANTS[constant[0]], found)
    if constant and constant[0] == "sinc" and module[1] not in ("math", "Math", "sympy", "mp", "mpmath"):
        return FormulaError(text, module.start() + 1, found, mend="write sin(pi*x)/(pi*x) for its sinc(x)")
    return _swap(text, module.start(), end, "", found, f"leave {module[0]} out")


def _percent(text: str, position: int) -> FormulaError:
    number = re.search(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*$", text[:position])
    factor = re.match(r"\s+(?=[A-Za-z(√])", text[position + 1 :])
    if (
        number is None
        or text[position + 1 : position + 2] == "%"
        or (re.match(r"\s*[\w.(]", text[position + 1 :]) and not (factor and number[0][-1] != " "))
    ):
        reason = "the rest of a division jumps, and between its jumps it is no more than what is divided"
        mend = "put a smooth function in its place"
        if number is not None and number[0][-1] != " ":
            mend += f", or write {_hundredth(number[0])}*(…) for a part in a hundred"
        elif text[:position].strip() and re.fullmatch(r"\s*[A-Za-z]\s*", text[position + 1 :]):
            mend += f", or write {text[:position].strip()} alone if the rest is a comment"
        return FormulaError(text, position + 1, _found("%"), reason, mend)
    part = _hundredth(number[0])
    end = position + 1 + (factor.end() if factor else 0)
    return _swap(text, number.start(), end, part + ("*" if factor else ""), _found("%"))


def _hundredth(number: str) -> str:
    return f"{(Decimal(number.strip()) / 100).normalize():f}"
