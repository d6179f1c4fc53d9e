"""What stands in a cell that is no number: nothing, a date, a percentage, an amount of money, … and the mend of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gdcore.problems.tables.numerals import OTHER_MARK, decided_by, says_a_number, value_under

_MISSING = frozenset(
    [
        *("", "-", "--", "---", "–", "—", "―", ".", "..", "...", "…", "?", "??"),
        *("na", "n/a", "n.a.", "n. a.", "nan", "-nan", "<na>", "#na", "#n/a", "#n/d", "#nv"),
        *("null", "none", "nil", "missing", "k.a.", "k. a."),
    ]
)
_YES_NO = (
    "yes|no|y|n|true|false|t|f|on|off|ja|nein|j|wahr|falsch|oui|non|vrai|faux|sí|si|verdadero|falso|vero|sim|não|nee|"
    "waar|onwaar|tak|nie"
)
_TOTALS = re.compile(
    r"(?:grand |sub-?)?totals?|totale|sums?|summen?|gesamt(?:summe)?|insgesamt|somme|suma|mean|average|mittelwert|"
    r"durchschnitt|moyenne|ø",
    re.IGNORECASE,
)

_SHOWN = 40  # characters of a cell that a message repeats
_LONGEST = 80  # characters of a cell that is looked at: no date and no amount has more
_NUMBER = r"[+-]?(?:[0-9][0-9.,' \u00a0\u202f]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
_SIGN = r"[$€£¥₹₽₩₺₪฿₫₴¢]|[A-Z]{1,3}\$"
_CODE = (
    r"EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|RUB|UAH|BRL|MXN|ZAR|KRW|SGD|HKD|ILS|"
    r"Euros?|Dollars?|Fr\.?|SFr\.?|kr\.?|zł|Kč|Ft|Rs\.?|R\$"
)
_MONEY = rf"(?:{_SIGN}|(?:{_CODE})(?![^\W\d_]))"
_SOME_MONEY = rf"(?:{_MONEY}\s*)?"
_UNIT = r"[^\W\d_](?:[^\W\d_]|[°²³/·])*|°[CFK]?|″|′"
_MONTHS = (
    r"jan(?:uary|uar|vier|v)?|feb(?:ruary|ruar)?|f[ée]v(?:rier|r)?|mar(?:ch|s|zo)?|märz?|mrz|apr(?:il)?|avr(?:il)?|"
    r"may|mai|mayo|june?|juni|juin|july?|juli|juil(?:let)?|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|"
    r"nov(?:ember|embre)?|de[cz](?:ember)?|d[ée]c(?:embre)?"
)
_CLOCK = r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"

_A_NUMBER_INSTEAD = (
    "write a number instead, such as the year or the days since the first row, or choose another column"
)


def is_missing(cell: str) -> bool:
    """Does a tidied cell say that its number is not known? Empty, a dash, a point, ?, NA, N/A, #N/A, NaN, null, none,
    missing, k. A.; case does not count."""
    return cell.lower() in _MISSING


def is_total(cell: str) -> bool:
    """Does a cell say that its row is the total or the mean of those above?"""
    return _TOTALS.fullmatch(cell.rstrip(": ")) is not None


def is_rule(cells: Sequence[str]) -> bool:
    """Is a row a drawn line, as under the names of a table in a text: |---|---|?"""
    text = "".join(cells).replace(" ", "")
    return (
        len(text) > 2
        and not text.strip("-=_:+")
        and all(len(cell.strip()) > 2 for cell in cells if cell.strip())
    )


def is_comment(cell: str) -> bool:
    """Does the first cell of a line begin a comment?"""
    return re.match(r"#.|//|/\*", cell) is not None


def shown(cell: str) -> str:
    """A cell as a message repeats it: on one line, and not too long."""
    line = " ".join(cell.split())
    return f"'{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}'"


def described(cell: str) -> tuple[str, str]:
    """What was found in a tidied cell that is no number and not missing, and the mend."""
    for pattern, what, mend in _KINDS if len(cell) <= _LONGEST else ():
        found = pattern.fullmatch(cell)
        if found is not None:
            said = mend if isinstance(mend, str) else mend(found)
            if said is not None:
                return f"{shown(cell)} is {what}", said
    if any(letter.isdigit() and not letter.isascii() for letter in cell):
        return f"{shown(cell)} is not a number", "write it in the digits 0 to 9"
    if re.search("[0-9]", cell) and re.search(r"[^0-9.,+\s-]", cell):
        return f"{shown(cell)} is not a number", "leave out units and signs such as % or $"
    return f"{shown(cell)} is not a number", "correct it, or choose another column"


def _plain(text: str) -> str:
    """A number of a cell as a message proposes it: without marks between thousands, where it is sure that they are such."""
    text = text.strip()
    for mark in (" ", "\u00a0", "\u202f", "'"):
        text = text.replace(mark, "")
    decimal = decided_by(text)
    return text if decimal is None else text.replace(OTHER_MARK[decimal], "")


def _money(found: re.Match[str]) -> str:
    sign, *amounts = found.groups()
    amount = (sign or "") + _plain(next(filter(None, amounts)))
    return f"leave out units and signs of money in the whole column: write {amount}"


def _unit(found: re.Match[str]) -> str:
    return f"leave out units in the whole column: write {_plain(found[1])}, and let the column's name say {found[2]}"


def _percent(found: re.Match[str]) -> str:
    return (
        f"leave out the sign in the whole column: write {_plain(found[1])}, and let the column's name say it"
    )


def _fraction(found: re.Match[str]) -> str | None:
    whole, above, below = int(found[1] or 0), int(found[2]), int(found[3])
    return f"write {whole + above / below:g}" if below else None


def _middle(found: re.Match[str]) -> str | None:
    ends = [value_under("." if "." in end else ",", _plain(end)) for end in found.groups()]
    if ends[0] is None or ends[1] is None:
        return None
    return f"write one number, such as the middle, {(ends[0] + ends[1]) / 2:g}"


def _power(found: re.Match[str]) -> str:
    return f"write {_plain(found[1] or '1')}e{found[2]}"


def _negative(found: re.Match[str]) -> str:
    return f"write -{_plain(next(filter(None, found.groups())))}"


def _without_quotes(found: re.Match[str]) -> str:
    return f"write {found[1].strip()}" if says_a_number(found[1].strip()) else "leave out the quotes"


def _kind(
    pattern: str, what: str, mend: str | Callable[[re.Match[str]], str | None]
) -> tuple[re.Pattern[str], str, str | Callable[[re.Match[str]], str | None]]:
    return re.compile(pattern, re.IGNORECASE), what, mend


_KINDS = (
    _kind(r"[+-]?inf(?:inity)?|[+-]?∞", "no finite number", "fill in a number, or remove the row"),
    _kind(_YES_NO, "a yes or no", "write 1 for yes and 0 for no"),
    _kind("=.*", "a formula of a spreadsheet", "save the table with the values in place of the formulae"),
    _kind(
        r"#[A-Z0-9/]+[!?]",
        "what a spreadsheet writes where a formula failed",
        "correct the formula, or remove the row",
    ),
    _kind(rf"({_NUMBER})\s*(?:%|‰|percent|per cent|prozent|pct\.?)", "a percentage", _percent),
    _kind(rf"[%‰]\s*({_NUMBER})", "a percentage", _percent),
    _kind(
        rf"(-)?\s*{_MONEY}\s*({_NUMBER})-*|({_NUMBER})\s*{_MONEY}|([0-9]+)[.,][-—]+",
        "an amount of money",
        _money,
    ),
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
        rf"{_CLOCK}\s*(?:[ap]\.?m\.?|uhr|h|z)?|[0-9]{{1,2}}\s*(?:[ap]\.?m\.?|uhr)",
        "a time",
        "write it as one number in the whole column, such as minutes or hours",
    ),
    _kind(rf"\(\s*{_SOME_MONEY}({_NUMBER})\s*\)", "below zero as accountants write it", _negative),
    _kind(rf"({_NUMBER})\s*-|-\s+({_NUMBER})", "a number with its minus sign apart", _negative),
    _kind(r"(?:([0-9]{1,9})\s+)?([0-9]{1,9})\s*/\s*([0-9]{1,9})", "a fraction", _fraction),
    _kind(rf"({_NUMBER})\s*(?:-|–|—|\.\.+|…|to|bis|à)\s*({_NUMBER})", "a range", _middle),
    _kind(rf"({_NUMBER})d([+-]?[0-9]+)", "a power of ten", _power),
    _kind(rf"(?:({_NUMBER})\s*[x×*·⋅]\s*)?10\s*(?:\^|\*\*)\s*([+-]?[0-9]+)", "a power of ten", _power),
    _kind(
        rf"(?:[<>≤≥~≈±]|<=|>=|ca\.?|approx\.?)\s*{_NUMBER}|{_NUMBER}\s*(?:±|\+/-|\+-)\s*{_NUMBER}",
        "no exact number",
        "write one number",
    ),
    _kind(rf"({_NUMBER})\s*({_UNIT})", "a number with a unit", _unit),
    _kind("[\"'“”„‟‘’‚«»‹›](.*?)[\"'“”„‟‘’‚«»‹›]?", "in quotes that are read as letters", _without_quotes),
    _kind(
        r"[+-]?[0-9]{1,3}(?:[.,'´’ \u00a0\u2009\u202f_][0-9]{2,3})+(?:[.,][0-9]+)?",
        "not a number",
        "leave out the marks between the thousands",
    ),
)
