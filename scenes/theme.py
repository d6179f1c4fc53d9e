"""What colours mean, and how large type is: one table for film and page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import numpy as np

from gdcore.base.arrays import FloatArray

RGB = tuple[float, float, float]


class Role(Enum):
    """The meaning of a colour. Drawings name roles; a theme turns them into colours."""

    BACKGROUND = "background"
    INK = "ink"
    SECONDARY = "secondary"
    AXIS = "axis"
    GRID = "grid"
    FOG = "fog"
    CASING = "casing"
    OBJECTIVE = "objective"
    POINT = "point"
    SLOPE = "slope"
    STEP = "step"
    GOOD = "good"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Theme:
    """Colours of strokes and fills, and the (darker, on white) colours of text."""

    name: str
    colours: Mapping[Role, RGB]
    text: Mapping[Role, RGB]
    surface: tuple[RGB, ...]  # low to high, evenly lighter
    glow: float = 1.0  # how strongly points shine: less on white, where light is shade


def rgb(hexadecimal: str) -> RGB:
    """'#56B4E9' as three numbers between 0 and 1."""
    digits = hexadecimal.removeprefix("#")
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _table(pairs: Mapping[Role, str]) -> Mapping[Role, RGB]:
    return MappingProxyType({role: rgb(colour) for role, colour in pairs.items()})


_STAGE = {
    Role.BACKGROUND: "#0E1116",
    Role.INK: "#F2F4F7",
    Role.SECONDARY: "#B4BCC8",
    Role.AXIS: "#6F7885",
    Role.GRID: "#1E2530",
    Role.FOG: "#141A24",
    Role.CASING: "#080A0E",
    Role.OBJECTIVE: "#6CC4F5",
    Role.POINT: "#FFAE1A",
    Role.SLOPE: "#F7EC59",
    Role.STEP: "#EE8FC6",
    Role.GOOD: "#3DD9A4",
    Role.TROUBLE: "#FF7355",
}
_PAGE = {
    Role.BACKGROUND: "#FFFFFF",
    Role.INK: "#1A1C20",
    Role.SECONDARY: "#4B5563",
    Role.AXIS: "#6B7280",
    Role.GRID: "#E5E7EB",
    Role.FOG: "#EEF1F5",
    Role.CASING: "#FFFFFF",
    Role.OBJECTIVE: "#0072B2",
    Role.POINT: "#D98A00",
    Role.SLOPE: "#8A7A00",
    Role.STEP: "#A0527D",
    Role.GOOD: "#009E73",
    Role.TROUBLE: "#D55E00",
}
# On white, four of the drawing colours are too light to be read as text (under 4.5 : 1).
_PAGE_TEXT = _PAGE | {
    Role.POINT: "#9A6200",
    Role.SLOPE: "#7A6C00",
    Role.GOOD: "#00785A",
    Role.TROUBLE: "#B84E00",
}

DARK = Theme(
    "dark",
    _table(_STAGE),
    _table(_STAGE | {Role.AXIS: "#B4BCC8"}),
    tuple(rgb(c) for c in ("#1D3A7A", "#235A9C", "#2F7DB9", "#4FA0CF", "#83C0DD", "#BCDDE9")),
)
LIGHT = Theme(
    "light",
    _table(_PAGE),
    _table(_PAGE_TEXT),
    tuple(rgb(c) for c in ("#12407F", "#1F63A4", "#3E86BF", "#6BA8D1", "#9CC7E0", "#CBE2EE")),
    glow=0.45,
)
THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (DARK, LIGHT)})


# Sizes in pixels of a 1080-line frame; 135 such pixels are one frame unit (the frame is 8 units high).
PIXELS_PER_UNIT = 135.0
TITLE, CAPTION, READOUT, LABEL, TICK = (size / PIXELS_PER_UNIT for size in (44.0, 46.0, 36.0, 34.0, 28.0))
RULE, RATE = 84.0 / PIXELS_PER_UNIT, 52.0 / PIXELS_PER_UNIT


def contrast(one: RGB, other: RGB) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance)."""

    def luminance(colour: RGB) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def tints(levels: FloatArray, colours: Sequence[RGB]) -> FloatArray:
    """Colours (…, 3) of levels between 0 and 1, along a map of equally spaced colours."""
    stops = np.linspace(0.0, 1.0, len(colours))
    table = np.asarray(colours)
    return np.stack([np.interp(levels, stops, table[:, i]) for i in range(3)], axis=-1)
