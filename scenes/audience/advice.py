"""What a rule has found, and the rules that there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class AudienceRule(Enum):
    """The rules, in the order in which they are told."""

    READING = "reading"  # a caption stands long enough to be read
    WORDS = "words"  # it says one thing
    CONTRAST = "contrast"  # what is drawn stands out
    ROLES = "roles"  # colours are told apart by everybody
    FLASHES = "flashes"  # nothing flickers
    FROZEN = "frozen"  # most of the time something moves
    HOLD = "hold"  # and never stands for long
    DRAWING = "drawing"  # the drawing is large
    OPENING = "opening"  # the first frame is a picture
    OVERLAP = "overlap"  # text meets nothing


@dataclass(frozen=True)
class Advice:
    """Where a scene is beyond a rule: in `beat`, `seconds` into the scene.

    `value` was measured and `limit` is what it may be, in the rule's own unit; `found`, `allowed` and `mend` say it.
    """

    rule: AudienceRule
    scene: str
    beat: str
    seconds: float
    value: float
    limit: float
    found: str
    allowed: str
    mend: str

    def as_data(self) -> dict[str, Any]:
        """The finding in the kinds JSON has."""
        return {
            "rule": self.rule.value,
            "scene": self.scene,
            "beat": self.beat,
            "seconds": round(self.seconds, 3),
            "value": round(self.value, 4),
            "limit": self.limit,
            "found": self.found,
            "allowed": self.allowed,
            "mend": self.mend,
        }
