"""Relative luminance and contrast of many pixels at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdcore.base.arrays import FloatArray
from scenes.theme import RGB, luminance
from scenes.theme.sight import to_linear

_SHADES = np.array([to_linear((shade / 255, 0.0, 0.0))[0] for shade in range(256)])
_WEIGHTS = np.array([luminance((1.0, 0.0, 0.0)), luminance((0.0, 1.0, 0.0)), luminance((0.0, 0.0, 1.0))])


def linear(pixels: NDArray[np.uint8]) -> FloatArray:
    """Light of pixels (…, 3), each channel 0 to 1."""
    light: FloatArray = _SHADES[pixels]
    return light


def luminances(light: FloatArray) -> FloatArray:
    """Relative luminance (…) of light (…, 3), 0 to 1 (WCAG 2.1)."""
    found: FloatArray = light @ _WEIGHTS
    return found


def contrasts(colour: RGB, opacity: float, beneath: NDArray[np.uint8]) -> FloatArray:
    """Contrast ratios (n,) of a colour, laid with an opacity on pixels (n, 3), against those (WCAG 2.1)."""
    laid = opacity * 255 * np.array(colour) + (1 - opacity) * beneath
    own = luminances(linear(laid.round().astype(np.uint8)))
    ground = luminances(linear(beneath))
    ratios: FloatArray = (np.maximum(own, ground) + 0.05) / (np.minimum(own, ground) + 0.05)
    return ratios


def grey(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Luma (…) of pixels (…, 3 or 4), 0 to 255 (ITU-R BT.601)."""
    red, green, blue = (pixels[..., i].astype(np.int32) for i in range(3))
    return ((77 * red + 150 * green + 29 * blue + 128) >> 8).astype(np.int16)
