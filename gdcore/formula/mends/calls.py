"""Functions in the text of a formula that cannot be called as they are typed: what is meant, as an edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.edits import Edit, MendableError
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
    if known in ("min", "max"):
        return None
    return Form(f"{known}({{0}})", Hold.ATOM) if known in FUNCTION_NAMES else form_of(name)


def without_brackets(cursor: TokenCursor, token: Token, name: str) -> MendableError | None:
    """The mend for sin x, sin 2x, exp -x, sin^2(x), sin^-1(x) and exp^x; the function has just been taken.

    It has two readings where it is not clear how far the argument reaches: sin x^2. None where there is no argument.
    """
    exponent, form = _exponent(cursor, cursor.position), form_called(name)
    if exponent is not None and name == "exp":
        return _called(cursor, token, form, exponent)
    place = cursor.position if exponent is None else exponent.end
    signed = exponent is None and cursor.tokens[place].text == "-"
    argument = _argument(cursor, place + signed)
    if argument is None:
        return None
    if signed:
        last = cursor.tokens[argument.end - 1]
        argument = _Run(cursor.slice(cursor.tokens[place], last.end), argument.end)
    if exponent is not None and form is not None:
        if exponent.text == "-1":
            form = form_called(_INVERSES.get(name, ""))
        else:
            base = form.text if form.hold is Hold.ATOM else f"({form.text})"
            form = Form(f"{base}^{as_one(exponent.text)}", Hold.POWER)
    end = _reach(cursor, argument.end)
    if end == argument.end or cursor.tokens[place].text == "(":
        return _called(cursor, token, form, argument)
    longer = _Run(cursor.slice(cursor.tokens[place], cursor.tokens[end - 1].end), end)
    return _called(cursor, token, form, argument, longer)


class _Run(NamedTuple):
    """Text in a row of tokens, without brackets around it, and the place behind it."""

    text: str
    end: int


def _called(
    cursor: TokenCursor, token: Token, form: Form | None, argument: _Run | None, longer: _Run | None = None
) -> MendableError | None:
    if form is None or argument is None or form.arity != 1:
        return None

    def edit(run: _Run) -> Edit:
        end = cursor.tokens[run.end - 1].end
        piece = form_at_call(form, cursor, token, TypedCall([run.text], end))
        return Edit(token.column - 1, end - 1, piece)

    found, first = f"{token.source} is a function and needs brackets", edit(argument)
    if longer is None:
        return MendableError(cursor.text, token.column, found, first)
    second, rest = edit(longer), cursor.text[first.end : cursor.tokens[longer.end - 1].end - 1]
    mend = f"write {first.text}{rest} or {second.text}"
    return MendableError(cursor.text, token.column, found, first, mend=mend, is_guess=True, other=second)


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
    """The least argument that begins at a token: brackets, bars, a function of one, or what stands without spaces such as 2x."""
    tokens, last = cursor.tokens, place
    first = tokens[place]
    if first.text == "(":
        return _bracketed(cursor, place)
    if first.text == "|":
        closing = next((here for here in range(place + 1, len(tokens)) if tokens[here].text == "|"), None)
        return None if closing is None else _Run(cursor.slice(first, tokens[closing].end), closing + 1)
    if first.text in ("√", "∛") or _is_function(first):
        inside = _argument(cursor, place + 1)
        return None if inside is None else _Run(cursor.slice(first, tokens[inside.end - 1].end), inside.end)
    while tokens[last].kind in (TokenKind.NUMBER, TokenKind.NAME) and (
        last == place or (tokens[last].column == tokens[last - 1].end and not _is_function(tokens[last]))
    ):
        last += 1
    return None if last == place else _Run(cursor.slice(first, tokens[last - 1].end), last)


def _is_function(token: Token) -> bool:
    return token.kind is TokenKind.NAME and token.text in FUNCTION_NAMES


def _reach(cursor: TokenCursor, place: int) -> int:
    """The place behind the longest argument that goes on at a token: before a sum, the next function or the end."""
    tokens, here, depth = cursor.tokens, place, 0
    while tokens[here].kind not in (TokenKind.END, TokenKind.RELATION) and depth >= 0:
        token = tokens[here]
        is_exponent = tokens[here - 1].text in ("^", "**")
        ends = token.text in ("+", "-", ",", "|") or cursor.is_keyword(token) or _is_function(token)
        if depth == 0 and ends and not is_exponent:
            break
        depth += (token.text == "(") - (token.text == ")")
        here += 1
    here -= depth < 0
    while here > place and tokens[here - 1].text in ("*", "/"):
        here -= 1
    return here
