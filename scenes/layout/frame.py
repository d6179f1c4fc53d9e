"""The frame of a film and its four zones."""

from __future__ import annotations

from dataclasses import dataclass

from .box import Box

SHORT_SIDE = 8.0
MARGIN = 0.5
_TITLE = 0.48
_CAPTION_LINE = 0.39
_GAP = 0.28
_READOUT = 3.1  # width beside the stage


@dataclass(frozen=True)
class Zones:
    """Title, stage, readout and caption; `readout` is None where the scene has none.

    `aside` is the place beside the readout's numbers for its formulae, where the readout lies under
    the stage; None where they stand below the numbers.
    """

    title: Box
    stage: Box
    readout: Box | None
    caption: Box
    aside: Box | None = None


@dataclass(frozen=True)
class Frame:
    """A picture's size in units: the shorter side measures 8, the origin is in the middle."""

    width: float
    height: float

    @classmethod
    def of_pixels(cls, width: int, height: int) -> Frame:
        unit = min(width, height) / SHORT_SIDE
        return cls(width / unit, height / unit)

    @property
    def wide(self) -> bool:
        """Is there room for a readout beside the stage?"""
        return self.width >= 0.95 * self.height

    @property
    def box(self) -> Box:
        return Box(-self.width / 2, -self.height / 2, self.width / 2, self.height / 2)

    @property
    def safe(self) -> Box:
        return self.box.grown(-MARGIN)

    def zones(self, readout: bool = True, readout_height: float = 3.2) -> Zones:
        """Title on top, caption at the bottom, readout at the right (wide) or under the stage."""
        safe = self.safe
        broad = self.width >= 1.4 * self.height
        title_lines = 1 if broad else 2
        caption_lines = 2 if broad else 3 if self.wide else 4
        beside = _READOUT if broad else 0.33 * safe.width
        title = Box(safe.left, safe.top - _TITLE * title_lines, safe.right, safe.top)
        caption = Box(safe.left, safe.bottom, safe.right, safe.bottom + _CAPTION_LINE * caption_lines)
        stage = Box(safe.left, caption.top + _GAP, safe.right, title.bottom - _GAP * 0.75)
        if not readout:
            return Zones(title, stage, None, caption)
        if self.wide:
            side = Box(stage.right - beside, stage.bottom, stage.right, stage.top)
            return Zones(title, stage.trimmed(right=beside + 0.25), side, caption)
        below = Box(stage.left, stage.bottom, stage.right, stage.bottom + readout_height)
        numbers, aside = (below.trimmed(right=0.57 * below.width), below.trimmed(left=0.5 * below.width))
        return Zones(title, stage.trimmed(bottom=readout_height + _GAP), numbers, caption, aside)
