"""Where the panel is, and what stands at its right or below, in each shape of the frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.layout import Box, Frame
from scenes.theme import RATE

_PANEL = 0.72  # of the stage's width
_LOW, _LOW_UPRIGHT = 0.77, 0.72  # of its height, where the chart stands below it
_GAP = 0.35
_RULE = 1.45  # height of the rule beside the panel, where it has no room within


@dataclass(frozen=True)
class OvershootZones:
    """The panel, and what stands beside it in a broad frame, else below: there the counter has the title's line."""

    panel: Box
    side: Box
    broad: bool

    @classmethod
    def of(cls, frame: Frame, stage: Box) -> OvershootZones:
        """The zones of a frame's stage."""
        if frame.broad:
            width = _PANEL * stage.width
            return cls(stage.trimmed(right=stage.width - width), stage.trimmed(left=width + _GAP), True)
        height = (_LOW if frame.wide else _LOW_UPRIGHT) * stage.height
        panel = stage.trimmed(bottom=stage.height - height)
        return cls(panel, stage.trimmed(top=height + 0.2 * _GAP), False)

    @property
    def rule(self) -> Box:
        """Where the rule stands when the panel has no room for it."""
        zone = self.side.trimmed(left=0.2, right=0.15)
        if not self.broad:
            return zone
        zone = zone.trimmed(top=1.35 * RATE)
        return zone.trimmed(bottom=zone.height - _RULE)

    def chart(self, rule_inside: bool) -> Box:
        """Where the losses are charted."""
        if not self.broad:
            return self.side
        return self.side.trimmed(top=1.35 * RATE + (0.1 if rule_inside else _RULE))
