"""Colours by meaning: film on a dark stage, film on a light one, page.

Every pair of meanings that are drawn together differs by at least 10 ΔE00, for people who lack one kind of cone as
well, or stands in `SECOND_SIGN`; words stand out from the ground by 4.5 : 1, marks by 3 : 1. The tests measure it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np

from gdcore.base.arrays import FloatArray

from .sight import RGB


class Role(Enum):
    """The meaning of a colour. Drawings name roles; a theme turns them into colours."""

    BACKGROUND = "background"
    INK = "ink"
    SECONDARY = "secondary"  # words that may be read later
    AXIS = "axis"  # strokes of axes, and their numbers
    GRID = "grid"
    FOG = "fog"  # what nobody has seen yet
    CASING = "casing"  # the rim that parts a mark or a word from what lies beneath
    OBJECTIVE = "objective"
    POINT = "point"  # where a run is, and the first of several methods
    SLOPE = "slope"
    STEP = "step"
    GOOD = "good"
    TROUBLE = "trouble"
    METHOD_1 = "method-1"  # further methods beside the first
    METHOD_2 = "method-2"
    METHOD_3 = "method-3"


# What lies under marks: no mark itself, and never the colour of words.
UNDERNEATH = frozenset({Role.BACKGROUND, Role.GRID, Role.FOG, Role.CASING})

# Pairs that look alike to somebody, and what tells them apart instead.
SECOND_SIGN: Mapping[frozenset[Role], str] = MappingProxyType(
    {
        frozenset({Role.INK, Role.METHOD_1}): "a method is a disc with a tail that has its name beside it; "
        "ink is words, and strokes without a disc",
    }
)


@dataclass(frozen=True)
class Theme:
    """Colours of strokes and fills, the colours of text (darker on white), and the colours of heights.

    `surface` is for a relief in space, `map` for level lines seen from above; both go from low to high and are evenly
    lighter. Marks and words on either have a casing: no colour stands out from all of a map.
    """

    name: str
    colours: Mapping[Role, RGB]
    text: Mapping[Role, RGB]
    surface: tuple[RGB, ...]
    map: tuple[RGB, ...]
    glow: float = 1.0  # how strongly points shine: less on white, where light is shade
    area: float = 1.0  # how strong the light under a curve is
    # The opacity from which words, and marks, are drawn whole. On a dark ground colours stand out so far that what
    # recedes may be dimmed; on white what is dimmed is lost.
    whole_words: float = 1.0
    whole_marks: float = 1.0

    def of_words(self, opacity: float) -> float:
        """How opaque words are that are to be seen so far."""
        return min(1.0, opacity / self.whole_words)

    def of_marks(self, opacity: float) -> float:
        """How opaque strokes, discs and arrows are that are to be seen so far."""
        return min(1.0, opacity / self.whole_marks)


def rgb(hexadecimal: str) -> RGB:
    """'#56B4E9' as three numbers between 0 and 1."""
    digits = hexadecimal.removeprefix("#")
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _table(pairs: Mapping[Role, str]) -> Mapping[Role, RGB]:
    return MappingProxyType({role: rgb(colour) for role, colour in pairs.items()})


def _stops(*colours: str) -> tuple[RGB, ...]:
    return tuple(map(rgb, colours))


_STAGE = {
    Role.BACKGROUND: "#0E1116",
    Role.INK: "#F2F4F7",
    Role.SECONDARY: "#B4BCC8",
    Role.AXIS: "#6F7885",
    Role.GRID: "#1E2530",
    Role.FOG: "#141A24",
    Role.CASING: "#080A0E",
    Role.OBJECTIVE: "#5FB8EC",
    Role.POINT: "#FBAF13",
    Role.SLOPE: "#FEF161",
    Role.STEP: "#DD80BD",
    Role.GOOD: "#1EE7AC",
    Role.TROUBLE: "#FF7355",
    Role.METHOD_1: "#FFFFFF",
    Role.METHOD_2: "#997DFF",
    Role.METHOD_3: "#E8B6CC",
}
_STAGE_TEXT = _STAGE | {Role.AXIS: "#A2AAB6"}
_PAGE = {
    Role.BACKGROUND: "#FFFFFF",
    Role.INK: "#1A1C20",
    Role.SECONDARY: "#4B5563",
    Role.AXIS: "#7C8490",
    Role.GRID: "#E4E8EE",
    Role.FOG: "#EEF1F5",
    Role.CASING: "#FFFFFF",
    Role.OBJECTIVE: "#036AC4",
    Role.POINT: "#D08005",
    Role.SLOPE: "#786B04",
    Role.STEP: "#9E417B",
    Role.GOOD: "#049E73",
    Role.TROUBLE: "#D34E44",
    Role.METHOD_1: "#1A1C20",
    Role.METHOD_2: "#4A2E9E",
    Role.METHOD_3: "#7A1E55",
}
# On white, some of the drawing colours are too light to be read as text; the olive makes way for the darker orange.
_PAGE_TEXT = _PAGE | {
    Role.AXIS: "#5D6470",
    Role.POINT: "#9E6B00",
    Role.SLOPE: "#635600",
    Role.GOOD: "#00865D",
    Role.TROUBLE: "#C64B54",
}

DARK = Theme(
    "dark",
    _table(_STAGE),
    _table(_STAGE_TEXT),
    surface=_stops(
        "#00254F", "#003B6E", "#005489", "#006F99", "#0089A0", "#40A2A1", "#84B899", "#BCCBA2", "#EBDFBA"
    ),
    map=_stops("#071222", "#0C2745", "#124468", "#195573"),
)
LIGHT = Theme(
    "light",
    _table(_PAGE),
    _table(_PAGE_TEXT),
    surface=_stops(
        "#0B4781", "#055B9D", "#0A72B1", "#1B8AB9", "#2CA3BB", "#5BBAB9", "#9ACCAF", "#CDDCB8", "#F6EECF"
    ),
    map=_stops("#BDD5E7", "#D0E1EE", "#E1ECF5", "#F1F6FA"),
    glow=0.45,
    area=0.6,
    whole_words=0.5,
    whole_marks=0.75,
)
THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (DARK, LIGHT)})

# Areas beside each other on a page, one for each minimum: the palette of Okabe and Ito (2008) without its black.
BASINS = _stops("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")


def tints(levels: FloatArray, colours: Sequence[RGB]) -> FloatArray:
    """Colours (…, 3) of levels between 0 and 1, along a map of equally spaced colours."""
    stops = np.linspace(0.0, 1.0, len(colours))
    table = np.asarray(colours)
    return np.stack([np.interp(levels, stops, table[:, i]) for i in range(3)], axis=-1)
