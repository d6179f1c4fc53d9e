"""The order in which the parameters of a formula stand where nobody says another: that of a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WEIGHT = re.compile(r"[wm]_?[0-9]*")
_OFFSET = "b"


def dictionary_order(names: Iterable[str]) -> tuple[str, ...]:
    """x, y, z; w2, w10; theta_0, theta_1; and b, which a model adds last, directly behind the last w or m.

    Sorted by the letters (first without regard to case), then by the number at the end.

    >>> dictionary_order(["y", "x"]), dictionary_order(["b", "w10", "w2"])
    (('x', 'y'), ('w2', 'w10', 'b'))
    """
    ordered = sorted(names, key=_key)
    weights = [name for name in ordered if _WEIGHT.fullmatch(name)]
    if _OFFSET in ordered and weights:
        ordered.remove(_OFFSET)
        ordered.insert(ordered.index(weights[-1]) + 1, _OFFSET)
    return tuple(ordered)


def _key(name: str) -> tuple[str, str, int, str]:
    letters = name.rstrip("0123456789")
    number = name[len(letters) :]
    return letters.casefold(), letters, int(number) if number else -1, name
