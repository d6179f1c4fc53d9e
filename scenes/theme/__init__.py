"""What colours mean, and how large type is: one table for film and page, measured with the eyes of everybody."""

from __future__ import annotations

from .palette import (
    BASINS,
    DARK,
    LIGHT,
    SECOND_SIGN,
    THEMES,
    UNDERNEATH,
    Role,
    Theme,
    rgb,
    tints,
)
from .sight import DEFICIENCIES, RGB, contrast, delta_e, luminance
from .sizes import CAPTION, LABEL, PIXELS_PER_UNIT, RATE, READOUT, RULE, TICK, TITLE

__all__ = [
    "BASINS",
    "CAPTION",
    "DARK",
    "DEFICIENCIES",
    "LABEL",
    "LIGHT",
    "PIXELS_PER_UNIT",
    "RATE",
    "READOUT",
    "RGB",
    "RULE",
    "SECOND_SIGN",
    "THEMES",
    "TICK",
    "TITLE",
    "UNDERNEATH",
    "Role",
    "Theme",
    "contrast",
    "delta_e",
    "luminance",
    "rgb",
    "tints",
]
