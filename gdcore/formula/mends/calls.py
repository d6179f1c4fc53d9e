"""Functions in the text of a formula that cannot be called as they are typed: what is meant, as an edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.edits import MendableError
from gdcore.formula.mends.foreign_functions import ALIASES, Form, form_of
from gdcore.formula.mends.pieces import as_one, fitted
from gdcore.formula.printing.text import Hold
from gdcore.formula.tokens import Token, TokenKind

_INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}


class TypedCall(NamedTuple):
    """The arguments of a call as they are typed, and the column behind it."""

    arguments: Sequence[str]
    end: int


def call_at(cursor: TokenCursor, place: int) -> TypedCall | None:
    """The call whose bracket is the token at ``place``; None if the bracket is never closed."""
    depth, start, arguments = 0, place + 1, list[str]()
    for here in range(place, len(cursor.tokens)):
        token = cursor.tokens[here]
        depth += (token.text == "(") - (token.text == ")")
        if (token.text == "," and depth == 1) or (depth == 0 and here > place):
            arguments.append(cursor.slice(cursor.tokens[start], token))
            start = here + 1
        if depth == 0:
            return TypedCall([] if arguments == [""] else arguments, token.end)
    return None


def form_at_call(form: Form, cursor: TokenCursor, token: Token, call: TypedCall) -> str:
    """The form with the arguments of a call that begins with ``token``, in brackets where it needs them."""
    text = cursor.text
    return fitted(form.of(call.arguments), form.hold, text[: token.column - 1], text[call.end - 1 :])


def form_called(name: str) -> Form | None:
    """What is written for the function ``name`` of one argument, be it known here or elsewhere."""
    known = ALIASES.get(name, name)
    return Form(f"{known}({{0}})", Hold.ATOM) if known in FUNCTION_NAMES else form_of(name)


def without_brackets(cursor: TokenCursor, token: Token, name: str) -> MendableError | None:
    """The mend for sin x, sin 2x, sin^2(x), sin^-1(x) and exp^x; the function has just been taken.

    None where it is not clear how far the argument reaches.
    """
    exponent, form = _exponent(cursor, cursor.position), form_called(name)
    if exponent is not None and name == "exp":
        return _called(cursor, token, form, exponent)
    argument = _argument(cursor, cursor.position if exponent is None else exponent.end)
    if exponent is None or argument is None or form is None:
        return _called(cursor, token, form, argument)
    if exponent.text == "-1":
        return _called(cursor, token, form_called(_INVERSES.get(name, "")), argument)
    base = form.text if form.hold is Hold.ATOM else f"({form.text})"
    return _called(cursor, token, Form(f"{base}^{as_one(exponent.text)}", Hold.POWER), argument)


class _Run(NamedTuple):
    """Text in a row of tokens, without brackets around it, and the place behind it."""

    text: str
    end: int


def _called(
    cursor: TokenCursor, token: Token, form: Form | None, argument: _Run | None
) -> MendableError | None:
    if form is None or argument is None or form.arity != 1:
        return None
    end = cursor.tokens[argument.end - 1].end
    piece = form_at_call(form, cursor, token, TypedCall([argument.text], end))
    return cursor.mendable(token, end, piece, f"{token.source} is a function and needs brackets")


def _exponent(cursor: TokenCursor, place: int) -> _Run | None:
    """The exponent that begins at a token."""
    token = cursor.tokens[place]
    if token.kind is TokenKind.RAISED:
        return _Run(token.text, place + 1)
    if token.text not in ("^", "**"):
        return None
    sign = "-" if cursor.tokens[place + 1].text == "-" else ""
    inner = place + 1 + len(sign)
    bracketed = None if sign else _bracketed(cursor, inner)
    if bracketed is None and cursor.tokens[inner].kind in (TokenKind.NUMBER, TokenKind.NAME):
        return _Run(sign + cursor.tokens[inner].source, inner + 1)
    return bracketed


def _bracketed(cursor: TokenCursor, place: int) -> _Run | None:
    call = call_at(cursor, place) if cursor.tokens[place].text == "(" else None
    if call is None or len(call.arguments) != 1:
        return None
    end = next(here for here, other in enumerate(cursor.tokens) if other.end == call.end and here > place)
    return _Run(call.arguments[0], end + 1)


def _argument(cursor: TokenCursor, place: int) -> _Run | None:
    """The argument that begins at a token: brackets, or what stands without spaces such as 2x, before a sum or the end."""
    tokens, last = cursor.tokens, place
    if tokens[place].text == "(":
        return _bracketed(cursor, place)
    if tokens[place].text == "|":
        closing = next((here for here in range(place + 1, len(tokens)) if tokens[here].text == "|"), None)
        return (
            None if closing is None else _Run(cursor.slice(tokens[place], tokens[closing].end), closing + 1)
        )
    while tokens[last].kind in (TokenKind.NUMBER, TokenKind.NAME) and (
        last == place or tokens[last].column == tokens[last - 1].end
    ):
        last += 1
    behind = tokens[last]
    reaches_on = behind.kind is TokenKind.RAISED or behind.text in ("*", "/", "^", "**", "(", "√", "∛")
    if last == place or reaches_on or behind.kind in (TokenKind.NUMBER, TokenKind.NAME):
        return None
    return _Run(cursor.slice(tokens[place], tokens[last - 1].end), last)
