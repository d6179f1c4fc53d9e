"""Drawing share: the drawing is what one looks at, so it is large.

What is measured: the boxes of all marks but texts and glows; boxes that touch (axes, curve, points of a plot) are one
panel, the box around them. The share is that of the panels in the frame, at the middle one of all pauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median_low

from scenes.audience.advice import Advice, AudienceRule
from scenes.draw.recording_pen import Mark
from scenes.layout import Box, Frame
from scenes.storyboard.story import Beat, Story

ALONE, WITH_PANELS, SURFACE = 0.60, 0.45, 0.40
_PANEL = 0.05  # of the frame: what is smaller is a mark beside the drawing
_TOUCH = 8 / 135  # frame units within which two boxes are of one panel


def drawing_share(story: Story, seen: Sequence[tuple[Beat, float, list[Mark]]], frame: Frame) -> float:
    """The share of a scene, 0 to 1."""
    return median_low([sum(panel.area for panel in panels(marks, frame)) for _, _, marks in seen]) / (
        frame.box.area
    )


def judge_drawing(
    story: Story, seen: Sequence[tuple[Beat, float, list[Mark]]], frame: Frame, readout: bool
) -> list[Advice]:
    """A drawing that is too small for what stands beside it; `readout`: are there numbers?"""
    share = drawing_share(story, seen, frame)
    solid = any(mark.kind == "mesh" for _, _, marks in seen for mark in marks)
    several = any(_large(panels(marks, frame), frame) > 1 for _, _, marks in seen)
    limit = SURFACE if solid else WITH_PANELS if several or readout else ALONE
    if share >= limit:
        return []
    what = "of a surface" if solid else "beside panels or numbers" if several or readout else "alone"
    beat, seconds, _ = seen[-1]
    return [
        Advice(
            AudienceRule.DRAWING,
            story.name,
            beat.id,
            seconds,
            share,
            limit,
            f"the drawing fills {share:.0%} of the frame",
            f"at least {limit:.0%} {what}",
            "choose a `range` that the drawing fills; whoever draws the scene gives it more of the frame",
        )
    ]


def panels(marks: Iterable[Mark], frame: Frame) -> list[Box]:
    """What is drawn, as boxes that do not touch, within the frame."""
    found: list[Box] = []
    for mark in marks:
        if mark.kind in ("text", "glow"):
            continue
        box = _cut(mark.box, frame.box)
        if box is None:
            continue
        touching = [other for other in found if other.grown(_TOUCH).meets(box)]
        while touching:
            found = [other for other in found if other not in touching]
            box = _round_all([box, *touching])
            touching = [other for other in found if other.grown(_TOUCH).meets(box)]
        found.append(box)
    return found


def _large(boxes: Iterable[Box], frame: Frame) -> int:
    return sum(box.area >= _PANEL * frame.box.area for box in boxes)


def _round_all(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _cut(box: Box, frame: Box) -> Box | None:
    left, bottom = max(box.left, frame.left), max(box.bottom, frame.bottom)
    right, top = min(box.right, frame.right), min(box.top, frame.top)
    return Box(left, bottom, right, top) if left < right and bottom < top else None
