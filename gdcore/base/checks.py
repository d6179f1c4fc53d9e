"""Checks of the numbers that a caller gives."""

from __future__ import annotations

import math
import operator
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from gdcore.base.errors import GdError
from gdcore.base.nearest import did_you_mean

MOST = 10**15  # steps: at a million a second, thirty years


def unknown(kind: str, name: object, known: Iterable[str], otherwise: str = "choose one of them") -> GdError:
    """The error for a ``name`` of a ``kind`` of thing that is none of ``known``."""
    names = tuple(known)
    allowed = f"there are {', '.join(names)}"
    return GdError(f"there is no {kind} '{name}'", allowed, did_you_mean(name, names, otherwise))


def check_settings(owner: str, given: Iterable[str], known: Collection[str]) -> None:
    """Raises GdError for a setting that ``owner``, such as "the optimizer adam", has not."""
    for name in given:
        if name not in known:
            raise GdError(
                f"{owner} has no setting '{name}'",
                f"it has {', '.join(known) or 'none'}",
                did_you_mean(name, known, "choose one of them" if known else "leave it out"),
            )


def checked_rate(rate: Any) -> float:
    """A learning rate: finite and above 0. Raises GdError."""
    return positive(rate, "rate", "try 0.1")


def positive(value: Any, name: str, mend: str) -> float:
    """A number that is finite and above 0; ``name`` is the argument. Raises GdError with ``mend``."""
    number = real_number(value, name)
    if not (math.isfinite(number) and number > 0):
        raise GdError(f"{name} is {number:g}", "it must be a finite number above 0", mend)
    return number


def amount(value: Any, name: str) -> float:
    """A number that is finite and 0 or more; ``name`` is the argument. Raises GdError."""
    number = real_number(value, name)
    if not (math.isfinite(number) and number >= 0):
        raise GdError(f"{name} is {number:g}", "it must be a finite number, 0 or more", "correct it")
    return number


def one_of(value: Any, known: Sequence[str], name: str) -> None:
    """Check that it is one of ``known``; ``name`` is the argument. Raises GdError."""
    if value not in known:
        listed = " or ".join(f"'{one}'" for one in known)
        mend = did_you_mean(value, known, "choose one of them")
        raise GdError(f"{name} is {value!r}", f"it must be {listed}", mend)


def real_number(value: Any, name: str) -> float:
    """``value`` as a float, inf when it is an int beyond the greatest; ``name`` is the argument. Raises GdError."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating | np.integer):
        raise GdError(f"{name} is {value!r}", "it must be a number", "write it in digits, such as 0.5")
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


_TRUTH = {"true": True, "false": False, "yes": True, "no": False}


def truth(value: Any, name: str) -> bool:
    """Yes or no; 0 and 1 and the words will do, as a command has them. ``name`` is the argument. Raises GdError."""
    found = _TRUTH.get(value.lower()) if isinstance(value, str) else value if value in (0, 1) else None
    if found is None:
        raise GdError(f"{name} is {value!r}", "it must be true or false", "write one of them")
    return bool(found)


def whole_number(value: Any, name: str, least: int) -> int:
    """``value`` as an int of at least ``least``; ``name`` is the argument. Raises GdError."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise GdError(
            f"{name} is {value!r}", "it must be a whole number", f"write for example {max(least, 1)}"
        ) from None
    if number < least:
        raise GdError(
            f"{name} is {number}", f"it must be {least} or more", f"write for example {max(least, 1)}"
        )
    if number > MOST:
        raise GdError(
            f"{name} is a number of {number.bit_length()} bits",
            f"it must be at most {MOST}",
            "write a smaller one",
        )
    return number
