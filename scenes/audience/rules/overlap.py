"""Overlap: text meets no other text, no point, no arrow and no stroke, and stays within the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scenes.audience.advice import Advice, AudienceRule
from scenes.audience.playing import FRAME_RATE, SPARSE, Screened
from scenes.draw.recording_pen import Mark, RecordingPen
from scenes.storyboard.story import Story
from scenes.theme import Role

_CLEARANCE = 4  # pixels of 1080 lines
_LETTERS = 40  # of a text that are repeated
_MARKS = {"stroke": "a stroke", "disc": "a disc", "arrow": "an arrow"}
_TOLD = 3  # things that it meets


@dataclass
class _Meeting:
    """A text in a beat: where it first meets something, what, and at how many moments."""

    first: Screened
    others: dict[str, None] = field(default_factory=dict)
    count: int = 0


class OverlapMeter:
    """Sees what is drawn at moments 0.2 s apart."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], _Meeting] = {}

    def see(self, frame: Screened, pen: RecordingPen) -> None:
        """What a pen has noted of a frame."""
        here: dict[str, list[str]] = {}
        for text, other in pen.collisions():
            here.setdefault(text.text, []).append(f"meets {_told(other)}")
        for text in pen.outside():
            here.setdefault(text.text, []).append("leaves the frame")
        for words, others in here.items():
            meeting = self._met.setdefault((frame.beat.id, words), _Meeting(frame))
            meeting.others |= dict.fromkeys(others)
            meeting.count += 1

    def findings(self, story: Story) -> list[Advice]:
        """Each text once a beat, where it first meets something, with the seconds for which it does."""
        return [
            Advice(
                AudienceRule.OVERLAP,
                story.name,
                met.first.beat.id,
                met.first.seconds,
                met.count * SPARSE / FRAME_RATE,
                0.0,
                f"«{_cut(words)}» {_listed(list(met.others))}",
                f"{_CLEARANCE} pixels of 1080 lines between a text and what it could meet",
                "a shorter title, name or caption may make room; whoever draws the scene moves it aside",
            )
            for (_, words), met in self._met.items()
        ]


def _listed(others: Sequence[str]) -> str:
    more = len(others) - _TOLD
    return ", ".join(others[:_TOLD]) + (f" and {more} more" if more > 0 else "")


def _told(other: Mark) -> str:
    if other.text:
        return f"«{_cut(other.text)}»"
    return f"{_MARKS[other.kind]} ({other.role.value if isinstance(other.role, Role) else 'of a map'})"


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
