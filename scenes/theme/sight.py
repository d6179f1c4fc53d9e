"""How far apart colours are, to the eyes of people: contrast, delta_e, and sight without one kind of cone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from gdcore.base.arrays import FloatArray

RGB = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision
# deficiency", severity 1.0: matrices for linear RGB, red first.
DEFICIENCIES: Mapping[str, tuple[RGB, RGB, RGB]] = MappingProxyType(
    {
        "protan": (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        ),
        "deutan": (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        ),
        "tritan": (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        ),
    }
)

# IEC 61966-2-1: linear sRGB to XYZ with white at Y = 1 (D65).
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _XYZ.sum(axis=1)


def to_linear(colour: RGB) -> RGB:
    """Light of each channel, 0 to 1, from its sRGB number (IEC 61966-2-1)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return red, green, blue


def to_srgb(light: RGB) -> RGB:
    """The inverse of `to_linear`; light outside 0 to 1 is cut off."""
    cut = (min(max(c, 0.0), 1.0) for c in light)
    red, green, blue = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in cut)
    return red, green, blue


def luminance(colour: RGB) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1)."""
    red, green, blue = to_linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def lab(colour: RGB) -> FloatArray:
    """CIE 1976 L*, a*, b* (3,) under D65 (CIE 15:2004)."""
    ratio = _XYZ @ np.array(to_linear(colour)) / _WHITE
    cube, slope = (6 / 29) ** 3, (29 / 6) ** 2 / 3
    x, y, z = np.where(ratio > cube, np.cbrt(ratio), slope * ratio + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def delta_e(one: RGB, other: RGB, sight: str | None = None) -> float:
    """ΔE00 of two colours; about 1 is just seen side by side. `sight` is one of `DEFICIENCIES`."""
    if sight is not None:
        one, other = simulated(one, sight), simulated(other, sight)
    return ciede2000(lab(one), lab(other))


def simulated(colour: RGB, deficiency: str) -> RGB:
    """What somebody sees who lacks one kind of cone (Machado et al. 2009, severity 1)."""
    red, green, blue = (np.array(DEFICIENCIES[deficiency]) @ np.array(to_linear(colour))).tolist()
    return to_srgb((red, green, blue))


def ciede2000(one: FloatArray, other: FloatArray) -> float:
    """ΔE00 of two colours in L*, a*, b* (3,), with all weights 1.

    CIE 142-2001, after Sharma, Wu and Dalal (2005), equations 2 to 22.
    """
    (l_1, a_1, b_1), (l_2, a_2, b_2) = one.tolist(), other.tolist()
    stretch = 1.5 - 0.5 * _far_from_grey((math.hypot(a_1, b_1) + math.hypot(a_2, b_2)) / 2)
    c_1, c_2 = math.hypot(stretch * a_1, b_1), math.hypot(stretch * a_2, b_2)
    h_1, h_2 = (math.degrees(math.atan2(b, stretch * a)) % 360 for a, b in ((a_1, b_1), (a_2, b_2)))
    turn, hue = h_2 - h_1, (h_1 + h_2) / 2
    if c_1 * c_2 == 0:  # a grey has no hue: the other's counts
        turn, hue = 0.0, h_1 + h_2
    elif abs(turn) > 180:  # the shorter way round
        turn -= math.copysign(360, turn)
        hue += 180 if hue < 180 else -180
    light, chroma = (l_1 + l_2) / 2, (c_1 + c_2) / 2
    tone = 1 + sum(part * math.cos(math.radians(n * hue + off)) for n, part, off in _TONE)
    off_middle = (light - 50) ** 2
    lighter = (l_2 - l_1) / (1 + 0.015 * off_middle / math.sqrt(20 + off_middle))
    stronger = (c_2 - c_1) / (1 + 0.045 * chroma)
    turned = 2 * math.sqrt(c_1 * c_2) * math.sin(math.radians(turn) / 2) / (1 + 0.015 * chroma * tone)
    twist = -2 * _far_from_grey(chroma) * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    return math.sqrt(lighter**2 + stronger**2 + turned**2 + twist * stronger * turned)


# How the weight of a hue depends on the hue in degrees: multiple, part, shift (equation 15).
_TONE = ((1, -0.17, -30), (2, 0.24, 0), (3, 0.32, 6), (4, -0.20, -63))


def _far_from_grey(chroma: float) -> float:
    """0 for greys to nearly 1 for strong colours (the root in equations 4 and 17)."""
    seventh = chroma**7
    return math.sqrt(seventh / (seventh + 25.0**7))
