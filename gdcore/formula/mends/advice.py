"""Advice for signs and brackets that are not where they should be."""

from __future__ import annotations

import re

from gdcore.base.errors import FormulaError
from gdcore.formula.cursor import TokenCursor
from gdcore.formula.functions import FUNCTION_NAMES
from gdcore.formula.mends.calls import call_at
from gdcore.formula.mends.edits import Edit, MendableError
from gdcore.formula.mends.pieces import as_one
from gdcore.formula.mends.program_forms import comment
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
    if token.text == "/" and before is not None and before.text == "/" and before.end == token.column:
        return _two_strokes(cursor, before, token)
    if token.text == "if" and cursor.at("("):
        return _if_function(cursor, token)
    found = f"'{token.source}' stands where a number, a name or a bracket should stand"
    return cursor.error(token, found, mend="put one before it")


def _two_strokes(cursor: TokenCursor, first: Token, second: Token) -> FormulaError:
    """x // 2, and a comment."""
    reason = "the whole part of a quotient is flat between its jumps"
    mend = f"write {cursor.text[: first.column]}{cursor.text[second.end - 1 :]} for the quotient"
    start = first.column - 1
    found = "'//' is not part of a formula"
    return comment(cursor.text, start, "//") or cursor.error(first, found, reason, mend=mend)


def missing_operator(cursor: TokenCursor, before: Token, token: Token) -> FormulaError:
    """An error for two operands side by side that are no product for certain."""
    found = "an operator is missing here"
    if before.source.isdigit() and re.fullmatch("[0-9]{3}", token.source):
        mend = f"write {before.source}{token.source} for one number, {before.source}*{token.source} for a product"
        return cursor.error(token, found, mend=mend)
    if before.kind is token.kind is TokenKind.NUMBER and before.end == token.column:
        product = f"{before.source}*{token.source}"
        return cursor.error(
            token, found, "a number has one point", mend=f"write one, or {product} for a product"
        )
    left = before.source if before.kind is not TokenKind.OPERATOR else "(…)"
    right = token.source if token.kind is not TokenKind.OPERATOR else "(…)"
    return cursor.error(token, found, mend=f"write {left}*{right} for a product")


def slope_sign(cursor: TokenCursor, follower: Token) -> FormulaError | None:
    """An error for d/dx before the function that begins with ``follower``."""
    first, over, by, behind = [*cursor.tokens[:4], *cursor.tokens[-1:] * 3][:4]
    if (first.text, over.text, behind) != ("d", "/", follower) or not re.fullmatch("d[a-z]", by.text):
        return None
    if cursor.is_known("d") or cursor.is_known(by.text):
        return None
    reason = "slopes are worked out from the formula, and it holds none itself"
    return cursor.error(first, f"d/{by.text} is a derivative", reason, mend="write the function itself")


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
    return cursor.error(token, found, mend="end them with that value behind ', else'")


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
    touching = numbers and before.end == token.column and behind.column == token.end
    if touching and re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", before.source) and behind.source.isdigit():
        number = f"{before.source.replace('.', '')}.{behind.source}"  # 1.000,5
        return cursor.mendable(before, behind.end, number, "this comma is a decimal one")
    if close and re.fullmatch(r"[0-9]{3}\.[0-9]*", behind.source):  # 1,000.5
        return cursor.mendable(before, behind.end, before.source + behind.source, "digits are not grouped")
    if numbers and close:
        return cursor.mendable(token, token.end, ".", found, mend=f"write {before.source}.{behind.source}")
    opening = max((at for at, end in _open_brackets(cursor)), default=0)
    name = cursor.tokens[opening - 1]
    if opening and name.kind is TokenKind.NAME and name.end == cursor.tokens[opening].column:
        found = f"'{name.source}' is not a function, and a comma only stands between the arguments of one"
        return cursor.error(token, found, mend="write one expression in these brackets")
    if any(later.kind is TokenKind.RELATION for later in cursor.tokens[cursor.position :]):
        allowed = "a formula is what is minimised; the limits of a parameter are its domain"
        mend = "write only what stands before it"
        return cursor.mendable(token, len(cursor.text) + 1, "", found, allowed, mend)
    return cursor.error(token, found, mend="write one formula only")


def _open_brackets(cursor: TokenCursor, before: int | None = None) -> list[tuple[int, Token]]:
    """The brackets that are open before a token, by default the next, and their places."""
    opened: list[tuple[int, Token]] = []
    for place, token in enumerate(cursor.tokens[: cursor.position if before is None else before]):
        if token.text == "(":
            opened.append((place, token))
        elif token.text == ")" and opened:
            opened.pop()
    return opened


def _bare_condition(cursor: TokenCursor, token: Token) -> FormulaError:
    if token.text == "else":
        return cursor.error(token, "this else belongs to no if", mend="write its condition before it")
    found, tokens = "cases stand in brackets", cursor.tokens
    start = max((place + 1 for place, _ in _open_brackets(cursor)), default=0)
    for here in range(start, cursor.position):  # behind the last argument before it
        if tokens[here].text == "," and len(_open_brackets(cursor, here)) == len(_open_brackets(cursor)):
            start = here + 1
    depth, here, elses = 0, cursor.position, list[int]()
    while tokens[here].kind is not TokenKind.END:
        other = tokens[here]
        depth += (other.text == "(") - (other.text == ")")
        if depth < 0 or (depth == 0 and elses and other.text == ","):
            break
        elses += [here] if depth == 0 and cursor.is_keyword(other) and other.text == "else" else []
        here += 1
    end = here
    if not elses:
        cases = cursor.slice(tokens[start], tokens[end])
        return cursor.error(
            token, found, mend=f"write ({cases}, else …), with the value elsewhere behind else"
        )
    pieces, left = list[str](), start
    for place in elses:  # a if b else c if d else e, as in Python, is a if b, c if d, else e
        pieces.append(cursor.slice(tokens[left], tokens[place]).removesuffix(",").rstrip())
        left = place + 1
    last = cursor.slice(tokens[left], tokens[end])
    instead = f"({', '.join(pieces)}, else {last})"
    edit = Edit(tokens[start].column - 1, tokens[end - 1].end - 1, instead)
    otherwise = "put brackets around them"
    return MendableError(cursor.text, token.column, found, edit, otherwise=otherwise)


def _if_function(cursor: TokenCursor, token: Token) -> FormulaError:
    """if(x < 0, a, b), as in a spreadsheet."""
    found, call = "if is not a function", call_at(cursor, cursor.position)
    if call is None or len(call.arguments) != 3:
        mend = "give it a condition and two values, as in if(x < 0, -x, x)"
        return cursor.error(token, found, mend=mend)
    where, first, second = call.arguments
    return cursor.mendable(token, call.end, f"({first} if {where}, else {second})", found)
