"""Numbers as people type them: 1/3, 10%, 10^-2, 0,1, a typographic minus, and several of them with commas."""

from __future__ import annotations

import math
import re
import unicodedata

_N = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_PERCENT = re.compile(rf"({_N}) ?%")
_FRACTION = re.compile(rf"({_N}) ?/ ?({_N})")
_POWER = re.compile(rf"(?:({_N}) ?[*x·] ?)?({_N}) ?(?:\^|\*\*) ?(?:\(({_N})\)|({_N}))")
_DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+")
_BY_NAME = re.compile(r"(?P<name>[^\W\d]\w*) ?[=:] ?(?P<value>.+)")
_SIGNS = str.maketrans("−–—‒‐‑⁄×∗", "------/x*")


def is_number(text: object) -> bool:
    """Is it a text that would be a number without quotes?"""
    try:
        return isinstance(text, str) and text.isascii() and math.isfinite(float(text))
    except ValueError:
        return False


def number_meant(text: str, *, whole: bool = False) -> str | None:
    """The number that a text stands for, as a lecture has it; None for what is none."""
    plain = _plain(text)
    if plain is None:
        return None
    if _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    value = float(plain) if is_number(plain) else _reckoned(plain)
    if value is None or not math.isfinite(value) or (whole and not value.is_integer()):
        return None
    if whole:
        return str(int(value))
    return plain if is_number(plain) else f"{value:.10g}"


def numbers_meant(text: str) -> str | None:
    """The list of numbers, or the map of numbers by name, that a text with commas stands for."""
    plain = _plain(text)
    if plain is None:
        return None
    if plain[:1] + plain[-1:] in ("()", "[]", "{}"):
        plain = plain[1:-1]
    parts = [part.strip() for part in re.split("[,;]", plain)]
    named = [_BY_NAME.fullmatch(part) for part in parts]
    values = [
        number_meant(part if match is None else match["value"])
        for part, match in zip(parts, named, strict=True)
    ]
    if None in values:
        return None
    if all(named):
        pairs = zip(named, values, strict=True)
        return "{" + ", ".join(f"{match['name']}: {value}" for match, value in pairs if match) + "}"
    return f"[{', '.join(map(str, values))}]" if len(parts) > 1 and not any(named) else None


def number_mend(key: str, text: str, *, whole: bool, several: bool) -> str | None:
    """The mend for a text that was to be a number, or several of them where that may be; None for other texts."""
    plain = text.strip()
    one, more = number_meant(text, whole=whole), numbers_meant(text) if several else None
    if one is not None and is_number(plain) and (not whole or one == plain):
        return f"write {plain} without quotes"
    if one is not None and more is not None:
        return f"write {key}: {more}, or {one} with a decimal point"
    if more is not None:
        return f"write {key}: {more}"
    if one is not None:
        return f"write {one} with a decimal point" if "," in plain else f"write {one}"
    return None


def _plain(text: str) -> str | None:
    """A text in the signs of ASCII, its blanks single; None where that would change what it says."""
    if any(unicodedata.decomposition(letter).startswith("<super>") for letter in text):
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())
    return plain if len(plain) <= 60 else None


def _reckoned(plain: str) -> float | None:
    """The value of a percentage, a fraction or a power."""
    try:
        if match := _PERCENT.fullmatch(plain):
            return float(match[1]) / 100
        if match := _FRACTION.fullmatch(plain):
            return float(match[1]) / float(match[2])
        if match := _POWER.fullmatch(plain):
            factor, base, exponent = float(match[1] or 1), float(match[2]), float(match[3] or match[4])
            return factor * math.pow(base, exponent)
    except (ArithmeticError, ValueError):
        pass
    return None
