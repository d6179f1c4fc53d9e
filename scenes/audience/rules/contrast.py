"""Contrast: what is drawn stands out from what lies beneath it (WCAG 1.4.3 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterable

from scenes.audience.advice import Advice, AudienceRule
from scenes.audience.observing_pen import Observed
from scenes.draw.pen import Ink
from scenes.storyboard.story import Beat, Story
from scenes.theme import Role

TEXT = 4.5
MARK = 3.0
_LETTERS = 40  # of a text that are repeated
_MARKS = {"stroke": "a stroke", "disc": "a disc", "arrow": "an arrow"}


def judge_contrast(story: Story, observed: Iterable[tuple[Beat, float, list[Observed]]]) -> list[Advice]:
    """Texts and marks that are lost in what lies beneath, at the pauses: each once, where it is worst."""
    worst: dict[tuple[str, Ink], tuple[Observed, Beat, float]] = {}
    for beat, seconds, marks in observed:
        for mark in marks:
            key = (mark.text or mark.kind, mark.ink)
            limit = TEXT if mark.text else MARK
            if mark.contrast < limit and (key not in worst or mark.contrast < worst[key][0].contrast):
                worst[key] = (mark, beat, seconds)
    return [_finding(story, *found) for found in worst.values()]


def _finding(story: Story, mark: Observed, beat: Beat, seconds: float) -> Advice:
    limit = TEXT if mark.text else MARK
    colour = mark.ink.value if isinstance(mark.ink, Role) else "a colour of its own"
    what = f"«{_cut(mark.text)}»" if mark.text else _MARKS[mark.kind]
    parting = "a halo or a backing" if mark.text else "a casing"
    return Advice(
        AudienceRule.CONTRAST,
        story.name,
        beat.id,
        seconds,
        mark.contrast,
        limit,
        f"{what} ({colour}) with a contrast of {mark.contrast:.1f} : 1 against what lies beneath",
        f"at least {limit:g} : 1, or {parting} between them",
        "try the other `theme`; whoever draws the scene gives it " + parting,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
