"""Numbers as they are typed, and what was probably meant by what is none."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import click

# Minus signs of typography, and what editors put in place of one.
_DASHES = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_FIRST_HALF = re.compile(r"[+-]?\d+")
_SECOND_HALF = re.compile(r"\d+(?:e[+-]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[,.'’ _]\d{3})+")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):([0-5]\d(?:\.\d+)?)")


class TypedNumbers(tuple[float, ...]):
    """Numbers with commas between them; `parts` are the texts of them."""

    parts: tuple[str, ...] = ()

    def with_decimal_points(self, count: int) -> str | None:
        """The `count` numbers as they are to be typed, where commas stand for decimal points; None where they do not."""
        return _joined(self.parts) if len(self) == 2 * count else None


def ascii_minus(text: str) -> str:
    """The text with the minus signs of ASCII."""
    return text.translate(_DASHES)


def number_of(text: str) -> float:
    """The number. Raises ValueError."""
    return float(ascii_minus(text))


def numbers_of(text: str) -> TypedNumbers:
    """Numbers with commas between them, in brackets or not. Raises click.BadParameter."""
    inner = ascii_minus(text).strip()
    if (inner[:1], inner[-1:]) in (("[", "]"), ("(", ")")):
        inner = inner[1:-1]
    parts = tuple(part.strip() for part in inner.split(","))
    try:
        found = TypedNumbers(float(part) for part in parts)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is not a list of numbers; write them with commas, such as -1.2,1."
        ) from None
    found.parts = parts
    return found


def decimal_of(before: str, after: str) -> str | None:
    """The number that two texts are, if the comma between them is that of a decimal: 0.1 for "0" and "1"."""
    before, after = ascii_minus(before).strip(), ascii_minus(after).strip()
    if _FIRST_HALF.fullmatch(before) and _SECOND_HALF.fullmatch(after):
        return f"{before}.{after}"
    return None


def _joined(parts: Sequence[str]) -> str | None:
    pairs = [decimal_of(*parts[i : i + 2]) for i in range(0, len(parts), 2)]
    return None if None in pairs else ",".join(map(str, pairs))


def _number_meant(text: str) -> str | None:
    """A number as it is to be typed, for a text that is none."""
    parts = text.split(",")
    return decimal_of(*parts) if len(parts) == 2 else None


def _whole_meant(text: str) -> str | None:
    """A whole number as it is to be typed, for a text that is none."""
    found = []
    try:
        value = number_of(text)
        if math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
            found.append(f"{value:.0f}")
    except ValueError:
        pass
    text = ascii_minus(text).strip()
    if _THOUSANDS.fullmatch(text):
        found.append(re.sub(r"[,.'’ _]", "", text))
    return " or ".join(dict.fromkeys(found)) or None


def _seconds_meant(text: str) -> str | None:
    """Seconds as they are to be typed, for minutes and seconds with a colon between them."""
    clock = _CLOCK.fullmatch(text.strip())
    if clock is None:
        return _number_meant(text)
    hours, minutes, seconds = clock.groups(default="0")
    return f"{3600 * int(hours) + 60 * int(minutes) + float(seconds):.15g}"


class NumberType(click.types.FloatParamType):
    """A number. What is none is told as it is to be typed, where that is plain."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return super().convert(value, param, ctx)
        try:
            return number_of(value)
        except ValueError:
            meant = _number_meant(value)
            mend = f"write {meant}, with a decimal point" if meant else "write it in digits, such as 0.5"
            self.fail(f"{value!r} is not a valid float; {mend}.", param, ctx)


def _seconds(of: click.ParamType[Any], value: Any, param: Any, ctx: Any) -> Any:
    """The number, if it is text that says one."""
    if not isinstance(value, str):
        return value
    try:
        return number_of(value)
    except ValueError:
        meant = _seconds_meant(value)
        mend = f"write {meant} for {meant} seconds" if meant else "write seconds in digits, such as 12.5"
        of.fail(f"{value!r} is not a valid float; {mend}.", param, ctx)


class SecondsType(click.types.FloatParamType):
    """Seconds, a number. What is none is told as it is to be typed, where that is plain."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_seconds(self, value, param, ctx), param, ctx)


class SecondsRange(click.FloatRange):
    """As `SecondsType`, in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_seconds(self, value, param, ctx), param, ctx)


def _whole(of: click.ParamType[Any], value: Any, param: Any, ctx: Any) -> Any:
    """The text with the minus of ASCII, if it is a whole number."""
    if not isinstance(value, str):
        return value
    try:
        return int(ascii_minus(value))
    except ValueError:
        meant = _whole_meant(value)
        mend = f"write {meant}" if meant else "write a whole number in digits, such as 10"
        of.fail(f"{value!r} is not a valid integer; {mend}.", param, ctx)


class WholeType(click.types.IntParamType):
    """A whole number. What is none is told as it is to be typed, where that is plain."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_whole(self, value, param, ctx), param, ctx)


class WholeRange(click.IntRange):
    """As `WholeType`, in a range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_whole(self, value, param, ctx), param, ctx)
