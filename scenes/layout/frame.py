"""The frame of a film and its four zones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .box import Box

SHORT_SIDE = 8.0
MARGIN = 64 / 135  # at the left and right: 64 of 1080 lines
_AIR = 0.3  # above and below, in a wide frame
_UPRIGHT_AIR = 0.6  # in an upright one, where players lay their buttons
_UPRIGHT_TYPE = 1.3  # times as large as in a wide frame, for a picture in the hand
_TITLE = 0.46  # height of a line
_CAPTION = (0.74, 0.98, 1.66)  # of all its lines: wide, square, upright
_GAP = 0.14
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

    def captioned(self, height: float) -> Zones:
        """With a caption of a height, if that is less than it has: the stage grows down to it."""
        spare = max(0.0, self.caption.height - height)
        return replace(self, stage=self.stage.trimmed(bottom=-spare), caption=self.caption.trimmed(top=spare))


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
    def broad(self) -> bool:
        """Is it clearly wider than high?"""
        return self.width >= 1.4 * self.height

    @property
    def type(self) -> float:
        """Times as large as in a wide frame type is set."""
        return 1.0 if self.wide else _UPRIGHT_TYPE

    @property
    def safe(self) -> Box:
        """Where text may stand."""
        air = _AIR if self.wide else _UPRIGHT_AIR
        return self.box.trimmed(left=MARGIN, bottom=air, right=MARGIN, top=air)

    def zones(self, readout: bool = True, readout_height: float = 3.2, title_lines: int = 1) -> Zones:
        """Title on top, caption at the bottom, readout at the right (wide) or under the stage."""
        safe = self.safe
        beside = _READOUT if self.broad else 0.33 * safe.width
        lines = _CAPTION[0 if self.broad else 1 if self.wide else 2]
        title = safe.trimmed(bottom=safe.height - _TITLE * self.type * title_lines)
        caption = safe.trimmed(top=safe.height - lines)
        stage = Box(safe.left, caption.top + _GAP, safe.right, title.bottom - _GAP)
        if not readout:
            return Zones(title, stage, None, caption)
        if self.wide:
            side = Box(stage.right - beside, stage.bottom, stage.right, stage.top)
            return Zones(title, stage.trimmed(right=beside + 0.25), side, caption)
        below = Box(stage.left, stage.bottom, stage.right, stage.bottom + readout_height)
        numbers, aside = (below.trimmed(right=0.57 * below.width), below.trimmed(left=0.5 * below.width))
        return Zones(title, stage.trimmed(bottom=readout_height + _GAP), numbers, caption, aside)
