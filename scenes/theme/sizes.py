"""Sizes of type in frame units, from pixels of a 1080-line frame."""

from __future__ import annotations

PIXELS_PER_UNIT = 135.0  # the frame is 8 units high

TITLE = 44.0 / PIXELS_PER_UNIT  # bold
CAPTION = 42.0 / PIXELS_PER_UNIT
READOUT = 36.0 / PIXELS_PER_UNIT
LABEL = 36.0 / PIXELS_PER_UNIT
TICK = 28.0 / PIXELS_PER_UNIT  # nothing is smaller
RULE = 84.0 / PIXELS_PER_UNIT  # a rule that stands alone
RATE = 52.0 / PIXELS_PER_UNIT  # the rate over a panel
