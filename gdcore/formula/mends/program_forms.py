"""Forms of programs around a formula: comments, @(x) and lambda-like heads, and a > b ? c : d."""

from __future__ import annotations

import re

from gdcore.base.errors import FormulaError
from gdcore.formula.functions import CONSTANTS, FUNCTION_NAMES
from gdcore.formula.mends.edits import Edit, MendableError

_HEAD = re.compile(r"\s*(?:\w+\s*(?:\([^()]*\))?\s*=\s*)?@\s*\(\s*[\w\s,]*\)\s*")
_EQUALS = re.compile(r"(?<![<>=!:])=(?!=)")
_WORD = re.compile(r"[^\W\d_]+")


def program_form(text: str, position: int) -> FormulaError | None:
    """The error for the character at ``position`` where it belongs to such a form."""
    marks = ("#", "//", "%")
    for mark in marks:
        start = text.find(mark)
        if 0 <= start <= position and (error := comment(text, start, mark)):
            return error
    head = _HEAD.match(text)
    if text[position] == "@" and head and position < head.end():
        found, edit = "'@' is not part of a formula", Edit(0, head.end(), "")
        mend = f"write only what stands behind {text[position : head.end()].strip()}"
        return MendableError(text, position + 1, found, edit, mend=mend)
    return _conditional(text, position) if text[position] == "?" else None


def comment(text: str, start: int, mark: str) -> FormulaError | None:
    """The error for a comment behind ``mark``, which stands at ``start``; None where it may be a sign."""
    before, behind = text[:start], text[start:].lstrip(mark).lstrip()
    if mark == "#" and not before.strip():
        return FormulaError(text, start + 1, "a comment is no formula", mend="write one such as (x-3)^2+2")
    if not before.strip() or (mark == "%" and not behind) or (mark != "#" and not _is_prose(behind, before)):
        return None
    if mark == "%" and before[-1].isdigit() and text[start + 1 : start + 2].isspace():  # 5% weight
        return None
    edit = Edit(len(before.rstrip()), len(text), "")
    mend = f"write only what stands before the {mark}"
    return MendableError(text, start + 1, f"'{mark}' is not part of a formula", edit, mend=mend)


def _is_prose(behind: str, before: str) -> bool:
    """Does it begin with a word that is no name of the formula and no function?"""
    word = _WORD.match(behind)
    if not behind.strip():
        return True
    known = {*FUNCTION_NAMES, *CONSTANTS, *_WORD.findall(before)}
    return word is not None and len(word[0]) > 1 and word[0] not in known


def _conditional(text: str, position: int) -> FormulaError | None:
    """x > 0 ? x : -x, as in C."""
    start, end, colon = _left(text, position), *_right(text, position)
    if colon < 0:
        return None
    where = text[start:position].strip()
    first, second = text[position + 1 : colon].strip(), text[colon + 1 : end].strip()
    cases = f"{first} if {where}, else {second}"
    is_bracketed = re.search(r"(?:^|\W)\s*\($", text[:start]) and text[end : end + 1] == ")"
    edit = Edit(start, end, cases if is_bracketed else f"({cases})")
    otherwise = "write cases as in (x if x > 0, else -x)"
    return MendableError(text, position + 1, "'?' is not part of a formula", edit, otherwise=otherwise)


def _left(text: str, position: int) -> int:
    """Where the condition before the question mark begins."""
    depth, start = 0, position
    while start > 0:
        character = text[start - 1]
        depth += (character == ")") - (character == "(")
        if depth < 0 or (depth == 0 and character == ","):
            break
        start -= 1
    equals = [match.end() for match in _EQUALS.finditer(text, start, position)]
    start = equals[0] if equals else start
    gap = re.match(r"\s*(?:else\b\s*)?", text[start:])
    return start + (gap.end() if gap else 0)


def _right(text: str, position: int) -> tuple[int, int]:
    """Where the second value ends, and the place of the colon before it; -1 without one."""
    depth, open_marks, colon = 0, 1, -1
    for place in range(position + 1, len(text)):
        character = text[place]
        depth += (character == "(") - (character == ")")
        if depth < 0 or (depth == 0 and character == ","):
            return place, colon
        if depth == 0 and colon < 0:
            open_marks += (character == "?") - (character == ":")
            colon = place if open_marks == 0 else -1
    return len(text), colon
