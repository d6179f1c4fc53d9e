"""What a cell or a row says that holds no number: that one is missing, a total, a drawn line, a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MISSING = frozenset(
    [
        *("", "-", "--", "---", "–", "—", "―", ".", "..", "...", "…", "?", "??"),
        *("na", "n/a", "n.a.", "n. a.", "nan", "-nan", "<na>", "#na", "#n/a", "#n/d", "#nv"),
        *("null", "none", "nil", "missing", "k.a.", "k. a."),
    ]
)
_TOTALS = re.compile(
    r"(?:grand |sub-?)?totals?|totale|sums?|summen?|gesamt(?:summe)?|insgesamt|somme|suma|mean|average|mittelwert|"
    r"durchschnitt|moyenne|ø",
    re.IGNORECASE,
)

_SHOWN = 40  # characters of a cell that a message repeats


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
