"""Advice for two things side by side that are no product for certain."""

from __future__ import annotations

import re

from gdcore.base.errors import FormulaError
from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.advice import missing_operator, slope_sign
from gdcore.formula.mends.foreign_functions import why_not
from gdcore.formula.mends.pieces import as_one, closing_place
from gdcore.formula.tokens import Token, TokenKind
from gdcore.notation import is_upright, name_node

_OPERATORS = {"times": "*", "plus": "+", "minus": "-", "over": "/", "div": "/"}
_POWERS = {"squared": "^2", "cubed": "^3"}
_OTHER_BASE = re.compile("x[0-9][0-9A-Fa-f]*|b[01]+|o[0-7]+")  # 0x10
_BEFORE_CONDITIONS = frozenset(["for", "when", "where", "with", "subject", "such", "provided", "unless"])
_BETWEEN_FORMULAE = frozenset(["and", "or", "xor"])
_RESTS = frozenset(["mod", "rem"])


def no_product(cursor: TokenCursor, left: Token, token: Token) -> FormulaError | None:
    """The error for the factor that begins with ``token``, right behind ``left``; None where it is a product."""
    if left.text == "|":
        return _beside_bars(cursor, token)
    if left.kind is TokenKind.NAME and token.text == "(":
        return _called(cursor, left, token)
    if token.kind is not TokenKind.NAME:
        return None
    is_behind_number = left.kind is TokenKind.NUMBER and left.end == token.column
    grouped = re.match("(_[0-9]+)+", token.source) if is_behind_number else None
    if grouped:
        found, digits = "digits are not grouped", grouped[0].replace("_", "")
        end = token.column + grouped.end()
        return cursor.mendable(token, end, digits, found, mend="leave the _ out")
    if cursor.is_known(token.text):
        return None
    if is_behind_number and left.source == "0" and _OTHER_BASE.fullmatch(token.source):
        found = f"0{token.source} can be read in two ways"
        mend = f"write {int('0' + token.source, 0)} or 0*{token.source}"
        return cursor.error(left, found, mend=mend)
    if left.end < token.column and (error := _word_between(cursor, token)):
        return error
    if cursor.parameters is not None:
        return None
    if token.text in _OPERATORS or token.text in _POWERS:
        sign = _OPERATORS.get(token.text) or _POWERS[token.text]
        found = f"the word {token.source} is not part of a formula"
        return cursor.mendable(token, token.end, sign, found, mend=f"write {sign} for it")
    beside_number = left.kind is TokenKind.NUMBER and left.end < token.column
    if _is_word(left) or (_is_word(token) and not beside_number and left.end < token.column):
        return missing_operator(cursor, left, token)
    return None


def _word_between(cursor: TokenCursor, token: Token) -> FormulaError | None:
    """The error for a word with a use of its own: x^2 for x > 0, x^2 and y, x mod 2, and d/dx before a function."""
    found = f"the word {token.source} is not part of a formula"
    if token.text in _RESTS and (why := why_not("mod")):
        return cursor.error(
            token, why[0].replace("mod", token.source, 1), mend="put a smooth function in its place"
        )
    if token.text in _BEFORE_CONDITIONS:
        allowed = "a formula is what is minimised; the limits of a parameter are its domain"
        mend = "write only what stands before it"
        return cursor.mendable(token, len(cursor.text) + 1, "", found, allowed, mend)
    if token.text in _BETWEEN_FORMULAE and any(map(cursor.is_keyword, cursor.tokens[: cursor.position])):
        return cursor.error(token, found, "a condition has two sides", mend="write one condition each")
    if token.text in _BETWEEN_FORMULAE:
        return cursor.error(token, found, "a formula is one expression", mend="write one formula only")
    return slope_sign(cursor, token)


def _is_word(token: Token) -> bool:
    """Is it a name that never stands beside another one without a sign? 2 weight is printed, x weight is not."""
    name = token.text
    return token.kind is TokenKind.NAME and name not in FUNCTION_NAMES and is_upright(name_node(name))


def _called(cursor: TokenCursor, name: Token, opening: Token) -> FormulaError | None:
    """x(1) may be x1, and x(t) a function of t: nobody puts brackets around one factor."""
    inside, end = cursor.peek(1), cursor.peek(2)
    if end.text != ")" or name.text in cursor.constants or name.end != opening.column:
        return None
    shown = f"{name.source}({inside.source})"
    if inside.kind is TokenKind.NUMBER and inside.source.isdigit():
        index = f"{name.text}{inside.source}" if len(name.text) == 1 else f"{name.text}_{inside.source}"
        found, mend = f"{shown} can be read in two ways", f"write {index} or {name.source}*{inside.source}"
        return cursor.error(opening, found, mend=mend)
    if inside.kind is TokenKind.NAME:
        mend = f"write {name.source}*{inside.source} for a product"
        return cursor.error(opening, f"{shown} may be a function of {inside.source}", mend=mend)
    return None


def _beside_bars(cursor: TokenCursor, token: Token) -> FormulaError:
    """|x|y is a product; |x|y|z| may be two."""
    found = "an operator is missing behind these bars"
    if any(later.text == "|" for later in cursor.tokens[cursor.position :]):
        return cursor.error(token, found, mend="write *, or abs(…) for the bars")
    return cursor.mendable(token, token.column, "*", found, mend=f"write |…|*{token.source}")


def two_readings(cursor: TokenCursor, start: Token, inner: Token, follower: Token) -> FormulaError:
    """1/2x, e^2x, √2x: the factor ``follower``, just read, may belong to what begins with ``inner`` or to the whole."""
    end = cursor.tokens[cursor.position - 1].end
    head = cursor.text[start.column - 1 : inner.column - 1]
    middle, last = cursor.slice(inner, follower), cursor.slice(follower, end)
    one, other = f"{head}({middle}*{last})", f"{head}{middle}*{last}"
    found = f"{cursor.slice(start, end)} can be read in two ways"
    return cursor.error(follower, found, mend=f"write {one} or {other}")


def raised_root(cursor: TokenCursor, start: Token) -> FormulaError:
    """√x^2: the exponent may belong to what is under the root, or to the root."""
    inside = cursor.text[start.column : cursor.peek().column - 1].strip()
    call = "sqrt" if start.text == "√" else "cbrt"
    found = f"{start.text}{inside} with an exponent can be read in two ways"
    inner = inside[1:-1] if inside.startswith("(") and closing_place(inside, 0) == len(inside) - 1 else inside
    mend = f"write {call}({as_one(inside)}^n) or {call}({inner})^n"
    return cursor.error(cursor.peek(), found, mend=mend)


def cut_exponent(cursor: TokenCursor, start: Token, inner: Token) -> FormulaError:
    """x^1/3 is a third of x, and nobody means it."""
    degree = cursor.peek(1)
    head = cursor.text[start.column - 1 : inner.column - 1]
    found = f"{cursor.slice(start, degree.end)} is {head}1, divided by {degree.source}"
    base = head.rstrip("*^ ")
    mend = f"write {head}(1/{degree.source}) for the root, {base}/{degree.source} for the quotient"
    return cursor.error(inner, found, mend=mend)
