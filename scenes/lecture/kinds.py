"""What a lecture may ask of each scene kind: how many runs, and which problems it can show.

The options of a kind are fields of its block in `schema`; what is drawn is the storyboard's to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Kind:
    """`runs`: fewest and most runs of a scene. `parameters`: how many the problem has, None for any."""

    runs: tuple[int, int]
    parameters: int | None = None
    needs_data: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "tangent": Kind(runs=(1, 1), parameters=1),
        "overshoot": Kind(runs=(1, 1), parameters=1),
        "surface": Kind(runs=(1, 1), parameters=2),
        "regression": Kind(runs=(1, 1), needs_data=True),
        "learning-rates": Kind(runs=(2, 4)),
    }
)

PLANNED: tuple[str, ...] = (
    "minima",
    "contour",
    "weight-curve",
    "partials",
    "update-rule",
    "stochastic",
    "race",
    "scaling",
    "title",
    "recap",
)
"""Kinds of the design that nobody has built yet: asking for one is no spelling mistake."""
