"""Where things stand: frames and their zones, scales and ticks, boxes and labels that step aside."""

from __future__ import annotations

from .box import Box
from .frame import Frame, Zones
from .place import free_place, place_label
from .plot import Plot
from .scale import Scale
from .ticks import nice_ticks

__all__ = ["Box", "Frame", "Plot", "Scale", "Zones", "free_place", "nice_ticks", "place_label"]
