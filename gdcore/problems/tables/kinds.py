"""What stands in a cell that is no number: a date, a percentage, an amount of money, … and the mend of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from gdcore.problems.tables.amounts import (
    MAGNITUDE,
    MONEY,
    NUMBER,
    PERCENT,
    SOME_MONEY,
    UNIT,
    magnitude_mend,
    money_mark,
    money_mend,
    no_mark,
    percent_mark,
    percent_mend,
    unit_mark,
    unit_mend,
    without_thousands,
)
from gdcore.problems.tables.cells import shown
from gdcore.problems.tables.numerals import says_a_number, value_under

_YES_NO = (
    "yes|no|y|n|true|false|t|f|on|off|ja|nein|j|wahr|falsch|oui|non|vrai|faux|sí|si|verdadero|falso|vero|sim|não|nee|"
    "waar|onwaar|tak|nie"
)
_DIGITS_MEANT = str.maketrans("oOlI", "0011")
_LONGEST = 80  # characters of a cell that is looked at: no date and no amount has more
_MONTHS = (
    r"jan(?:uary|uar|vier|v)?|feb(?:ruary|ruar)?|f[ée]v(?:rier|r)?|mar(?:ch|s|zo)?|märz?|mrz|apr(?:il)?|avr(?:il)?|"
    r"may|mai|mayo|june?|juni|juin|july?|juli|juil(?:let)?|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|"
    r"nov(?:ember|embre)?|de[cz](?:ember)?|d[ée]c(?:embre)?"
)
_CLOCK = r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"

_A_NUMBER_INSTEAD = (
    "write a number instead, such as the year or the days since the first row, or choose another column"
)


_Mend: TypeAlias = str | Callable[[re.Match[str]], str | None]
_Mark: TypeAlias = Callable[[re.Match[str]], str]


def described(cell: str) -> tuple[str, str]:
    """What was found in a tidied cell that is no number and not missing, and the mend."""
    if (known := _kind_of(cell)) is not None:
        return f"{shown(cell)} is {known[0]}", known[1]
    if any(letter.isdigit() and not letter.isascii() for letter in cell):
        return f"{shown(cell)} is not a number", "write it in the digits 0 to 9"
    if re.search("[0-9]", cell) and re.search(r"[^0-9.,+\s-]", cell):
        return f"{shown(cell)} is not a number", "write a plain number, without letters, units and signs"
    return f"{shown(cell)} is not a number", "correct it, or choose another column"


def mark_of(cell: str) -> str | None:
    """What stands beside the number of a tidied cell: %, $, kg, "" for nothing; None where it is no such cell."""
    if says_a_number(cell):
        return ""
    known = _kind_of(cell)
    return None if known is None else known[2]


def is_of_a_kind(cell: str) -> bool:
    """Is it known what a tidied cell without a number is?"""
    return _kind_of(cell) is not None


def _kind_of(cell: str) -> tuple[str, str, str | None] | None:
    """What a cell is, its mend and its mark; None where it is of no kind that is known."""
    for pattern, what, mend, mark in _KINDS if len(cell) <= _LONGEST else ():
        found = pattern.fullmatch(cell)
        if found is not None:
            said = mend if isinstance(mend, str) else mend(found)
            if said is not None:
                return what, said, None if mark is None else mark(found)
    return None


def _fraction(found: re.Match[str]) -> str | None:
    whole, above, below = int(found[1] or 0), int(found[2]), int(found[3])
    return f"write {whole + above / below:g}" if below else None


def _middle(found: re.Match[str]) -> str | None:
    ends = [value_under("." if "." in end else ",", without_thousands(end)) for end in found.groups()]
    if ends[0] is None or ends[1] is None:
        return None
    return f"write one number, such as the middle, {(ends[0] + ends[1]) / 2:g}"


def _power(found: re.Match[str]) -> str:
    return f"write {without_thousands(found[1] or '1')}e{found[2]}"


def _negative(found: re.Match[str]) -> str:
    return f"write -{without_thousands(next(filter(None, found.groups())))}"


def _without_quotes(found: re.Match[str]) -> str:
    return f"write {found[1].strip()}" if says_a_number(found[1].strip()) else "leave out the quotes"


def _without_note(found: re.Match[str]) -> str:
    return f"write {without_thousands(found[1])}, and the note elsewhere"


def _raised(found: re.Match[str]) -> str:
    return f"write {found[1]}.{found[2]} if it marks decimals"


def _with_base(found: re.Match[str]) -> str:
    return f"write {int(found[0], 0)}"


def _letters_for_digits(found: re.Match[str]) -> str | None:
    meant = found[0].translate(_DIGITS_MEANT)
    return f"write {meant}, in digits" if says_a_number(meant) else None


def _degrees(found: re.Match[str]) -> str:
    size = int(found[2]) + int(found[3]) / 60 + float((found[4] or "0").replace(",", ".")) / 3600
    sign = "-" if found[1] == "-" or (found[5] or "").upper() in ("S", "W") else ""
    return f"write it in degrees alone in the whole column: {sign}{size:.8g}"


def _feet_or_minutes(found: re.Match[str]) -> str | None:
    first, second = int(found[1]), int(found[2])
    if second >= 60:
        return None
    said = f"seconds: {60 * first + second}"
    if second < 12:
        said = f"inches: {12 * first + second}, or {said}"
    return f"write it as one number in the whole column, in {said}"


def _kind(
    pattern: str, what: str, mend: _Mend, mark: _Mark | None = None
) -> tuple[re.Pattern[str], str, _Mend, _Mark | None]:
    return re.compile(pattern, re.IGNORECASE), what, mend, mark


_KINDS = (
    _kind(r"[+-]?inf(?:inity)?|[+-]?∞", "no finite number", "fill in a number, or remove the row"),
    _kind(_YES_NO, "a yes or no", "write 1 for yes and 0 for no"),
    _kind("=.*", "a formula of a spreadsheet", "save the table with the values in place of the formulae"),
    _kind(
        r"#[A-Z0-9/]+[!?]",
        "what a spreadsheet writes where a formula failed",
        "correct the formula, or remove the row",
    ),
    _kind(PERCENT[0], "a percentage", percent_mend, percent_mark),
    _kind(PERCENT[1], "a number of thousandths", percent_mend, percent_mark),
    _kind(MONEY, "an amount of money", money_mend, money_mark),
    _kind(
        r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2(?:[0-9]{4}|[0-9]{2})?|"
        r"[0-9]{4}[-/][0-9]{1,2}|[0-9]{1,2}/[0-9]{4}|[0-9]{4}-?(?:W[0-9]{1,2}|Q[1-4])|Q[1-4][ /-]?[0-9]{4}|"
        rf"(?:[0-9]{{1,4}}[.\s/-]*)?(?:{_MONTHS})\.?(?:[\s/,'-]*[0-9]{{1,4}}){{0,2}}",
        "a date",
        _A_NUMBER_INSTEAD,
    ),
    _kind(
        rf"[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}[T ,]+{_CLOCK}\s*(?:[ap]\.?m\.?|z|[+-][0-9:]+)?",
        "a date",
        _A_NUMBER_INSTEAD,
    ),
    _kind(
        r"[0-9]{1,3}\s*h\s*[0-5]?[0-9]\s*(?:m|min)?\.?(?:\s*[0-5]?[0-9]\s*s)?|[0-9]{1,3}\s*min\.?\s*[0-5]?[0-9]\s*s|"
        rf"{_CLOCK}\s*(?:[ap]\.?m\.?|uhr|h|z)?|[0-9]{{1,2}}\s*(?:[ap]\.?m\.?|uhr)",
        "a time",
        "write it as one number in the whole column, such as minutes or hours",
    ),
    _kind(
        r"([+-])?([0-9]{1,3})\s*[°º]\s*([0-5]?[0-9])\s*['’′](?:\s*([0-5]?[0-9](?:[.,][0-9]+)?)\s*(?:[\"”″]|''|’’|′′))?"
        r"\s*([NSEW])?",
        "an angle in degrees and minutes",
        _degrees,
    ),
    _kind(
        r"([0-9]{1,2})\s*['’′]\s*([0-9]{1,2})\s*(?:[\"”″]|''|’’|′′)?",
        "feet and inches or minutes and seconds",
        _feet_or_minutes,
    ),
    _kind(rf"\(\s*{SOME_MONEY}({NUMBER})\s*\)", "below zero as accountants write it", _negative),
    _kind(rf"({NUMBER})\s*-|-\s+({NUMBER})", "a number with its minus sign apart", _negative),
    _kind(r"(?:([0-9]{1,9})\s+)?([0-9]{1,9})\s*/\s*([0-9]{1,9})", "a fraction", _fraction),
    _kind(rf"({NUMBER})\s*(?:-|–|—|\.\.+|…|to|bis|à)\s*({NUMBER})", "a range", _middle),
    _kind(rf"({NUMBER})d([+-]?[0-9]+)", "a power of ten", _power),
    _kind(rf"(?:({NUMBER})\s*[x×*·⋅]\s*)?10\s*(?:\^|\*\*)\s*([+-]?[0-9]+)", "a power of ten", _power),
    _kind(
        rf"(?:[<>≤≥~≈±]|<=|>=|ca\.?|approx\.?)\s*{NUMBER}|{NUMBER}\s*(?:±|\+/-|\+-)\s*{NUMBER}",
        "no exact number",
        "write one number",
    ),
    _kind(r"0x[0-9a-f]+|0b[01]+", "not a number to base 10", _with_base),
    _kind(
        rf"({NUMBER})\s*(?:\*|[†‡§]|\[[0-9a-z]\]|\([a-z]\))+",
        "a number with the mark of a note",
        _without_note,
    ),
    _kind(
        r"(?=.*[0-9])[+-]?(?-i:[0-9.,O]|[olI](?=[0-9.,oO]))+",
        "a number with letters for digits",
        _letters_for_digits,
    ),
    _kind(r"([+-]?[0-9]+)[·⋅]([0-9]+)", "a number with a raised point", _raised),
    _kind(
        r"[+-]?[0-9.,]+(?:\s*[;|&/]\s*[+-]?[0-9.,]+)+",
        "more than one number",
        "write one number in each cell",
    ),
    _kind(MAGNITUDE, "a number with a word or letter for its size", magnitude_mend, no_mark),
    _kind(UNIT, "a number with a unit", unit_mend, unit_mark),
    _kind("[\"'“”„‟‘’‚«»‹›](.*?)[\"'“”„‟‘’‚«»‹›]?", "in quotes that are read as letters", _without_quotes),
    _kind(
        r"[+-]?[0-9]{1,3}(?:[.,'´’ \u00a0\u2009\u202f_][0-9]{2,3})+(?:[.,][0-9]+)?",
        "not a number",
        "leave out the marks between the thousands",
    ),
)
