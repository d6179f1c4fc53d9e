"""Names that may be something else: xy beside x and y, 2xy, sinx, PI. One is asked, for nobody would see the difference.

Clearly a name is a Greek letter, and one that is not made of others in the formula: x_y, and w1 beside w.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.edits import AskedNameError, Edit
from gdcore.formula.mends.pieces import fitted
from gdcore.formula.order import dictionary_order
from gdcore.formula.printing.text import Hold
from gdcore.formula.tokens import Token, TokenKind
from gdcore.notation.symbols import GREEK

# Letters that a function without its brackets is likely to have, also where they do not stand elsewhere.
_USUAL = frozenset("xyz")
_NUMBERS = {"PI": "pi", "Pi": "pi", "E": "e"}
_SHORT = 3
# The longest first: sinh before sin.
_OF_ONE = sorted({*FUNCTION_NAMES} - {"min", "max", "root"}, key=len, reverse=True)
_MULTIPLE = re.compile(rf"({'|'.join(name for name in _OF_ONE if name != 'log')})([0-9]+)([a-z])")  # sin2x
_EXPONENTIAL = re.compile("e([0-9]*)([a-z])")  # e^x that has lost its sign
_NUMBERED = re.compile("(?:[a-z][0-9]+){2,}")
_SMALL_POWER = re.compile("([a-z])([2-9])")


class OtherMeaning(NamedTuple):
    """What a name may be: ``meant`` is its kind, ``piece`` how it is written, ``found`` why one asks."""

    meant: str
    piece: str
    found: str


def ask_of_names(cursor: TokenCursor, glued: Sequence[Token]) -> None:
    """Raise MendableError for the first name of the formula that may be something else.

    ``glued`` are the names that stand right behind another factor.
    """
    for place, token in enumerate(cursor.tokens):
        name = cursor.spelled(token) if token.kind is TokenKind.NAME else ""
        if name not in cursor.variables:
            continue
        other = other_meaning(name, cursor.variables, cursor.constants)
        if _is_raised_power(name, cursor.tokens[place + 1]):
            other = OtherMeaning("the product", "*".join(name), f"{name} is one name, and no product")
        if not token.source.isascii() and name in _NUMBERS:  # Π is a letter
            other = None
        left = cursor.tokens[place - 1] if token in glued else None
        power = _SMALL_POWER.fullmatch(token.source)
        if power and left is not None and power[1] in cursor.variables:  # 2x3 beside x has lost its exponent
            found = f"{name} is one name, beside {power[1]}"
            other = OtherMeaning("the power", f"{power[1]}^{power[2]}", found)
        if other is None and left is not None and _NUMBERED.fullmatch(token.source):
            factors = "*".join(re.findall("[a-z][0-9]+", name))
            other = OtherMeaning("the product", factors, f"{name} is one name, right behind a factor")
        if other is None and left is not None and len(name) > 1 and name.isalpha() and name not in GREEK:
            if len(name) > _SHORT:
                mend = f"write {_end_of(left)}*{name} for a product"
                raise cursor.mendable(
                    token, token.column, "*", f"{name} stands right behind a factor", mend=mend
                )
            other = OtherMeaning("the product", "*".join(name), f"{name} is one name, right behind a factor")
        if other is not None:
            raise _question(cursor, token, left, name, other)


def _is_raised_power(name: str, behind: Token) -> bool:
    """Is it ex^2, which has not lost its ^?"""
    return (
        len(name) == 2
        and name[0] == "e"
        and name[1] in _USUAL
        and (behind.kind is TokenKind.RAISED or behind.text in ("^", "**"))
    )


def _question(
    cursor: TokenCursor, token: Token, left: Token | None, name: str, other: OtherMeaning
) -> AskedNameError:
    shown = other.piece if left is None or "*" not in other.piece else f"{_end_of(left)}*{other.piece}"
    edit = edit_of(cursor, token, other, left is not None)
    names = dictionary_order(cursor.variables)
    return AskedNameError(cursor.text, token.column, other.found, edit, name, other.meant, shown, names)


def edit_of(cursor: TokenCursor, token: Token, other: OtherMeaning, is_glued: bool) -> Edit:
    """The edit that writes the other meaning in the place of the name; an exponent behind xy is that of y."""
    before, sign = cursor.text[: token.column - 1], "*" if is_glued else ""
    is_power = other.piece.startswith("e^")
    hold = Hold.POWER if is_power else Hold.PRODUCT if "*" in other.piece else Hold.ATOM
    after = cursor.text[token.end - 1 :] if is_power else ""
    return Edit(token.column - 1, token.end - 1, sign + fitted(other.piece, hold, before + sign, after))


def _end_of(left: Token) -> str:
    return left.source if left.kind in (TokenKind.NUMBER, TokenKind.NAME) else "(…)"


def other_meaning(name: str, variables: Collection[str], constants: Collection[str]) -> OtherMeaning | None:
    """What else ``name`` may be beside these; None where it is clearly a name."""
    if name in _NUMBERS:
        return OtherMeaning("the number", _NUMBERS[name], f"{name} is a name here, and not the number")
    twice = _MULTIPLE.fullmatch(name)
    if twice and twice[3] in {*variables, *_USUAL}:
        piece = f"{twice[1]}({twice[2]}*{twice[3]})"
        return OtherMeaning("the function", piece, f"{name} is one name, and no function")
    if len(name) == 1 or name in GREEK:
        return None
    power = _EXPONENTIAL.fullmatch(name)
    if power and "e" in constants and power[2] in {*variables, *_USUAL}:
        exponent = f"({power[1]}*{power[2]})" if power[1] else power[2]
        return OtherMeaning("the power", f"e^{exponent}", f"{name} is one name, and no power of e")
    known = {
        other
        for other in (*variables, *constants)
        if other != name and (len(other) == 1 or other == "pi" or other[-1].isdigit())
    }
    parts = _split(name, known)
    if parts and any(part in variables for part in parts):
        *first, last = sorted({*parts})
        there = f"{', '.join(first)} and {last}" if first else last
        return OtherMeaning("the product", "*".join(parts), f"{name} is one name, beside {there}")
    if not name.isalpha():
        return None
    called = _split(name, known | _USUAL, with_functions=True)
    if called and any("(" in piece for piece in called):
        meant = "the function" if len(called) == 1 else "the product"
        return OtherMeaning(meant, "*".join(called), f"{name} is one name, and no function")
    return None


def _split(name: str, known: Collection[str], with_functions: bool = False) -> list[str] | None:
    """``name`` as known names one after the other, the longest first, and functions of one: x, sin(x).

    None where it is not made of them.
    """
    if not name:
        return []
    lengths = sorted({len(other) for other in known}, reverse=True)
    heads = [(name[:length], name[:length]) for length in lengths if name[:length] in known]
    if with_functions:
        for function in _OF_ONE:
            inside = name.removeprefix(function)[:1]
            if name.startswith(function) and inside in known:
                heads.insert(0, (function + inside, f"{function}({inside})"))
    for head, piece in heads:
        rest = _split(name[len(head) :], known, with_functions)
        if rest is not None and len(head) <= len(name):
            return [piece, *rest]
    return None
