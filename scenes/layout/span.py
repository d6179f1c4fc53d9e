"""How long a range of values is, also where its ends cannot be told apart."""

from __future__ import annotations

_ROUNDING = 1e-12


def difference(low: float, high: float) -> float:
    """How far two numbers are apart; 0 where it is only rounding."""
    return high - low if high - low > _ROUNDING * max(abs(low), abs(high)) else 0.0


def span_of(low: float, high: float) -> float:
    """The length of a range, never 0: of equal ends their own size, or 1. Air about a range is a share of it."""
    return difference(low, high) or abs(high) or 1.0
