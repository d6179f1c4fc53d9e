"""What becomes of rows that lack a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Missing: TypeAlias = Literal["refuse", "drop"]
"""Are rows that lack a number refused, or left out?"""


@dataclass(frozen=True)
class LeftOut:
    """Of ``of`` rows of a table, ``rows`` are left out: a number that is needed is missing in them."""

    rows: int
    of: int
