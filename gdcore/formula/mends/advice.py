"""Advice for signs and brackets that are not where they should be."""

from __future__ import annotations

import re

from gdcore.base.errors import FormulaError
from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.calls import call_at
from gdcore.formula.mends.edits import Edit, MendableError
from gdcore.formula.mends.pieces import as_one
from gdcore.formula.tokens import Token, TokenKind

_LEFT_SIDE = re.compile(r"\s*([A-Za-z_]\w*)'*\s*(\([^()=]*\))?\s*")
_ARROW = re.compile(r"\s*(?:\w+\s*:)?\s*(?:\w+|\([\w\s,]*\))\s*-\s*>")
_NAME = re.compile(r"[^\W\d]\w*")


def unexpected(cursor: TokenCursor, token: Token, inside_call: bool = False) -> FormulaError:
    """An error for a token that cannot follow a complete operand."""
    before = cursor.tokens[cursor.position - 1]
    if token.kind is TokenKind.RELATION:
        return relation(cursor, token)
    if token.text == ")":
        return closes_nothing(cursor, token)
    if token.text == "|":
        return cursor.error(token, "this bar closes nothing", mend="remove it, or write abs(…)")
    if token.text == "," and not inside_call:
        return _comma(cursor, before, token)
    if cursor.is_keyword(token):
        return _bare_condition(cursor, token)
    if token.kind is TokenKind.RAISED:
        return cursor.error(token, "two exponents stand together", mend="put brackets around one power")
    return missing_operator(cursor, before, token)


def no_operand(cursor: TokenCursor, token: Token) -> FormulaError:
    """An error for a token, just taken, where a number, a name or a bracket should be."""
    if token.kind is TokenKind.END:
        found = "the formula ends where a number, a name or a bracket should follow"
        return cursor.error(token, found, mend="complete it")
    before = cursor.tokens[cursor.position - 2] if cursor.position > 1 else None
    if token.text == ")":
        name = cursor.tokens[cursor.position - 3] if cursor.position > 2 else None
        if before is not None and before.text == "(" and name is not None and name.text in cursor.constants:
            found = f"{name.source} is a number, and no function"
            return cursor.mendable(before, token.end, "", found, mend=f"write {name.source}")
        if before is not None and before.text == "(":
            return cursor.error(token, "these brackets are empty", mend="write an expression between them")
        if before is None or cursor.nesting == 0:
            return closes_nothing(cursor, token)
    if token.kind is TokenKind.RELATION and (before is not None or token.text == "="):
        return relation(cursor, token)
    if token.text == "if" and cursor.at("("):
        return _if_function(cursor, token)
    found = f"'{token.source}' stands where a number, a name or a bracket should stand"
    return cursor.error(token, found, mend="put one before it")


def missing_operator(cursor: TokenCursor, before: Token, token: Token) -> FormulaError:
    """An error for two operands side by side that are no product for certain."""
    found = "an operator is missing here"
    if before.source.isdigit() and re.fullmatch("[0-9]{3}", token.source):
        mend = f"write {before.source}{token.source} for one number, {before.source}*{token.source} for a product"
        return cursor.error(token, found, mend=mend)
    left = before.source if before.kind is not TokenKind.OPERATOR else "(…)"
    right = token.source if token.kind is not TokenKind.OPERATOR else "(…)"
    return cursor.error(token, found, mend=f"write {left}*{right} for a product")


def closes_nothing(cursor: TokenCursor, token: Token) -> FormulaError:
    """An error for a bracket that was never opened."""
    return cursor.error(token, "this ')' closes no bracket", mend="remove it or open one before it")


def not_closed(cursor: TokenCursor, opening: Token) -> FormulaError:
    """An error for a bracket or bar that is still open at the end."""
    kind, mark = ("bar", "|") if opening.text == "|" else ("bracket", ")")
    return cursor.error(opening, f"this {kind} is never closed", mend=f"add '{mark}'")


def no_else(cursor: TokenCursor, token: Token) -> FormulaError:
    """An error for cases that end without the last one."""
    found = "cases end with the value that is taken where no condition holds"
    return cursor.error(token, found, mend="write them as (-x if x < 0, else x)")


def relation(cursor: TokenCursor, token: Token) -> FormulaError:
    """y = x^2 is its right side, x^2 = 2 an equation, x ≤ 1 a condition."""
    text = cursor.text
    left, right = text[: token.column - 1], text[token.end - 1 :].strip()
    found = f"'{token.source}' is not part of a formula"
    arrow = _ARROW.match(text)
    if token.text == ">" and arrow and arrow.end() == token.end - 1:
        mend = "write only what stands behind the arrow"
        return cursor.mendable(cursor.tokens[0], token.end, "", found, mend=mend)
    if token.text != "=":
        allowed = "a formula is what is minimised; the limits of a parameter are its domain"
        return cursor.error(token, found, allowed, mend=f"leave the condition with {token.source} out")
    column, start = token.column, cursor.tokens[0].column - 1
    if not left.strip() or is_label(cursor, token):
        edit = Edit(start, len(text) - len(text[token.end - 1 :].lstrip()), "")
        return MendableError(text, column, found, edit, mend="write only what stands to the right of it")
    if left.count("(") > left.count(")"):
        return cursor.error(token, found, mend="write the value of an argument without its name")
    if "=" in right or not right:
        return cursor.error(token, found, mend="write only what is to be minimised")
    square = f"({left.strip()} - {as_one(right)})^2"
    allowed = "a formula is one expression, which is minimised"
    mend = f"to solve an equation, minimise the square of the difference: {square}"
    otherwise = "write only what is to be minimised"
    edit = Edit(start, len(text), square)
    return MendableError(text, column, found, edit, allowed, mend, is_final=True, otherwise=otherwise)


def is_label(cursor: TokenCursor, token: Token) -> bool:
    """Is what stands before this = only the name of the formula, as in f(x) = x^2?"""
    label = _LEFT_SIDE.fullmatch(cursor.text[: token.column - 1])
    names = {*_NAME.findall(cursor.text[token.end - 1 :])}
    moving = names - {*FUNCTION_NAMES, *cursor.constants}
    return label is not None and bool(moving) and label[1] not in {*names, *FUNCTION_NAMES}


def _comma(cursor: TokenCursor, before: Token, token: Token) -> FormulaError:
    found, behind = "a comma only stands between the arguments of a function", cursor.peek(1)
    numbers = before.kind is TokenKind.NUMBER and behind.kind is TokenKind.NUMBER
    close = before.source.isdigit() and before.end == token.column and behind.column == token.end
    if numbers and close and re.fullmatch("[1-9][0-9]{0,2}", before.source) and len(behind.source) == 3:
        mend = f"write {before.source}{behind.source}, or {before.source}.{behind.source}"
        return cursor.error(token, "this comma may be a decimal one, or stand between thousands", mend=mend)
    if numbers and close:
        return cursor.mendable(token, token.end, ".", found, mend=f"write {before.source}.{behind.source}")
    return cursor.error(token, found, mend="write 0.5, not 0,5, and one formula only")


def _bare_condition(cursor: TokenCursor, token: Token) -> FormulaError:
    if token.text == "else":
        return cursor.error(token, "this else belongs to no if", mend="write (-x if x < 0, else x)")
    found = "cases stand in brackets"
    return cursor.error(token, found, mend="write (-x if x < 0, else x)")


def _if_function(cursor: TokenCursor, token: Token) -> FormulaError:
    """if(x < 0, a, b), as in a spreadsheet."""
    found, call = "if is not a function", call_at(cursor, cursor.position)
    if call is None or len(call.arguments) != 3:
        return cursor.error(token, found, mend="write (-x if x < 0, else x)")
    where, first, second = call.arguments
    return cursor.mendable(token, call.end, f"({first} if {where}, else {second})", found)
