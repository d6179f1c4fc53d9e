"""Labels in a row that make room for one another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    centres: Sequence[float], widths: Sequence[float], low: float, high: float, gap: float = 0.15
) -> list[float]:
    """Centres near the wanted ones, in their order, `gap` apart and within [low, high] where that is possible.

    Labels that touch form a group, which stands as near as it can to where its members want to be.
    """
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    groups: list[tuple[list[int], float, float]] = []  # members, left edge, width
    for i in order:
        members, width = [i], widths[i]
        left = _within(centres[i] - width / 2, width, low, high)
        while groups and groups[-1][1] + groups[-1][2] + gap > left:
            before, _, room = groups.pop()
            members, width = before + members, room + gap + width
            left = _within(_wanted(members, centres, widths, gap), width, low, high)
        groups.append((members, left, width))
    placed = [0.0] * len(centres)
    for members, left, _ in groups:
        for i in members:
            placed[i] = left + widths[i] / 2
            left += widths[i] + gap
    return placed


def _wanted(members: Sequence[int], centres: Sequence[float], widths: Sequence[float], gap: float) -> float:
    """The left edge of a group that displaces its members least (in the mean)."""
    total, offset = 0.0, 0.0
    for i in members:
        total += centres[i] - (offset + widths[i] / 2)
        offset += widths[i] + gap
    return total / len(members)


def _within(left: float, width: float, low: float, high: float) -> float:
    return max(low, min(left, high - width))
