"""Numbers with something beside them: a percent sign, a sign of money, a word such as million, a unit.

What may be left out of one cell may be left out of its column only if it is the same in every cell: the ``mark`` of a
cell says what stands beside its number.
"""

from __future__ import annotations

import re
from decimal import Decimal

from gdcore.problems.tables.numerals import OTHER_MARK, DecimalMark, decided_by, value_under

NUMBER = r"[+-]?(?:[0-9][0-9.,' \u00a0\u202f]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
_SIGN = r"[$€£¥₹₽₩₺₪฿₫₴¢]|[A-Z]{1,3}\$"
_CODE = (
    r"EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|RUB|UAH|BRL|MXN|ZAR|KRW|SGD|HKD|ILS|"
    r"Euros?|Dollars?|Fr\.?|SFr\.?|kr\.?|zł|Kč|Ft|Rs\.?|R\$"
)
_MONEY = rf"(?:{_SIGN}|(?:{_CODE})(?![^\W\d_]))"
SOME_MONEY = rf"(?:{_MONEY}\s*)?"
_UNIT = r"[^\W\d_](?:[^\W\d_]|[°²³/·])*|°[CFK]?|″|′"

# Zeros that a letter or a word stands for. Letters count as they are written: 5 m are metres, 5M are millions.
_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}
_WORDS = {
    3: ("thousand", "thousands", "tsd", "tausend"),
    5: ("lakh", "lakhs"),
    6: ("million", "millions", "millionen", "mio", "mill", "mln"),
    7: ("crore", "crores"),
    9: ("billion", "billions", "bn", "bln", "milliard", "milliards", "milliarde", "milliarden", "mrd"),
    12: ("trillion", "trillions", "billionen"),
}
_ZEROS = {word: zeros for zeros, words in _WORDS.items() for word in words}
_MEANT = {
    3: "thousand",
    5: "100 thousand",
    6: "million",
    7: "10 million",
    9: "1000 million",
    12: "million million",
}
_MAGNITUDE = (
    rf"(?:(?-i:[{''.join(_LETTERS)}])|(?:{'|'.join(sorted(_ZEROS, key=len, reverse=True))}))(?![^\W\d_])\.?"
)
_SAME_MONEY = {
    **dict.fromkeys(("usd", "us$", "dollar", "dollars"), "$"),
    **dict.fromkeys(("eur", "euro", "euros"), "€"),
    **dict.fromkeys(("inr", "rs"), "₹"),
    **dict.fromkeys(("fr", "sfr"), "chf"),
    "gbp": "£",
    "jpy": "¥",
    "rub": "₽",
    "brl": "r$",
}

PERCENT = (
    rf"({NUMBER})\s*(%|percent|per cent|prozent|pct\.?)|(%)\s*({NUMBER})",
    rf"({NUMBER})\s*(‰|per mille|promille)|(‰)\s*({NUMBER})",
)
MONEY = (
    rf"(?P<minus>-)?\s*(?P<sign>{_MONEY})\s*(?P<number>{NUMBER})\s*(?P<word>{_MAGNITUDE})?-*|"
    rf"(?P<number2>{NUMBER})\s*(?P<word2>{_MAGNITUDE})?\s*(?P<sign2>{_MONEY})|(?P<number3>[0-9]+)[.,][-—]+"
)
MAGNITUDE = rf"({NUMBER})\s*({_MAGNITUDE})"
UNIT = rf"({NUMBER})\s*({_UNIT})"


def without_thousands(text: str) -> str:
    """A number of a cell as a message proposes it: without marks between thousands, where it is sure that they are such."""
    text = text.strip()
    for mark in (" ", "\u00a0", "\u202f", "'"):
        text = text.replace(mark, "")
    decimal = decided_by(text)
    return text if decimal is None else text.replace(OTHER_MARK[decimal], "")


def percent_mark(found: re.Match[str]) -> str:
    return "‰" if "mille" in found[0].lower() or "‰" in found[0] else "%"


def percent_mend(found: re.Match[str]) -> str:
    number = without_thousands(found[1] or found[4])
    return f"leave out the sign in the whole column: write {number}, and let the column's name say it"


def money_mark(found: re.Match[str]) -> str:
    sign = (found["sign"] or found["sign2"] or "").lower().rstrip(".")
    return _SAME_MONEY.get(sign, sign)


def no_mark(_found: re.Match[str]) -> str:
    """A thousand is a number like others, in whatever way it is written."""
    return ""


def money_mend(found: re.Match[str]) -> str | None:
    number = without_thousands(next(filter(None, (found["number"], found["number2"], found["number3"]))))
    if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", number):  # money has no thousandths
        number = number.replace(",", "").replace(".", "")
    word = found["word"] or found["word2"]
    said = number if word is None else _scaled(number, word)
    if said is None:
        return None
    return f"leave out units and signs of money in the whole column: write {found['minus'] or ''}{said}"


def magnitude_mend(found: re.Match[str]) -> str | None:
    """The number written out: what its letter or word means may not be left out."""
    number, word = without_thousands(found[1]), found[2]
    said, name = _scaled(number, word), word.rstrip(".")
    if said is None:
        return f"write the number out in full: {name} is {_MEANT[_zeros(word)]}"
    if name == "K":
        return f"write {said} if K is thousand; if it is a unit, leave it out in the whole column: write {number}"
    return f"write {said} ({name} is {_MEANT[_zeros(word)]})"


def unit_mark(found: re.Match[str]) -> str:
    return found[2]


def unit_mend(found: re.Match[str]) -> str:
    return f"leave out units in the whole column: write {without_thousands(found[1])}, and let the column's name say {found[2]}"


def _zeros(word: str) -> int:
    word = word.rstrip(".")
    return _LETTERS[word] if word in _LETTERS else _ZEROS[word.lower()]


def _scaled(number: str, word: str) -> str | None:
    """A number times what a word stands for, in its own decimal mark; None where it can be read in two ways."""
    by_point, by_comma = value_under(".", number), value_under(",", number)
    if by_point != by_comma and None not in (by_point, by_comma):
        return None
    if by_point is None and by_comma is None:
        return None
    mark: DecimalMark = "," if by_point is None else "."
    digits = number.replace(OTHER_MARK[mark], "").replace(",", ".")
    value = f"{Decimal(digits).scaleb(_zeros(word)):f}"
    return (value.rstrip("0").rstrip(".") if "." in value else value).replace(".", mark)
