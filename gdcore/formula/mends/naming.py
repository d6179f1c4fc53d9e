"""Advice for names and functions that are not what they seem."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore.base.errors import FormulaError
from gdcore.base.nearest import did_you_mean, nearest
from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import (
    FUNCTION_LETTERS,
    FUNCTION_NAMES,
    FUNCTIONS,
    ROOT,
    Function,
    function_called,
)
from gdcore.formula.mends.advice import is_label, relation, slope_sign
from gdcore.formula.mends.calls import call_at, form_at_call, form_called, without_brackets
from gdcore.formula.mends.edits import Edit, MendableError
from gdcore.formula.mends.foreign_functions import ALIASES, Form, form_of, is_foreign, why_not
from gdcore.formula.mends.pieces import as_one, fitted
from gdcore.formula.mends.unclear import edit_of, other_meaning
from gdcore.formula.printing.text import Hold
from gdcore.formula.tokens import Token, TokenKind
from gdcore.notation import Script, Symbol, is_upright, name_node

NOT_FINITE = frozenset(["inf", "Inf", "infinity", "Infinity", "nan", "NaN"])
_TRUTHS = {**dict.fromkeys(["true", "True", "TRUE"], "1"), **dict.fromkeys(["false", "False", "FALSE"], "0")}
NO_NUMBERS = frozenset([*NOT_FINITE, *_TRUTHS, "None", "null", "NULL", "nil"])
_OVER_AN_INDEX = ("Σ", "Π")
_USUAL = frozenset("xyzt")
# What is to be done with a formula, and the sign that makes it a minimum.
_GOALS = {
    **dict.fromkeys(["min", "minimize", "minimise", "argmin"], ""),
    **dict.fromkeys(["max", "maximize", "maximise", "argmax"], "-"),
}


def may_be_factor(cursor: TokenCursor, token: Token, name: str) -> bool:
    """May the name right before a bracket be a factor? x(x - 1) and θ(x - 1) are products, f(x) and foo(x) hardly."""
    if cursor.is_known(name):
        return True
    node = name_node(name)
    base = node.base if isinstance(node, Script) else node
    if is_upright(node) or not isinstance(base, Symbol) or base.name in FUNCTION_LETTERS:
        return False
    if cursor.parameters is not None:
        return False
    return not (is_foreign(name) and token.source.isascii()) and token.source not in _OVER_AN_INDEX


def is_called(cursor: TokenCursor, token: Token, name: str) -> bool:
    """Is ``name``, just taken, a function of other programs with its argument behind it, as in "sigmoid x"?"""
    following = cursor.peek()
    if token.source in _OVER_AN_INDEX or _goal_of(cursor, token, name) is not None:
        return cursor.begins_operand(following)
    if not is_foreign(name) or not token.source.isascii():
        return False
    if following.kind is TokenKind.RAISED or cursor.at("^", "**"):
        return without_brackets(cursor, token, name) is not None
    return following.kind in (TokenKind.NAME, TokenKind.NUMBER) and cursor.begins_operand(following)


def needs_brackets(cursor: TokenCursor, token: Token, name: str) -> FormulaError:
    """An error for a function, just taken, without brackets behind it."""
    if token.source in _OVER_AN_INDEX:
        found = f"'{token.source}' is not part of a formula: it has no sums and products over an index"
        return cursor.error(token, found, mend="write the terms out")
    goal = _goal_of(cursor, token, name)
    if goal is not None and cursor.begins_operand(cursor.peek()):
        return _goal(cursor, token, goal)
    mendable = without_brackets(cursor, token, name)
    if mendable is not None:
        return mendable
    function, why = function_called(name), why_not(name)
    if why is not None:
        return cursor.error(token, why[0], _functions(), mend=why[1])
    form = form_called(name) if function is None else Form(f"{token.source}({{0}})", Hold.ATOM)
    example = _example(function, token.source) if function else form and form.of("xyz")
    has_more = cursor.at("^", "**", "-") or cursor.peek().kind is TokenKind.RAISED
    mend = f"put what it is taken of in brackets, as in {example}" if has_more else f"write {example}"
    return cursor.error(token, f"{token.source} is a function and needs brackets", mend=mend)


def _goal_of(cursor: TokenCursor, token: Token, name: str) -> str | None:
    """The sign of what is to be minimised, where a formula begins with min, argmax or min_x; None for another name."""
    goal, _, moved = name.partition("_")
    is_first = token is cursor.tokens[0] and (not moved or moved in cursor.typed)
    return _GOALS.get(goal) if is_first else None


def _goal(cursor: TokenCursor, token: Token, sign: str) -> FormulaError:
    """min x^2 is x^2, for it is minimised anyway; max x is -x."""
    rest = cursor.text[token.end - 1 :].strip()
    instead = f"{sign}({rest})" if sign else rest
    found = f"'{token.source}' is not part of a formula, which is always minimised"
    edit = Edit(token.column - 1, len(cursor.text), instead)
    return MendableError(cursor.text, token.column, found, edit)


def not_a_function(cursor: TokenCursor, token: Token, name: str) -> FormulaError:
    """An error for a name, just taken, that is no function and has a bracket behind it."""
    equals = next((other for other in cursor.tokens if other.text == "="), None)
    if equals is not None and token is cursor.tokens[0] and is_label(cursor, equals):
        return relation(cursor, equals)
    found, product = f"'{token.source}' is not a function", f"write {token.source}*(…) for a product"
    if name in cursor.variables or name in (cursor.parameters or ()):
        return cursor.mendable(token, token.end, f"{token.source}*", found, mend=product)
    goal = _goal_of(cursor, token, name)
    if goal is not None:
        return _goal(cursor, token, goal)
    slope = slope_sign(cursor, cursor.peek())
    if slope is not None:
        return slope
    if name.lower() == "pi" and call_at(cursor, cursor.position) == ([], cursor.peek(2).column):
        return cursor.mendable(token, cursor.peek(1).end, "pi", found)
    alias = ALIASES.get(name) or ALIASES.get(name.lower())
    if name.lower() in FUNCTION_NAMES:
        alias = name.lower()
    call = call_at(cursor, cursor.position)
    if alias is not None:
        shown = f"write {alias}({', '.join(call.arguments) if call else '…'})"
        return cursor.mendable(token, token.end, alias, found, mend=shown)
    form = form_of(name)
    if form is not None:
        if call is not None and len(call.arguments) == form.arity:
            return cursor.mendable(token, call.end, form_at_call(form, cursor, token, call), found)
        letters = "xyz"[: form.arity]
        mend = f"write {form.of(letters)} for {name}({', '.join(letters)})"
        return cursor.error(token, found, mend=mend)
    if name in ("atan2", "arctan2") and call is not None and len(call.arguments) == 2:
        y, x = (as_one(argument) for argument in call.arguments)
        return cursor.error(token, found, mend=f"write atan({y}/{x}), which it is where {x} is above 0")
    why = why_not(name)
    if why is not None:
        mend = f"{why[1]}; for a product write {name}*(…)" if isinstance(name_node(name), Symbol) else why[1]
        return cursor.error(token, why[0], _functions(), mend=mend)
    if token.source in _OVER_AN_INDEX:
        return needs_brackets(cursor, token, name)
    factors = _product_with_function(cursor, name)
    if factors is not None:
        piece = fitted(factors, Hold.PRODUCT, cursor.text[: token.column - 1], "")
        return cursor.mendable(token, token.end, piece, found, mend=f"write {factors}(…)")
    meant = nearest(name, FUNCTION_NAMES)
    if meant is not None:
        mend = f"did you mean {meant}?"
        return cursor.mendable(token, token.end, meant, found, mend=mend, is_final=True, is_guess=True)
    return cursor.error(token, found, _functions(), mend=product)


def _functions() -> str:
    return f"there are {', '.join([*FUNCTIONS, ROOT.name])}"


def _example(function: Function, name: str) -> str:
    letters = "x, 3" if function is ROOT else ", ".join("xy"[: function.arity])
    return f"{name}({letters})"


def _product_with_function(cursor: TokenCursor, name: str) -> str | None:
    """xsin as x*sin, where its letters are names of the formula or usual ones."""
    for function in sorted(FUNCTION_NAMES, key=len, reverse=True):
        letters = name.removesuffix(function)
        if letters != name and letters and {*letters} <= {*cursor.typed, *cursor.constants, *_USUAL}:
            return "*".join([*letters, function])
    return None


def no_number(cursor: TokenCursor, token: Token) -> FormulaError:
    """An error for inf and nan, true and None."""
    if token.text not in NOT_FINITE:
        number = _TRUTHS.get(token.text, "a number")
        found = f"{token.source} is a name here, and formulae hold numbers only"
        return cursor.error(token, found, mend=f"write {number}, or name the parameters")
    found = f"{token.source} is a name here, and formulae hold finite numbers only"
    return cursor.error(token, found, mend="write a number, such as 1e6, or name the parameters")


def not_a_parameter(cursor: TokenCursor, token: Token, name: str) -> FormulaError:
    """An error for a name that is none of the given parameters."""
    parameters = cursor.parameters or ()
    found, allowed = f"'{token.source}' is not a parameter", f"the parameters are {', '.join(parameters)}"
    add = f"add {name} to the parameters"
    other = other_meaning(name, parameters, cursor.constants)
    if other is not None:
        left = cursor.tokens[max(cursor.tokens.index(token) - 1, 0)]
        is_glued = left.end == token.column and left.kind is not TokenKind.OPERATOR
        mend = f"write {other.piece} for {other.meant}, or {add}"
        edit = edit_of(cursor, token, other, is_glued)
        return MendableError(
            cursor.text, token.column, found, edit, allowed, mend, is_final=True, is_guess=True
        )  # fmt: skip
    return cursor.error(
        token, found, allowed, mend=did_you_mean(name, parameters, f"use one of them, or {add}")
    )


def wrong_arity(cursor: TokenCursor, function: Function, token: Token, count: int) -> FormulaError:
    """An error for a call, just read, with another number of arguments than the function takes."""
    name = function.name
    allowed = "1 argument" if function.arity == 1 else f"{function.arity} arguments"
    found = f"{token.source} takes {allowed}, found {count}"
    place = cursor.tokens.index(token) + 1
    call = call_at(cursor, place)
    assert call is not None
    for here, comma in enumerate(cursor.tokens[place : cursor.position], start=place):
        left, right = cursor.tokens[here - 1], cursor.tokens[min(here + 1, len(cursor.tokens) - 1)]
        numbers = left.source.isdigit() and right.kind is TokenKind.NUMBER and len(right.source) != 3
        if comma.text == "," and count > function.arity and numbers and left.end == right.column - 1:
            mend = f"write {left.source}.{right.source}"
            return cursor.mendable(comma, comma.end, ".", found, mend=mend)
    form = _with_another_arity(name, call.arguments)
    if form is not None:
        return cursor.mendable(token, call.end, form_at_call(form, cursor, token, call), found)
    if name in ("min", "max") and count > 2:
        nested = call.arguments[-1]
        for argument in reversed(call.arguments[:-1]):
            nested = f"{name}({argument}, {nested})"
        return cursor.mendable(token, call.end, nested, found)
    mend = f"write {_example(function, token.source)}"
    if name == "min" and count == 1:
        mend += ", or leave min out: a formula is minimised anyway"
    if name == "atan" and count == 2:
        y, x = (as_one(argument) for argument in call.arguments)
        mend = f"write atan({y}/{x}), which it is where {x} is above 0"
    return cursor.error(token, found, mend=mend)


def _with_another_arity(name: str, arguments: Sequence[str]) -> Form | None:
    """What some functions are elsewhere with one argument more or less."""
    match name, len(arguments):
        case "log", 2 if arguments[0].isdigit() and not arguments[1].isdigit():  # the base first
            return Form("log({1})/log({0})", Hold.PRODUCT, 2)
        case "log", 2:
            return Form("log({0})/log({1})", Hold.PRODUCT, 2)
        case "sqrt", 2:
            return Form("root({0}, {1})", Hold.ATOM, 2)
        case "root", 1:
            return Form("sqrt({0})", Hold.ATOM)
    return None


def no_degree(cursor: TokenCursor, token: Token, is_swapped: bool) -> FormulaError:
    """An error for root(x, n), just read, without a whole number from 2 on; ``is_swapped``: with n before x."""
    call = call_at(cursor, cursor.tokens.index(token) + 1)
    assert call is not None
    found = f"the degree of this root is {call.arguments[1]}"
    allowed = "it must be a whole number from 2 on, written out"
    if is_swapped:
        form = Form("root({1}, {0})", Hold.ATOM, 2)
        return cursor.mendable(token, call.end, form_at_call(form, cursor, token, call), found, allowed)
    mend = f"write {as_one(call.arguments[0])}^(1/{as_one(call.arguments[1])}) for a root of what is positive"
    return cursor.error(token, found, allowed, mend=mend)
